import { sweepHolds } from './capabilities/booking/index.ts';
import { openAs } from './place.ts';
import { sealAudit } from './platform/audit/seal.ts';
import type { Config } from './platform/config.ts';
import type { ClinicContext } from './platform/database/in-clinic.ts';
import { type Connection, openDatabase } from './platform/database/pool.ts';
import { connectionAs } from './platform/database/roles.ts';
import { type Job, startWorker } from './platform/jobs/worker.ts';
import { createTransport, deliverQueued } from './platform/mail/index.ts';
import { readClinicById } from './platform/web/clinics.ts';

/** A worker process: what is due and need not keep anybody waiting. Ends when told to. */
export async function startWork(
  config: Config,
  admin: Connection,
  secret: string,
): Promise<{ stop(): Promise<void> }> {
  const sql = openAs(admin, 'rectus_worker', secret, 4);
  const db = openDatabase(sql);
  const inClinicOf = (clinicId: string, job: string): ClinicContext => ({
    db,
    clinicId,
    actor: { kind: 'system', id: job },
  });
  const jobs: readonly Job[] = [
    {
      name: 'mail',
      every: '* * * * *',
      work: async (clinicId) => {
        const clinic = await readClinicById(db, clinicId);
        if (!clinic) return;
        const transport = createTransport({
          // Nobody in a demo clinic is real, but an address that somebody tries out may be.
          smtpUrl: clinic.demo ? null : config.smtpUrl,
          from: { name: clinic.name, email: config.mailFrom },
        });
        await deliverQueued(inClinicOf(clinicId, 'mail'), transport);
      },
    },
    { name: 'holds', every: '* * * * *', work: (clinicId) => sweepHolds(inClinicOf(clinicId, 'holds')) },
    {
      name: 'seal',
      every: '*/5 * * * *',
      work: async (clinicId) => {
        const context = inClinicOf(clinicId, 'seal');
        for (let seal = await sealAudit(context); seal; ) seal = await sealAudit(context);
      },
    },
  ];
  const worker = await startWorker(connectionAs(admin, 'rectus_worker', secret), jobs, (error, job) => {
    process.stderr.write(
      `The job ${job} failed: ${error instanceof Error ? error.message : String(error)}\n`,
    );
  });
  return {
    async stop() {
      await worker.stop();
      await sql.end({ timeout: 2 });
    },
  };
}

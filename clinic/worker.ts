import { sweepHolds } from './capabilities/booking/index.ts';
import { processStudies } from './capabilities/gait-lab/index.ts';
import { IMAGING_JOB, processAnalyses } from './capabilities/imaging/index.ts';
import { settlePayments } from './capabilities/payments/index.ts';
import { openAs } from './place.ts';
import { sealAudit } from './platform/audit/seal.ts';
import { systemClock } from './platform/clock.ts';
import type { Config } from './platform/config.ts';
import type { ClinicContext } from './platform/database/in-clinic.ts';
import { type Connection, openDatabase } from './platform/database/pool.ts';
import { connectionAs } from './platform/database/roles.ts';
import { filesOf, sweepFiles } from './platform/files/index.ts';
import { type Job, startWorker } from './platform/jobs/worker.ts';
import { createTransport, deliverQueued } from './platform/mail/index.ts';
import { readAssets } from './platform/web/assets.ts';
import { readClinicById } from './platform/web/clinics.ts';
import type { Platform } from './platform/web/server.ts';

/** A worker process: what is due and need not keep anybody waiting. Ends when told to. */
export async function startWork(
  config: Config,
  admin: Connection,
  secret: string,
): Promise<{ stop(): Promise<void> }> {
  const sql = openAs(admin, 'rectus_worker', secret, 4);
  const db = openDatabase(sql);
  // What was paid may book a visit, and a session that was processed writes measurements: only the pages' role can.
  const appSql = openAs(admin, 'rectus_app', secret, 3);
  const platform: Platform = {
    db: openDatabase(appSql),
    config: { ...config, secret },
    clock: systemClock,
    assets: readAssets(null),
  };
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
      name: 'payments',
      every: '* * * * *',
      work: async (clinicId) => {
        const clinic = await readClinicById(platform.db, clinicId);
        if (clinic)
          await settlePayments(platform, {
            context: { ...inClinicOf(clinicId, 'payments'), db: platform.db },
            clinic,
          });
      },
    },
    {
      name: 'studies',
      every: '* * * * *',
      work: async (clinicId) => {
        const clinic = await readClinicById(platform.db, clinicId);
        if (clinic)
          await processStudies(platform, {
            context: { ...inClinicOf(clinicId, 'studies'), db: platform.db },
            clinic,
          });
      },
    },
    {
      name: IMAGING_JOB,
      every: '* * * * *',
      work: async (clinicId) => {
        await processAnalyses(platform, { ...inClinicOf(clinicId, IMAGING_JOB), db: platform.db });
      },
    },
    {
      name: 'files',
      every: '17 * * * *',
      work: async (clinicId) => {
        const context = { ...inClinicOf(clinicId, 'files'), db: platform.db };
        await sweepFiles(context, filesOf(config), platform.clock.now());
      },
    },
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
      await Promise.all([sql.end({ timeout: 2 }), appSql.end({ timeout: 2 })]);
    },
  };
}

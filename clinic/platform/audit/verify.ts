import { sql } from 'kysely';
import { type ClinicContext, type ClinicTransaction, inClinic } from '../database/in-clinic.ts';
import { hashEvents, type SealedEvent, sealedColumns } from './seal.ts';

/** What a check of a clinic's audit log found. */
export interface AuditCheck {
  readonly seals: number;
  readonly sealedEvents: number;
  readonly unsealedEvents: number;
  /** The newest seal's hash: compare it with one that was published or written down earlier. */
  readonly head: string | null;
  /** One line for each seal that does not hold; empty when the log is as it was written. */
  readonly broken: readonly string[];
}

/** Recomputes every seal of the clinic from its events. */
export async function verifyAudit(context: ClinicContext): Promise<AuditCheck> {
  return inClinic(context, async (clinic) => {
    const { tx, clinicId } = clinic;
    const seals = await tx
      .selectFrom('audit_seal')
      .selectAll()
      .where('clinic_id', '=', clinicId)
      .orderBy('number')
      .execute();
    const broken: string[] = [];
    let previous: Uint8Array = new Uint8Array(32);
    let sealedEvents = 0;
    for (const [index, seal] of seals.entries()) {
      if (Number(seal.number) !== index + 1) broken.push(`Seal ${index + 1} is missing.`);
      const events = await eventsOf(clinic, seal.number);
      const hash = hashEvents(previous, events);
      if (events.length !== seal.events) {
        broken.push(`Seal ${seal.number} covers ${seal.events} events; ${events.length} are left.`);
      } else if (!Buffer.from(hash).equals(Buffer.from(seal.hash))) {
        broken.push(`Seal ${seal.number} does not fit its ${seal.events} events: one of them was changed.`);
      }
      previous = seal.hash;
      sealedEvents += events.length;
    }
    const { n } = await tx
      .selectFrom('audit_event')
      .select(({ fn }) => fn.countAll<string>().as('n'))
      .where('clinic_id', '=', clinicId)
      .executeTakeFirstOrThrow();
    const head = seals.at(-1);
    return {
      seals: seals.length,
      sealedEvents,
      unsealedEvents: Number(n) - sealedEvents,
      head: head ? Buffer.from(head.hash).toString('hex') : null,
      broken,
    };
  });
}

async function eventsOf(
  { tx, clinicId }: ClinicTransaction,
  sealNumber: string,
): Promise<readonly SealedEvent[]> {
  const { rows } = await sql<SealedEvent>`
    select ${sealedColumns}
    from audit_event e
    where e.clinic_id = ${clinicId}
      and e.id in (select event_id from audit_sealed s where s.clinic_id = ${clinicId} and s.seal_number = ${sealNumber}::bigint)
    order by e.id`.execute(tx);
  return rows;
}

import type { ClinicTransaction } from '../database/in-clinic.ts';

/** What happened to what. Ids and codes only: never a name, an address or clinical text. */
export interface AuditEntry {
  /** Dotted: the thing, then what was done to it: `appointment.moved`, `patient.viewed`. */
  readonly action: `${string}.${string}`;
  readonly subject?: { readonly kind: string; readonly id: string };
  readonly detail?: Readonly<Record<string, string | number | boolean | null | readonly string[]>>;
}

/** Appends to the audit log within the transaction of what it tells about: both happen or neither. */
export async function record(clinic: ClinicTransaction, entry: AuditEntry): Promise<void> {
  await clinic.tx
    .insertInto('audit_event')
    .values({
      clinic_id: clinic.clinicId,
      actor_kind: clinic.actor.kind,
      actor_id: clinic.actor.id,
      action: entry.action,
      subject_kind: entry.subject?.kind ?? null,
      subject_id: entry.subject?.id ?? null,
      detail: entry.detail ?? {},
    })
    .execute();
}

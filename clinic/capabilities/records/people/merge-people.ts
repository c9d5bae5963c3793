import { record } from '../../../platform/audit/record.ts';
import {
  type ClinicContext,
  type ClinicTransaction,
  inClinic,
} from '../../../platform/database/in-clinic.ts';

export type Merged = { readonly ok: true; readonly appointments: number } | { readonly ok: false };

/**
 * Makes two records one: appointments, tasks, orders, what they bought and what was measured of `fromId` move to
 * `intoId`, which also takes over what it did not know itself, and the old record points to it for good. One
 * transaction. Not ok where either is missing, merged already, or both are the same.
 */
export async function mergePeople(context: ClinicContext, intoId: string, fromId: string): Promise<Merged> {
  if (intoId === fromId) return { ok: false };
  return inClinic(context, async (clinic) => {
    const rows = await lockBoth(clinic, intoId, fromId);
    const into = rows.find((row) => row.id === intoId);
    const from = rows.find((row) => row.id === fromId);
    if (!into || !from || into.merged_into || from.merged_into) return { ok: false };
    const { tx, clinicId } = clinic;
    const moved = await tx
      .updateTable('appointment')
      .set({ patient_id: intoId })
      .where('clinic_id', '=', clinicId)
      .where('patient_id', '=', fromId)
      .executeTakeFirst();
    await tx
      .updateTable('task')
      .set({ patient_id: intoId })
      .where('clinic_id', '=', clinicId)
      .where('patient_id', '=', fromId)
      .execute();
    for (const table of ['sales_order', 'entitlement', 'study', 'measurement', 'consent'] as const) {
      await tx
        .updateTable(table)
        .set({ patient_id: intoId })
        .where('clinic_id', '=', clinicId)
        .where('patient_id', '=', fromId)
        .execute();
    }
    await tx
      .updateTable('patient')
      .set({ merged_into: intoId })
      .where('clinic_id', '=', clinicId)
      .where((where) => where.or([where('id', '=', fromId), where('merged_into', '=', fromId)]))
      .execute();
    await tx
      .updateTable('patient')
      .set({
        birth_date: into.birth_date ?? from.birth_date,
        email: into.email ?? from.email,
        phone: into.phone ?? from.phone,
        note: [into.note, from.note].filter(Boolean).join('\n'),
      })
      .where('clinic_id', '=', clinicId)
      .where('id', '=', intoId)
      .execute();
    const appointments = Number(moved.numUpdatedRows);
    const detail = { from: fromId, appointments };
    await record(clinic, { action: 'patient.merged', subject: { kind: 'patient', id: intoId }, detail });
    return { ok: true, appointments };
  });
}

/** In one order, so that two merges of the same records cannot wait for each other. */
function lockBoth({ tx, clinicId }: ClinicTransaction, intoId: string, fromId: string) {
  return tx
    .selectFrom('patient')
    .selectAll()
    .where('clinic_id', '=', clinicId)
    .where('id', 'in', [intoId, fromId])
    .orderBy('id')
    .forUpdate()
    .execute();
}

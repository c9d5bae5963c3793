import { z } from 'zod';
import { record } from '../../../platform/audit/record.ts';
import {
  type ClinicContext,
  type ClinicTransaction,
  inClinic,
} from '../../../platform/database/in-clinic.ts';
import { type FormValues, readForm } from '../../../platform/web/form.ts';
import { bumpCatalogue } from '../../booking/index.ts';
import { changedMeanwhile, refused, type Saved } from '../parts/conflict.ts';
import { fingerprint } from '../parts/fingerprint.ts';
import { hoursAsMinutes, hoursInput, line, text, whole } from '../parts/input-schemas.ts';

const schema = z.object({
  name: line('the name of the clinic', 120),
  email: text(200).refine(
    (value) => value === '' || z.email().safeParse(value).success,
    'Enter an e-mail address',
  ),
  phone: text(40).refine(
    (value) => value === '' || /^\+?[\d ()/-]{5,40}$/.test(value),
    'Enter a telephone number',
  ),
  changeNotice: hoursAsMinutes(336),
  reminderLead: hoursAsMinutes(336),
  idleLock: whole(1, 240, 'minutes'),
});

/** The clinic's own settings as the fields of their form. */
export function readClinicSettings(context: ClinicContext): Promise<FormValues> {
  return inClinic(context, async (clinic) => valuesOf(await readRow(clinic)));
}

async function readRow({ tx, clinicId }: ClinicTransaction) {
  return tx
    .selectFrom('clinic')
    .select(['name', 'email', 'phone', 'change_notice_min', 'reminder_lead_min', 'idle_lock_min'])
    .where('id', '=', clinicId)
    .forNoKeyUpdate()
    .executeTakeFirstOrThrow();
}

function valuesOf(row: Awaited<ReturnType<typeof readRow>>): FormValues {
  return {
    name: row.name,
    email: row.email ?? '',
    phone: row.phone ?? '',
    changeNotice: hoursInput(row.change_notice_min),
    reminderLead: hoursInput(row.reminder_lead_min),
    idleLock: String(row.idle_lock_min),
    seen: fingerprint(row),
  };
}

/** Saves the posted form, unless something in it is wrong or somebody else saved in the meantime. */
export async function saveClinicSettings(context: ClinicContext, body: unknown): Promise<Saved> {
  const form = readForm(schema, body);
  if (!form.ok) return refused(form.values, form.errors);
  const { name, email, phone, changeNotice, reminderLead, idleLock } = form.value;
  return inClinic(context, async (clinic) => {
    const seen = fingerprint(await readRow(clinic));
    if (seen !== form.values.seen) return changedMeanwhile(form.values, seen);
    await clinic.tx
      .updateTable('clinic')
      .set({
        name,
        email: email || null,
        phone: phone || null,
        change_notice_min: changeNotice,
        reminder_lead_min: reminderLead,
        idle_lock_min: idleLock,
      })
      .where('id', '=', clinic.clinicId)
      .execute();
    await bumpCatalogue(clinic);
    await record(clinic, { action: 'clinic.changed', subject: { kind: 'clinic', id: clinic.clinicId } });
    return { ok: true };
  });
}

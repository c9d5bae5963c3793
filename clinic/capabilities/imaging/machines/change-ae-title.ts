import { z } from 'zod';
import { record } from '../../../platform/audit/record.ts';
import { type ClinicContext, errorCode, inClinic } from '../../../platform/database/in-clinic.ts';
import { readForm } from '../../../platform/web/form.ts';
import { refused, type Saved } from '../../settings/index.ts';
import { isAeTitle } from './ae-title.ts';
import { AE_TITLE_RULE } from './change-machine.ts';

const schema = z.object({
  ownTitle: z
    .string()
    .default('')
    .transform((value) => value.trim())
    .refine(isAeTitle, AE_TITLE_RULE),
});
const UNIQUE_VIOLATION = '23505';

/** Saves the title by which machines call this clinic. No two clinics of one installation share one. */
export async function saveAeTitle(context: ClinicContext, body: unknown): Promise<Saved> {
  const form = readForm(schema, body);
  if (!form.ok) return refused(form.values, form.errors);
  const title = form.value.ownTitle;
  try {
    await inClinic(context, async (clinic) => {
      await clinic.tx
        .insertInto('clinic_ae_title')
        .values({ clinic_id: clinic.clinicId, ae_title: title })
        .onConflict((same) => same.column('clinic_id').doUpdateSet({ ae_title: title }))
        .execute();
      await record(clinic, { action: 'ae_title.changed', detail: { title } });
    });
    return { ok: true };
  } catch (error) {
    if (errorCode(error) !== UNIQUE_VIOLATION) throw error;
    return refused(form.values, { ownTitle: 'This title is taken on this installation. Choose another' });
  }
}

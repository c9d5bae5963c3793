import { record } from '../../../platform/audit/record.ts';
import { type ClinicContext, inClinic } from '../../../platform/database/in-clinic.ts';
import type { FormErrors, FormValues } from '../../../platform/web/form.ts';
import type { LineOfOrder } from './read-order-page.ts';

const CODE = /^[\p{L}\p{N}][\p{L}\p{N} .\-/+]{0,19}$/u;

/** Writes the codes of an order's lines, as typed; an empty one is none. Answers with what is wrong, or null. */
export async function changeCodes(
  context: ClinicContext,
  orderId: string,
  lines: readonly LineOfOrder[],
  values: FormValues,
): Promise<FormErrors | null> {
  const errors: Record<string, string> = {};
  const read = (name: string): string | null => {
    const code = (values[name] ?? '').trim();
    if (code !== '' && !CODE.test(code))
      errors[name] = 'A code has up to 20 letters, digits, points or dashes';
    return code || null;
  };
  const typed = lines.map((line) => ({
    id: line.id,
    procedure_code: read(`procedure-${line.id}`),
    diagnosis_code: read(`diagnosis-${line.id}`),
  }));
  if (Object.keys(errors).length > 0) return { values, errors };
  await inClinic(context, async (clinic) => {
    for (const { id, ...codes } of typed) {
      await clinic.tx
        .updateTable('order_line')
        .set(codes)
        .where('clinic_id', '=', clinic.clinicId)
        .where('order_id', '=', orderId)
        .where('id', '=', id)
        .execute();
    }
    await record(clinic, { action: 'order.codes', subject: { kind: 'order', id: orderId } });
  });
  return null;
}

import { record } from '../../../platform/audit/record.ts';
import { type ClinicContext, inClinic } from '../../../platform/database/in-clinic.ts';
import { type FormErrors, readForm } from '../../../platform/web/form.ts';
import { updateOrder } from '../core/settle.ts';
import { PAYER_FORM } from './payer-fields.ts';

/** Changes who pays an order. Papers that were issued keep what they say. Answers with what is wrong, or null. */
export async function changePayer(
  context: ClinicContext,
  orderId: string,
  body: unknown,
): Promise<FormErrors | null> {
  const form = readForm(PAYER_FORM, body);
  if (!form.ok) return form;
  await inClinic(context, async (clinic) => {
    await updateOrder(clinic, orderId, {
      payer_name: form.value.name,
      payer_email: form.value.email?.toLowerCase() ?? null,
      payer_address: form.value.address,
    });
    await record(clinic, { action: 'order.payer', subject: { kind: 'order', id: orderId } });
  });
  return null;
}

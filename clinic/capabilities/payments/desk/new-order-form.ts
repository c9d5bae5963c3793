import { type ClinicTransaction, inClinic } from '../../../platform/database/in-clinic.ts';
import { type FormErrors, type FormValues, readForm } from '../../../platform/web/form.ts';
import { orderAtDesk } from '../core/desk.ts';
import { OrderError } from '../core/orders.ts';
import type { Payments } from '../core/payments.ts';
import { PAYER_FORM } from './payer-fields.ts';
import type { SoldHere } from './read-sold.ts';

const MOST = 20;
const KEY = /^[\w-]{8,80}$/;

/** Somebody whom an order is for. */
export interface OrderPatient {
  readonly id: string;
  readonly name: string;
  readonly email: string | null;
}

/** The person of that id, or whoever the record was merged into; null when this clinic knows nobody of it. */
export async function readOrderPatient(
  { tx, clinicId }: ClinicTransaction,
  id: string,
): Promise<OrderPatient | null> {
  const row = await tx
    .selectFrom('patient as p')
    .leftJoin('patient as into', (join) =>
      join.onRef('into.clinic_id', '=', 'p.clinic_id').onRef('into.id', '=', 'p.merged_into'),
    )
    .select((select) => [
      select.fn.coalesce('into.id', 'p.id').as('id'),
      select.fn.coalesce('into.given_name', 'p.given_name').as('given_name'),
      select.fn.coalesce('into.family_name', 'p.family_name').as('family_name'),
      select.fn.coalesce('into.email', 'p.email').as('email'),
    ])
    .where('p.clinic_id', '=', clinicId)
    .where('p.id', '=', id)
    .executeTakeFirst();
  return row ? { id: row.id, name: `${row.given_name} ${row.family_name}`, email: row.email } : null;
}

/** Whether a visit is this person's, so that an order may name it. */
async function isVisitOf(
  { tx, clinicId }: ClinicTransaction,
  appointmentId: string,
  patientId: string,
): Promise<boolean> {
  const row = await tx
    .selectFrom('appointment')
    .select('id')
    .where('clinic_id', '=', clinicId)
    .where('id', '=', appointmentId)
    .where('patient_id', '=', patientId)
    .executeTakeFirst();
  return row !== undefined;
}

export type NewOrderMade =
  | { readonly ok: true; readonly orderId: string }
  | ({ readonly ok: false } & FormErrors);

/** Makes the order that the form asks for; what is wrong is said beside its fields. */
export async function newOrderByForm(
  payments: Payments,
  patient: OrderPatient,
  sold: readonly SoldHere[],
  body: unknown,
  appointmentId: string | null,
): Promise<NewOrderMade> {
  const payer = readForm(PAYER_FORM, body);
  const { values } = payer;
  const own = values.payer !== 'other';
  const errors: Record<string, string> = own || payer.ok ? {} : { ...payer.errors };
  const items = sold.flatMap((one) => {
    const quantity = quantityOf(values, one.id);
    if (quantity === null) errors[one.id] = `Enter a number up to ${MOST} for “${one.name}”`;
    const what = one.kind === 'service' ? { serviceId: one.id } : { productId: one.id };
    return quantity ? [{ ...what, quantity }] : [];
  });
  if (items.length === 0 && Object.keys(errors).length === 0)
    errors.items = 'Enter how many of something; nothing is chosen yet';
  if (Object.keys(errors).length > 0) return { ok: false, values, errors };
  if (appointmentId && !(await inClinic(payments.context, (tx) => isVisitOf(tx, appointmentId, patient.id))))
    return { ok: false, values, errors: { items: 'The visit belongs to somebody else' } };
  const key = values.key && KEY.test(values.key) ? values.key : crypto.randomUUID();
  try {
    const orderId = await orderAtDesk(payments, {
      patientId: patient.id,
      payer: own || !payer.ok ? { name: patient.name, email: patient.email } : payer.value,
      items,
      appointmentId,
      key: `desk ${key}`,
    });
    return { ok: true, orderId };
  } catch (error) {
    if (!(error instanceof OrderError)) throw error;
    return { ok: false, values, errors: { items: error.message } };
  }
}

/** How many of a thing; empty is none, and null is nonsense. */
function quantityOf(values: FormValues, id: string): number | null {
  const text = (values[`quantity-${id}`] ?? '').trim();
  if (text === '') return 0;
  const quantity = /^\d{1,3}$/.test(text) ? Number(text) : Number.NaN;
  return quantity >= 0 && quantity <= MOST ? quantity : null;
}

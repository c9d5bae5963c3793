import { sql } from 'kysely';
import { type ClinicContext, inClinic } from '../../../platform/database/in-clinic.ts';
import { TEST_NOW, type TestClinic } from '../../../platform/database/testing.ts';

/** From now on a first visit is one to the gait lab; a follow-up is none. */
export async function makeFirstVisitsOfTheLab({ context }: TestClinic): Promise<void> {
  await run(
    context,
    sql`insert into service_need (clinic_id, service_id, kind)
      select clinic_id, id, 'gait-lab' from service where slug = 'first-visit' on conflict do nothing`,
  );
}

/** A visit in the diary at the harbour; a first visit at the test's now where nothing else is said. Returns its id. */
export async function addVisit(
  { context, ids }: TestClinic,
  patientId: string,
  { service = 'first-visit', start = TEST_NOW, status = 'booked' } = {},
): Promise<string> {
  return run(
    context,
    sql`insert into appointment (clinic_id, service_id, site_id, patient_id, starts_at, ends_at, status, source, price_minor,
        currency)
      values (${context.clinicId}, ${ids[service]}, ${ids.site}, ${patientId}, ${new Date(start)},
        ${new Date(start + 45 * 60_000)}, ${status}, 'desk', 8500, 'EUR')
      returning id`,
  );
}

/** Some visits of a service that were bought for somebody. Returns the entitlement and the order. */
export async function addPurchase(
  { context, ids }: TestClinic,
  patientId: string,
  { service = 'first-visit', quantity = 1 } = {},
): Promise<{ readonly entitlementId: string; readonly orderId: string }> {
  const orderId = await run(
    context,
    sql`insert into sales_order (clinic_id, source, patient_id, payer_name, payer_email, currency, total_minor, due_now_minor,
        idempotency_key)
      values (${context.clinicId}, 'desk', ${patientId}, 'Rosa Almeida', 'rosa@example.org', 'EUR', 29000, 29000,
        uuidv7()::text)
      returning id`,
  );
  const entitlementId = await run(
    context,
    sql`with l as (
        insert into order_line (clinic_id, order_id, position, service_id, description, quantity, unit_minor, amount_minor)
        values (${context.clinicId}, ${orderId}, 0, ${ids[service]}, '3D gait analysis', ${quantity}, 29000,
          ${29000 * quantity})
        returning id)
      insert into entitlement (clinic_id, order_id, order_line_id, patient_id, service_id, quantity)
      select ${context.clinicId}, ${orderId}, l.id, ${patientId}, ${ids[service]}, ${quantity} from l
      returning id`,
  );
  return { entitlementId, orderId };
}

/** Runs a statement in the clinic; the id that it returns, where it does. */
async function run(context: ClinicContext, query: ReturnType<typeof sql>): Promise<string> {
  return inClinic(context, async ({ tx }) => {
    const { rows } = await query.execute(tx);
    return (rows[0] as { readonly id?: string } | undefined)?.id ?? '';
  });
}

import { sql } from 'kysely';
import { record } from '../../../platform/audit/record.ts';
import type { ClinicTransaction } from '../../../platform/database/in-clinic.ts';

/** What a paid order lets somebody book. */
export interface Entitlement {
  readonly id: string;
  readonly orderId: string;
  readonly patientId: string;
  readonly serviceId: string;
  /** The line of the order that it was bought with. */
  readonly description: string;
  readonly quantity: number;
  readonly left: number;
  /** Epoch milliseconds, or null where it lasts. */
  readonly validUntil: number | null;
}

/** An entitlement that cannot be used for this visit. */
export class EntitlementError extends Error {
  override readonly name = 'EntitlementError';
}

/**
 * A visit uses an entitlement up unless the clinic cancelled it, or the patient did in time. So what is left follows
 * from the visits alone, and whoever cancels one gives it back without knowing. For queries in which the entitlement is `e`.
 */
export const VISITS_USED = sql<number>`(
  select count(*)::int from entitlement_use u
  join appointment a on a.clinic_id = u.clinic_id and a.id = u.appointment_id
  where u.clinic_id = e.clinic_id and u.entitlement_id = e.id
    and not (a.status = 'cancelled' and (a.cancelled_by = 'clinic' or not a.cancelled_late)))`;

/** The entitlements of an order or of a patient, those that are used up included, without revoked ones. */
export async function readEntitlements(
  { tx, clinicId }: ClinicTransaction,
  of: { readonly orderId: string } | { readonly patientId: string } | { readonly id: string },
): Promise<readonly Entitlement[]> {
  const [column, value] =
    'orderId' in of
      ? (['e.order_id', of.orderId] as const)
      : 'patientId' in of
        ? (['e.patient_id', of.patientId] as const)
        : (['e.id', of.id] as const);
  const rows = await tx
    .selectFrom('entitlement as e')
    .innerJoin('order_line as l', (join) =>
      join.onRef('l.clinic_id', '=', 'e.clinic_id').onRef('l.id', '=', 'e.order_line_id'),
    )
    .select(['e.id', 'e.order_id', 'e.patient_id', 'e.service_id', 'e.quantity', 'e.valid_until'])
    .select(['l.description', VISITS_USED.as('used')])
    .where('e.clinic_id', '=', clinicId)
    .where(column, '=', value)
    .where('e.revoked_at', 'is', null)
    .orderBy('e.created_at')
    .orderBy('l.position')
    .execute();
  return rows.map((row) => ({
    id: row.id,
    orderId: row.order_id,
    patientId: row.patient_id,
    serviceId: row.service_id,
    description: row.description,
    quantity: row.quantity,
    left: Math.max(0, row.quantity - row.used),
    validUntil: row.valid_until?.getTime() ?? null,
  }));
}

/** Grants what the order's lines entitle to, once; nothing for lines without a service. */
export async function grantEntitlements(
  { tx, clinicId }: ClinicTransaction,
  orderId: string,
  patientId: string,
  now: number,
): Promise<void> {
  await sql`
    insert into entitlement (clinic_id, order_id, order_line_id, patient_id, service_id, quantity, valid_until)
    select l.clinic_id, l.order_id, l.id, ${patientId}::uuid, l.service_id, l.quantity,
      ${new Date(now).toISOString()}::timestamptz + make_interval(months => p.valid_months)
    from order_line l left join product p on p.clinic_id = l.clinic_id and p.id = l.product_id
    where l.clinic_id = ${clinicId} and l.order_id = ${orderId} and l.service_id is not null
    on conflict (clinic_id, order_line_id) do nothing`.execute(tx);
}

/** Takes back what a fully refunded order entitled to. */
export async function revokeEntitlements(
  { tx, clinicId }: ClinicTransaction,
  orderId: string,
  now: number,
): Promise<void> {
  await tx
    .updateTable('entitlement')
    .set({ revoked_at: new Date(now) })
    .where('clinic_id', '=', clinicId)
    .where('order_id', '=', orderId)
    .where('revoked_at', 'is', null)
    .execute();
}

/**
 * Gives back what an order entitled to when its refund came back: the clinic has the money again. Not where its time was
 * given up: then only the money is owed.
 */
export async function restoreEntitlements(
  { tx, clinicId }: ClinicTransaction,
  orderId: string,
): Promise<void> {
  await tx
    .updateTable('entitlement as e')
    .set({ revoked_at: null })
    .where('e.clinic_id', '=', clinicId)
    .where('e.order_id', '=', orderId)
    .where((where) =>
      where.exists(
        where
          .selectFrom('sales_order as o')
          .select('o.id')
          .whereRef('o.clinic_id', '=', 'e.clinic_id')
          .whereRef('o.id', '=', 'e.order_id')
          .where('o.slot', '!=', 'given_up'),
      ),
    )
    .execute();
}

/**
 * Uses one of what is left for a visit, in the transaction that books it. Two bookings that want the last one wait
 * for each other here.
 *
 * @throws EntitlementError when it is used up, too old, taken back, or not for this patient and service
 */
export async function useEntitlement(
  clinic: ClinicTransaction,
  entitlementId: string,
  visit: { readonly appointmentId: string; readonly patientId: string; readonly serviceId: string },
  now: number,
): Promise<void> {
  const { tx, clinicId } = clinic;
  await tx
    .selectFrom('entitlement')
    .select('id')
    .where('clinic_id', '=', clinicId)
    .where('id', '=', entitlementId)
    .forUpdate()
    .execute();
  const [entitlement] = await readEntitlements(clinic, { id: entitlementId });
  if (!entitlement) throw new EntitlementError('What was bought has been refunded, so it cannot be used.');
  if (entitlement.serviceId !== visit.serviceId || entitlement.patientId !== visit.patientId)
    throw new EntitlementError('What was bought is for another visit or another person.');
  if (entitlement.left === 0) throw new EntitlementError('Everything that was bought is booked already.');
  if (entitlement.validUntil !== null && entitlement.validUntil < now)
    throw new EntitlementError('What was bought could be booked until a day that has passed.');
  await tx
    .insertInto('entitlement_use')
    .values({ clinic_id: clinicId, entitlement_id: entitlementId, appointment_id: visit.appointmentId })
    // Paid again after everything was given back: the visit uses what was bought last.
    .onConflict((conflict) =>
      conflict.columns(['clinic_id', 'appointment_id']).doUpdateSet({ entitlement_id: entitlementId }),
    )
    .execute();
  await takeTheTime(clinic, entitlement.orderId, visit.appointmentId);
  await record(clinic, {
    action: 'entitlement.used',
    subject: { kind: 'entitlement', id: entitlementId },
    detail: { appointment: visit.appointmentId },
  });
}

/** An order whose own time was lost, or whose visit was cancelled, has this visit now. */
async function takeTheTime(
  { tx, clinicId }: ClinicTransaction,
  orderId: string,
  appointmentId: string,
): Promise<void> {
  await tx
    .updateTable('sales_order as o')
    .set({ slot: 'booked', appointment_id: appointmentId, choose_by: null, booking: null })
    .where('o.clinic_id', '=', clinicId)
    .where('o.id', '=', orderId)
    .where((where) =>
      where.or([
        where('o.slot', '=', 'to_choose'),
        where.and([
          where('o.slot', '=', 'booked'),
          where.exists(
            where
              .selectFrom('appointment as a')
              .select('a.id')
              .whereRef('a.clinic_id', '=', 'o.clinic_id')
              .whereRef('a.id', '=', 'o.appointment_id')
              .where('a.status', '=', 'cancelled'),
          ),
        ]),
      ]),
    )
    .execute();
}

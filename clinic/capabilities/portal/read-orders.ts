import { sql } from 'kysely';
import type { ClinicTransaction } from '../../platform/database/in-clinic.ts';
import type { OrderSlot, OrderStatus } from '../../platform/database/schema-of-payments.ts';
import { type Portal, shownIds } from './portal.ts';
import { atLeastNobody } from './read-visits.ts';

const MOST_ORDERS = 50;

/** An order of the visitor: one that they pay, or one for somebody under their address. Instants in epoch ms. */
export interface PortalOrder {
  readonly id: string;
  readonly number: string;
  readonly status: OrderStatus;
  readonly slot: OrderSlot;
  readonly chooseBy: number | null;
  readonly patientId: string | null;
  /** As the clinic knows them, else as the buyer wrote it; null where nobody is named yet. */
  readonly patientName: string | null;
  readonly payerName: string;
  /** Whether the visitor pays it, so that its papers are theirs. */
  readonly own: boolean;
  readonly currency: string;
  readonly totalMinor: number;
  readonly lines: readonly string[];
  readonly papers: readonly PortalPaper[];
  readonly createdAt: number;
}

export interface PortalPaper {
  readonly id: string;
  readonly kind: 'receipt' | 'credit_note';
  readonly number: string;
}

/**
 * The orders that may be shown, the latest first. Papers carry the payer's address, so they are listed for the payer
 * alone; an order without a payer's address is its patient's own.
 */
export async function readOrders(portal: Portal, clinic: ClinicTransaction): Promise<readonly PortalOrder[]> {
  const { email } = portal.visitor;
  const rows = await shownOrders(portal, clinic)
    .select(['o.id', 'o.number', 'o.status', 'o.slot', 'o.choose_by', 'o.patient_id', 'o.payer_name'])
    .select(['o.payer_email', 'o.currency', 'o.total_minor', 'o.created_at'])
    .select(
      sql<string[]>`array(select case when l.quantity = 1 then l.description
          else l.quantity || ' × ' || l.description end
        from order_line l where l.clinic_id = o.clinic_id and l.order_id = o.id order by l.position)`.as(
        'lines',
      ),
    )
    .leftJoin('patient as p', (join) =>
      join.onRef('p.clinic_id', '=', 'o.clinic_id').onRef('p.id', '=', 'o.patient_id'),
    )
    .select(
      sql<string | null>`coalesce(p.given_name || ' ' || p.family_name,
        (o.person ->> 'givenName') || ' ' || (o.person ->> 'familyName'))`.as('patient_name'),
    )
    .where('o.status', '!=', 'draft')
    .orderBy('o.created_at', 'desc')
    .orderBy('o.id', 'desc')
    .limit(MOST_ORDERS)
    .execute();
  const papers = await readPapers(
    clinic,
    rows.map(({ id }) => id),
  );
  return rows.map((row) => {
    const own = row.payer_email === null || row.payer_email === email;
    return {
      id: row.id,
      number: row.number,
      status: row.status,
      slot: row.slot,
      chooseBy: row.choose_by?.getTime() ?? null,
      patientId: row.patient_id,
      patientName: row.patient_name,
      payerName: row.payer_name,
      own,
      currency: row.currency,
      totalMinor: row.total_minor,
      lines: row.lines,
      papers: own ? (papers.get(row.id) ?? []) : [],
      createdAt: row.created_at.getTime(),
    };
  });
}

function shownOrders(portal: Portal, { tx, clinicId }: ClinicTransaction) {
  const { visitor, chosen } = portal;
  return tx
    .selectFrom('sales_order as o')
    .where('o.clinic_id', '=', clinicId)
    .where((where) => {
      const forThem = where('o.patient_id', 'in', atLeastNobody(shownIds(portal)));
      return chosen ? forThem : where.or([forThem, where('o.payer_email', '=', visitor.email)]);
    });
}

async function readPapers(
  { tx, clinicId }: ClinicTransaction,
  orderIds: readonly string[],
): Promise<ReadonlyMap<string, readonly PortalPaper[]>> {
  const rows = await tx
    .selectFrom('document')
    .select(['id', 'kind', 'number', 'order_id'])
    .where('clinic_id', '=', clinicId)
    .where('order_id', 'in', atLeastNobody(orderIds))
    .orderBy('issued_at')
    .orderBy('id')
    .execute();
  return Map.groupBy(rows, (row) => row.order_id);
}

import type { ClinicTransaction } from '../../../platform/database/in-clinic.ts';
import type { Clinic } from '../../../platform/web/clinics.ts';
import { formatMoney } from '../../../platform/web/layout/index.ts';
import { type Entitlement, readEntitlements } from '../core/entitlements.ts';
import { figuresOf } from './figures.ts';
import { type ListedOrder, ordersOfPatient } from './list-orders.ts';
import { ORDER_BADGES } from './words.ts';

/** What somebody bought, and what of it can still be booked. */
export interface MoneyOfPerson {
  readonly orders: readonly ListedOrder[];
  readonly entitlements: readonly Entitlement[];
}

/** The newest orders of a person and what is left to book. */
export async function readMoneyOfPerson(
  clinic: ClinicTransaction,
  patientId: string,
): Promise<MoneyOfPerson> {
  const entitlements = await readEntitlements(clinic, { patientId });
  return {
    orders: await ordersOfPatient(clinic, patientId),
    entitlements: entitlements.filter((one) => one.left > 0),
  };
}

const FEW = 5;

/** A person's orders on the page of that person. */
export function PersonMoney(props: {
  clinic: Clinic;
  patientId: string;
  money: MoneyOfPerson;
  mayCharge: boolean;
}) {
  const { clinic, patientId, money, mayCharge } = props;
  return (
    <section aria-labelledby="person-money">
      <div class="row">
        <h2 id="person-money">Orders</h2>
        {mayCharge && (
          <a class="btn push" href={`/desk/orders/new?patient=${patientId}`}>
            New order
          </a>
        )}
      </div>
      {money.orders.length === 0 && <p class="soft">Nothing has been ordered.</p>}
      <ul>
        {money.orders.slice(0, FEW).map((order) => (
          <li class="moment" key={order.id}>
            <a class="inline-link" href={`/desk/orders/${order.id}`}>
              {order.number}
            </a>
            <span>
              {order.what}, {formatMoney(order.totalMinor, order.currency, clinic.locale)}
            </span>
            <span class="badge" data-kind={ORDER_BADGES[order.status].kind}>
              {ORDER_BADGES[order.status].label}
            </span>
          </li>
        ))}
      </ul>
      {money.orders.length > FEW && (
        <p class="small soft">And older ones, which the list of orders finds by name.</p>
      )}
      {money.entitlements.map((one) => (
        <p key={one.id} class="small">
          To book: {one.description}, {one.left} of {one.quantity} left
          {one.validUntil !== null && `, until ${figuresOf(clinic, clinic.currency).moment(one.validUntil)}`}
        </p>
      ))}
    </section>
  );
}

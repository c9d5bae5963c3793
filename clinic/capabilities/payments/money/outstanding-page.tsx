import type { Clinic } from '../../../platform/web/clinics.ts';
import { Notice } from '../../../platform/web/layout/index.ts';
import { figuresOf } from '../desk/figures.ts';
import { METHOD_NAMES, ORDER_BADGES } from '../desk/words.ts';
import { MONEY } from './money-page.tsx';
import {
  MOST_SHOWN,
  type OpenOrder,
  type OpenRefund,
  type Outstanding,
  type Unused,
} from './read-outstanding.ts';
import { WideTable } from './wide-table.tsx';

/** Who owes the clinic, and what the clinic owes: money on its way back, and visits that are paid but not booked. */
export function OutstandingPage(props: {
  clinic: Clinic;
  outstanding: Outstanding;
  now: number;
  news: string | null;
}) {
  const { clinic, outstanding, now, news } = props;
  const { orders, totals, refunds, unused } = outstanding;
  return (
    <>
      <h1>Outstanding</h1>
      {news && <Notice kind="good" title={`The link to order ${news} is on its way`} live />}
      <section class="card" aria-labelledby="orders">
        <h2 id="orders">To be paid</h2>
        {orders.length === 0 ? (
          <p class="soft">Everything is paid.</p>
        ) : (
          <>
            <p>
              {totals.map(({ currency, count, openMinor }) => (
                <span key={currency}>
                  {count === 1 ? 'One order' : `${count} orders`},{' '}
                  {figuresOf(clinic, currency).exact(openMinor)} open.{' '}
                </span>
              ))}
              {totals.reduce((sum, one) => sum + one.count, 0) > MOST_SHOWN &&
                `The oldest ${MOST_SHOWN} are below.`}
            </p>
            <OpenOrders orders={orders} clinic={clinic} now={now} />
          </>
        )}
      </section>
      <Refunds refunds={refunds} clinic={clinic} />
      <UnusedVisits unused={unused} clinic={clinic} />
    </>
  );
}

function OpenOrders({ orders, clinic, now }: { orders: readonly OpenOrder[]; clinic: Clinic; now: number }) {
  return (
    <ul class="open-orders">
      {orders.map((order) => {
        const say = figuresOf(clinic, order.currency);
        return (
          <li key={order.id}>
            <div>
              <a class="inline-link" href={`/desk/orders/${order.id}`}>
                Order {order.number}
              </a>{' '}
              <b>{order.payerName}</b>{' '}
              <span class="badge" data-kind={ORDER_BADGES[order.status].kind}>
                {order.beingPaid ? 'Being paid' : ORDER_BADGES[order.status].label}
              </span>
              <p class="small soft">
                {order.what}, {ageText(now - order.createdAt)}
                {order.paidMinor > 0 &&
                  `, ${say.exact(order.paidMinor)} of ${say.exact(order.totalMinor)} paid`}
              </p>
            </div>
            <b class="n">{say.exact(order.openMinor)}</b>
            {order.hasEmail ? (
              <form method="post" action={`${MONEY.outstanding}/${order.id}/link`}>
                <button type="submit">
                  Send pay link<span class="vh"> for order {order.number}</span>
                </button>
              </form>
            ) : (
              <span class="small soft">No e-mail address</span>
            )}
          </li>
        );
      })}
    </ul>
  );
}

/** "today", "1 day old", "41 days old". */
export function ageText(ms: number): string {
  const days = Math.floor(ms / 86_400_000);
  if (days < 1) return 'less than a day old';
  return days === 1 ? '1 day old' : `${days} days old`;
}

function Refunds({ refunds, clinic }: { refunds: readonly OpenRefund[]; clinic: Clinic }) {
  if (refunds.length === 0) return null;
  return (
    <section class="card" aria-labelledby="refunds">
      <h2 id="refunds">Refunds that are not done</h2>
      <ul class="open-orders">
        {refunds.map((refund) => {
          const say = figuresOf(clinic, refund.currency);
          return (
            <li key={refund.id}>
              <div>
                <a class="inline-link" href={`/desk/orders/${refund.orderId}`}>
                  Order {refund.orderNumber}
                </a>{' '}
                <span class="badge" data-kind={refund.status === 'failed' ? 'danger' : 'warn'}>
                  {refund.status === 'failed' ? 'Failed' : 'Under way'}
                </span>
                <p class="small soft">
                  {METHOD_NAMES[refund.method]}, asked for {say.moment(refund.createdAt)}: {refund.reason}
                </p>
                {refund.failure && <p class="small error">{refund.failure}</p>}
              </div>
              <b class="n">{say.exact(refund.amountMinor)}</b>
            </li>
          );
        })}
      </ul>
    </section>
  );
}

function UnusedVisits({ unused, clinic }: { unused: readonly Unused[]; clinic: Clinic }) {
  const totals = [...Map.groupBy(unused, (one) => one.currency)];
  const lapsed = unused.some((one) => one.lapsedCount > 0);
  return (
    <section class="card" aria-labelledby="unused">
      <h2 id="unused">Paid for, not booked yet</h2>
      {unused.length === 0 ? (
        <p class="soft">Everything that was bought is booked.</p>
      ) : (
        <WideTable label="Visits that are paid for and not booked">
          <thead>
            <tr>
              <th scope="col">Service</th>
              <th scope="col" class="n">
                Visits
              </th>
              <th scope="col" class="n">
                Worth
              </th>
              {lapsed && <th scope="col">Of these, too late to book</th>}
            </tr>
          </thead>
          <tbody>
            {unused.map((one) => {
              const say = figuresOf(clinic, one.currency);
              return (
                <tr key={`${one.name} ${one.currency}`}>
                  <th scope="row">{one.name}</th>
                  <td class="n">{one.count}</td>
                  <td class="n">{say.exact(one.valueMinor)}</td>
                  {lapsed && (
                    <td>{one.lapsedCount > 0 && `${one.lapsedCount}, ${say.exact(one.lapsedMinor)}`}</td>
                  )}
                </tr>
              );
            })}
          </tbody>
          <tfoot>
            {totals.map(([currency, group]) => (
              <tr key={currency}>
                <th scope="row">Together</th>
                <td class="n">{group.reduce((sum, one) => sum + one.count, 0)}</td>
                <td class="n">
                  {figuresOf(clinic, currency).exact(group.reduce((sum, one) => sum + one.valueMinor, 0))}
                </td>
                {lapsed && <td />}
              </tr>
            ))}
          </tfoot>
        </WideTable>
      )}
    </section>
  );
}

import { dateAt } from '@rectus/schedule';
import type { OrderStatus } from '../../../platform/database/schema-of-payments.ts';
import { formatMoney } from '../../../platform/web/layout/index.ts';
import { shortDate } from '../../../platform/web/wall-clock.ts';
import { orderPath } from '../../payments/index.ts';
import { forWhom, type Portal, type PortalSection } from '../portal.ts';
import { type PortalOrder, readOrders } from '../read-orders.ts';

/** An order's state as its payer would say it. */
const STATUS: Readonly<Record<OrderStatus, string>> = {
  draft: 'Not sent',
  awaiting_payment: 'Not paid yet',
  part_paid: 'Paid in part',
  paid: 'Paid',
  partly_refunded: 'Paid, part of it given back',
  refunded: 'Money given back',
  cancelled: 'Cancelled',
  expired: 'Not paid in time',
  disputed: 'Payment disputed',
};

/** What was bought, what became of it, and the papers about it. */
export const ordersAndReceipts: PortalSection = {
  id: 'orders',
  async show(portal, clinic) {
    const orders = await readOrders(portal, clinic);
    if (orders.length === 0) return null;
    return (
      <>
        <h2>Orders and receipts</h2>
        <ul class="my-lines card">
          {orders.map((order) => (
            <OrderLine key={order.id} portal={portal} order={order} />
          ))}
        </ul>
      </>
    );
  },
};

function OrderLine({ portal, order }: { portal: Portal; order: PortalOrder }) {
  const { timeZone, locale } = portal.clinic;
  const who = forWhom(portal, order.patientId);
  const path = orderPath(portal.platform, order.id);
  return (
    <li class="my-line">
      <p>
        <b>{order.lines.join(', ')}</b>
        <span class="small soft below">
          Order {order.number}, {shortDate(dateAt(order.createdAt, timeZone), locale, true)}
          {who && `, for ${who}`}
          {!order.own && `, paid by ${order.payerName}`}
        </span>
      </p>
      <p class="row small">
        <span>{formatMoney(order.totalMinor, order.currency, locale)}</span>
        <span class="badge" data-kind={order.status === 'paid' ? 'good' : undefined}>
          {STATUS[order.status]}
        </span>
      </p>
      {order.own && (
        <p class="row my-papers small">
          <a href={path}>
            See the order<span class="vh"> {order.number}</span>
          </a>
          {order.papers.map((paper) => (
            <a key={paper.id} href={`${path}/papers/${paper.id}.pdf`}>
              {paper.kind === 'receipt' ? 'Receipt' : 'Credit note'} {paper.number}
            </a>
          ))}
        </p>
      )}
    </li>
  );
}

import { dateAt } from '@rectus/schedule';
import type { OrderStatus } from '../../../platform/database/schema-of-payments.ts';
import { formatMoney } from '../../../platform/web/layout/index.ts';
import { shortDate } from '../../../platform/web/wall-clock.ts';
import { orderPath } from '../../payments/index.ts';
import { forWhom, type Portal, type PortalSection } from '../portal.ts';
import { type PortalOrder, readOrders } from '../read-orders.ts';
import { readStatementYears, type StatementYear } from '../read-statements.ts';

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
    const years = await readStatementYears(clinic, portal.clinic, portal.visitor.email);
    return (
      <>
        <h2>Orders and receipts</h2>
        <ul class="my-lines card">
          {orders.map((order) => (
            <OrderLine key={order.id} portal={portal} order={order} />
          ))}
        </ul>
        <Statements portal={portal} years={years} />
      </>
    );
  },
};

/** One paper for each year and patient, as insurers and tax offices ask for it. */
function Statements({ portal, years }: { portal: Portal; years: readonly StatementYear[] }) {
  const shown = years.filter(({ patientId }) => !portal.chosen || portal.chosen.id === patientId);
  if (shown.length === 0) return null;
  return (
    <p class="row small my-papers">
      {shown.map(({ patientId, patientName, year }) => {
        const who = forWhom(portal, patientId, patientName);
        return (
          <a key={`${patientId} ${year}`} href={`/my/statements/${patientId}/${year}.pdf`}>
            Statement of {year}
            {who && ` for ${who}`}
          </a>
        );
      })}
    </p>
  );
}

function OrderLine({ portal, order }: { portal: Portal; order: PortalOrder }) {
  const { timeZone, locale } = portal.clinic;
  const who = forWhom(portal, order.patientId, order.patientName);
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
      <p class="row small my-act">
        <span>{formatMoney(order.totalMinor, order.currency, locale)}</span>
        <span class="badge" data-kind={order.status === 'paid' ? 'good' : undefined}>
          {STATUS[order.status]}
        </span>
      </p>
      {order.own && (
        <p class="row small my-papers">
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

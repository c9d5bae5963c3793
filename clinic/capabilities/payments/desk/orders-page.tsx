import type { Clinic } from '../../../platform/web/clinics.ts';
import { Notice } from '../../../platform/web/layout/index.ts';
import { figuresOf } from './figures.ts';
import { FILTERS, type ListedOrder, type OrderFilter, PAGE_OF_ORDERS } from './list-orders.ts';
import { ORDER_BADGES } from './words.ts';

export interface OrdersPageProps {
  readonly clinic: Clinic;
  readonly text: string;
  readonly filter: OrderFilter;
  readonly orders: readonly ListedOrder[];
  readonly mayCharge: boolean;
}

const FILTER_NAMES: Readonly<Record<OrderFilter, string>> = {
  all: 'All',
  to_pay: 'To pay',
  refunding: 'Refunds not through',
  today: 'Paid today',
};

/** Orders, newest first, found by number or name. */
export function OrdersPage(props: OrdersPageProps) {
  const { clinic, text, filter, mayCharge } = props;
  const orders = props.orders.slice(0, PAGE_OF_ORDERS);
  const last = props.orders.length > PAGE_OF_ORDERS ? orders.at(-1) : undefined;
  return (
    <>
      <div class="row">
        <h1>Orders</h1>
        {mayCharge && (
          <a class="btn push" href="/desk/orders/new">
            New order
          </a>
        )}
      </div>
      <search>
        <form method="get" action="/desk/orders" class="row people-search">
          {filter !== 'all' && <input type="hidden" name="filter" value={filter} />}
          <label class="field">
            Order number, patient or payer
            <input type="search" name="q" value={text} autocomplete="off" />
          </label>
          <button class="primary" type="submit">
            Find
          </button>
        </form>
      </search>
      <nav class="tabs" aria-label="Which orders">
        {FILTERS.map((one) => (
          <a key={one} href={ordersHref(text, one)} aria-current={one === filter ? 'page' : undefined}>
            {FILTER_NAMES[one]}
          </a>
        ))}
      </nav>
      {orders.length === 0 ? (
        <Notice title={text ? `No order for “${text}”` : 'There is no such order'} live>
          {text && <p>Search for the number on the receipt, or the beginning of a name.</p>}
        </Notice>
      ) : (
        <OrderTable clinic={clinic} orders={orders} />
      )}
      {last && (
        <p>
          <a href={ordersHref(text, filter, last.id)}>Older orders</a>
        </p>
      )}
    </>
  );
}

function ordersHref(text: string, filter: OrderFilter, before?: string): string {
  const query = new URLSearchParams({
    ...(text ? { q: text } : {}),
    ...(filter === 'all' ? {} : { filter }),
    ...(before ? { before } : {}),
  }).toString();
  return `/desk/orders${query && `?${query}`}`;
}

/** Orders as a table that stacks on a telephone. */
export function OrderTable({ clinic, orders }: { clinic: Clinic; orders: readonly ListedOrder[] }) {
  return (
    <table class="stacked orders">
      <thead>
        <tr>
          <th scope="col">Order</th>
          <th scope="col">For</th>
          <th scope="col">What</th>
          <th scope="col">State</th>
          <th scope="col" class="n">
            Paid
          </th>
          <th scope="col" class="n">
            Total
          </th>
        </tr>
      </thead>
      <tbody>
        {orders.map((order) => (
          <OrderRow key={order.id} clinic={clinic} order={order} />
        ))}
      </tbody>
    </table>
  );
}

function OrderRow({ clinic, order }: { clinic: Clinic; order: ListedOrder }) {
  const { exact, moment } = figuresOf(clinic, order.currency);
  const badge = ORDER_BADGES[order.status];
  return (
    <tr>
      <th scope="row">
        <a class="inline-link" href={`/desk/orders/${order.id}`}>
          {order.number}
        </a>
        <small class="line soft">{moment(order.createdAt)}</small>
      </th>
      <td>
        {order.patientName}
        {order.payerName !== order.patientName && <small class="line soft">paid by {order.payerName}</small>}
      </td>
      <td>{order.what}</td>
      <td>
        <span class="badge" data-kind={badge.kind}>
          {badge.label}
        </span>
      </td>
      <td class="n">
        <span class="stacked-label">Paid </span>
        {exact(order.keptMinor)}
      </td>
      <td class="n">
        <span class="stacked-label">Total </span>
        {exact(order.totalMinor)}
      </td>
    </tr>
  );
}

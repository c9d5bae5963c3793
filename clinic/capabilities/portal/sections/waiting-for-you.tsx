import { formatMoney } from '../../../platform/web/layout/index.ts';
import { shortMoment } from '../../../platform/web/wall-clock.ts';
import { orderPath, readOrder } from '../../payments/index.ts';
import { forWhom, type Portal, type PortalSection } from '../portal.ts';
import { type PortalOrder, readOrders } from '../read-orders.ts';

/** What cannot go on without the visitor: something to pay, or another time to choose. */
export const waitingForYou: PortalSection = {
  id: 'waiting',
  async show(portal, clinic) {
    const orders = await readOrders(portal, clinic);
    const choosing = orders.filter(({ slot }) => slot === 'to_choose');
    const paying: Paying[] = [];
    for (const order of orders.filter(
      ({ status }) => status === 'awaiting_payment' || status === 'part_paid',
    )) {
      const { dueMinor = 0, openMinor = 0 } = (await readOrder(clinic, order.id)) ?? {};
      if (openMinor > 0)
        paying.push({ order, amountMinor: dueMinor > 0 ? dueMinor : openMinor, now: dueMinor > 0 });
    }
    if (choosing.length + paying.length === 0) return null;
    return (
      <>
        <h2>Waiting for you</h2>
        <ul class="my-lines card">
          {choosing.map((order) => (
            <ChooseLine key={order.id} portal={portal} order={order} />
          ))}
          {paying.map((one) => (
            <PayLine key={one.order.id} portal={portal} paying={one} />
          ))}
        </ul>
      </>
    );
  },
};

interface Paying {
  readonly order: PortalOrder;
  readonly amountMinor: number;
  /** Whether the order stands only when this is paid; otherwise it can be paid at the visit. */
  readonly now: boolean;
}

function ChooseLine({ portal, order }: { portal: Portal; order: PortalOrder }) {
  const { timeZone, locale } = portal.clinic;
  return (
    <li class="my-line">
      <p>
        <b>Choose another time</b>
        <span class="small soft below">
          {order.lines.join(', ')}. It is paid, but its time was given away before the payment came.
          {order.chooseBy !== null && ` Choose by ${shortMoment(order.chooseBy, timeZone, locale)}.`}
        </span>
      </p>
      <p class="my-act">
        <a class="btn primary" href={orderPath(portal.platform, order.id)}>
          See free times<span class="vh"> for order {order.number}</span>
        </a>
      </p>
    </li>
  );
}

function PayLine({ portal, paying }: { portal: Portal; paying: Paying }) {
  const { order, amountMinor, now } = paying;
  const amount = formatMoney(amountMinor, order.currency, portal.clinic.locale);
  const who = forWhom(portal, order.patientId, order.patientName);
  return (
    <li class="my-line">
      <p>
        <b>{now ? `${amount} to pay` : `${amount} still open`}</b>
        <span class="small soft below">
          {order.lines.join(', ')}
          {who && `, for ${who}`}. Order {order.number}
        </span>
      </p>
      <p class="my-act">
        <a class={now ? 'btn primary' : 'btn'} href={orderPath(portal.platform, order.id)}>
          Pay<span class="vh"> order {order.number}</span>
        </a>
      </p>
    </li>
  );
}

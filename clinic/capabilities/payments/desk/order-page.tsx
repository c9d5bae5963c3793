import type { ComponentChildren } from 'preact';
import type { Clinic } from '../../../platform/web/clinics.ts';
import { Notice } from '../../../platform/web/layout/index.ts';
import { shortMoment } from '../../../platform/web/wall-clock.ts';
import { placeZone, sameClock, zoneCity } from '../../booking/index.ts';
import { figuresOf } from './figures.ts';
import { OrderLines } from './order-lines.tsx';
import { OrderMoney } from './order-money.tsx';
import type { OrderPageProps, PartProps } from './order-page-props.ts';
import { CancelOrderForm, PayerForm, PayLinkPart } from './order-small-forms.tsx';
import type { OrderOnDesk } from './read-order-page.ts';
import { TakePaymentForm } from './take-payment-form.tsx';
import { ORDER_BADGES } from './words.ts';

/** An order, what was paid of it, and everything that the desk can do about it. */
export function OrderPage(given: OrderPageProps) {
  const props = { ...given, figures: figuresOf(given.clinic, given.shown.order.currency) };
  const { shown, mayCharge, news } = props;
  const { order } = shown;
  const badge = ORDER_BADGES[order.status];
  const beside = mayCharge && (order.openMinor > 0 || shown.refundable.length > 0);
  return (
    <>
      <p class="crumbs">
        <a href="/desk/orders">‹ All orders</a>
      </p>
      <div class="row">
        <h1>Order {order.number}</h1>
        <span class="badge" data-kind={badge.kind}>
          {badge.label}
        </span>
        <a class="btn push" href={`/desk/orders/${order.id}/statement.pdf`}>
          Statement (PDF)
        </a>
      </div>
      {news && <Notice kind={news.kind} title={news.title} live />}
      <div class={beside ? 'order-columns' : 'narrow-card stack'}>
        <Facts {...props} />
        {beside && <Actions {...props} />}
        <div class="stack rest">
          <OrderLines {...props} />
          {props.parts}
          <OrderMoney {...props} />
          <History {...props} />
        </div>
      </div>
    </>
  );
}

function Actions(props: PartProps) {
  const { shown, figures } = props;
  const { order } = shown;
  const refundableMinor = shown.refundable.reduce((sum, one) => sum + one.leftMinor, 0);
  return (
    <div class="stack actions">
      {order.openMinor > 0 && <TakePaymentForm {...props} />}
      {order.openMinor > 0 && <PayLinkPart {...props} />}
      {refundableMinor > 0 && (
        <section class="card stack" aria-labelledby="give-back">
          <h2 id="give-back">Give money back</h2>
          <p>Up to {figures.money(refundableMinor)} of what was paid can go back.</p>
          <a class="btn" href={`/desk/orders/${order.id}/refund`}>
            Refund
          </a>
        </section>
      )}
      {order.paidMinor === 0 && order.cancelledAt === null && <CancelOrderForm {...props} />}
    </div>
  );
}

function Facts(props: PartProps) {
  const { shown, figures, clinic, mayCharge } = props;
  const { order, patient, visit } = shown;
  return (
    <section class="card" aria-label="About the order">
      <dl class="facts">
        <Fact label="For">
          {patient ? (
            <a class="inline-link" href={`/desk/people/${patient.id}`}>
              {patient.name}
            </a>
          ) : (
            `${order.person?.givenName ?? ''} ${order.person?.familyName ?? ''}, not yet known here`
          )}
        </Fact>
        <Fact label="Payer">
          {order.payer.name}
          {order.payer.email && <span class="soft">, {order.payer.email}</span>}
          {order.payer.address && <span class="soft">, {order.payer.address.split('\n').join(', ')}</span>}
        </Fact>
        <Fact label="Visit">
          <VisitWords visit={visit} order={order} clinic={clinic} />
        </Fact>
        <Fact label="Made">
          {figures.moment(order.createdAt)}, {order.source === 'online' ? 'online' : 'at the desk'}
        </Fact>
        {order.cancelledAt !== null && (
          <Fact label="Cancelled">
            {figures.moment(order.cancelledAt)}
            {shown.cancelReason && `: ${shown.cancelReason}`}
          </Fact>
        )}
        {shown.entitlements.length > 0 && (
          <Fact label="To book">
            {shown.entitlements.map((one) => (
              <span key={one.id} class="line">
                {one.description}: {one.left} of {one.quantity} left
                {one.validUntil !== null && (
                  <span class="soft">, until {figures.moment(one.validUntil)}</span>
                )}
              </span>
            ))}
          </Fact>
        )}
        <Sums {...props} />
      </dl>
      {mayCharge && <PayerForm {...props} />}
    </section>
  );
}

function Sums({ shown, figures }: PartProps) {
  const { order } = shown;
  return (
    <>
      <Fact label="Total">
        <b>{figures.money(order.totalMinor)}</b>
        {order.dueNowMinor < order.totalMinor && (
          <span class="soft">, a deposit of {figures.money(order.dueNowMinor)} first</span>
        )}
      </Fact>
      <Fact label="Paid">{figures.money(order.paidMinor)}</Fact>
      {order.refundedMinor > 0 && <Fact label="Given back">{figures.money(order.refundedMinor)}</Fact>}
      {order.openMinor > 0 && (
        <Fact label="To pay">
          <b>{figures.money(order.openMinor)}</b>
        </Fact>
      )}
    </>
  );
}

const SLOT_WORDS = {
  none: 'none yet',
  held: 'its time is held until it is paid',
  booked: 'booked',
  to_choose: 'paid, but the time was gone: the buyer chooses another',
  given_up: 'none: the time was given up',
} as const;

function VisitWords({ visit, order, clinic }: Pick<OrderOnDesk, 'visit' | 'order'> & { clinic: Clinic }) {
  if (!visit) return <>{SLOT_WORDS[order.slot]}</>;
  const zone = placeZone(clinic, visit.siteId);
  return (
    <>
      <a class="inline-link" href={`/desk/appointments/${visit.id}`}>
        {visit.serviceName}, {shortMoment(visit.start, zone, clinic.locale)}
      </a>
      {!sameClock(zone, clinic.timeZone, visit.start) && <span class="soft">, {zoneCity(zone)} time</span>}
      {visit.cancelled && <span class="soft">, cancelled</span>}
    </>
  );
}

function Fact(props: { label: string; children: ComponentChildren }) {
  return (
    <div>
      <dt>{props.label}</dt>
      <dd>{props.children}</dd>
    </div>
  );
}

function History({ shown, figures }: PartProps) {
  if (shown.history.length === 0) return null;
  return (
    <section aria-labelledby="history">
      <h2 id="history">History</h2>
      <ul>
        {shown.history.map((line) => (
          <li class="moment dated" key={`${line.at} ${line.words}`}>
            <time dateTime={new Date(line.at).toISOString()}>{figures.moment(line.at)}</time>
            <span>
              {line.words}
              {line.amountMinor !== null && `, ${figures.money(line.amountMinor)}`}
            </span>
            <span class="soft">{line.by}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}

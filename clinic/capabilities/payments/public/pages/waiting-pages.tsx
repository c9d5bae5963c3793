import type { ComponentChildren } from 'preact';
import { PUBLIC_ROUTES } from '../../../../platform/web/layout/index.ts';
import { placeZone, whenLines } from '../../../booking/index.ts';
import { amountsOf, boughtOf, momentOf, type OrderPageProps } from './page-of.ts';
import { NewsNotice, PracticeBadge } from './parts.tsx';
import { Receipt } from './receipt.tsx';
import { SlotsForm } from './slots-form.tsx';

/** The frame of every page of an order whose money has not arrived, or has gone back. */
export function OrderFrame(
  props: OrderPageProps & { title: string; lead: string; children: ComponentChildren },
) {
  const { practice, title, lead, news, children } = props;
  return (
    <div class="pay">
      <section class="stack done">
        {practice && <PracticeBadge paid={false} />}
        <h1>{title}</h1>
        <p class="lead">{lead}</p>
        <NewsNotice news={news} />
      </section>
      <div class="paygrid">
        <div class="paycolumn">{children}</div>
        <Receipt {...props} />
      </div>
    </div>
  );
}

/** To be paid: on, or not at all. */
export function AwaitingPage(props: OrderPageProps) {
  const { view, payable, clinic } = props;
  const { order } = view;
  const due = order.dueMinor || order.openMinor;
  const deposit = due < order.totalMinor && order.paidMinor === 0;
  return (
    <OrderFrame
      {...props}
      title={order.paidMinor > 0 ? 'Not all paid yet' : 'Not paid yet'}
      lead={`Order ${order.number}: ${boughtOf(view)}. ${amountsOf(props)(due)} ${deposit ? 'is the deposit' : 'is to be paid'}.`}
    >
      <Change {...props} />
      <section class="card stack nextstep" aria-labelledby="pay">
        <h2 id="pay">{order.booking ? 'Pay to make the time yours' : 'Pay to make it yours'}</h2>
        <KeptTime {...props} />
        {payable ? <PayForm {...props} label="Continue to payment" /> : <PayAtDesk phone={clinic.phone} />}
      </section>
      {order.source === 'online' && order.paidMinor === 0 && <CancelForm {...props} />}
    </OrderFrame>
  );
}

/** The bank said no. */
export function FailedPage(props: OrderPageProps) {
  const { view, payable, clinic } = props;
  const [last] = view.payments;
  return (
    <OrderFrame
      {...props}
      title="The payment did not go through"
      lead="Nothing was taken, and nothing is lost. You can try again, with another card if you like."
    >
      <Change {...props} />
      <section class="card stack nextstep" aria-labelledby="why">
        <h2 id="why">What the bank said</h2>
        <p>{last?.failure ?? 'It gave no reason.'}</p>
        <KeptTime {...props} />
        {payable ? <PayForm {...props} label="Try again" /> : <PayAtDesk phone={clinic.phone} />}
      </section>
      {view.order.source === 'online' && view.order.paidMinor === 0 && <CancelForm {...props} />}
    </OrderFrame>
  );
}

/** The buyer is done and the bank is not. The page looks again by itself for a while. */
export function ProcessingPage(props: OrderPageProps) {
  const { path, looks, view } = props;
  return (
    <OrderFrame
      {...props}
      title="Your bank is still working"
      lead="You are done. As soon as your bank tells us that the money is on its way, this page says so, and we write to you."
    >
      <section class="card stack nextstep" aria-labelledby="wait" data-looks={looks}>
        <h2 id="wait">You can close this page</h2>
        <p>
          {view.order.booking ? 'Your time is kept meanwhile. ' : ''}
          {looks < MOST_LOOKS ? 'It looks again every few seconds.' : 'It has stopped looking by itself.'}
        </p>
        <p>
          <a class="btn primary roomy" href={`${path}?look=1`}>
            Look again
          </a>
        </p>
      </section>
    </OrderFrame>
  );
}

/** How often a waiting page asks by itself. */
export const MOST_LOOKS = 30;

/** The time to pay is over. What was typed is kept for another try. */
export function ExpiredPage(props: OrderPageProps) {
  const { view, path, orderKey } = props;
  const { booking } = view.order;
  return (
    <OrderFrame
      {...props}
      title="The time to pay is over"
      lead="Nothing was taken. Nobody has to do anything, and what you typed is still here if you want to try again."
    >
      <Change {...props} />
      <section class="card stack nextstep" aria-labelledby="again">
        <h2 id="again">{booking ? 'Try for the time again' : 'Order it again'}</h2>
        {booking ? (
          <>
            <BookedTime {...props} />
            <form method="post" action={`${path}/again`} class="row">
              <button type="submit" class="primary roomy">
                Ask for this time again
              </button>
              <a class="btn roomy" href={timesLink(props)}>
                See other times
              </a>
            </form>
          </>
        ) : view.product?.sold ? (
          <p>
            <a
              class="btn primary roomy"
              href={`/buy/${view.product.slug}?${new URLSearchParams({ again: orderKey })}`}
            >
              Order it again
            </a>
          </p>
        ) : (
          <p>It is not sold online any more. Please ask the clinic.</p>
        )}
      </section>
    </OrderFrame>
  );
}

export function CancelledPage(props: OrderPageProps) {
  return (
    <OrderFrame
      {...props}
      title="This order is cancelled"
      lead="Nothing is to be paid for it. Should a payment still arrive, it goes back at once."
    >
      <p class="row">
        <a
          class="btn primary"
          href={props.view.product?.sold ? `/buy/${props.view.product.slug}` : PUBLIC_ROUTES.book}
        >
          {props.view.product?.sold ? 'Order it again' : 'Book a visit'}
        </a>
      </p>
    </OrderFrame>
  );
}

/** Why the time that an order was for cannot be had, with others as a choice. */
function Change({ choices, path }: OrderPageProps) {
  if (!choices) return null;
  return (
    <section class="card stack nextstep" role="alert" aria-labelledby="gone">
      <h2 id="gone">Somebody else has taken that time</h2>
      {choices.slots.length > 0 ? (
        <>
          <p>Nothing was paid for it. The nearest free times:</p>
          <SlotsForm action={`${path}/${choices.leadTo}`} fields={{}} slots={choices.slots} verb="Take" />
        </>
      ) : (
        <p>
          Nothing was paid, and nothing else is free for this visit at the moment.{' '}
          <a href={PUBLIC_ROUTES.office}>Send us a request</a> and we will find a time.
        </p>
      )}
    </section>
  );
}

function PayForm({ path, view, clinic, label }: OrderPageProps & { label: string }) {
  const due = view.order.dueMinor || view.order.openMinor;
  return (
    <form method="post" action={`${path}/pay`}>
      <button type="submit" class="primary roomy">
        {label}: {amountsOf({ view, clinic })(due)}
      </button>
    </form>
  );
}

function PayAtDesk({ phone }: { phone: string | null }) {
  return (
    <p>
      It cannot be paid online at the moment. Please pay at the clinic{phone ? `, or call ${phone}` : ''}.
    </p>
  );
}

function CancelForm({ path }: OrderPageProps) {
  return (
    <details>
      <summary>Cancel this order</summary>
      <form method="post" action={`${path}/cancel`} class="stack">
        <p class="small">Nothing was paid, so nothing is owed. A time that is kept for it is given back.</p>
        <p>
          <button type="submit">Yes, cancel it</button>
        </p>
      </form>
    </details>
  );
}

/** The visit that is booked with the payment, and until when its time is kept. */
function KeptTime(props: OrderPageProps) {
  const { view, clinic } = props;
  const { expiresAt } = view.order;
  const until = expiresAt !== null && expiresAt > props.now ? momentOf(expiresAt, clinic) : null;
  return (
    <>
      <BookedTime {...props} />
      {until && (
        <p class="small">
          {view.order.booking ? 'The time is kept for you until ' : 'You can pay until '}
          <b>{until}</b>.
        </p>
      )}
    </>
  );
}

function BookedTime({ view, clinic, services, viewerZone }: OrderPageProps) {
  const { booking } = view.order;
  const service = booking && services(booking.serviceId);
  if (!booking || !service) return null;
  const site = clinic.sites.find((one) => one.id === booking.siteId);
  const span = { start: booking.start, end: booking.start + service.durationMin * 60_000 };
  const zones = { viewer: viewerZone ?? booking.viewerZone, place: placeZone(clinic, booking.siteId) };
  return (
    <dl class="facts-list">
      <div>
        <dt>{service.name}</dt>
        {whenLines(span, zones, clinic.locale).map((line) => (
          <dd key={line}>{line}</dd>
        ))}
        <dd class="soft">{site ? `${site.name}, ${site.city}` : 'By video'}</dd>
      </div>
    </dl>
  );
}

function timesLink({ view, services, clinic }: OrderPageProps): string {
  const { booking } = view.order;
  const service = booking && services(booking.serviceId);
  if (!service) return PUBLIC_ROUTES.book;
  const site = clinic.sites.find((one) => one.id === booking.siteId);
  const query = new URLSearchParams({ service: service.slug, ...(site ? { where: site.slug } : {}) });
  return `${PUBLIC_ROUTES.book}/time?${query}`;
}

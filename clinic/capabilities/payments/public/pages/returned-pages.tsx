import { PUBLIC_ROUTES } from '../../../../platform/web/layout/index.ts';
import { amountsOf, boughtOf, inSentence, momentOf, type OrderPageProps } from './page-of.ts';
import { SlotsForm } from './slots-form.tsx';
import { LeftToBook, VisitCard } from './visits.tsx';
import { OrderFrame } from './waiting-pages.tsx';

/** The money came and the time had gone: another time, or the money back. */
export function ToChoosePage(props: OrderPageProps) {
  const { view, path, choices, clinic } = props;
  const { order } = view;
  const amount = amountsOf(props);
  return (
    <OrderFrame
      {...props}
      title="Your payment is here, but the time had gone"
      lead={`You paid ${amount(order.paidMinor)} for ${inSentence(boughtOf(view))}. Somebody else took the time before the money arrived. Choose another, or take your money back.`}
    >
      <section class="card stack nextstep" aria-labelledby="choose">
        <p class="small soft">Next step</p>
        <h2 id="choose">Choose another time</h2>
        {choices && choices.slots.length > 0 ? (
          <>
            <p class="small">
              These are nearest to the one you wanted. Nothing more is to be paid for it now.
            </p>
            <SlotsForm action={`${path}/choose`} fields={{}} slots={choices.slots} verb="Book" />
          </>
        ) : (
          <p>
            Nothing else is free for this visit at the moment
            {clinic.phone ? `. Call us on ${clinic.phone} and we will find a time` : ''}, or take your money
            back.
          </p>
        )}
      </section>
      <form method="post" action={`${path}/choose`} class="stack">
        <p class="small">
          {order.chooseBy !== null &&
            `If you do nothing, everything goes back to you by itself on ${momentOf(order.chooseBy, clinic)}.`}
        </p>
        <p>
          <button type="submit" name="back" value="yes">
            Give me my money back: {amount(order.paidMinor - order.refundedMinor)}
          </button>
        </p>
      </form>
    </OrderFrame>
  );
}

/** The refund is asked for and has not arrived. */
export function GivingBackPage(props: OrderPageProps) {
  const { view } = props;
  const amount = amountsOf(props);
  return (
    <OrderFrame
      {...props}
      title="Your money is on its way back"
      lead={`${amount(view.returningMinor || view.order.paidMinor)} goes back the way it came. We write to you when it has left; your bank may take a few days more.`}
    >
      <Onwards {...props} />
    </OrderFrame>
  );
}

/** All of it has gone back, or a part. */
export function RefundedPage(props: OrderPageProps) {
  const { view } = props;
  const amount = amountsOf(props);
  const { order } = view;
  const all = view.state === 'refunded';
  return (
    <OrderFrame
      {...props}
      title={all ? 'Your money was given back' : 'A part was given back'}
      lead={
        all
          ? `${amount(order.refundedMinor)} for order ${order.number} left us and goes back the way it came. Your bank may take a few days.`
          : `${amount(order.refundedMinor)} of ${amount(order.paidMinor)} for order ${order.number} went back the way it came.`
      }
    >
      {view.visits
        .filter((visit) => visit.status !== 'cancelled')
        .map((visit) => (
          <VisitCard key={visit.id} page={props} visit={visit} />
        ))}
      {!all && <LeftToBook {...props} next={null} />}
      <Onwards {...props} />
    </OrderFrame>
  );
}

/** The payer's bank has taken the money back and both sides are being heard. */
export function DisputedPage(props: OrderPageProps) {
  const { clinic } = props;
  return (
    <OrderFrame
      {...props}
      title="This payment is disputed"
      lead="The bank that the money came from is looking into it. Until it has decided, nothing about this order changes here."
    >
      <p>
        If you know nothing of this, please talk to us
        {clinic.phone ? `: ${clinic.phone}` : clinic.email ? `: ${clinic.email}` : ''}.
      </p>
    </OrderFrame>
  );
}

function Onwards({ view }: OrderPageProps) {
  return (
    <p class="row">
      <a class="btn" href={view.product?.sold ? `/buy/${view.product.slug}` : PUBLIC_ROUTES.book}>
        {view.product?.sold ? `Buy ${view.product.name} again` : 'Book another visit'}
      </a>
    </p>
  );
}

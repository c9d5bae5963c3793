import { GaitStrip } from '../../../../platform/web/figures/gait-strip.tsx';
import { PUBLIC_ROUTES } from '../../../../platform/web/layout/index.ts';
import { linesOf } from '../offers.ts';
import {
  amountsOf,
  boughtOf,
  inSentence,
  type NextBooking,
  type OrderPageProps,
  withoutLength,
} from './page-of.ts';
import { Bring, NewsNotice, PracticeBadge, Then, Tick } from './parts.tsx';
import { Receipt } from './receipt.tsx';
import { SlotsForm } from './slots-form.tsx';
import { LeftToBook, VisitCard } from './visits.tsx';

const WALK = 'What we will see: hip, knee and ankle through each step. Drawn from simulated walking.';

/** The money has arrived: what was bought, and the next step as the main thing. */
export function SuccessPage(props: OrderPageProps) {
  const { view, next, news, practice } = props;
  const coming = view.visits.filter((visit) => visit.status !== 'cancelled');
  const main = coming.length > 0 || next !== null;
  const then = view.product?.steps ?? [];
  return (
    <div class="pay">
      <section class="stack done">
        {practice && <PracticeBadge paid />}
        <h1>
          <Tick />
          {view.order.appointmentId === null && coming.length > 0 ? 'Paid and booked' : 'Payment success'}
        </h1>
        <Lead {...props} booked={coming.length > 0} />
        <NewsNotice news={news} />
      </section>
      {main && (
        <div class="paygrid">
          <div class="paycolumn">
            {coming.map((visit) => (
              <VisitCard key={visit.id} page={props} visit={visit} />
            ))}
            {next && <NextCard page={props} next={next} />}
            <LeftToBook {...props} />
          </div>
          <div class="paycolumn">
            <Rest {...props} />
            <Bring lines={bringOf(props)} />
          </div>
        </div>
      )}
      {isGait(props) && <GaitStrip caption={WALK} />}
      <div class={then.length > 0 ? 'paygrid' : 'paygrid alone'}>
        <Then steps={then} />
        <Receipt {...props} />
      </div>
    </div>
  );
}

function Lead(props: OrderPageProps & { booked: boolean }) {
  const { view, next, booked } = props;
  const { order } = view;
  const paid = amountsOf(props)(order.paidMinor - order.refundedMinor);
  const what = boughtOf(view);
  const package_ = view.product !== null;
  const several = view.lines.some((line) => line.quantity > 1);
  return (
    <p class="lead">
      {package_ ? (
        <>
          You have bought {several ? '' : 'the '}
          <b>{what}</b> for <b>{paid}</b>.
        </>
      ) : (
        <>
          You have paid <b>{paid}</b> for <b>{inSentence(what)}</b>.
        </>
      )}{' '}
      {booked
        ? 'The time below is yours.'
        : next
          ? 'One thing is left: choose when you come.'
          : 'Nothing else is left to do.'}
    </p>
  );
}

function NextCard({ page, next }: { page: OrderPageProps; next: NextBooking }) {
  const { entitlement, service, slots } = next;
  const { path } = page;
  const sites = new Map(slots.map(({ site }) => [site?.slug ?? '', site]));
  const [only] = sites.values();
  const where = sites.size > 1 ? '' : only ? `, ${only.name}, ${only.city}` : ', by video';
  const more = `${path}/book?${new URLSearchParams({ entitlement: entitlement.id })}`;
  return (
    <section class="card stack nextstep" aria-labelledby="next">
      <p class="small soft">Next step</p>
      <h2 id="next">Book your {inSentence(withoutLength(entitlement.description))}</h2>
      {slots.length > 0 ? (
        <>
          <p class="small">
            {service.durationMin} minutes{where}. The next free times:
          </p>
          <SlotsForm
            action={`${path}/book`}
            fields={{ entitlement: entitlement.id }}
            slots={slots}
            verb="Book"
            more={more}
          >
            <a class="btn quiet roomy" href={PUBLIC_ROUTES.my}>
              Later, from my page
            </a>
          </SlotsForm>
        </>
      ) : (
        <>
          <p>Nothing is free at the moment. What you bought stays yours: ask us for a time.</p>
          <p class="row">
            <a class="btn primary roomy" href={PUBLIC_ROUTES.office}>
              Request a time
            </a>
            <a class="btn quiet roomy" href={PUBLIC_ROUTES.my}>
              Later, from my page
            </a>
          </p>
        </>
      )}
    </section>
  );
}

/** What is left of a visit that a deposit was paid for. */
function Rest(props: OrderPageProps) {
  const { view, path, payable } = props;
  if (view.state !== 'part_paid' || view.order.openMinor === 0) return null;
  return (
    <section class="card stack" aria-labelledby="rest">
      <h2 id="rest">{amountsOf(props)(view.order.openMinor)} at the visit</h2>
      <p class="small soft">The deposit keeps your time. You can bring the rest, or pay it now.</p>
      {payable && (
        <form method="post" action={`${path}/pay`}>
          <button type="submit">Pay the rest now</button>
        </form>
      )}
    </section>
  );
}

function bringOf({ view, next, services }: OrderPageProps): readonly string[] {
  if (view.product && view.product.bring.length > 0) return view.product.bring;
  const [first] = view.visits;
  const service = next?.service ?? (first && services(first.serviceId));
  return service ? linesOf(service.bring) : [];
}

function isGait({ view, services }: OrderPageProps): boolean {
  return view.lines.some(
    (line) => line.serviceId !== null && services(line.serviceId)?.slug.startsWith('gait'),
  );
}

import type { Clinic } from '../../../platform/web/clinics.ts';
import { formatMoney } from '../../../platform/web/layout/index.ts';
import type { Entitlement } from '../core/entitlements.ts';
import type { Fee } from './read-visit-panel.ts';
import type { VisitMoney } from './visit-money.ts';

export interface VisitPanelProps {
  readonly clinic: Clinic;
  readonly money: VisitMoney;
  /** What the patient bought and could use for this visit. */
  readonly usable: readonly (Entitlement & { readonly name: string })[];
  /** Fees that may be charged, for somebody who cancelled late or did not come. */
  readonly fees: readonly Fee[];
  readonly mayCharge: boolean;
}

/** The money of one visit, and the shortest way to take it. */
export function VisitPanel(props: VisitPanelProps) {
  const { money, clinic, mayCharge } = props;
  const badge = visitBadge(money, clinic.locale);
  const open = money.state === 'to_pay' || money.state === 'part_paid';
  return (
    <section class="card stack" aria-labelledby="payment" id="visit-money">
      <div class="row">
        <h2 id="payment">Payment</h2>
        {badge && (
          <span class="badge" data-kind={badge.kind}>
            {badge.label}
          </span>
        )}
      </div>
      <VisitMoneyWords money={money} clinic={clinic} />
      {mayCharge && open && (
        <form method="post" action="/desk/orders/for-visit">
          <input type="hidden" name="appointment" value={money.appointmentId} />
          <button type="submit" class="primary">
            Take payment
          </button>
        </form>
      )}
      {mayCharge && money.state === 'to_pay' && !money.order?.paidMinor && <UseForms {...props} />}
      {mayCharge && props.fees.length > 0 && <FeeForms {...props} />}
    </section>
  );
}

function UseForms({ money, usable }: VisitPanelProps) {
  return (
    <>
      {usable.map((one) => (
        <form method="post" action="/desk/orders/use" key={one.id}>
          <input type="hidden" name="appointment" value={money.appointmentId} />
          <input type="hidden" name="entitlement" value={one.id} />
          <button type="submit">
            Use {one.name}: {one.left} of {one.quantity} left
          </button>
        </form>
      ))}
    </>
  );
}

function FeeForms({ money, fees, clinic }: VisitPanelProps) {
  return (
    <form method="post" action="/desk/orders/for-visit" class="row" aria-label="Charge a fee">
      <input type="hidden" name="appointment" value={money.appointmentId} />
      {fees.map((fee) => (
        <button key={fee.productId} type="submit" name="product" value={fee.productId}>
          Charge “{fee.name}”, {formatMoney(fee.totalMinor, fee.currency, clinic.locale)}
        </button>
      ))}
    </form>
  );
}

function VisitMoneyWords({ money, clinic }: Pick<VisitPanelProps, 'money' | 'clinic'>) {
  const format = (minor: number) => formatMoney(minor, money.currency, clinic.locale);
  const { order, cover } = money;
  return (
    <>
      {cover && (
        <p>
          Paid with{' '}
          <a class="inline-link" href={`/desk/orders/${cover.orderId}`}>
            {cover.name}
          </a>
          : {cover.used} of {cover.quantity} used.
        </p>
      )}
      {order && (
        <p>
          <a class="inline-link" href={`/desk/orders/${order.id}`}>
            Order {order.number}
          </a>
          : {format(order.paidMinor)} paid
          {order.refundedMinor > 0 && `, ${format(order.refundedMinor)} given back`}.
        </p>
      )}
      {!order && !cover && (
        <p class="soft">
          {money.priceMinor === 0
            ? 'This visit is free.'
            : `This visit costs ${format(money.priceMinor)}. ${money.state === 'not_due' ? 'It did not take place, so it is not charged by itself.' : 'Nothing has been paid yet.'}`}
        </p>
      )}
    </>
  );
}

/** The mark of a visit's money, or null where there is nothing to say. */
export function visitBadge(
  money: VisitMoney,
  locale: string,
): { readonly label: string; readonly kind: 'good' | 'warn' | 'danger' | 'plain' } | null {
  if (money.toPayMinor > 0)
    return { label: `to pay ${formatMoney(money.toPayMinor, money.currency, locale)}`, kind: 'warn' };
  switch (money.state) {
    case 'paid':
    case 'covered':
      return { label: 'paid', kind: 'good' };
    case 'refunded':
      return { label: 'refunded', kind: 'plain' };
    case 'disputed':
      return { label: 'disputed', kind: 'danger' };
    default:
      return null;
  }
}

/** What becomes of the money when the clinic cancels the visit, in a sentence; null where there is none. */
export function whenCancelled(money: VisitMoney, locale: string): string | null {
  const format = (minor: number) => formatMoney(minor, money.currency, locale);
  if (money.cover)
    return `It was paid with ${money.cover.name}. It comes back by itself as a visit to book again.`;
  if (!money.order) return null;
  const kept = money.order.paidMinor - money.order.refundedMinor;
  if (kept > 0)
    return `${format(kept)} was paid for it. It comes back as a visit to book again, unless you give the money back.`;
  return money.state === 'to_pay'
    ? `Its order ${money.order.number} is cancelled with it; nothing was paid.`
    : null;
}

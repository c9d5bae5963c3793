import type { PaymentMethod, PaymentStatus } from '../../../platform/database/schema-of-payments.ts';
import type { NoticeKind } from '../../../platform/web/layout/index.ts';
import type { PartProps } from './order-page-props.ts';
import type { Paper, PaymentOfOrder, RefundOfOrder } from './read-order-page.ts';
import { METHOD_NAMES, WAY_BACK } from './words.ts';

const PAYMENT_WORDS: Readonly<Record<PaymentStatus, readonly [string, NoticeKind]>> = {
  starting: ['starting', 'plain'],
  open: ['the buyer is paying', 'plain'],
  processing: ['on its way', 'warn'],
  succeeded: ['received', 'good'],
  failed: ['failed', 'danger'],
  expired: ['abandoned', 'plain'],
};

/** Money that only somebody here can give back. */
const BY_HAND: readonly PaymentMethod[] = ['cash', 'card_terminal', 'bank_transfer'];

/** What came in and what went back, each with its paper. */
export function OrderMoney(props: PartProps) {
  const { shown } = props;
  if (shown.payments.length === 0) {
    return (
      <section class="card" aria-labelledby="money">
        <h2 id="money">Payments</h2>
        <p class="soft">Nothing has been paid yet.</p>
      </section>
    );
  }
  return (
    <section class="card stack" aria-labelledby="money">
      <h2 id="money">Payments and refunds</h2>
      <ul>
        {shown.payments.map((payment) => (
          <PaymentItem key={payment.id} {...props} payment={payment} />
        ))}
        {shown.refunds.map((refund) => (
          <RefundItem key={refund.id} {...props} refund={refund} />
        ))}
      </ul>
    </section>
  );
}

function PaymentItem({ payment, figures, shown }: PartProps & { payment: PaymentOfOrder }) {
  const [words, kind] = PAYMENT_WORDS[payment.status];
  return (
    <li class="moment dated">
      <time dateTime={new Date(payment.at).toISOString()}>{figures.moment(payment.at)}</time>
      <span>
        <b>{METHOD_NAMES[payment.method]}</b>{' '}
        <span class="badge" data-kind={kind}>
          {words}
        </span>
        <small class="line soft">
          {[
            payment.reference && `reference ${payment.reference}`,
            payment.by && `taken by ${payment.by}`,
            payment.failure,
          ]
            .filter(Boolean)
            .join(', ')}
        </small>
        <PaperLink paper={payment.receipt} orderId={shown.order.id} />
      </span>
      <span class="n">{figures.exact(payment.amountMinor)}</span>
    </li>
  );
}

function RefundItem({ refund, figures, shown, mayCharge }: PartProps & { refund: RefundOfOrder }) {
  return (
    <li class="moment dated">
      <time dateTime={new Date(refund.at).toISOString()}>{figures.moment(refund.at)}</time>
      <span>
        <b>Refund, {METHOD_NAMES[refund.method].toLowerCase()}</b> <RefundBadge status={refund.status} />
        <small class="line soft">
          {refund.reason}
          {refund.by && `, by ${refund.by}`}
        </small>
        {refund.status === 'pending' && (
          <small class="line">Under way: {WAY_BACK[refund.method]}. Nothing is left to do here.</small>
        )}
        {refund.status === 'failed' && (
          <small class="line">
            <span class="error">{refund.failure ?? 'It did not go through.'}</span>
            {mayCharge && shown.refundable.length > 0 && (
              <>
                {' '}
                <a class="inline-link" href={`/desk/orders/${shown.order.id}/refund?again=${refund.id}`}>
                  {BY_HAND.includes(refund.method) ? 'Give it back' : 'Try again'}
                </a>
              </>
            )}
          </small>
        )}
        <PaperLink paper={refund.creditNote} orderId={shown.order.id} />
      </span>
      <span class="n">{figures.exact(-refund.amountMinor)}</span>
    </li>
  );
}

function RefundBadge({ status }: Pick<RefundOfOrder, 'status'>) {
  const [words, kind] = (
    {
      pending: ['under way', 'warn'],
      succeeded: ['given back', 'good'],
      failed: ['failed', 'danger'],
    } as const
  )[status];
  return (
    <span class="badge" data-kind={kind}>
      {words}
    </span>
  );
}

function PaperLink({ paper, orderId }: { paper: Paper | null; orderId: string }) {
  if (!paper) return null;
  return (
    <a class="inline-link small" href={`/desk/orders/${orderId}/papers/${paper.id}.pdf`}>
      {paper.number} (PDF)
    </a>
  );
}

import type { Clinic } from '../../../../platform/web/clinics.ts';
import { formatMoney, Notice } from '../../../../platform/web/layout/index.ts';
import { wallTime } from '../../../../platform/web/wall-clock.ts';
import type { CheckoutState } from '../provider.ts';
import { BANK_SECONDS, type Choice, type PracticeCheckout } from './checkouts.ts';

/** The heading of each state. */
export const PRACTICE_TITLE: Readonly<Record<CheckoutState['state'], string>> = {
  open: 'Practise paying',
  failed: 'Practise paying',
  processing: 'The practice bank is working',
  paid: 'Paid, for practice',
  expired: 'The time to pay is over',
};

const CHOICE_TEXTS: readonly { readonly choice: Choice; readonly label: string; readonly about: string }[] = [
  { choice: 'pay', label: 'Pay', about: 'The money arrives at once.' },
  {
    choice: 'slow',
    label: 'Pay, but the bank takes a minute',
    about: 'The clinic is told that you paid, and a minute later that the money is there.',
  },
  {
    choice: 'decline',
    label: 'Be declined',
    about: 'The card is refused. You stay here and can try again.',
  },
  {
    choice: 'thrice',
    label: 'Pay, and send the notice three times',
    about: 'All three arrive at the same moment. The payment counts once.',
  },
  {
    choice: 'late',
    label: 'Pay, and send the notice only after the time is over',
    about: `As if you had paid in the last second: your time here ends at once, and ${BANK_SECONDS} seconds later the clinic hears that you paid. Until then it knows nothing of it, and neither does the page that you come back to.`,
  },
];

interface Props {
  readonly checkout: PracticeCheckout;
  readonly clinic: Clinic;
  readonly back: { readonly paid: string; readonly left: string };
  /** A post that named none of the choices. */
  readonly unclear: boolean;
}

/** The page of a practice checkout, which says on every screen that no money moves. */
export function PracticePage(props: Props) {
  const { state } = props.checkout.now;
  return (
    <div class="practice stack">
      <p class="badge" data-kind="warn">
        Practice checkout: no real money moves
      </p>
      <h1>{PRACTICE_TITLE[state]}</h1>
      <Amount {...props} />
      <div class="onwards stack">
        {state === 'open' || state === 'failed' ? <Choices {...props} /> : <Ended {...props} />}
      </div>
    </div>
  );
}

function Amount({ checkout, clinic }: Props) {
  const { amountMinor, currency, description } = checkout;
  return (
    <section class="card" aria-label="What is paid">
      <dl class="sums">
        <div>
          <dt>To</dt>
          <dd>{clinic.name}</dd>
        </div>
        <div>
          <dt>For</dt>
          <dd>
            {description.split('\n').map((line) => (
              <span key={line} class="below">
                {line}
              </span>
            ))}
          </dd>
        </div>
        <div>
          <dt>Amount</dt>
          <dd class="amount">{formatMoney(amountMinor, currency, clinic.locale)}</dd>
        </div>
      </dl>
    </section>
  );
}

function Choices({ checkout, clinic, back, unclear }: Props) {
  const { now, remainingMs, expiresAt } = checkout;
  const minutes = Math.ceil(remainingMs / 60_000);
  return (
    <>
      {now.state === 'failed' && (
        <Notice kind="danger" title={now.reason} live>
          <p>Nothing was paid and nothing is lost. Choose again below.</p>
        </Notice>
      )}
      {unclear && (
        <Notice kind="danger" title="Nothing was chosen" live>
          <p>Choose one of the buttons below.</p>
        </Notice>
      )}
      <p>
        Open until <b>{wallTime(expiresAt, clinic.timeZone)}</b>{' '}
        <span class="soft">
          ({clinic.timeZone.split('/').at(-1)?.replaceAll('_', ' ')}), {minutes}{' '}
          {minutes === 1 ? 'minute' : 'minutes'} from now.
        </span>{' '}
        No card is asked for. Choose what shall happen:
      </p>
      <form method="post" class="outcomes">
        {CHOICE_TEXTS.map(({ choice, label, about }) => (
          <button
            key={choice}
            type="submit"
            name="choice"
            value={choice}
            class={choice === 'pay' ? 'primary roomy' : 'roomy'}
          >
            <span>{label}</span>
            <small>{about}</small>
          </button>
        ))}
      </form>
      <p>
        <a class="btn quiet roomy" href={back.left}>
          Leave without paying
        </a>
      </p>
    </>
  );
}

function Ended({ checkout, back }: Props) {
  const { state } = checkout.now;
  const [text, href, label] =
    state === 'paid'
      ? ['Practice money was paid. None that is real moved.', back.paid, 'Back to your order']
      : state === 'processing'
        ? [
            'Its practice money arrives within a minute. You need not wait here.',
            back.paid,
            'Back to your order',
          ]
        : [
            'Nothing can be paid here any more. If you paid in the last moment, your order shows it as soon as it arrives.',
            back.left,
            'Back to your order',
          ];
  return (
    <>
      <p>{text}</p>
      <p>
        <a class="btn primary roomy" href={href}>
          {label}
        </a>
      </p>
    </>
  );
}

import type { Clinic } from '../../../platform/web/clinics.ts';
import { shortMoment } from '../../../platform/web/wall-clock.ts';
import { MONEY } from './money-page.tsx';
import type { UnknownNotice } from './read-notices.ts';

/** What a provider told and this program could not apply by itself: kept, readable, and ticked off by a person. */
export function NoticesPage({ clinic, notices }: { clinic: Clinic; notices: readonly UnknownNotice[] }) {
  return (
    <>
      <h1>Notices</h1>
      <p class="soft">
        What the payment provider told and nothing here could be done about. Nothing is lost: each is kept as
        it came.
      </p>
      {notices.length === 0 && <p class="card soft">There is nothing to look at.</p>}
      {notices.map((notice) => (
        <article class="card notice-card" key={notice.id} aria-labelledby={`notice-${notice.id}`}>
          <div class="row">
            <h2 id={`notice-${notice.id}`}>{notice.type}</h2>
            {notice.waiting && (
              <span class="badge" data-kind="mark">
                Waits for its payment
              </span>
            )}
            {notice.seenAt === null ? (
              <span class="badge" data-kind="warn">
                To look at
              </span>
            ) : (
              <span class="badge">Seen</span>
            )}
          </div>
          <p>{notice.detail}</p>
          <p class="small soft">
            {notice.provider === 'stripe' ? 'Stripe' : 'The practice checkout'}, {notice.eventId},{' '}
            {shortMoment(notice.receivedAt, clinic.timeZone, clinic.locale)}
            {notice.seenAt !== null &&
              `; seen by ${notice.seenBy ?? 'somebody who has left'}, ${shortMoment(notice.seenAt, clinic.timeZone, clinic.locale)}`}
          </p>
          <details>
            <summary>What it says</summary>
            {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard */}
            <pre class="notice-body" tabIndex={0}>
              {notice.body}
            </pre>
          </details>
          {notice.seenAt === null && (
            <form method="post" action={`${MONEY.notices}/${notice.id}/seen`}>
              <button type="submit">
                I have seen it<span class="vh">: {notice.type}</span>
              </button>
            </form>
          )}
        </article>
      ))}
    </>
  );
}

import { dateAt } from '@rectus/schedule';
import { shortDate } from '../../../platform/web/wall-clock.ts';
import {
  backupsHoldUntil,
  type Consent,
  ConsentWords,
  casePath,
  consentText,
  publicCasesOf,
  readConsentsOf,
} from '../../library/index.ts';
import { forWhom, type Portal, type PortalSection, shownIds } from '../portal.ts';

interface PublicPage {
  readonly slug: string;
  readonly title: string;
}

/** Whether pictures may be shown to the public: what is asked, what was said, and the way to take it back. */
export const publications: PortalSection = {
  id: 'publications',
  async show(portal, clinic) {
    const consents = await readConsentsOf(clinic, shownIds(portal));
    if (consents.length === 0) return null;
    const pages = await publicCasesOf(
      clinic,
      consents.map(({ id }) => id),
    );
    return (
      <>
        <h2>Your pictures in public</h2>
        <ul class="my-lines card">
          {consents.map((consent) => (
            <ConsentLine
              key={consent.id}
              portal={portal}
              consent={consent}
              page={pages.find(({ consentId }) => consentId === consent.id) ?? null}
            />
          ))}
        </ul>
      </>
    );
  },
};

interface LineProps {
  readonly portal: Portal;
  readonly consent: Consent;
  readonly page: PublicPage | null;
}

function ConsentLine(props: LineProps) {
  const { portal, consent } = props;
  const text = consentText(consent.textVersion);
  const who = forWhom(portal, consent.patientId);
  return (
    <li class="my-line my-consent stack" id={`publication-${consent.id}`}>
      {consent.state === 'asked' ? (
        <>
          <h3>
            {text.title}
            {who && ` (${who})`}
          </h3>
          <ConsentWords text={text} level={4} />
          <div class="row">
            <Press path={pathOf(consent, 'give')} label="Yes, you may show them" />
            <Press path={pathOf(consent, 'decline')} label="No" />
          </div>
          <p class="tiny soft">You can also leave this open and come back.</p>
        </>
      ) : (
        <Answered {...props} who={who} />
      )}
    </li>
  );
}

function Answered({ portal, consent, page, who }: LineProps & { who: string | null }) {
  const text = consentText(consent.textVersion);
  return (
    <>
      <p>
        <b>{answerOf(portal, consent)}</b>
        {who && <span class="small soft below">For {who}</span>}
        {consent.state === 'given' && (
          <span class="small soft below">
            {page ? (
              <>
                Public now: <a href={casePath(page.slug)}>{page.title}</a>
              </>
            ) : (
              'Nothing is public yet.'
            )}
          </span>
        )}
        {consent.withdrawnAt !== null && (
          <span class="small soft below">
            The pictures were removed from our site and our server at once. Back-ups may hold them until{' '}
            {dayOf(portal, backupsHoldUntil(consent.withdrawnAt))}. Copies that others made are beyond our
            reach.
          </span>
        )}
      </p>
      {consent.state === 'given' && (
        <details class="my-withdraw">
          <summary>Take it back</summary>
          <div class="stack">
            <p class="small">
              {page
                ? 'The page with your pictures disappears at once, and the pictures are deleted.'
                : 'Nothing will be shown.'}{' '}
              You need not say why.
            </p>
            <Press path={pathOf(consent, 'withdraw')} label="Yes, take it back now" />
          </div>
        </details>
      )}
      <details class="my-withdraw">
        <summary>The words that you answered</summary>
        <ConsentWords text={text} level={4} />
      </details>
    </>
  );
}

function answerOf(portal: Portal, { state, givenAt, givenHow, declinedAt, withdrawnAt }: Consent): string {
  const on = (instant: number | null) => (instant === null ? '' : ` on ${dayOf(portal, instant)}`);
  if (state === 'declined') return `You said no${on(declinedAt)}. Nothing is shown.`;
  if (state === 'withdrawn') return `You took it back${on(withdrawnAt)}.`;
  return `You said yes${givenHow === 'paper' ? ' on paper' : ''}${on(givenAt)}.`;
}

function dayOf({ clinic: { timeZone, locale } }: Portal, instant: number): string {
  return shortDate(dateAt(instant, timeZone), locale, true);
}

function pathOf({ id }: Consent, what: 'give' | 'decline' | 'withdraw'): string {
  return `/my/publications/${id}/${what}`;
}

function Press({ path, label }: { path: string; label: string }) {
  return (
    <form method="post" action={path}>
      <button type="submit">{label}</button>
    </form>
  );
}

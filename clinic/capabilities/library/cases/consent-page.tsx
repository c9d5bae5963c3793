import { Notice } from '../../../platform/web/layout/index.ts';
import type { Exam } from '../../imaging/index.ts';
import { ConsentWords, consentStateWords } from './consent-parts.tsx';
import { backupsHoldUntil, CONSENT_TEXT, consentText } from './consent-text.ts';
import type { Consent } from './consents.ts';
import { consentPath, DESK_CASES } from './paths.ts';

export interface ConsentPageProps {
  readonly exam: Exam;
  readonly consent: Consent | null;
  readonly caseHref: string | null;
  readonly problem: string | null;
  readonly day: (instant: number) => string;
}

/** What the person of an examination was asked, what they said, and what can be done now. */
export function ConsentPage({ exam, consent, caseHref, problem, day }: ConsentPageProps) {
  const path = consentPath(exam.id);
  const name = `${exam.patient.givenName} ${exam.patient.familyName}`;
  return (
    <div class="stack narrow-card">
      <p class="small">
        <a href={DESK_CASES}>Case studies</a>
      </p>
      <h1>May {name} be shown?</h1>
      <p class="soft">
        {exam.accession}, {[exam.side, exam.anatomy].filter(Boolean).join(' ')}, {day(exam.takenAt)}
      </p>
      {problem && <Notice kind="danger" title={problem} live />}
      {consent && <StateOfConsent consent={consent} day={day} />}
      {consent?.state === 'given' && (
        <div class="row">
          {caseHref ? (
            <a class="btn primary" href={caseHref}>
              Go to the case
            </a>
          ) : (
            <form method="post" action={`${path}/case`}>
              <button type="submit" class="primary">
                Begin the case
              </button>
            </form>
          )}
        </div>
      )}
      {consent?.state === 'asked' && <PaperForm path={path} version={consent.textVersion} />}
      {(!consent || consent.state === 'declined' || consent.state === 'withdrawn') && (
        <form method="post" action={`${path}/ask`} class="card stack">
          <h2>{consent ? 'Ask again' : 'Ask'}</h2>
          <p class="small">
            The question appears on the patient’s own page, with the words below. Nothing is ticked ahead, and
            no is as easy as yes.
          </p>
          <p>
            <button type="submit" class={consent ? undefined : 'primary'}>
              Ask on the patient’s page
            </button>
          </p>
        </form>
      )}
      {consent?.state === 'given' && <WithdrawForm path={path} />}
      <section class="card stack">
        <h2>{CONSENT_TEXT.title}</h2>
        <ConsentWords text={consent ? consentText(consent.textVersion) : CONSENT_TEXT} />
      </section>
    </div>
  );
}

function StateOfConsent({ consent, day }: { consent: Consent; day: (instant: number) => string }) {
  const { state, askedAt, givenAt, givenHow, declinedAt, withdrawnAt } = consent;
  const how = givenHow === 'paper' ? ' on paper' : ' on their own page';
  return (
    <Notice kind={state === 'given' ? 'good' : 'plain'} title={consentStateWords(state)}>
      <p>
        Asked {day(askedAt)}.{givenAt !== null && ` Given ${day(givenAt)}${how}.`}
        {declinedAt !== null && ` No ${day(declinedAt)}.`}
        {withdrawnAt !== null &&
          ` Taken back ${day(withdrawnAt)}: the pictures were removed at once. Back-ups may hold them until ${day(backupsHoldUntil(withdrawnAt))}; delete older back-ups by then, and after restoring one, take this consent back again.`}
      </p>
    </Notice>
  );
}

function PaperForm({ path, version }: { path: string; version: number }) {
  return (
    <form method="post" action={`${path}/paper`} class="card stack">
      <h2>Answered on paper</h2>
      <p class="small">
        Only with the signed paper in your hands. It must hold version {version} of the words below.
      </p>
      <div class="row">
        <button type="submit" name="says" value="yes">
          The paper says yes
        </button>
        <button type="submit" name="says" value="no">
          The paper says no
        </button>
      </div>
    </form>
  );
}

function WithdrawForm({ path }: { path: string }) {
  return (
    <details class="card">
      <summary>The patient takes it back</summary>
      <form method="post" action={`${path}/withdraw`} class="stack">
        <p class="small">
          The case leaves the site at once and its pictures are deleted from the server. This cannot be
          undone; the patient could be asked again.
        </p>
        <p>
          <button type="submit" class="danger">
            Take the consent back
          </button>
        </p>
      </form>
    </details>
  );
}

import { dateAt } from '@rectus/schedule';
import type { FormValues } from '../../../platform/web/form.ts';
import { policyText } from '../core/mails.ts';
import type { FreeStart } from '../core/search.ts';
import type { Terms } from '../core/till.ts';
import { HeldCard, HeldDock, type HeldView } from './held.tsx';
import { type FieldErrors, FormProblems, PersonFields } from './person-fields.tsx';
import { BookingSteps, HiddenFields } from './steps.tsx';
import { TermsLine } from './terms-line.tsx';
import { NearestButtons } from './time-page.tsx';
import { clockTime, longDate, type TimeView, zoneCity } from './times.ts';
import { type Visit, visitLine, visitQuery } from './visit.ts';

export interface DetailsPageProps {
  readonly visit: Visit;
  readonly time: TimeView;
  readonly start: number;
  readonly terms: Terms;
  /** Null once the time is no longer kept; the form can still be sent. */
  readonly held: HeldView | null;
  readonly values: FormValues;
  readonly errors: FieldErrors;
  /** What the form carries along: the visit, the start, the key, the answers that may be sent. */
  readonly fields: Readonly<Record<string, string | undefined>>;
  readonly sendsAnswers: boolean;
  readonly changeNoticeMin: number;
  /** Why the time cannot be had, and what is near it. */
  readonly gone: { readonly message: string; readonly nearest: readonly FreeStart[] } | null;
  /** Why the form must be looked at once more. */
  readonly changed: string | null;
}

/** Step 3: who is coming. */
export function DetailsPage(props: DetailsPageProps) {
  const { visit, terms, held, values, errors, gone } = props;
  const chooseOther = `/book/time?${visitQuery(visit)}`;
  const label = terms.kind === 'now' ? 'Continue to payment' : 'Confirm booking';
  return (
    <div class="booking flow">
      <div class="main stack">
        <BookingSteps current={2} visit={visit} />
        <div class="asked">
          <h1>Who is coming?</h1>
          <p class="small soft">
            {visitLine(visit)} <a href={chooseOther}>Other times</a>
          </p>
        </div>
        {!gone && !held && <LapsedNotice {...props} />}
        {props.changed && <ChangedNotice {...props} />}
        <FormProblems errors={errors} />
        <form
          id="details"
          method="post"
          action="/book/details"
          class="stack person"
          data-draft="/book/draft"
          noValidate
        >
          <HiddenFields fields={props.fields} />
          {gone && (
            <section class="notice" data-kind="warn" role="alert" aria-label="That time">
              <strong>{gone.message}</strong>
              <p>
                {gone.nearest.length > 0
                  ? 'What you typed is still here. The nearest free times:'
                  : 'What you typed is still here, but nothing else is free for this visit at the moment.'}
              </p>
              <NearestButtons nearest={gone.nearest} time={props.time} formAction="/book/hold" />
            </section>
          )}
          {terms.kind === 'entitled' ? (
            <KnownPerson {...terms} />
          ) : (
            <PersonFields values={values} errors={errors} />
          )}
          <Policy
            checked={values.policy === 'yes'}
            error={errors.policy}
            changeNoticeMin={props.changeNoticeMin}
          />
          {props.sendsAnswers && (
            <p class="small soft">
              Your safety answers go to the clinic with this booking.{' '}
              <a class="inline" href={`/book/advice?${visitQuery(visit)}`}>
                Change
              </a>
            </p>
          )}
          {terms.kind === 'now' && (
            <p class="small">
              To pay: <TermsLine terms={terms} service={visit.service} locale={props.time.locale} />. You pay
              on the next page; the time stays yours until then.
            </p>
          )}
          {!gone && (
            <button type="submit" class="primary roomy wide">
              {label}
            </button>
          )}
        </form>
      </div>
      {held && (
        <aside class="side" aria-label="Your time">
          <HeldCard held={held} />
        </aside>
      )}
      {!gone && <DetailsDock {...props} label={label} />}
    </div>
  );
}

function DetailsDock(props: DetailsPageProps & { label: string }) {
  const submit = (
    <button type="submit" form="details" class="primary roomy">
      {props.label}
    </button>
  );
  return props.held ? (
    <HeldDock held={props.held}>{submit}</HeldDock>
  ) : (
    <div class="dock narrow">{submit}</div>
  );
}

/** Whoever the visit was bought for; what was bought is for nobody else. */
function KnownPerson({ patient, label }: Extract<Terms, { kind: 'entitled' }>) {
  return (
    <div class="card stack">
      <dl class="facts-list">
        <div>
          <dt>Who</dt>
          <dd>
            <span class="lead-line">{patient.name}</span>
          </dd>
        </div>
        <div>
          <dt>Paid with</dt>
          <dd>{label}</dd>
        </div>
      </dl>
      <p>
        <button type="submit" formAction="/book/separately" formNoValidate>
          Somebody else is coming, or pay separately
        </button>
      </p>
    </div>
  );
}

function ChangedNotice({ changed, terms, visit, time }: DetailsPageProps) {
  return (
    <p class="notice" data-kind="warn" role="alert">
      <strong>{changed}</strong>
      <span>
        Now it is: <TermsLine terms={terms} service={visit.service} locale={time.locale} />. Send the form
        again if that is right for you.
      </span>
    </p>
  );
}

function LapsedNotice({ time, start }: DetailsPageProps) {
  return (
    <p class="notice" data-kind="warn" role="status">
      <strong>The ten minutes are over</strong>
      <span>
        {longDate(dateAt(start, time.viewerZone), time.locale)},{' '}
        {clockTime(start, time.viewerZone, time.locale)} {zoneCity(time.viewerZone)} is no longer kept. Send
        the form all the same: if the time is still free, it is yours.
      </span>
    </p>
  );
}

function Policy(props: { checked: boolean; error: string | undefined; changeNoticeMin: number }) {
  return (
    <div class="field">
      <label class="choice">
        <input
          type="checkbox"
          id="field-policy"
          name="policy"
          value="yes"
          checked={props.checked}
          required
          aria-invalid={props.error ? 'true' : undefined}
          aria-describedby={props.error ? 'policy-error' : undefined}
        />
        <span>
          I agree to the visit and to this rule: {policyText(props.changeNoticeMin).toLowerCase()} After that,
          please call the clinic.
        </span>
      </label>
      {props.error && (
        <small class="error" id="policy-error">
          {props.error}
        </small>
      )}
    </div>
  );
}

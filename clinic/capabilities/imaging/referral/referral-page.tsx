import type { Clinic } from '../../../platform/web/clinics.ts';
import type { FormErrors } from '../../../platform/web/form.ts';
import { ErrorSummary, Field, Notice } from '../../../platform/web/layout/index.ts';
import { zoneCity } from '../../booking/index.ts';
import { fullMoment } from '../core/full-moment.ts';
import { examPath, IMAGING } from '../core/paths.ts';
import { TOLD_WORDS } from '../report/safety-fields.tsx';
import type { Referral } from './read-referrals.ts';
import { OUTCOME_WORDS, OUTCOMES } from './referral-form.ts';

export interface ReferralPageProps {
  readonly clinic: Clinic;
  readonly examId: string;
  readonly referrals: readonly Referral[];
  readonly now: number;
  readonly said: string | null;
  /** An answer that could not be kept. */
  readonly typed: (FormErrors & { readonly referralId: string }) | null;
}

/** The urgent referral of a complete tear: who was told, where the patient was sent, and what they answered. */
export function ReferralPage(props: ReferralPageProps) {
  const { examId, referrals, said, typed } = props;
  const [first] = referrals;
  return (
    <>
      <p class="small">
        <a href={IMAGING}>Ultrasound</a> / <a href={examPath(examId, 'report')}>Report {first?.accession}</a>
      </p>
      <h1>
        Urgent referral{first && ': '}
        {first && <a href={`/desk/people/${first.patient.id}`}>{first.patient.name}</a>}
      </h1>
      {said && <Notice kind="good" title={said} live />}
      <ErrorSummary
        errors={Object.entries(typed?.errors ?? {}).map(([field, message]) => ({ field, message }))}
      />
      {referrals.map((one) => (
        <OneReferral
          key={one.id}
          {...props}
          referral={one}
          typed={typed?.referralId === one.id ? typed : null}
        />
      ))}
    </>
  );
}

function OneReferral(props: ReferralPageProps & { referral: Referral }) {
  const { clinic, examId, referral, now } = props;
  const { answer } = referral;
  const isLate = answer === null && referral.dueAt < now;
  return (
    <section
      class={answer ? 'card stack' : 'card stack us-open-referral'}
      aria-label={`To ${referral.referredTo}`}
    >
      <h2>
        To {referral.referredTo}{' '}
        <span class="badge" data-kind={answer ? 'good' : 'danger'}>
          {answer ? 'Answered' : isLate ? 'Answer overdue' : 'Waiting for an answer'}
        </span>
      </h2>
      <dl class="facts">
        <div>
          <dt>Why</dt>
          <dd class="written">{referral.reason}</dd>
        </div>
        <div>
          <dt>Told</dt>
          <dd>
            {referral.toldName}, {TOLD_WORDS[referral.toldHow]}, {fullMoment(referral.toldAt, clinic)}
          </dd>
        </div>
        <div>
          <dt>Since</dt>
          <dd>
            {fullMoment(referral.since, clinic)}
            {!answer && `; an answer is due by ${fullMoment(referral.dueAt, clinic)}`} (
            {zoneCity(clinic.timeZone)} time)
          </dd>
        </div>
        {answer && (
          <div>
            <dt>Answer</dt>
            <dd>
              <span class="written">{answer.words}</span>{' '}
              <span class="small soft">
                Written down by {answer.by}, {fullMoment(answer.at, clinic)}
              </span>
            </dd>
          </div>
        )}
      </dl>
      <p class="row">
        <a class="btn" href={examPath(examId, 'referral.pdf')}>
          Letter (PDF)
        </a>
        {!answer && referral.patient.phone && (
          <a class="btn" href={`tel:${referral.patient.phone.replace(/[^+\d]/g, '')}`}>
            Call the patient
          </a>
        )}
      </p>
      {!answer && <AnswerForm {...props} />}
    </section>
  );
}

function AnswerForm({ examId, referral, typed, clinic }: ReferralPageProps & { referral: Referral }) {
  const values = typed?.values ?? {};
  const errors = typed?.errors ?? {};
  return (
    <form method="post" action={examPath(examId, 'referral')} class="stack" aria-label="The answer">
      <h3>What did they answer?</h3>
      <input type="hidden" name="referral" value={referral.id} />
      <Field name="who" label="Who answered" hint="Name and role." error={errors.who}>
        {({ required: _, ...control }) => (
          <input {...control} type="text" value={values.who ?? ''} autocomplete="off" />
        )}
      </Field>
      <fieldset class="us-finding" id="field-outcome" tabIndex={-1}>
        <legend>What became of the patient</legend>
        {errors.outcome && <small class="error">{errors.outcome}</small>}
        {OUTCOMES.map((outcome) => (
          <label key={outcome} class="choice">
            <input type="radio" name="outcome" value={outcome} checked={values.outcome === outcome} />
            <span>{OUTCOME_WORDS[outcome]}</span>
          </label>
        ))}
      </fieldset>
      <Field name="date" label="On which day" hint={`${zoneCity(clinic.timeZone)} time.`} error={errors.date}>
        {({ required: _, ...control }) => <input {...control} type="date" value={values.date ?? ''} />}
      </Field>
      <Field
        name="plan"
        label="What is planned"
        hint="Where they do not take the patient: who does, and when."
        error={errors.plan}
      >
        {({ required: _, ...control }) => (
          <textarea {...control} rows={3}>
            {values.plan ?? ''}
          </textarea>
        )}
      </Field>
      <p>
        <button type="submit" class="primary">
          Keep the answer and close the task
        </button>
      </p>
    </form>
  );
}

import type { ComponentChildren } from 'preact';
import type { SafetyAnswers } from '../../../platform/database/schema.ts';
import type { Clinic } from '../../../platform/web/clinics.ts';
import { type Advice, advice, answersUrgency } from '../safety/advice.ts';
import { SAFETY_QUESTIONS } from '../safety/questions.ts';
import { HiddenFields } from './steps.tsx';

/** What to do now, before any way on to a visit. For emergencies the way on is quiet and comes last. */
export function AdviceView(props: {
  clinic: Clinic;
  answers: SafetyAnswers;
  /** Where the choice to send the answers, or not, is posted. */
  action: string;
  fields?: Readonly<Record<string, string | undefined>>;
  /** Where the questions can be answered again. */
  again: string;
  onwards: string;
  sentWith: 'booking' | 'request';
  children?: ComponentChildren;
}) {
  const { clinic, answers } = props;
  const items = advice(answers);
  const emergency = answersUrgency(answers) === 'emergency';
  return (
    <div class="stack advice">
      <h1>{emergency ? 'Please get care now' : 'Please see a doctor today'}</h1>
      <ul class="stack">
        {items.map((item) => (
          <AdviceItem key={item.code} item={item} />
        ))}
      </ul>
      {emergency ? (
        <CareNow crisis={items.some((item) => item.urgency === 'crisis')} />
      ) : (
        <CareToday clinic={clinic} />
      )}
      <form
        id="advice"
        method="post"
        action={props.action}
        class={`onwards stack${emergency ? ' apart' : ''}`}
      >
        <HiddenFields fields={props.fields ?? {}} />
        {emergency && (
          <p class="small soft">A visit with us does not replace this care. You can still go on for later.</p>
        )}
        <label class="choice">
          <input type="checkbox" name="send" value="yes" />
          <span>
            <b>Send these answers to the clinic</b>
            <small class="soft below">
              They go along with your {props.sentWith}; somebody there reads them and may call you. Otherwise
              they are forgotten.
            </small>
          </span>
        </label>
        <p class="row">
          <button type="submit" class={emergency ? 'quiet' : 'primary roomy'}>
            {props.onwards}
          </button>
          <a href={props.again}>Change my answers</a>
        </p>
      </form>
      {props.children}
      <details>
        <summary>Where this advice comes from</summary>
        <ul class="tiny soft">
          {items.map((item) => (
            <li key={item.code}>
              {item.concern}: {item.citation}
            </li>
          ))}
          <li>
            Version {SAFETY_QUESTIONS.version}
            {!SAFETY_QUESTIONS.signedOff && ', needs sign-off by your clinician'}
          </li>
        </ul>
      </details>
    </div>
  );
}

function AdviceItem({ item }: { item: Advice }) {
  const today = item.urgency === 'same_day';
  return (
    <li class="notice" data-kind={today ? 'warn' : 'danger'}>
      <strong>{today ? 'Today' : 'Now'}</strong>
      <p>{item.advice}</p>
    </li>
  );
}

function CareNow({ crisis }: { crisis: boolean }) {
  return (
    <div class="stack carenow">
      <a class="btn primary roomy" href="tel:112">
        Call 112
      </a>
      <p class="small">
        112 works across Europe and from most mobile phones; 999 in the United Kingdom, 911 in the United
        States and Canada.{' '}
        {crisis && 'A crisis line or your midwife, doctor or a friend can help too, right now. '}
        Do not drive yourself if you feel faint or cannot move well.
      </p>
    </div>
  );
}

function CareToday({ clinic }: { clinic: Clinic }) {
  return (
    <p>
      Your own doctor, an out-of-hours service or an urgent care centre can do this.
      {clinic.phone && (
        <>
          {' '}
          You can also call us:{' '}
          <a class="inline" href={`tel:${clinic.phone.replace(/[^\d+]/g, '')}`}>
            {clinic.phone}
          </a>
          .
        </>
      )}{' '}
      If it gets worse, call your local emergency number. You may book a visit with us as well.
    </p>
  );
}

import type { ComponentChildren } from 'preact';
import { SAFETY_QUESTIONS } from '../safety/questions.ts';
import { HiddenFields } from './steps.tsx';

/** The safety questions as one short view. Ticking nothing and going on is the usual way. */
export function SafetyQuestions(props: {
  action: string;
  fields?: Readonly<Record<string, string | undefined>>;
  ticked: readonly string[];
  children: ComponentChildren;
}) {
  return (
    <form id="safety" method="post" action={props.action} class="stack safety">
      <HiddenFields fields={props.fields ?? {}} />
      {SAFETY_QUESTIONS.groups.map((group) => (
        <fieldset class="choices" key={group.code}>
          <legend>
            <h2>{group.title}</h2>
          </legend>
          {SAFETY_QUESTIONS.questions
            .filter((question) => question.group === group.code)
            .map((question) => (
              <label class="choice" key={question.code}>
                <input
                  type="checkbox"
                  name="concern"
                  value={question.code}
                  checked={props.ticked.includes(question.code)}
                />
                <span>{question.wording}</span>
              </label>
            ))}
        </fieldset>
      ))}
      {props.children}
      <p class="tiny soft">
        Questions {SAFETY_QUESTIONS.version}
        {!SAFETY_QUESTIONS.signedOff && ', needs sign-off by your clinician'}. Your answers are not sent to
        anyone unless you choose to send them, and are forgotten within minutes.
      </p>
    </form>
  );
}

/** The heading over the questions: why, and how to get through quickly. */
export function SafetyIntroduction() {
  return (
    <>
      <h1>First, is it safe to wait?</h1>
      <p class="lead">
        Some signs need care sooner than any appointment. Tick what is true for you now. If nothing is, just
        go on.
      </p>
    </>
  );
}

import type { FormValues } from '../../../platform/web/form.ts';
import { Field } from '../../../platform/web/layout/index.ts';
import { zoneCity } from '../../booking/index.ts';
import { type SafetyDemands, statesWords } from './safety-rule.ts';
import type { SignedReferral } from './signed-content.ts';
import { REFERRAL_URGENCIES, TOLD_HOW } from './signed-content.ts';

export interface FieldsProps {
  readonly values: FormValues;
  readonly errors: Readonly<Record<string, string>>;
}

export const TOLD_WORDS: Readonly<Record<SignedReferral['toldHow'], string>> = {
  'in-person': 'in person',
  telephone: 'by telephone',
  video: 'by video',
  'secure-message': 'by secure message',
};

export const URGENCY_WORDS: Readonly<Record<SignedReferral['urgency'], string>> = {
  emergency: 'Emergency: now',
  same_day: 'Today',
};

/** A larger text of the form. */
export function TextArea(props: FieldsProps & { name: string; label: string; rows: number; hint?: string }) {
  const { name, label, rows, hint, values, errors } = props;
  return (
    <Field name={name} label={label} hint={hint} error={errors[name]}>
      {({ required: _, ...control }) => (
        <textarea {...control} rows={rows}>
          {values[name] ?? ''}
        </textarea>
      )}
    </Field>
  );
}

/** A line of the form. */
export function Line(props: FieldsProps & { name: string; label: string; hint?: string }) {
  const { name, label, hint, values, errors } = props;
  return (
    <Field name={name} label={label} hint={hint} error={errors[name]}>
      {({ required: _, ...control }) => (
        <input {...control} type="text" value={values[name] ?? ''} autocomplete="off" />
      )}
    </Field>
  );
}

/** One of a few, in a list. */
export function Choice(
  props: FieldsProps & { name: string; label: string; options: readonly (readonly [string, string])[] },
) {
  const { name, label, options, values, errors } = props;
  return (
    <Field name={name} label={label} error={errors[name]}>
      {({ required: _, ...control }) => (
        <select {...control}>
          <option value="">Choose</option>
          {options.map(([value, words]) => (
            <option key={value} value={value} selected={values[name] === value}>
              {words}
            </option>
          ))}
        </select>
      )}
    </Field>
  );
}

/** What the safety rule asks before this report can be signed: reasons first, because they stop everything else. */
export function SafetyReasons(props: FieldsProps & { demands: SafetyDemands }) {
  const { demands, errors } = props;
  const clips = demands.clips.length > 0 || errors.clipsReason !== undefined;
  const tear = demands.tear.length > 0 || errors.tearReason !== undefined;
  return (
    <>
      {clips && (
        <section class="notice us-safety" data-kind="warn" aria-labelledby="clips-missing">
          <strong id="clips-missing">
            No clip {demands.clips.length > 0 ? statesWords(demands.clips) : 'that counts'}
          </strong>
          <p class="small">
            A torn muscle can look whole until it contracts. Add a matched clip of the examined side and say
            what it shows, or write why this report is signed without one. The owner reads the reason.
          </p>
          <TextArea {...props} name="clipsReason" label="Why it is signed without" rows={2} />
        </section>
      )}
      {tear && (
        <section class="notice us-safety us-tear" data-kind="danger" aria-labelledby="tear-suspected">
          <strong id="tear-suspected">This may be a complete tear</strong>
          <ul>
            {demands.tear.map((words) => (
              <li key={words}>{words}</li>
            ))}
          </ul>
          <p class="small">
            Choose “Complete tear”, or write why it is another finding. The owner reads the reason. Rule needs
            sign-off by your clinician.
          </p>
          <TextArea {...props} name="tearReason" label="Why it is not a complete tear" rows={2} />
        </section>
      )}
    </>
  );
}

/** Who was told of a complete tear, and where the patient goes. Shown while that finding is chosen. */
export function ToldFields(props: FieldsProps & { before: SignedReferral | null; zone: string }) {
  const { before, zone } = props;
  return (
    <fieldset class="stack us-told">
      <legend>Complete tear: who was told, and an urgent referral</legend>
      {before && (
        <p class="small">
          The version before referred the patient to {before.referredTo}. That referral stands while the
          structure and the side stay the same; fill this in where they do not.
        </p>
      )}
      <Line
        {...props}
        name="toldName"
        label="Who was told"
        hint="The patient, and who else: name and role."
      />
      <Choice
        {...props}
        name="toldHow"
        label="How"
        options={TOLD_HOW.map((how) => [how, TOLD_WORDS[how]] as const)}
      />
      <Field name="toldAt" label="When" hint={`${zoneCity(zone)} time.`} error={props.errors.toldAt}>
        {({ required: _, ...control }) => (
          <input {...control} type="datetime-local" value={props.values.toldAt ?? ''} />
        )}
      </Field>
      <Choice
        {...props}
        name="urgency"
        label="How urgent"
        options={REFERRAL_URGENCIES.map((urgency) => [urgency, URGENCY_WORDS[urgency]] as const)}
      />
      <Line {...props} name="referredTo" label="Referred to" hint="The surgeon or emergency department." />
      <TextArea {...props} name="referralReason" label="Why" rows={3} hint="It stands in the letter." />
      <p class="tiny soft">
        Signing opens a task that stays with the clinic until somebody writes down what they answered.
      </p>
    </fieldset>
  );
}

import type { FormValues } from '../../../platform/web/form.ts';
import { ErrorSummary, Field } from '../../../platform/web/layout/index.ts';
import { nameOfMeasure, PLAIN_MEASURES } from '../patient/measures.ts';
import { FINDING_NUMBERS } from './report-form.ts';

export interface SignFormProps {
  readonly action: string;
  readonly resultId: string;
  readonly values: FormValues;
  readonly errors: Readonly<Record<string, string>>;
  readonly reader: string;
  readonly version: number;
  readonly saved: boolean;
  readonly maySign: boolean;
}

/** The clinician's findings and the patient's words: kept as a draft, or signed as a version that never changes. */
export function SignForm(props: SignFormProps) {
  const { action, values, errors, reader, version, saved, maySign } = props;
  const area = (name: string, label: string, rows: number, hint?: string) => (
    <Field key={name} name={name} label={label} hint={hint} error={errors[name]}>
      {({ required: _, ...control }) => (
        <textarea {...control} rows={rows}>
          {values[name] ?? ''}
        </textarea>
      )}
    </Field>
  );
  return (
    <form method="post" action={`${action}#sign`} class="card stack sign" id="sign">
      <h2>Findings and sign-off</h2>
      <ErrorSummary errors={Object.entries(errors).map(([field, message]) => ({ field, message }))} />
      {saved && (
        <p class="notice" data-kind="good" role="status">
          The draft is kept. Nobody but the clinic sees it.
        </p>
      )}
      <input type="hidden" name="result" value={props.resultId} />
      {area('findings', 'Clinician’s findings', 6, 'For colleagues. It stands in the report and its PDF.')}
      <fieldset class="stack">
        <legend>What {reader} reads: three findings, each with what it means</legend>
        {FINDING_NUMBERS.map((number) => (
          <div key={number} class="finding-pair">
            {area(`finding${number}`, `Finding ${number}`, 2)}
            {area(`meaning${number}`, `What finding ${number} means`, 2)}
            <MeasureField number={number} values={values} error={errors[`measure${number}`]} />
          </div>
        ))}
        {area('change', 'Change since last time', 2, 'Empty where there is no earlier session.')}
        {area('next', 'What is next', 2)}
      </fieldset>
      <p class="row">
        <button type="submit" name="do" value="draft">
          Keep as a draft
        </button>
        {maySign && (
          <button type="submit" name="do" value="sign" class="primary">
            Sign version {version}
          </button>
        )}
      </p>
      <p class="tiny soft">
        {maySign
          ? `A signed version can not be changed. ${reader} can read it at once; a correction is the next version.`
          : 'A clinician signs the report.'}
      </p>
    </form>
  );
}

/** Which number the patient sees drawn beside a finding: now, last time and where others lie. */
function MeasureField(props: { number: number; values: FormValues; error: string | undefined }) {
  const { number, values, error } = props;
  const name = `measure${number}`;
  return (
    <Field name={name} label={`Drawn beside finding ${number}`} error={error}>
      {({ required: _, ...control }) => (
        <select {...control}>
          <option value="">Nothing</option>
          {PLAIN_MEASURES.map((id) => (
            <option key={id} value={id} selected={values[name] === id}>
              {nameOfMeasure(id)}
            </option>
          ))}
        </select>
      )}
    </Field>
  );
}

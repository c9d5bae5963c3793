import type { FormErrors } from '../../../platform/web/form.ts';
import { fieldId } from '../../../platform/web/layout/index.ts';
import { CheckField, SelectField, TextField } from '../../settings/index.ts';
import type { Study } from '../core/study.ts';
import { studyPath } from './paths.ts';
import { ASKED, type AskedMeasurement, FOOTWEAR } from './session-form.ts';

const CONDITIONS = ['Self-selected speed', 'Fast', 'Slow', 'Carrying a load'];
const AIDS = ['none', 'one stick', 'two sticks', 'one crutch', 'two crutches', 'walking frame', 'orthosis'];

/** How the person walked and was measured: asked once, filled in from the files or from last time. */
export function MeasuresPart({ study, form }: { study: Study; form: FormErrors }) {
  return (
    <section class="card" aria-labelledby="measures">
      <h2 id="measures">Walk and measurements</h2>
      <form method="post" action={studyPath(study.id)} class="stack" novalidate data-measures>
        <List id="conditions" values={CONDITIONS} />
        <List id="aids" values={AIDS} />
        <TextField
          form={form}
          name="condition"
          label="How the walk was done"
          list="conditions"
          max={200}
          optional
        />
        <SelectField
          form={form}
          name="footwear"
          label="Footwear"
          options={Object.entries(FOOTWEAR).map(([value, label]) => ({ value, label }))}
          optional
        />
        <TextField form={form} name="walkingAid" label="Walking aid" list="aids" max={100} optional />
        <fieldset class="measures">
          <legend>Measured on the person</legend>
          {ASKED.map((asked) => (
            <Measure key={asked.name} form={form} asked={asked} />
          ))}
        </fieldset>
        <CheckField form={form} name="footFlat" label="The feet stood flat in the standing trial" />
        <p class="soft tiny">
          Filled in from the files or, where they say nothing, from the last session. An empty field is taken
          from the files.
        </p>
        <button type="submit" class="primary">
          Save
        </button>
      </form>
    </section>
  );
}

/** One number with its unit. None is asked for where the files have it, so none says that it is optional. */
function Measure({ form, asked: { name, label, unit } }: { form: FormErrors; asked: AskedMeasurement }) {
  const id = fieldId(name);
  const error = form.errors[name];
  return (
    <div class="measure">
      <label for={id}>{label}</label>
      <span class="row">
        <input
          type="text"
          inputMode="decimal"
          id={id}
          name={name}
          autocomplete="off"
          value={form.values[name] ?? ''}
          aria-describedby={error ? `${id}-error` : undefined}
          aria-invalid={error ? 'true' : undefined}
        />
        <span class="unit">{unit}</span>
      </span>
      {error && (
        <small class="error" id={`${id}-error`}>
          {error}
        </small>
      )}
    </div>
  );
}

function List({ id, values }: { id: string; values: readonly string[] }) {
  return (
    <datalist id={id}>
      {values.map((value) => (
        <option key={value} value={value} />
      ))}
    </datalist>
  );
}

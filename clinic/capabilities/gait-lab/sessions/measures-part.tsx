import type { FormErrors } from '../../../platform/web/form.ts';
import { CheckField, SelectField, TextField } from '../../settings/index.ts';
import type { Study } from '../core/study.ts';
import { studyPath } from './paths.ts';
import { ASKED, FOOTWEAR } from './session-form.ts';

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
        <div class="person-fields">
          {ASKED.map(({ name, label, unit }) => (
            <TextField
              key={name}
              form={form}
              name={name}
              label={`${label}, ${unit}`}
              type="decimal"
              optional
            />
          ))}
        </div>
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

function List({ id, values }: { id: string; values: readonly string[] }) {
  return (
    <datalist id={id}>
      {values.map((value) => (
        <option key={value} value={value} />
      ))}
    </datalist>
  );
}

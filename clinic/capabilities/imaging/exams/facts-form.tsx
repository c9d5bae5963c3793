import type { FormErrors } from '../../../platform/web/form.ts';
import { Field, fieldId } from '../../../platform/web/layout/index.ts';
import type { Exam } from '../core/exam.ts';
import { examPath } from '../core/paths.ts';
import { SUSPICIONS } from './exam-words.tsx';

/** Muscles and places that dynamic ultrasound is asked about here; anything else may be typed. */
const PLACES = [
  'Rectus femoris',
  'Biceps femoris, long head',
  'Semitendinosus',
  'Semimembranosus',
  'Medial gastrocnemius',
  'Soleus',
  'Adductor longus',
  'Rectus abdominis',
  'Linea alba',
  'Lateral abdominal wall',
];

/** What the form shows at first. */
export function factsOf(exam: Exam): Readonly<Record<string, string>> {
  const { suspicion, anatomy, side, question, manoeuvre, position, probe } = exam;
  return {
    suspicion,
    anatomy,
    side: side ?? '',
    question,
    manoeuvre,
    position,
    probeWords: probe?.words ?? '',
  };
}

/** What the examination is about, as the worklist, the viewer and the report say it. */
export function FactsForm({ exam, form: { values, errors } }: { exam: Exam; form: FormErrors }) {
  return (
    <form method="post" action={examPath(exam.id)} class="card stack" aria-labelledby="facts">
      <h2 id="facts">The examination</h2>
      <fieldset class="us-choices" id={fieldId('suspicion')}>
        <legend>Suspected</legend>
        {Object.entries(SUSPICIONS).map(([value, words]) => (
          <label class="choice" key={value}>
            <input type="radio" name="suspicion" value={value} checked={values.suspicion === value} />
            {words}
          </label>
        ))}
      </fieldset>
      <Field name="anatomy" label="Structure" error={errors.anatomy} optional>
        {(control) => (
          <input {...control} list="us-places" maxLength={120} value={values.anatomy} autocomplete="off" />
        )}
      </Field>
      <datalist id="us-places">
        {PLACES.map((place) => (
          <option key={place} value={place} />
        ))}
      </datalist>
      <fieldset class="us-choices" id={fieldId('side')}>
        <legend>Side</legend>
        {(
          [
            ['left', 'Left'],
            ['right', 'Right'],
            ['', 'Neither, or not said'],
          ] as const
        ).map(([value, words]) => (
          <label class="choice" key={value}>
            <input type="radio" name="side" value={value} checked={(values.side ?? '') === value} />
            {words}
          </label>
        ))}
      </fieldset>
      <Field name="question" label="Question" error={errors.question} optional>
        {(control) => (
          <textarea {...control} rows={3} maxLength={1000}>
            {values.question}
          </textarea>
        )}
      </Field>
      <Field
        name="manoeuvre"
        label="Manoeuvre"
        hint="What the patient does, such as a straight leg raise against the hand"
        error={errors.manoeuvre}
        optional
      >
        {(control) => <input {...control} maxLength={300} value={values.manoeuvre} autocomplete="off" />}
      </Field>
      <Field
        name="position"
        label="Position"
        hint="How the patient lies or stands"
        error={errors.position}
        optional
      >
        {(control) => <input {...control} maxLength={300} value={values.position} autocomplete="off" />}
      </Field>
      <ProbeField exam={exam} value={values.probeWords ?? ''} error={errors.probeWords} />
      <button type="submit" class="primary">
        Save
      </button>
    </form>
  );
}

function ProbeField({ exam, value, error }: { exam: Exam; value: string; error: string | undefined }) {
  if (!exam.probe)
    return <p class="soft tiny">Where the probe stands is marked on the body map, in the viewer.</p>;
  const { view, axis } = exam.probe;
  const seen = view === 'front' || view === 'back' ? `from the ${view}` : `from the ${view} side`;
  return (
    <Field
      name="probeWords"
      label="Probe"
      hint={`Marked on the body ${seen}, ${axis} axis. Landmarks and distances:`}
      error={error}
      optional
    >
      {(control) => <input {...control} maxLength={300} value={value} autocomplete="off" />}
    </Field>
  );
}

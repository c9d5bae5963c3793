import { ErrorSummary, Notice } from '../../../platform/web/layout/index.ts';
import { GRADING_CRITERIA, gradeWords } from './grading-criteria.ts';
import type { ReportDraft } from './report-draft.ts';
import { REPORT_FIELDS, type ReportField, reportInputOf } from './report-input.ts';
import {
  type FieldsProps,
  Line,
  SafetyReasons,
  TextArea,
  TOLD_WORDS,
  ToldFields,
  URGENCY_WORDS,
} from './safety-fields.tsx';
import type { SafetyDemands } from './safety-rule.ts';
import type { Opened } from './sign-exam.ts';
import {
  FINDING_TYPES,
  FINDING_WORDS,
  REFERRAL_URGENCIES,
  type SignedReferral,
  TOLD_HOW,
} from './signed-content.ts';

export interface ReportFormProps extends FieldsProps {
  readonly action: string;
  readonly opened: Opened;
  readonly demands: SafetyDemands;
  /** Why nothing was signed or saved, where it is about no single field. */
  readonly refusal: string | null;
  /** The draft of somebody else that was saved meanwhile. */
  readonly other: { readonly draft: ReportDraft; readonly at: string } | null;
  /** When the draft was kept, and by whom. */
  readonly kept: string | null;
  readonly version: number;
  readonly maySign: boolean;
  readonly referredBefore: SignedReferral | null;
  readonly zone: string;
}

/** The id that captions beside their pictures name to belong to this form. */
export const REPORT_FORM = 'report';

/** What the clinician writes: kept as a draft, or signed as a version that never changes. What is missing stands first. */
export function ReportForm(props: ReportFormProps) {
  const { opened, version, errors } = props;
  return (
    <form
      method="post"
      action={`${props.action}#${REPORT_FORM}`}
      class="card stack us-form"
      id={REPORT_FORM}
      data-keep-draft={keepsItself(props)}
    >
      <h2>{version > 1 ? `Correction: version ${version}` : 'Report'}</h2>
      <Messages {...props} />
      <input type="hidden" name="base" value={opened.base} />
      <input type="hidden" name="revision" value={opened.revision} />
      <input type="hidden" name="seen" value={opened.seen} />
      {version > 1 && (
        <p class="small">
          <a href={`${props.action}?version=${version - 1}`}>Version {version - 1}</a> stands until this is
          signed.
        </p>
      )}
      {version > 1 && (
        <TextArea
          {...props}
          name="correctionReason"
          label={`Why version ${version - 1} is corrected`}
          rows={2}
        />
      )}
      <SafetyReasons {...props} />
      <Finding {...props} />
      <ToldFields {...props} before={props.referredBefore} />
      <div class="us-pairs">
        <Line {...props} name="anatomy" label="Anatomy" hint="The structure, such as rectus femoris." />
        <Line {...props} name="manoeuvre" label="Manoeuvre" hint="What the patient did." />
        <Line {...props} name="position" label="Position" />
        <Line
          {...props}
          name="location"
          label="Where in it"
          hint="Such as proximal musculotendinous junction."
        />
        <Line {...props} name="echoPattern" label="Echo pattern" />
        <Line {...props} name="fluid" label="Fluid" hint="Haematoma, effusion, or none." />
      </div>
      <TextArea {...props} name="findings" label="What was seen" rows={5} />
      <Grade {...props} />
      <Line {...props} name="gradingWords" label="About the grade" />
      <TextArea {...props} name="conclusion" label="Conclusion" rows={4} />
      <p class="row">
        <button type="submit" name="do" value="draft">
          Keep as a draft
        </button>
        {props.maySign && (
          <button type="submit" name="do" value="sign" class="primary">
            Sign version {version}
          </button>
        )}
        <span class="small soft" role="status" data-draft-status />
      </p>
      <p class="tiny soft">
        {props.maySign
          ? 'A signed version cannot be changed; a correction is the next version.'
          : 'A clinician signs the report.'}
        {Object.keys(errors).length > 0 && ' Nothing that you typed was lost.'}
      </p>
      <Discard {...props} />
    </form>
  );
}

/** What the page's script keeps while somebody types: nothing where that would replace what somebody else wrote. */
function keepsItself({ refusal, other, errors }: ReportFormProps): 'unsaved' | 'saved' | undefined {
  if (refusal !== null || other !== null) return undefined;
  return Object.keys(errors).length > 0 ? 'unsaved' : 'saved';
}

/** A draft can be thrown away; what was signed before stands as if it had never been begun. */
function Discard({ version, action }: ReportFormProps) {
  return (
    <details class="small">
      <summary>{version > 1 ? 'Give up this correction' : 'Discard what is written here'}</summary>
      <div class="stack">
        <p>
          {version > 1
            ? `The words of this correction are thrown away. Version ${version - 1} stands.`
            : 'The words and captions of this draft are thrown away. Clips, measurements and key frames stay.'}
        </p>
        <p>
          <button type="submit" name="do" value="discard" formaction={action}>
            {version > 1 ? 'Give it up' : 'Discard them'}
          </button>
        </p>
      </div>
    </details>
  );
}

/** Refusals, what is wrong field by field in the order of its weight, and what became of the draft. */
function Messages({ refusal, errors, other, kept, values }: ReportFormProps) {
  return (
    <>
      {refusal && (
        <Notice kind="danger" title="Nothing was kept or signed" live>
          <p>{refusal}</p>
        </Notice>
      )}
      <ErrorSummary
        title="Before this can be signed"
        errors={Object.entries(errors).map(([field, message]) => ({ field, message }))}
      />
      {other && <OtherDraft draft={other.draft} at={other.at} values={values} />}
      {kept && (
        <p class="notice" data-kind="good" role="status">
          {kept}
        </p>
      )}
    </>
  );
}

/** Where somebody else's draft says something else than what was typed here. */
function OtherDraft({
  draft,
  at,
  values,
}: {
  draft: ReportDraft;
  at: string;
  values: FieldsProps['values'];
}) {
  const names = Object.keys(REPORT_FIELDS) as readonly ReportField[];
  const differing = names.filter((name) => (draft.values[name] ?? '').trim() !== (values[name] ?? '').trim());
  return (
    <div class="notice" data-kind="mark" role="alert">
      <strong>
        {draft.byName} kept another draft, {at}
      </strong>
      <p class="small">
        What you typed is in the form and is not kept yet. If you keep or sign it now, it replaces theirs.
        Theirs differs here:
      </p>
      <dl class="us-differs">
        {differing.map((name) => (
          <div key={name}>
            <dt>{LABELS[name]}</dt>
            <dd>{wordsOf(name, draft.values[name] ?? '') || <i>empty</i>}</dd>
          </div>
        ))}
      </dl>
    </div>
  );
}

/** What a field says, in the words of its list where it has one. */
function wordsOf(name: ReportField, value: string): string {
  const { finding, grading, safety } = reportInputOf({ [name]: value }, 'UTC');
  if (name === 'finding') return finding ? FINDING_WORDS[finding] : '';
  if (name === 'grade') return value === '' ? '' : gradeWords(grading.system, grading.grade);
  if (name === 'toldHow')
    return TOLD_HOW.flatMap((how) => (how === safety.toldHow ? [TOLD_WORDS[how]] : [])).join();
  if (name === 'urgency')
    return REFERRAL_URGENCIES.flatMap((one) => (one === safety.urgency ? [URGENCY_WORDS[one]] : [])).join();
  return value.trim().replace(/^(\d{4}-\d\d-\d\d)T/, '$1, ');
}

const LABELS: Readonly<Record<ReportField, string>> = {
  anatomy: 'Anatomy',
  manoeuvre: 'Manoeuvre',
  position: 'Position',
  finding: 'Finding',
  location: 'Where in it',
  echoPattern: 'Echo pattern',
  fluid: 'Fluid',
  findings: 'What was seen',
  grade: 'Grade',
  gradingWords: 'About the grade',
  conclusion: 'Conclusion',
  correctionReason: 'Why it is corrected',
  clipsReason: 'Why it is signed without a clip',
  tearReason: 'Why it is not a complete tear',
  toldName: 'Who was told',
  toldHow: 'How they were told',
  toldAt: 'When they were told',
  urgency: 'How urgent',
  referredTo: 'Referred to',
  referralReason: 'Why they are referred',
};

function Finding({ values, errors }: FieldsProps) {
  return (
    <fieldset class="us-finding" id="field-finding" tabIndex={-1} aria-describedby="finding-error">
      <legend>Finding</legend>
      <small class="error" id="finding-error">
        {errors.finding ?? ''}
      </small>
      {FINDING_TYPES.map((type) => (
        <label key={type} class="choice">
          <input type="radio" name="finding" value={type} checked={values.finding === type} />
          <span>{FINDING_WORDS[type]}</span>
        </label>
      ))}
    </fieldset>
  );
}

/** The grade that the clinician gives, if any: all systems in one list, so that system and grade belong together. */
function Grade({ values, errors }: FieldsProps) {
  return (
    <div class="field">
      <label for="field-grade">
        Grade <small>(the clinician’s; criteria stand beside the measurements)</small>
      </label>
      <select name="grade" id="field-grade" aria-invalid={errors.grade ? 'true' : undefined}>
        <option value="">Not graded</option>
        {GRADING_CRITERIA.map(({ system, name, grades: all }) => (
          <optgroup key={system} label={name}>
            {all.flatMap(({ grades, name: means }) =>
              grades.map((grade) => (
                <option
                  key={grade}
                  value={`${system}:${grade}`}
                  selected={values.grade === `${system}:${grade}`}
                >
                  {name} {grade}: {means.toLowerCase()}
                </option>
              )),
            )}
          </optgroup>
        ))}
      </select>
    </div>
  );
}

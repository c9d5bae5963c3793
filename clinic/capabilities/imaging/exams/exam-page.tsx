import { DropForm } from '../../../platform/uploads/index.ts';
import type { Clinic } from '../../../platform/web/clinics.ts';
import type { FormErrors } from '../../../platform/web/form.ts';
import { ErrorSummary, Notice } from '../../../platform/web/layout/index.ts';
import { birthDateText, shortMoment } from '../../../platform/web/wall-clock.ts';
import type { ClipFacts } from '../core/clip-facts.ts';
import type { Exam } from '../core/exam.ts';
import { ARRIVALS, examPath, REFUSALS } from '../core/paths.ts';
import { ClipCard } from './clip-card.tsx';
import { ExamBadge } from './exam-words.tsx';
import { FactsForm } from './facts-form.tsx';
import { CLIPS } from './files/clips-kind.ts';
import type { TroubledUpload } from './files/troubled-uploads.ts';

export interface ExamPageProps {
  readonly clinic: Clinic;
  readonly exam: Exam;
  readonly clips: readonly ClipFacts[];
  readonly troubled: readonly TroubledUpload[];
  readonly form: FormErrors;
  /** What happened to the files that were just sent without a script. */
  readonly sent: readonly string[];
  readonly waiting: number;
}

/** One examination: whom and what it is about, its clips, and the ways to measuring and the report. */
export function ExamPage(props: ExamPageProps) {
  const { clinic, exam, clips, form, sent } = props;
  const { patient } = exam;
  return (
    <>
      <div class="row">
        <h1>
          <span class="soft">Ultrasound: </span>
          <a href={`/desk/people/${patient.id}`}>
            {patient.givenName} {patient.familyName}
          </a>
        </h1>
        <ExamBadge status={exam.status} clips={clips.length} />
      </div>
      <p class="soft">
        {exam.accession}, {shortMoment(exam.takenAt, clinic.timeZone, clinic.locale)}, born{' '}
        {birthDateText(patient.birthDate, clinic.locale)}
        {exam.appointmentId && (
          <>
            , <a href={`/desk/appointments/${exam.appointmentId}`}>the visit</a>
          </>
        )}
      </p>
      <ErrorSummary errors={Object.entries(form.errors).map(([field, message]) => ({ field, message }))} />
      {sent.length > 0 && (
        <Notice kind="plain" title="What became of the files" live>
          <ul>
            {sent.map((line) => (
              <li key={line}>{line}</li>
            ))}
          </ul>
        </Notice>
      )}
      <Next exam={exam} clips={clips} />
      <div class="two-columns">
        <ClipsPart {...props} />
        <FactsForm exam={exam} form={form} />
      </div>
    </>
  );
}

/** What to do next: look and measure, then report. */
function Next({ exam, clips }: { exam: Exam; clips: readonly ClipFacts[] }) {
  if (clips.length === 0)
    return (
      <Notice kind="plain" title="Waits for clips">
        <p>
          The examination is on the worklist of the machines as <b>{exam.accession}</b>: what is recorded from
          there arrives here by itself.
        </p>
      </Notice>
    );
  const has = (...roles: readonly ClipFacts['role'][]) => clips.some(({ role }) => roles.includes(role));
  const missing = [
    ...(has('rest', 'both') ? [] : ['rest']),
    ...(has('contraction', 'both') ? [] : ['contraction']),
  ];
  return (
    <div class="stack">
      <div class="row">
        <a class="btn primary" href={examPath(exam.id, 'view')}>
          Look and measure
        </a>
        <a class="btn" href={examPath(exam.id, 'report')}>
          {exam.status === 'signed' ? 'The report' : 'Write the report'}
        </a>
      </div>
      {exam.suspicion === 'muscle-injury' && missing.length > 0 && (
        <Notice kind="warn" title={`No clip is marked as ${missing.join(' or ')} yet`}>
          <p>
            A tear can be closed at rest and open in contraction. The report of a suspected muscle injury
            needs both, or a reason.
          </p>
        </Notice>
      )}
    </div>
  );
}

function ClipsPart({ exam, clips, troubled, waiting }: ExamPageProps) {
  return (
    <section class="stack" aria-labelledby="clips">
      <h2 id="clips">Clips</h2>
      {waiting > 0 && (
        <p>
          <a class="inline-link" href={ARRIVALS}>
            {waiting === 1 ? 'One clip waits' : `${waiting} clips wait`} for somebody to say whose{' '}
            {waiting === 1 ? 'it is' : 'they are'}
          </a>
        </p>
      )}
      <Troubled troubled={troubled} />
      <DropForm
        kind={CLIPS}
        path={examPath(exam.id)}
        label="DICOM clips, or single pictures as PNG or JPEG"
        accept=".dcm,.dicom,.png,.jpg,.jpeg,application/dicom,image/png,image/jpeg"
      />
      <ol class="us-clips">
        {clips.map((clip, index) => (
          <ClipCard key={clip.id} exam={exam} clip={clip} place={index + 1} />
        ))}
      </ol>
    </section>
  );
}

function Troubled({ troubled }: { troubled: readonly TroubledUpload[] }) {
  if (troubled.length === 0) return null;
  return (
    <ul class="us-troubled">
      {troubled.map(({ fileId, name, reason, refusalId }) => (
        <li key={fileId}>
          <b>{name}</b>: {reason}
          {refusalId && (
            <>
              {' '}
              <a class="inline-link" href={`${REFUSALS}#refusal-${refusalId}`}>
                See what was refused
              </a>
            </>
          )}
        </li>
      ))}
    </ul>
  );
}

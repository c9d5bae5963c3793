import type { ComponentChildren } from 'preact';
import type { Clinic } from '../../../platform/web/clinics.ts';
import { Notice, SignedVersions } from '../../../platform/web/layout/index.ts';
import { birthDateText } from '../../../platform/web/wall-clock.ts';
import { fullMoment } from '../core/full-moment.ts';
import { examPath, IMAGING, reportFilePath } from '../core/paths.ts';
import type { Referral } from '../referral/read-referrals.ts';
import { CriteriaPart } from './criteria-part.tsx';
import { ComparedPart, MeasurementsPart } from './measurements-part.tsx';
import { LimitsPart, MomentsPart, PicturesPart, type ShownFrame } from './pictures-part.tsx';
import type { SignedVersion } from './read-signed.ts';
import type { SignedContent } from './signed-content.ts';

/** What stands beside the words of a report: of a draft as it is now, of a signed version as it was signed. */
export type ShownContent = Pick<SignedContent, 'measurements' | 'earlier' | 'limits'> & {
  readonly exam: Pick<
    SignedContent['exam'],
    'id' | 'accession' | 'patient' | 'side' | 'question' | 'takenAt'
  >;
  readonly anatomy: string;
};

export interface ReportPageProps {
  readonly clinic: Clinic;
  readonly shown: ShownContent;
  readonly frames: readonly ShownFrame[];
  readonly moments: readonly { timeS: number; words: string; clip: string }[];
  readonly versions: readonly SignedVersion[];
  /** The version that is shown; null for a draft. */
  readonly version: number | null;
  /** Measures that give no number yet. */
  readonly unfinished: number;
  readonly referrals: readonly Referral[];
  readonly now: number;
  /** The words: a form, or what was signed. */
  readonly children: ComponentChildren;
}

/** An ultrasound report: what was measured beside what the clinician says about it. */
export function ReportPage(props: ReportPageProps) {
  const { clinic, version } = props;
  const moment = (instant: number) => fullMoment(instant, clinic);
  return (
    <div class="us-report stack">
      <Head {...props} moment={moment} />
      <OpenReferral referrals={props.referrals} now={props.now} />
      <div class="us-columns">
        {version === null && <Material {...props} moment={moment} />}
        <div class="stack us-words">
          {props.children}
          <SignedVersions
            path={examPath(props.shown.exam.id, 'report')}
            versions={props.versions}
            shown={props.version}
            moment={moment}
          />
        </div>
        {version !== null && <Material {...props} moment={moment} />}
      </div>
    </div>
  );
}

type WithMoment = ReportPageProps & { readonly moment: (instant: number) => string };

/** Numbers and pictures. Whoever writes looks at them first; whoever reads, at the words. */
function Material(props: WithMoment) {
  const { shown, version, moment } = props;
  const { earlier } = shown;
  return (
    <div class="stack us-material">
      <MeasurementsPart measurements={shown.measurements}>
        {version === null && <Measuring {...props} />}
      </MeasurementsPart>
      <PicturesPart
        frames={props.frames}
        empty={
          version === null ? (
            <>
              None chosen yet. <a href={examPath(shown.exam.id, 'view')}>Choose them in the viewer</a>
            </>
          ) : (
            'None were chosen.'
          )
        }
      />
      <CriteriaPart measurements={shown.measurements} />
      {earlier && (
        <ComparedPart
          earlier={earlier}
          day={moment(earlier.takenAt)}
          path={`${examPath(earlier.examId, 'report')}?version=${earlier.version}`}
        />
      )}
      <MomentsPart moments={props.moments} />
      <LimitsPart limits={shown.limits} />
    </div>
  );
}

function Head({ clinic, shown, version, moment }: WithMoment) {
  const { exam, anatomy } = shown;
  const { patient } = exam;
  return (
    <header class="report-head">
      <div>
        <p class="small">
          <a href={IMAGING}>Ultrasound</a> / <a href={examPath(exam.id)}>{exam.accession}</a>{' '}
          <span class="badge" data-kind={version === null ? 'warn' : 'good'}>
            {version === null ? 'Draft, not signed' : `Signed, version ${version}`}
          </span>
        </p>
        <h1>
          Ultrasound report:{' '}
          <a href={`/desk/people/${patient.id}`}>
            {patient.givenName} {patient.familyName}
          </a>
        </h1>
        <p class="small soft">
          {[anatomy, exam.side, moment(exam.takenAt)].filter(Boolean).join(', ')}. Born{' '}
          {birthDateText(patient.birthDate, clinic.locale)}.
        </p>
        {exam.question && <p class="small">Asked: {exam.question}</p>}
      </div>
      <p class="row report-links">
        {version === null && (
          <a class="btn us-to-form" href="#report">
            Go to the words
          </a>
        )}
        <a class="btn" href={examPath(exam.id, 'view')}>
          Viewer
        </a>
        {version !== null && (
          <>
            <a class="btn" href={reportFilePath(exam.id, version, 'pdf')}>
              PDF
            </a>
            <a class="btn" href={reportFilePath(exam.id, version, 'dcm')}>
              DICOM SR
            </a>
          </>
        )}
      </p>
    </header>
  );
}

/** A referral that nobody has answered stands above everything else. */
function OpenReferral({ referrals, now }: Pick<ReportPageProps, 'referrals' | 'now'>) {
  const open = referrals.filter(({ answer }) => answer === null);
  if (open.length === 0) return null;
  const isLate = open.some(({ dueAt }) => dueAt < now);
  return (
    <Notice
      kind="danger"
      title={isLate ? 'Urgent referral: the answer is overdue' : 'Urgent referral: not answered yet'}
    >
      {open.map(({ id, referredTo, examId }) => (
        <p key={id} class="row">
          <span>To {referredTo}.</span>
          <a class="btn primary" href={examPath(examId, 'referral')}>
            Write the answer
          </a>
          <a class="btn" href={examPath(examId, 'referral.pdf')}>
            Letter (PDF)
          </a>
        </p>
      ))}
    </Notice>
  );
}

function Measuring({ shown, unfinished }: ReportPageProps) {
  return (
    <p class="small">
      {unfinished > 0 && (
        <b>
          {unfinished === 1 ? 'One measure is' : `${unfinished} measures are`} not finished, or failed, and
          will not stand in the report.{' '}
        </b>
      )}
      <a href={examPath(shown.exam.id, 'view')}>Measure in the viewer</a>
    </p>
  );
}

import type { Clinic } from '../../../platform/web/clinics.ts';
import type { FormErrors } from '../../../platform/web/form.ts';
import { ErrorSummary, Notice } from '../../../platform/web/layout/index.ts';
import { birthDateText, shortMoment } from '../../../platform/web/wall-clock.ts';
import type { Study } from '../core/study.ts';
import { listWords } from '../norms/norm-words.ts';
import type { OtherNorms } from '../norms/norms-in-use.ts';
import { FilesPart } from './files-part.tsx';
import { MeasuresPart } from './measures-part.tsx';
import { NORMS, studyPath } from './paths.ts';
import { StatusBadge } from './status-badge.tsx';

export interface SessionPageProps {
  readonly clinic: Clinic;
  readonly study: Study;
  readonly form: FormErrors;
  /** What happened to the files that were just sent without a script. */
  readonly sent: readonly string[];
  /** Where the result was judged by other norms than those in use now. */
  readonly otherNorms: OtherNorms | null;
  /** Whether the visit of the session was cancelled, or nobody came to it. */
  readonly visitFell: boolean;
}

/** One session: where it stands, its files, and how the person was measured and walked. */
export function SessionPage(props: SessionPageProps) {
  const { clinic, study, form, sent } = props;
  const { patient } = study;
  return (
    <>
      <div class="row">
        <h1>
          <span class="soft">Gait session: </span>
          <a href={`/desk/people/${patient.id}`}>
            {patient.givenName} {patient.familyName}
          </a>
        </h1>
        <StatusBadge status={study.status} />
      </div>
      <p class="soft">
        {shortMoment(study.takenAt, clinic.timeZone, clinic.locale)}, born{' '}
        {birthDateText(patient.birthDate, clinic.locale)}
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
      {props.visitFell && (
        <Notice kind="warn" title="The visit of this session did not take place">
          <p>
            It was cancelled, or marked as missed. <VisitLink study={study} /> says more. The session stays,
            with its files.
          </p>
        </Notice>
      )}
      <Standing study={study} />
      {props.otherNorms && <JudgedByOthers study={study} norms={props.otherNorms} />}
      <div class="two-columns">
        <FilesPart study={study} />
        <MeasuresPart study={study} form={form} />
      </div>
    </>
  );
}

function VisitLink({ study }: { study: Study }) {
  return <a href={`/desk/appointments/${study.appointmentId}`}>The visit</a>;
}

/** A result keeps the norms that it was judged by: whether it is made anew, a person decides. */
function JudgedByOthers({ study, norms: { before, now } }: { study: Study; norms: OtherNorms }) {
  return (
    <Notice kind="mark" title="Judged by other norms than those in use now">
      <p>
        This result was held against {namesOr(before, 'bands of the simulator')}. Now in use:{' '}
        {namesOr(now, 'nothing but bands of the simulator')}.
      </p>
      {study.status === 'signed' && (
        <p>What was signed stays readable as it is; a new result has to be looked at and signed again.</p>
      )}
      <div class="row">
        <form method="post" action={`${studyPath(study.id)}/process`}>
          <button type="submit">Judge it anew</button>
        </form>
        <a href={NORMS}>See the norms</a>
      </div>
    </Notice>
  );
}

function namesOr(names: readonly string[], none: string): string {
  return names.length === 0 ? none : listWords(names);
}

/** Where the session stands and what to do next. */
function Standing({ study }: { study: Study }) {
  const again = (
    <form method="post" action={`${studyPath(study.id)}/process`}>
      <button type="submit">Process again</button>
    </form>
  );
  if (study.status === 'processing')
    return (
      <Notice kind="mark" title="Being processed" live>
        <p data-processing={`${studyPath(study.id)}/state`}>{progressWords(study)}</p>
        <p>
          <a href={studyPath(study.id, 'progress')}>Watch it</a>, or leave this page: it goes on without you.
        </p>
      </Notice>
    );
  if (study.status === 'failed')
    return (
      <Notice kind="danger" title="There is no report yet">
        <p>{study.failure}</p>
        {again}
      </Notice>
    );
  if (study.status === 'draft') return <Missing study={study} />;
  return (
    <Notice
      kind="good"
      title={study.status === 'signed' ? 'The report is signed' : 'The report can be signed'}
    >
      <div class="row">
        <a class="btn primary" href={studyPath(study.id, 'report')}>
          Open the report
        </a>
        {again}
      </div>
      <p class="soft">A changed measurement, or a trial that is left out, makes the report anew.</p>
    </Notice>
  );
}

function Missing({ study }: { study: Study }) {
  const has = (role: string) =>
    study.trials.some((one) => one.role === role && one.state === 'accepted' && one.fileStatus === 'ready');
  const missing = [
    ...(has('standing') ? [] : ['a standing calibration']),
    ...(has('walking') ? [] : ['a walking trial']),
  ];
  return (
    <Notice
      kind="plain"
      title={missing.length > 0 ? `Still needed: ${missing.join(' and ')}` : 'All files are here'}
    >
      {missing.length > 0 ? (
        <p>The report is made by itself as soon as both are here.</p>
      ) : (
        <form method="post" action={`${studyPath(study.id)}/process`}>
          <button type="submit" class="primary">
            Make the report
          </button>
        </form>
      )}
    </Notice>
  );
}

/** How far a run has come, in words. */
export function progressWords({ progress }: Pick<Study, 'progress'>): string {
  if (!progress) return 'Waiting for a worker.';
  return `Step ${Math.min(progress.done + 1, progress.of)} of ${progress.of}: ${progress.doing}.`;
}

import type { SignedReport } from '../core/study.ts';
import { PlainFindings } from '../report/plain-words.tsx';
import type { MotionData } from '../viewer/motion.ts';
import { WalkViewer } from '../viewer/walk-viewer.tsx';

export interface PatientPageProps {
  readonly givenName: string;
  /** The day of the session, as it is written. */
  readonly day: string;
  readonly signedDay: string;
  readonly clinicName: string;
  readonly signed: SignedReport;
  readonly motion: MotionData | null;
  /** Where this page's motion and paper are: `<path>/motion.json`, `<path>.pdf`. */
  readonly path: string;
  /** Until when a shared link opens; null for the patient's own page. */
  readonly sharedUntil: string | null;
}

/** A patient's page of their walk: the same motion, three findings in plain words, what changed and what is next. */
export function PatientPage(props: PatientPageProps) {
  const { givenName, day, signedDay, clinicName, signed, motion, path, sharedUntil } = props;
  const { plain } = signed;
  return (
    <article class="walk-page gait-report stack">
      <header>
        <h1>{sharedUntil === null ? 'Your walk' : `How ${givenName} walks`}</h1>
        <p class="small soft">
          Measured on {day} at {clinicName}. Written and signed by {signed.signedName} on {signedDay}
          {signed.version > 1 && `, version ${signed.version}`}.
        </p>
        {sharedUntil !== null && (
          <p class="notice">This page was shared by link. It opens until {sharedUntil}.</p>
        )}
      </header>
      {motion && <WalkViewer motion={motion} source={`${path}/motion.json`} plays />}
      <section class="stack">
        <h2>Three things we found</h2>
        <PlainFindings words={plain} />
      </section>
      {plain.change && (
        <section class="stack">
          <h2>Since last time</h2>
          <p>{plain.change}</p>
        </section>
      )}
      {plain.next && (
        <section class="stack next-step">
          <h2>What is next</h2>
          <p>{plain.next}</p>
        </section>
      )}
      <p class="row report-links">
        <a class="btn" href={`${path}.pdf`}>
          Keep it as PDF
        </a>
      </p>
      <p class="small soft">
        This page is about how you moved on one day. If something about it worries you, or if anything gets
        worse, call the clinic.
      </p>
    </article>
  );
}

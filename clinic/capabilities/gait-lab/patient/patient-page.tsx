import type { GaitReportData } from '@rectus/gait';
import type { PlainMeasure, SignedReport } from '../core/study.ts';
import type { MotionData } from '../viewer/motion.ts';
import { StickRow } from '../viewer/stick-row.tsx';
import { WalkViewer } from '../viewer/walk-viewer.tsx';
import { MeasureBar } from './measure-bar.tsx';
import { keyWords } from './measure-words.ts';
import { type DrawnMeasure, drawnMeasure, PLAIN_MEASURES } from './measures.ts';

/** Where the patient goes from here. */
export interface NextStep {
  readonly path: string;
  /** A visit that was bought and is not booked; null where a new one would be. */
  readonly paidFor: string | null;
}

export interface PatientPageProps {
  readonly givenName: string;
  /** The day of the session, as it is written. */
  readonly day: string;
  readonly signedDay: string;
  readonly clinicName: string;
  readonly signed: SignedReport;
  readonly motion: MotionData | null;
  readonly report: GaitReportData;
  readonly earlier: { readonly report: GaitReportData; readonly day: string } | null;
  /** Null where the page is shared: whoever reads it books nothing. */
  readonly next: NextStep | null;
  /** Where this page's motion and paper are: `<path>/motion.json`, `<path>.pdf`. */
  readonly path: string;
  /** Until when a shared link opens; null for the patient's own page. */
  readonly sharedUntil: string | null;
}

/** A patient's page of their walk: the same motion, three findings in plain words, what changed and what is next. */
export function PatientPage(props: PatientPageProps) {
  const { givenName, day, signedDay, clinicName, signed, motion, path, sharedUntil } = props;
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
      <div class="walk-columns">
        {motion && (
          <div class="walk-motion">
            <WalkViewer motion={motion} source={`${path}/motion.json`} plays />
            <div class="print-alone">
              <StickRow motion={motion} />
            </div>
            <p class="tiny soft">
              The left leg is red and solid, the right one green and broken. Drawn from the markers
              {sharedUntil === null ? ' you wore' : ' on the skin'}; the head is made up.
            </p>
          </div>
        )}
        <div class="stack walk-words">
          <Findings {...props} />
          <Change {...props} />
          <Next {...props} />
          <p class="row report-links">
            <a class="btn" href={`${path}.pdf`}>
              Keep or print it as PDF
            </a>
            {sharedUntil === null && (
              <a class="small" href="/my">
                My page
              </a>
            )}
          </p>
          <p class="small soft">
            This page is about how {sharedUntil === null ? 'you' : givenName} moved on one day. If something
            about it worries you, or if anything gets worse, call the clinic.
          </p>
        </div>
      </div>
    </article>
  );
}

function Findings({ signed, report, earlier }: PatientPageProps) {
  const draw = (id: PlainMeasure): DrawnMeasure | null => drawnMeasure(id, report, earlier?.report ?? null);
  const beside = signed.plain.findings.map(({ measure }) => measure ?? null);
  const others = PLAIN_MEASURES.filter((id) => !beside.includes(id)).flatMap((id) => draw(id) ?? []);
  const earlierDay = earlier?.day ?? null;
  const drawn = PLAIN_MEASURES.flatMap((id) => draw(id) ?? []);
  return (
    <section class="stack">
      <h2>Three things we found</h2>
      <ol class="plain-findings with-measures">
        {signed.plain.findings.map(({ finding, meaning }, index) => {
          const measure = beside[index] ? draw(beside[index]) : null;
          return (
            <li key={finding}>
              <b>{finding}</b>
              <span>{meaning}</span>
              {measure && <MeasureBar {...{ measure, earlierDay }} />}
            </li>
          );
        })}
      </ol>
      {others.length > 0 && (
        <details>
          <summary>{others.length === PLAIN_MEASURES.length ? 'In numbers' : 'More numbers'}</summary>
          <div class="stack more-measures">
            {others.map((measure) => (
              <MeasureBar key={measure.id} {...{ measure, earlierDay }} />
            ))}
          </div>
        </details>
      )}
      {drawn.length > 0 && <p class="tiny soft measure-key">{keyWords(report, drawn, earlierDay)}</p>}
    </section>
  );
}

function Change({ signed, earlier, sharedUntil }: PatientPageProps) {
  const { change } = signed.plain;
  if (!change && earlier) return null;
  return (
    <section class="stack">
      <h2>{earlier ? `Since ${earlier.day}` : 'Since last time'}</h2>
      <p>
        {change ||
          `This is the first time that we measured${sharedUntil === null ? ' you' : ''}. The next walk will be laid beside it.`}
      </p>
    </section>
  );
}

function Next({ signed, next }: PatientPageProps) {
  return (
    <section class="card stack next-step">
      <h2>What is next</h2>
      {signed.plain.next && <p>{signed.plain.next}</p>}
      {next && (
        <>
          <a class="btn primary" href={next.path}>
            {next.paidFor ? 'Book the visit that is paid for' : 'Book a visit'}
          </a>
          {next.paidFor && <p class="small soft">{next.paidFor}</p>}
        </>
      )}
    </section>
  );
}

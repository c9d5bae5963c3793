import type { ComponentChildren } from 'preact';
import type { SignedReport, Study } from '../core/study.ts';
import type { MotionData } from '../viewer/motion.ts';
import { StickRow } from '../viewer/stick-row.tsx';
import { type TrialToShow, WalkViewer } from '../viewer/walk-viewer.tsx';
import { ChangesList } from './changes-list.tsx';
import { ComparePart } from './compare-part.tsx';
import type { ComparisonView } from './compare-view.ts';
import type { MethodLine } from './method-lines.ts';
import { MethodPart } from './method-part.tsx';
import { NormsNotice } from './norms-notice.tsx';
import { CurveKey, CurvePlot } from './plots/curve-plot.tsx';
import { AngleGrid, KineticGrid } from './plots/plane-grid.tsx';
import { ProfileBars } from './plots/profile-bars.tsx';
import type { OfferedSession } from './read-report.ts';
import { ScoreTiles } from './score-tiles.tsx';
import { StepsTable } from './steps-table.tsx';
import { StridesNotice } from './strides-notice.tsx';
import { StridesTable } from './strides-table.tsx';
import type { WalkView } from './walk-view.ts';

export const REPORT_PARTS = ['overview', 'kinetics', 'planes', 'compare'] as const;
export type ReportPart = (typeof REPORT_PARTS)[number];

export interface ReportPageProps {
  readonly study: Study;
  readonly path: string;
  readonly day: string;
  readonly part: ReportPart;
  readonly walk: WalkView;
  readonly motion: MotionData | null;
  readonly motionPath: string;
  readonly trials: readonly TrialToShow[];
  readonly offered: readonly OfferedSession[];
  readonly comparison: ComparisonView | null;
  readonly method: readonly MethodLine[];
  /** The version that is shown; null for a draft. */
  readonly signed: SignedReport | null;
  /** The words and the sign-off beside the plots. */
  readonly children: ComponentChildren;
}

/** A gait report as a clinician works with it: the numbers first, the walk beside its curves, then words and signature. */
export function ReportPage(props: ReportPageProps) {
  const { part, walk } = props;
  return (
    <div class="gait-report stack">
      <Head {...props} />
      <NormsNotice norms={walk.norms} />
      <StridesNotice walk={walk} />
      {part === 'overview' && <Overview {...props} />}
      {part === 'kinetics' && (
        <>
          <h2>Moments and powers</h2>
          <CurveKey norms={bandName(walk)} error={false} />
          <KineticGrid walk={walk} />
        </>
      )}
      {part === 'planes' && (
        <>
          <h2>All planes</h2>
          <CurveKey norms={bandName(walk)} />
          <AngleGrid walk={walk} />
        </>
      )}
      {part === 'compare' && props.comparison && (
        <ComparePart
          comparison={props.comparison}
          offered={props.offered}
          path={props.path}
          version={props.signed?.version ?? null}
          norms={bandName(walk)}
        />
      )}
      <MethodPart method={props.method} />
      <Foot walk={walk} />
    </div>
  );
}

function Head(props: ReportPageProps) {
  const { study, path, day, part, walk, signed } = props;
  const { givenName, familyName } = study.patient;
  const version = signed ? `&version=${signed.version}` : '';
  const tab = (name: ReportPart, label: string) => (
    <a href={`${path}?part=${name}${version}`} aria-current={part === name ? 'page' : undefined}>
      {label}
    </a>
  );
  return (
    <header class="report-head">
      <div>
        <p class="small">
          <a href={`/desk/people/${study.patient.id}`}>
            {givenName} {familyName}
          </a>{' '}
          <span class="badge" data-kind={signed ? 'good' : 'warn'}>
            {signed ? `Signed, version ${signed.version}` : 'Draft, not signed'}
          </span>
        </p>
        <h1>Gait report, {day}</h1>
        <p class="small soft">{sessionLine(study, walk)}</p>
      </div>
      <p class="row report-links">
        <a class="btn" href={`${path}.pdf${signed ? `?version=${signed.version}` : ''}`}>
          PDF
        </a>
        {signed && (
          <a class="btn" href={`${path}/patient.pdf?version=${signed.version}`}>
            Patient’s PDF
          </a>
        )}
      </p>
      <nav class="tabs" aria-label="Report">
        {tab('overview', 'Overview')}
        {tab('kinetics', 'Moments and powers')}
        {tab('planes', 'All planes')}
        {(walk.earlier || props.offered.length > 0) && tab('compare', 'Compare')}
      </nav>
    </header>
  );
}

function sessionLine({ conditions }: Study, walk: WalkView): string {
  const { left, right } = walk.strides;
  const said = [conditions.footwear, conditions.walkingAid, conditions.condition].filter(Boolean);
  return [
    `${left} left and ${right} right strides from ${walk.trials} ${walk.trials === 1 ? 'trial' : 'trials'}`,
    ...said,
    walk.model,
  ].join(' · ');
}

/** What the grey band is called in the key. */
function bandName({ norms }: WalkView): string | null {
  return norms && `${norms.simulated ? 'simulated band' : 'norm'} ± 1 SD`;
}

const FIRST_CURVES = ['hip.flexion', 'knee.flexion', 'ankle.dorsiflexion'];

function Overview({ walk, motion, motionPath, trials, children }: ReportPageProps) {
  const first = walk.curves.filter(({ id }) => FIRST_CURVES.includes(id));
  return (
    <>
      <ScoreTiles walk={walk} />
      <div class="look">
        {motion ? (
          <div class="walk-in-space">
            <WalkViewer motion={motion} source={motionPath} trials={trials} />
            <div class="print-alone">
              <StickRow motion={motion} />
            </div>
          </div>
        ) : (
          <p class="notice">No stride counts, so there is no walk to play.</p>
        )}
        <div class="first-curves">
          {first.length > 0 && <CurveKey norms={bandName(walk)} />}
          {first.map((curve) => (
            <CurvePlot key={curve.id} curve={curve} footOffPercent={walk.footOffPercent} />
          ))}
        </div>
      </div>
      <div class="under">
        <div class="stack">
          <ProfileBars scores={walk.scores} />
          <StepsTable walk={walk} />
          {walk.earlier && <ChangesList earlier={walk.earlier} />}
          <StridesTable rows={walk.strideRows} />
        </div>
        <div class="stack">{children}</div>
      </div>
    </>
  );
}

function Foot({ walk }: { walk: WalkView }) {
  return (
    <footer class="tiny soft stack">
      <p>
        0 to 100 % of the gait cycle, foot strike to foot strike. Measurement error: {walk.errorSource}.
        {walk.norms && ` Bands: ${walk.norms.citation}`}
      </p>
      {walk.notes.length > 0 && (
        <ul class="plain-list">
          {walk.notes.map((note) => (
            <li key={note}>{note}</li>
          ))}
        </ul>
      )}
    </footer>
  );
}

import { SIDES } from '@rectus/gait';
import type { ComponentChildren } from 'preact';
import type { ComparedCurve, ComparisonView } from './compare-view.ts';
import { MOST_EARLIER } from './earlier-sessions.ts';
import { SessionKey, SessionPlots } from './plots/session-plot.tsx';
import type { OfferedSession } from './read-report.ts';
import { TrendPlots, TrendTable } from './trend-parts.tsx';

export interface ComparePartProps {
  readonly comparison: ComparisonView;
  readonly offered: readonly OfferedSession[];
  readonly path: string;
  /** The version that is shown; null for a draft. */
  readonly version: number | null;
  /** What the grey band is called. */
  readonly norms: string | null;
}

/** This session beside up to three earlier ones: which, the numbers over time, then every curve. */
export function ComparePart(props: ComparePartProps) {
  const { comparison, offered, norms } = props;
  const { sessions, trends, caveats, curves } = comparison;
  if (offered.length === 0)
    return <p class="notice">There is no earlier session of this person to compare with.</p>;
  const angles = curves.filter(({ unit }) => unit === 'deg');
  const others = curves.filter(({ unit }) => unit !== 'deg');
  const moreAngles = angles.filter((curve) => !isFirst(curve));
  const firstTrends = trends.filter(({ name }) => FIRST_TRENDS.includes(name));
  const moreTrends = trends.filter(({ name }) => !FIRST_TRENDS.includes(name));
  return (
    <>
      <Choice {...props} />
      {sessions.length < 2 ? (
        <p class="notice">No earlier session is chosen.</p>
      ) : (
        <>
          {caveats.length > 0 && (
            <div class="notice" data-kind="warn">
              <strong>These sessions are not quite alike</strong>
              {caveats.map((caveat) => (
                <span key={caveat}>{caveat}</span>
              ))}
            </div>
          )}
          <h2>Key values over the sessions</h2>
          <TrendPlots {...{ sessions }} trends={firstTrends} />
          {moreTrends.length > 0 && (
            <Folded title="More key values" about={`${moreTrends.length} angles and times`}>
              <TrendPlots {...{ sessions }} trends={moreTrends} />
            </Folded>
          )}
          <Folded title="All key values as a table" about={null}>
            <TrendTable {...{ trends, sessions }} />
          </Folded>
          <h2>Curves</h2>
          <SessionKey {...{ sessions, norms }} />
          <Curves {...{ sessions }} curves={angles.filter(isFirst)} />
          {moreAngles.length > 0 && (
            <Folded title="All other angles" about={changedWords(moreAngles)}>
              <Curves {...{ sessions }} curves={moreAngles} />
            </Folded>
          )}
          {others.length > 0 && (
            <Folded
              title="Moments, powers and ground reaction"
              about="no error between sessions is published for these"
            >
              <Curves {...{ sessions }} curves={others} />
            </Folded>
          )}
        </>
      )}
    </>
  );
}

const FIRST_CURVES = ['hip.flexion', 'knee.flexion', 'ankle.dorsiflexion'];
const FIRST_TRENDS = [
  'Gait Deviation Index',
  'Gait Profile Score',
  'Walking speed',
  'Step length',
  'Knee, greatest flexion in swing',
];

/** The curves that are looked at first stand open; a telephone would be scrolled for minutes past all of them. */
function isFirst({ id }: ComparedCurve): boolean {
  return FIRST_CURVES.includes(id);
}

function changedWords(curves: readonly ComparedCurve[]): string {
  const changed = curves.filter((curve) =>
    SIDES.some(
      (side) => (curve[side]?.sinceLast.length ?? 0) > 0 || (curve[side]?.sinceFirst.length ?? 0) > 0,
    ),
  );
  return changed.length === 0
    ? `none of ${curves.length} differs by more than error`
    : `${changed.length} of ${curves.length} differ by more than error: ${changed.map(({ name }) => name.toLowerCase()).join(', ')}`;
}

function Folded(props: { title: string; about: string | null; children: ComponentChildren }) {
  return (
    <details class="folded">
      <summary>
        <h3>{props.title}</h3>
        {props.about && <span class="soft small"> {props.about}</span>}
      </summary>
      {props.children}
    </details>
  );
}

function Curves({ curves, sessions }: Pick<ComparisonView, 'curves' | 'sessions'>) {
  return (
    <div class="session-grid">
      {curves.map((curve) => (
        <SessionPlots key={curve.id} {...{ curve, sessions }} />
      ))}
    </div>
  );
}

/** The earlier sessions with a box each: a form that needs no script. */
function Choice({ offered, path, version }: ComparePartProps) {
  const lastTime = offered.find(({ isLastTime }) => isLastTime);
  return (
    <form method="get" action={path} class="card stack choose-sessions">
      <input type="hidden" name="part" value="compare" />
      {version !== null && <input type="hidden" name="version" value={version} />}
      <input type="hidden" name="with" value="" />
      <fieldset>
        <legend>
          <b>Compare with</b> <span class="soft small">up to {MOST_EARLIER} earlier sessions</span>
        </legend>
        <div class="row">
          {offered.map(({ studyId, day, isChosen, isLastTime }) => (
            <label key={studyId} class="check">
              <input type="checkbox" name="with" value={studyId} checked={isChosen} />
              <span>
                {day}
                {isLastTime && <span class="soft small"> (last time)</span>}
              </span>
            </label>
          ))}
          <button type="submit">Show</button>
        </div>
      </fieldset>
      {version !== null && (
        <p class="tiny soft">
          {lastTime
            ? `Version ${version} was signed beside ${lastTime.day}, and stays so.`
            : `Version ${version} was signed as the first session, and stays so.`}{' '}
          What you tick here is for looking only.
        </p>
      )}
    </form>
  );
}

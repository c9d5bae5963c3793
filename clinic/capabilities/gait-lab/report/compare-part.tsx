import type { ComparisonView } from './compare-view.ts';
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
          <TrendPlots {...{ trends, sessions }} />
          <TrendTable {...{ trends, sessions }} />
          <h2>Angles</h2>
          <SessionKey {...{ sessions, norms }} />
          <div class="session-grid">
            {angles.map((curve) => (
              <SessionPlots key={curve.id} {...{ curve, sessions }} />
            ))}
          </div>
          {others.length > 0 && (
            <>
              <h2>Moments, powers and ground reaction</h2>
              <p class="small soft">No error between sessions is published for these: look, and judge.</p>
              <div class="session-grid">
                {others.map((curve) => (
                  <SessionPlots key={curve.id} {...{ curve, sessions }} />
                ))}
              </div>
            </>
          )}
        </>
      )}
    </>
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

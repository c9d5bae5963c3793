import type { Plane } from '@rectus/gait';
import type { CurveView, WalkView } from '../walk-view.ts';
import { CurvePlot } from './curve-plot.tsx';

const PLANES: readonly (readonly [Plane, string])[] = [
  ['sagittal', 'Sagittal, from the side'],
  ['frontal', 'Frontal, from the front'],
  ['transverse', 'Transverse, from above'],
];
/** The rows of the field's usual sheet; the foot's progression stands in the transverse column. */
const ANGLE_ROWS: readonly string[] = ['pelvis.', 'hip.', 'knee.', 'ankle.', 'foot.', 'thorax.', 'spine.'];
const MOMENT_ROWS: readonly string[] = ['hip.', 'knee.', 'ankle.'];

interface GridProps {
  readonly walk: WalkView;
}

/** All angles: a row for each joint, a column for each plane. */
export function AngleGrid({ walk }: GridProps) {
  const curves = walk.curves.filter(({ unit }) => unit === 'deg');
  return <Grid walk={walk} curves={curves} rows={ANGLE_ROWS} />;
}

/** Moments by plane, then powers and the ground's reaction, which have none. */
export function KineticGrid({ walk }: GridProps) {
  const moments = walk.curves.filter(({ unit }) => unit === 'Nm/kg');
  const powers = walk.curves.filter(({ unit }) => unit === 'W/kg');
  const forces = walk.curves.filter(({ unit }) => unit === 'body weight');
  if (moments.length === 0 && powers.length === 0 && forces.length === 0)
    return (
      <p class="notice">No foot stood whole and alone on a force plate, so there are no moments or powers.</p>
    );
  return (
    <>
      <p class="small soft">
        Internal moments, per kilogram of body mass. No error between sessions is published for these curves.
      </p>
      <Grid walk={walk} curves={moments} rows={MOMENT_ROWS} />
      <Row walk={walk} title="Powers" curves={powers} />
      <Row walk={walk} title="Ground reaction" curves={forces} />
    </>
  );
}

function Row({ walk, title, curves }: { walk: WalkView; title: string; curves: readonly CurveView[] }) {
  if (curves.length === 0) return null;
  return (
    <>
      <h3>{title}</h3>
      <div class="plane-grid by-plane">
        <div class="plane-row">
          {curves.map((curve) => (
            <CurvePlot key={curve.id} curve={curve} footOffPercent={walk.footOffPercent} />
          ))}
        </div>
      </div>
    </>
  );
}

function Grid(props: { walk: WalkView; curves: readonly CurveView[]; rows: readonly string[] }) {
  const { walk, curves, rows } = props;
  return (
    <div class="plane-grid by-plane">
      <p class="plane-heads tiny soft" aria-hidden="true">
        {PLANES.map(([plane, name]) => (
          <span key={plane}>{name}</span>
        ))}
      </p>
      {rows.map((prefix) => {
        const own = curves.filter(({ id }) => id.startsWith(prefix));
        if (own.length === 0) return null;
        return (
          <div key={prefix} class="plane-row">
            {PLANES.map(([plane]) => {
              const curve = own.find((one) => one.plane === plane);
              return curve ? (
                <CurvePlot key={plane} curve={curve} footOffPercent={walk.footOffPercent} />
              ) : (
                <span key={plane} class="no-plot" />
              );
            })}
          </div>
        );
      })}
    </div>
  );
}

import { SIDES, type Sided } from '@rectus/gait';
import { decimal, signed } from './numbers.ts';
import { type StripMark, ValueStrip } from './plots/value-strip.tsx';
import type { KeyAngleView, StepRow, WalkView } from './walk-view.ts';

/** The figures that are read first: the overall scores, the knee in swing and the speed, each with what it was. */
export function ScoreTiles({ walk }: { walk: WalkView }) {
  const { scores } = walk;
  const knee = walk.keyAngles.find(({ name }) => name.startsWith('Knee, greatest flexion in swing'));
  const speed = walk.steps.find(({ name }) => name === 'Walking speed');
  return (
    <section class="tiles" aria-label="Scores">
      <ScoreTile
        title="Gait Deviation Index"
        values={scores.gdi}
        earlier={scores.earlierGdi}
        norm={GDI_NORM}
        reach={[60, 120]}
        about="L · R. 100 is the mean of the reference, 10 is one SD."
        missing={missingWords('GDI', scores.gdiNorms !== null, 'index')}
      />
      <ScoreTile
        title="Gait Profile Score"
        values={scores.gps}
        earlier={scores.earlierGps}
        norm={null}
        reach={[0, 14]}
        unit="°"
        about={
          scores.gps
            ? `L · R, ${decimal(scores.gps.overall, 1)}° of both (the pelvis counts once). Smaller is nearer to the reference.`
            : ''
        }
        missing={missingWords('GPS', scores.gpsNorms !== null, 'score')}
      />
      {knee && <KneeTile knee={knee} />}
      {speed && <SpeedTile speed={speed} />}
    </section>
  );
}

/** Why a score is missing: nothing to hold the walk against, or too little of the walk. */
export function missingWords(name: string, installed: boolean, what: string): string {
  return installed
    ? `It takes whole strides of both legs with all nine curves, so there is no ${what}.`
    : `The ${name} reference is not installed, so there is no ${what}.`;
}

/** By its definition: 100 is the mean of the reference, and 10 one standard deviation. */
const GDI_NORM = { least: 90, greatest: 110 } as const;

function ScoreTile(props: {
  title: string;
  values: Sided<number> | null;
  earlier: Sided<number> | null;
  norm: { readonly least: number; readonly greatest: number } | null;
  reach: readonly [number, number];
  unit?: string;
  about: string;
  missing: string;
}) {
  const { title, values, earlier, norm, reach, unit = '', about, missing } = props;
  return (
    <div class="tile card">
      <h2>{title}</h2>
      {values ? (
        <>
          <p class="num">
            {decimal(values.left, 1)}
            {unit}
            <small>
              {' '}
              · {decimal(values.right, 1)}
              {unit}
            </small>
          </p>
          <ValueStrip
            norm={norm}
            reach={reach}
            marks={SIDES.map((side) => ({
              side,
              value: values[side],
              error: null,
              before: earlier?.[side] ?? null,
            }))}
          />
          <p class="tiny soft">
            {about}
            {earlier && ` Was ${decimal(earlier.left, 1)}${unit} · ${decimal(earlier.right, 1)}${unit}.`}
          </p>
        </>
      ) : (
        <p class="small soft">{missing}</p>
      )}
    </div>
  );
}

function KneeTile({ knee: { name, sides, norm, earlier, errorDeg } }: { knee: KeyAngleView }) {
  const write = (value: number | null | undefined) =>
    value == null ? 'not measured' : `${decimal(value, 1)}°`;
  const marks = SIDES.flatMap((side): StripMark[] => {
    const value = sides[side]?.mean;
    return value === undefined ? [] : [{ side, value, error: errorDeg, before: earlier?.[side] ?? null }];
  });
  const told = SIDES.flatMap((side) => {
    const [now, before] = [sides[side]?.mean, earlier?.[side]];
    if (now === undefined || before == null) return [];
    const exceeds = errorDeg !== null && Math.abs(now - before) > errorDeg;
    return [
      `${side === 'left' ? 'L' : 'R'} ${signed(now - before, 1)}°, ${exceeds ? 'more than' : 'within'} the error`,
    ];
  });
  return (
    <div class="tile card">
      <h2>{name}</h2>
      <p class="num">
        {sides.left ? write(sides.left.mean) : <small>not measured</small>}
        <small> · {write(sides.right?.mean)}</small>
      </p>
      <ValueStrip norm={norm} marks={marks} reach={[35, 75]} />
      <p class="tiny soft">
        L · R{errorDeg === null ? '' : `, ± ${errorDeg}° between sessions`}.
        {norm && ` Band ${decimal(norm.least, 0)} to ${decimal(norm.greatest, 0)}°.`}
        {told.length > 0 && ` Since last time: ${told.join('; ')}.`}
      </p>
    </div>
  );
}

function SpeedTile({ speed }: { speed: StepRow }) {
  const before = speed.earlier?.left;
  return (
    <div class="tile card">
      <h2>{speed.name}</h2>
      <p class="num">
        {speed.left === null ? (
          <small>not known</small>
        ) : (
          <>
            {decimal(speed.left, speed.digits)}
            <small> {speed.unit}</small>
          </>
        )}
      </p>
      {speed.left !== null && (
        <ValueStrip
          norm={
            speed.norm && {
              least: speed.norm.mean - speed.norm.sd,
              greatest: speed.norm.mean + speed.norm.sd,
            }
          }
          reach={[0.5, 1.7]}
          marks={[{ side: null, value: speed.left, error: null, before: before ?? null }]}
        />
      )}
      <p class="tiny soft">
        {before == null || speed.left === null
          ? speed.left === null
            ? 'No stride counts.'
            : 'Mean of all strides.'
          : `Was ${decimal(before, 2)}. Change ${signed(speed.left - before, 2)}${speed.changed.length > 0 ? ', more than the strides vary' : ', within what strides vary'}.`}
      </p>
    </div>
  );
}

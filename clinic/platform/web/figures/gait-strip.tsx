import { Dot } from './dot.tsx';
import { linePath, type Point, point, reach, short, smoothPath } from './geometry.ts';

const FLOOR = 300;
const THIGH = 62;
const SHANK = 61;
const TRUNK = 84;

/* Inclinations at every tenth of a gait cycle that begins with foot strike, in degrees; drawn by hand after the
   usual shape of walking. Thigh forward of upright, knee flexion, foot with the toes up. */
const THIGH_DEG = [24, 19, 9, 0, -9, -17, -12, 6, 21, 27];
const KNEE_DEG = [4, 15, 15, 9, 6, 13, 38, 60, 48, 16];
const FOOT_DEG = [18, 0, 0, 0, -3, -22, -56, -46, -16, 6];

interface Leg {
  readonly hip: Point;
  readonly knee: Point;
  readonly ankle: Point;
  readonly heel: Point;
  readonly toe: Point;
}

interface Walker {
  readonly left: Leg;
  readonly right: Leg;
  readonly hip: Point;
  readonly shoulder: Point;
  readonly arms: readonly [readonly Point[], readonly Point[]];
}

/** A body at one share of the gait cycle of its left leg, standing on the floor. */
function walkerAt(share: number, x: number): Walker {
  const atZero = point(x, 0);
  const legs = [legAt(share, atZero), legAt(share + 0.5, atZero)];
  const lowest = Math.max(...legs.flatMap((leg) => [leg.heel.y, leg.toe.y]));
  const hip = point(x, FLOOR - lowest);
  const shoulder = reach(hip, TRUNK, 3);
  const swing = cyclic(THIGH_DEG, share);
  return {
    left: legAt(share, hip),
    right: legAt(share + 0.5, hip),
    hip,
    shoulder,
    arms: [armAt(shoulder, -swing * 0.8), armAt(shoulder, swing * 0.8)],
  };
}

function legAt(share: number, hip: Point): Leg {
  const thigh = cyclic(THIGH_DEG, share);
  const knee = reach(hip, THIGH, 180 - thigh);
  const ankle = reach(knee, SHANK, 180 - (thigh - cyclic(KNEE_DEG, share)));
  const pitch = cyclic(FOOT_DEG, share);
  return { hip, knee, ankle, heel: reach(ankle, 12, 222 - pitch), toe: reach(ankle, 25, 111 - pitch) };
}

function armAt(shoulder: Point, swingDeg: number): readonly Point[] {
  const elbow = reach(shoulder, 45, 180 - swingDeg);
  return [shoulder, elbow, reach(elbow, 43, 180 - swingDeg - 16)];
}

/** Value of a curve given at equal steps of one cycle (Catmull-Rom, closed). */
function cyclic(values: readonly number[], share: number): number {
  const count = values.length;
  const position = (((share % 1) + 1) % 1) * count;
  const index = Math.floor(position);
  const t = position - index;
  const at = (i: number) => values[(i + count) % count] ?? 0;
  const [a, b, c, d] = [at(index - 1), at(index), at(index + 1), at(index + 2)];
  return b + 0.5 * t * (c - a + t * (2 * a - 5 * b + 4 * c - d + t * (3 * (b - c) + d - a)));
}

const strip = (count: number, spacing: number) =>
  Array.from({ length: count }, (_, i) => walkerAt(i / (count - 1), 62 + spacing * i));
const WIDE = strip(13, 85);
const NARROW = strip(5, 84);

const CAPTION =
  'One gait cycle, drawn. Left leg solid, right leg dashed; the long lines follow hip, knee and ankle. Simulated.';

/** One full gait cycle as a row of drawn walkers: thirteen on a desk, five on a phone. */
export function GaitStrip({ caption = CAPTION }: { caption?: string }) {
  return (
    <figure class="gaitstrip">
      <Strip walkers={WIDE} width={1150} inFocus={5} class="wide" />
      <Strip walkers={NARROW} width={462} inFocus={2} class="narrow" />
      <figcaption class="tiny">{caption}</figcaption>
    </figure>
  );
}

function Strip(props: { walkers: readonly Walker[]; width: number; inFocus: number; class: string }) {
  const { walkers, width, inFocus } = props;
  const track = (of: (w: Walker) => Point) => smoothPath(walkers.map(of));
  return (
    <svg
      class={props.class}
      viewBox={`0 38 ${width} 270`}
      width={width}
      height={270}
      role="img"
      aria-label={`${walkers.length} moments of one walking cycle, drawn as line figures from foot strike to the next.`}
    >
      <path class="axis" d={`M0 ${FLOOR + 1}H${width}`} opacity="0.6" />
      <g fill="none" stroke-width="1.4">
        <path d={track((w) => w.hip)} stroke="var(--accent)" />
        <path d={track((w) => w.left.knee)} stroke="var(--left)" opacity="0.7" />
        <path d={track((w) => w.left.ankle)} stroke="var(--left)" opacity="0.7" />
      </g>
      {walkers.map((walker, i) => (
        <WalkerFigure key={short(walker.hip.x)} walker={walker} inFocus={i === inFocus} />
      ))}
    </svg>
  );
}

function WalkerFigure({ walker, inFocus }: { walker: Walker; inFocus: boolean }) {
  const { left, right, hip, shoulder, arms } = walker;
  const head = reach(shoulder, 27, 8);
  return (
    <g
      fill="none"
      stroke-linecap="round"
      stroke-linejoin="round"
      stroke-width={inFocus ? 2.8 : 1.7}
      opacity={inFocus ? 1 : 0.66}
    >
      <path d={legPath(right)} stroke="var(--right)" stroke-dasharray="5 3" />
      <path d={linePath(arms[1])} stroke="var(--ink-3)" opacity="0.5" />
      <path d={linePath([hip, shoulder])} stroke="var(--ink)" />
      <ellipse
        cx={short(head.x)}
        cy={short(head.y)}
        rx="11"
        ry="14"
        stroke="var(--ink)"
        fill="var(--surface)"
      />
      <path d={legPath(left)} stroke="var(--left)" />
      <path d={linePath(arms[0])} stroke="var(--ink)" opacity="0.7" />
      {inFocus && (
        <g fill="var(--surface)" stroke="var(--ink)" stroke-width="1.5">
          <Dot at={hip} r={3.2} />
          <Dot at={left.knee} r={3.2} />
          <Dot at={left.ankle} r={3.2} />
        </g>
      )}
    </g>
  );
}

function legPath({ hip, knee, ankle, heel, toe }: Leg): string {
  return `${linePath([hip, knee, ankle])}${linePath([ankle, heel, toe, ankle])}`;
}

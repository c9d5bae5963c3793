import { between, point } from '../../../platform/web/figures/geometry.ts';
import { type Child, childAt, type Joints, jointsOf, type Pose } from './body.ts';
import { BodyFigure, PlumbLine, Skeleton, Track } from './figure.tsx';

const FLOOR = 393;
const ANKLE_HEIGHT = 371;
/** How long the drawn lift takes. */
const DURATION_S = 1.8;

interface Key {
  readonly at: number;
  readonly pose: Required<Pick<Pose, 'shinDeg' | 'thighDeg' | 'trunkDeg' | 'upperArmDeg' | 'forearmDeg'>>;
  readonly child: { readonly x: number; readonly y: number; readonly tiltDeg: number };
}

const key = (
  at: number,
  angles: readonly [number, number, number, number, number],
  child: Key['child'],
): Key => {
  const [shinDeg, thighDeg, trunkDeg, upperArmDeg, forearmDeg] = angles;
  return { at, pose: { shinDeg, thighDeg, trunkDeg, upperArmDeg, forearmDeg }, child };
};

/** A lift from the legs, chosen by hand for the drawing: hips and knees open, the back stays long. */
const KEYS: readonly Key[] = [
  key(0, [33, 74, 42, 27, 33], { x: 20, y: 0, tiltDeg: 3 }),
  key(0.2, [31, 65, 40, 21, 47], { x: 22, y: -3, tiltDeg: 8 }),
  key(0.4, [27, 53, 36, 16, 62], { x: 24, y: -6, tiltDeg: 20 }),
  key(0.6, [19, 34.5, 25, 11, 80], { x: 24, y: -12, tiltDeg: 38 }),
  key(0.8, [10.7, 17, 13, 3, 92], { x: 16, y: -18, tiltDeg: 62 }),
  key(1, [2, 1, 0.5, -4, 100], { x: -2, y: -24, tiltDeg: 86 }),
];

interface Stage {
  readonly share: number;
  readonly joints: Joints;
  readonly child: Child;
}

/** One moment of the lift; `share` runs from 0 (child on the floor) to 1 (standing). */
function stageAt(share: number, x: number): Stage {
  const next = KEYS.find((k) => k.at >= share) ?? KEYS.at(-1);
  const previous = KEYS.findLast((k) => k.at <= share) ?? next;
  if (!next || !previous) throw new RangeError('the lift has no stages');
  const t = next.at === previous.at ? 0 : (share - previous.at) / (next.at - previous.at);
  const mix = (of: (k: Key) => number) => between(of(previous), of(next), t);
  const joints = jointsOf(
    {
      shinDeg: mix((k) => k.pose.shinDeg),
      thighDeg: mix((k) => k.pose.thighDeg),
      trunkDeg: mix((k) => k.pose.trunkDeg),
      upperArmDeg: mix((k) => k.pose.upperArmDeg),
      forearmDeg: mix((k) => k.pose.forearmDeg),
    },
    point(x, ANKLE_HEIGHT),
  );
  const offset = point(
    mix((k) => k.child.x),
    mix((k) => k.child.y),
  );
  return {
    share,
    joints,
    child: childAt(
      joints.wrist,
      offset,
      mix((k) => k.child.tiltDeg),
    ),
  };
}

const WIDE = [0, 0.2, 0.4, 0.6, 0.8, 1].map((share, i) => stageAt(share, 100 + 134 * i));
const NARROW = [0, 0.5, 1].map((share, i) => stageAt(share, 92 + 128 * i));

const DESCRIPTION =
  'Her knees and hips do the work, her back stays long, and the baby comes close before she stands. ' +
  'Thin lines trace the path of her hip and of the baby.';

/** A woman lifts a baby from the floor, in six stages on a desk and three on a phone. */
export function LiftSequence() {
  return (
    <figure class="heroart">
      <Lift stages={WIDE} width={850} label="six" class="wide" />
      <Lift stages={NARROW} width={420} label="three" class="narrow" />
      <figcaption class="tiny">
        One lift, 1.8 s, drawn from joint positions.{' '}
        <LineKey stroke="var(--accent)">path of the baby,</LineKey>{' '}
        <LineKey stroke="var(--ink)" dashed>
          path of the hip.
        </LineKey>{' '}
        Simulated.
      </figcaption>
    </figure>
  );
}

function Lift(props: { stages: readonly Stage[]; width: number; label: string; class: string }) {
  const { stages, width, label } = props;
  const last = stages.at(-1);
  return (
    <svg
      class={props.class}
      viewBox={`0 0 ${width} 420`}
      width={width}
      height={420}
      role="img"
      aria-label={`A woman lifts a baby from the floor in ${label} stages over ${DURATION_S} seconds. ${DESCRIPTION}`}
    >
      <path class="axis" d={`M0 ${FLOOR}H${width}`} opacity="0.6" />
      {backToFront(stages).map((stage) => (
        <g key={stage.share}>
          <BodyFigure joints={stage.joints} child={stage.child} opacity={opacityOf(stage.share)} />
          <Skeleton
            joints={stage.joints}
            opacity={stage === last ? 1 : 0.55}
            weight={stage === last ? 2.2 : 1.5}
            arm={stage === last}
          />
        </g>
      ))}
      <Track points={stages.map((s) => s.joints.hip)} stroke="var(--ink)" dashed />
      <Track points={stages.map((s) => s.child.centre)} stroke="var(--accent)" />
      {last && <PlumbLine x={last.joints.ankle.x + 3.3} top={14} floor={FLOOR} />}
      {stages.map((stage) => (
        <text
          key={stage.share}
          x={stage.joints.ankle.x + 6}
          y={417}
          font-size={width > 500 ? 12.5 : 15}
          fill="var(--ink-2)"
          text-anchor="middle"
        >
          {`${(stage.share * DURATION_S).toFixed(1)} s`}
        </text>
      ))}
    </svg>
  );
}

function LineKey(props: { stroke: string; dashed?: boolean; children: string }) {
  return (
    <span class="kl">
      <svg width="22" height="4" viewBox="0 0 22 4" aria-hidden="true">
        <path
          d="M1 2H21"
          stroke={props.stroke}
          stroke-width="2"
          stroke-dasharray={props.dashed ? '2 3' : undefined}
        />
      </svg>
      {props.children}
    </span>
  );
}

/** Later stages first, so that each child lies over the body behind it; the last, full figure over all. */
function backToFront(stages: readonly Stage[]): readonly Stage[] {
  return [...stages.slice(0, -1).toReversed(), ...stages.slice(-1)];
}

function opacityOf(share: number): number {
  return share === 1 ? 1 : between(0.42, 0.78, share);
}

import type { ComponentChildren } from 'preact';
import { type Point, point } from '../../../platform/web/figures/geometry.ts';
import { type Child, childAt, type Joints, jointsOf, type Pose } from './body.ts';
import { BodyFigure, ChildFigure, PlumbLine, Skeleton } from './figure.tsx';

const FLOOR = 393;
const ANKLE_HEIGHT = 371;

const POSES = {
  standing: { shinDeg: 2, thighDeg: 1, trunkDeg: 0.5, upperArmDeg: 2, forearmDeg: 14 },
  squat: { shinDeg: 33, thighDeg: 74, trunkDeg: 42, upperArmDeg: 27, forearmDeg: 33 },
  holding: { shinDeg: 2, thighDeg: 1, trunkDeg: 0.5, upperArmDeg: -4, forearmDeg: 104 },
  sitting: { shinDeg: -2, thighDeg: 90, trunkDeg: -3, upperArmDeg: 24, forearmDeg: 92 },
  sittingForward: { shinDeg: 4, thighDeg: 90, trunkDeg: 8, upperArmDeg: 42, forearmDeg: 84 },
  overCrib: { shinDeg: 12, thighDeg: 30, trunkDeg: 32, upperArmDeg: 30, forearmDeg: 60 },
  carrying: { shinDeg: 2, thighDeg: 1, trunkDeg: -1, upperArmDeg: 6, forearmDeg: 46 },
  pushing: { shinDeg: 6, thighDeg: 2, trunkDeg: 5, upperArmDeg: 10, forearmDeg: 66 },
  low: { shinDeg: 36, thighDeg: 84, trunkDeg: 28, upperArmDeg: 52, forearmDeg: 74 },
} satisfies Record<string, Pose>;

/** Draw the lower belly in: an arrow at the waist, the plumb line through the body. */
export function DrawInPicture() {
  const joints = jointsOf(POSES.standing, point(150, ANKLE_HEIGHT));
  return (
    <Picture joints={joints} plumbAt={153}>
      <path d="M232 196h-38" stroke="var(--accent)" stroke-width="4" />
      <path d="M200 186l-16 10 16 10z" fill="var(--accent)" />
    </Picture>
  );
}

/** Feet either side, hips back: a child is lifted from the floor. */
export function SquatLiftPicture() {
  const joints = jointsOf(POSES.squat, point(110, ANKLE_HEIGHT));
  return <Picture joints={joints} child={childAt(joints.wrist, point(20, 0), 3)} />;
}

/** The child high on the chest, its weight near the plumb line. */
export function HoldClosePicture() {
  const joints = jointsOf(POSES.holding, point(140, ANKLE_HEIGHT));
  return <Picture joints={joints} child={childAt(joints.wrist, point(-4, -25), 86)} plumbAt={143} />;
}

/** Sitting on the seat beside the child to fasten the straps. */
export function SitToStrapPicture() {
  const joints = jointsOf(POSES.sittingForward, point(172, ANKLE_HEIGHT));
  const { x, y } = joints.wrist;
  return (
    <Picture joints={joints} child={childAt(joints.wrist, point(18, 4), 50)} hair="short">
      <path d={BENCH} class="prop" />
      <path
        d={`M${x - 18} ${y + 8}C${x - 8} ${y + 44} ${x + 18} ${y + 50} ${x + 46} ${y + 30}C${x + 64} ${y + 8} ${x + 74} ${y - 28} ${x + 70} ${y - 60}`}
        class="prop"
      />
      <path d={`M${x - 6} ${FLOOR}V${y + 48}H${x + 76}V${FLOOR}`} class="prop thin" />
    </Picture>
  );
}

/** Close to the crib with its side down and the mattress high. */
export function CribPicture() {
  const joints = jointsOf(POSES.overCrib, point(92, ANKLE_HEIGHT));
  const { wrist } = joints;
  const top = Math.round(wrist.y + 18);
  return (
    <Picture joints={joints} child={childAt(wrist, point(22, 1), 4)} hair="short">
      <path d={`M158 ${FLOOR}V${top}H292V${FLOOR}M158 ${top + 26}H292M292 ${top}V${top - 62}`} class="prop" />
      <path
        d={[178, 198, 218, 238, 258, 276].map((x) => `M${x} ${top + 26}V${FLOOR - 14}`).join('')}
        class="prop thin"
      />
    </Picture>
  );
}

/** The infant seat in both hands, in front of the belly. */
export function CarSeatPicture() {
  const joints = jointsOf(POSES.carrying, point(128, ANKLE_HEIGHT));
  const { x, y } = joints.wrist;
  return (
    <Picture joints={joints} plumbAt={131}>
      <g transform={`translate(${x} ${y})`}>
        <path d="M-4 -4C10 -34 62 -34 76 2" class="prop" />
        <path
          d="M-20 18C-14 56 8 66 34 66C62 66 82 44 84 4C70 26 52 34 34 34C14 34 -4 30 -20 18Z"
          class="prop shell"
        />
      </g>
      <ChildFigure child={childAt(point(x + 30, y + 32), point(0, 0), 28)} />
    </Picture>
  );
}

/** Upright behind the stroller, elbows bent, the handle near hip height. */
export function StrollerPicture() {
  const joints = jointsOf(POSES.pushing, point(66, ANKLE_HEIGHT));
  const { x, y } = joints.wrist;
  return (
    <Picture joints={joints} hair="short">
      <path
        d={`M${x} ${y}L${x + 62} 336L${x + 106} 366M${x + 62} 336L${x + 24} 368M${x + 34} 268L${x + 120} 268`}
        class="prop"
      />
      <path
        d={`M${x + 34} 268C${x + 42} 312 ${x + 104} 316 ${x + 120} 268M${x + 34} 268C${x + 30} 222 ${x + 66} 208 ${x + 84} 214L${x + 70} 268`}
        class="prop shell"
      />
      <circle cx={x + 22} cy="372" r="20" class="prop" />
      <circle cx={x + 108} cy="372" r="20" class="prop" />
    </Picture>
  );
}

/** Sitting right back, the child raised by a pillow to the breast or bottle. */
export function FeedingPicture() {
  const joints = jointsOf(POSES.sitting, point(212, ANKLE_HEIGHT));
  const lap = point(joints.hip.x + 44, joints.hip.y - 34);
  return (
    <Picture joints={joints} child={childAt(joints.wrist, point(-6, -14), 28)}>
      <path d={CHAIR} class="prop" />
      <ellipse cx={lap.x} cy={lap.y} rx="44" ry="17" class="prop shell" />
    </Picture>
  );
}

/** Down to the toddler's height, who walks in and holds on. */
export function ToddlerPicture() {
  const joints = jointsOf(POSES.low, point(92, ANKLE_HEIGHT));
  return (
    <Picture joints={joints}>
      <Toddler at={point(218, FLOOR)} />
    </Picture>
  );
}

const BENCH = `M44 ${FLOOR}V318H156V${FLOOR}`;
const CHAIR = `M92 ${FLOOR}V318H196V${FLOOR}M92 318L78 150`;

function Toddler({ at }: { at: Point }) {
  const joints = jointsOf({ ...POSES.standing, upperArmDeg: 62, forearmDeg: 84 }, point(0, -22));
  return (
    <g transform={`translate(${at.x} ${at.y}) scale(-0.5 0.5)`}>
      <BodyFigure joints={joints} hair="short" />
    </g>
  );
}

function Picture(props: {
  joints: Joints;
  child?: Child;
  plumbAt?: number;
  hair?: 'bun' | 'short';
  children?: ComponentChildren;
}) {
  const { joints, child, plumbAt, hair, children } = props;
  return (
    <svg viewBox="0 20 310 390" width="152" height="191" aria-hidden="true" class="pic">
      <path d={`M10 ${FLOOR}H300`} class="axis" opacity="0.6" />
      {children}
      <BodyFigure joints={joints} child={child} {...(hair ? { hair } : {})} />
      <Skeleton joints={joints} weight={3} arm={false} />
      {plumbAt !== undefined && <PlumbLine x={plumbAt} top={30} floor={FLOOR} />}
    </svg>
  );
}

import {
  bothSides,
  type Kinematics,
  type Kinetics,
  type Recording,
  type ScreenedStrides,
  SIDES,
  type Side,
  type Vector,
} from '@rectus/gait';
import { LEG_POINTS, legPoint, type MotionData, TRUNK_POINTS } from './motion.ts';

/** A trial that was worked through. */
export interface TrialToShow {
  readonly recording: Recording;
  readonly kinematics: Kinematics;
  /** Null where no foot stood on a plate. */
  readonly kinetics: Kinetics | null;
  readonly strides: ScreenedStrides;
}

/** Eyes need no more, and a page loads sooner. */
const MOST_HZ = 50;

/** What the viewer needs of a trial, turned to the way that was walked and thinned to at most 50 frames a second. */
export function motionOf(trial: TrialToShow): MotionData {
  const { kinematics, recording, kinetics } = trial;
  const every = Math.max(1, Math.ceil(kinematics.rateHz / MOST_HZ));
  const shown = Array.from({ length: Math.ceil(kinematics.frames / every) }, (_, n) => n * every);
  const trunk = TRUNK_POINTS.filter((name) => recording.markers.has(name));
  const legs = SIDES.flatMap((side) => LEG_POINTS.map((point) => ({ side, point })));
  const turn = (place: Vector | null): (number | null)[] => turned(kinematics, place);
  return {
    rateHz: kinematics.rateHz / every,
    frames: shown.length,
    points: [...legs.map(({ side, point }) => legPoint(side, point)), 'sacrum', ...trunk],
    xyzMm: shown.flatMap((frame) => [
      ...legs.flatMap(({ side, point }) => turn(legPlace(trial, frame, side, point))),
      ...turn(between(markerAt(recording, 'LPSI', frame), markerAt(recording, 'RPSI', frame))),
      ...trunk.flatMap((name) => turn(markerAt(recording, name, frame))),
    ]),
    forces: bothSides((side) =>
      kinetics ? shown.flatMap((frame) => forceOf(kinematics, kinetics, side, frame)) : [],
    ),
    plates: recording.plates.map(({ cornersMm }) =>
      [0, 1, 2, 3].flatMap((corner) => turn(tripleOf(cornersMm, corner)).map((value) => value ?? 0)),
    ),
    cycles: bothSides((side) =>
      trial.strides.accepted[side].map(({ startS, endS }) => ({
        start: ((startS - kinematics.firstTimeS) * kinematics.rateHz) / every,
        end: ((endS - kinematics.firstTimeS) * kinematics.rateHz) / every,
      })),
    ),
  };
}

function legPlace(
  { kinematics, recording }: TrialToShow,
  frame: number,
  side: Side,
  point: (typeof LEG_POINTS)[number],
): Vector | null {
  if (point === 'heel') return markerAt(recording, side === 'left' ? 'LHEE' : 'RHEE', frame);
  return kinematics.poses[frame]?.legs[side][point] ?? null;
}

function markerAt({ markers }: Recording, name: string, frame: number): Vector | null {
  const path = markers.get(name);
  return path ? tripleOf(path, frame) : null;
}

function tripleOf(values: ArrayLike<number>, index: number): Vector {
  const at = (axis: number): number => values[3 * index + axis] ?? Number.NaN;
  return [at(0), at(1), at(2)];
}

function between(a: Vector | null, b: Vector | null): Vector | null {
  return a && b ? [(a[0] + b[0]) / 2, (a[1] + b[1]) / 2, (a[2] + b[2]) / 2] : null;
}

function forceOf(kinematics: Kinematics, kinetics: Kinetics, side: Side, frame: number): (number | null)[] {
  const place = turned(kinematics, tripleOf(kinetics.centreOfPressure[side], frame));
  const share = tripleOf(kinetics.groundReaction[side], frame);
  const force = share.map((value) => (Number.isFinite(value) ? Math.round(100 * value) : null));
  return [...place, ...force].some((value) => value === null) ? EMPTY_FORCE : [...place, ...force];
}

const EMPTY_FORCE = [null, null, null, null, null, null] as const satisfies (number | null)[];

/** Along the way, to the left and upwards, in whole millimetres. */
function turned({ walking }: Kinematics, place: Vector | null): (number | null)[] {
  if (!place?.every(Number.isFinite)) return [null, null, null];
  return [walking.x, walking.y, walking.z].map((axis) =>
    Math.round(axis[0] * place[0] + axis[1] * place[1] + axis[2] * place[2]),
  );
}

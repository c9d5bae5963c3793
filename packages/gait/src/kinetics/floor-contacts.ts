import type { Plate, Recording } from '../recording.ts';
import { bothSides, type Side } from '../side.ts';
import type { Contacts, FloorContact } from './body-segments.ts';

/** A foot on the floor, from its strike to its off. Times in seconds on the recording's scale. */
export interface Stance {
  readonly side: Side;
  readonly startS: number;
  readonly endS: number;
  /** The plate that it stood on wholly and alone; null where the force under it is not known. */
  readonly plate: number | null;
}

/** Least force upwards, in newtons, for a contact. */
const LEAST_FORCE_N = 20;

/**
 * What touches the floor with each foot, frame by frame: the mean of the plate's samples from half a frame before to
 * half a frame after. Unknown before the first and after the last known stance, where a foot may stand on the floor
 * unseen, and while it stands beside the plates or shares one.
 */
export function contactsOf(recording: Recording, stances: readonly Stance[]): Contacts {
  return bothSides((side) => {
    const own = stances.filter((stance) => stance.side === side).toSorted((a, b) => a.startS - b.startS);
    const [first, last] = [own[0], own.at(-1)];
    return Array.from({ length: recording.frames }, (_, frame) => {
      const timeS = recording.firstTimeS + frame / recording.rateHz;
      const stance = own.find((one) => one.startS <= timeS && timeS <= one.endS);
      if (stance) {
        const plate = stance.plate === null ? undefined : recording.plates[stance.plate];
        return plate ? contactAt(plate, frame, recording.rateHz) : 'unknown';
      }
      return first && last && first.startS <= timeS && timeS <= last.endS
        ? null
        : nearStance(first, last, timeS);
    });
  });
}

/** How long a foot is certainly in the air before the first strike or after the last off that was seen, in seconds. */
const SURELY_SWINGING_S = 0.25;

function nearStance(first: Stance | undefined, last: Stance | undefined, timeS: number): null | 'unknown' {
  if (first && timeS < first.startS && first.startS - timeS <= SURELY_SWINGING_S) return null;
  return last && timeS > last.endS && timeS - last.endS <= SURELY_SWINGING_S ? null : 'unknown';
}

function contactAt(plate: Plate, frame: number, rateHz: number): FloorContact | null {
  const perFrame = plate.rateHz / rateHz;
  const reach = Math.floor(perFrame / 2);
  const middle = Math.round(frame * perFrame);
  const [from, to] = [Math.max(0, middle - reach), Math.min(plate.samples - 1, middle + reach)];
  const [force, moment] = [[0, 0, 0] as [number, number, number], [0, 0, 0] as [number, number, number]];
  for (let sample = from; sample <= to; sample++) {
    for (const axis of [0, 1, 2] as const) {
      force[axis] += (plate.forceN[3 * sample + axis] ?? Number.NaN) / (to - from + 1);
      moment[axis] += (plate.momentNmm[3 * sample + axis] ?? Number.NaN) / (to - from + 1);
    }
  }
  const [fx, fy, fz] = force;
  if (!(fz > LEAST_FORCE_N)) return null;
  const [x, y] = [-moment[1] / fz, moment[0] / fz];
  const [cx, cy, cz] = surfaceMiddle(plate);
  return {
    forceN: force,
    centreOfPressureMm: [cx + x, cy + y, cz],
    freeMomentNmm: moment[2] - (x * fy - y * fx),
  };
}

function surfaceMiddle({ cornersMm }: Plate): [number, number, number] {
  const mean = (axis: number) =>
    [0, 1, 2, 3].reduce((sum, corner) => sum + (cornersMm[3 * corner + axis] ?? Number.NaN), 0) / 4;
  return [mean(0), mean(1), mean(2)];
}

import { writeC3d } from '@rectus/c3d';
import {
  c3dOfTrial,
  SIMULATED_ADULT,
  simulateStanding,
  simulateWalk,
  USUAL_CAPTURE,
  USUAL_WALK,
  type WalkPattern,
} from '@rectus/gait';

/** A file as somebody picks it. */
export interface PickedFile {
  readonly name: string;
  readonly bytes: Uint8Array;
}

/** The standing trial of a simulated adult, as a C3D file. */
export function standingFile(name = 'standing.c3d'): PickedFile {
  return { name, bytes: writeC3d(c3dOfTrial(simulateStanding(SIMULATED_ADULT))) };
}

/** A simulated walk as a C3D file. */
export function walkingFile(seed: number, walk: WalkPattern = USUAL_WALK): PickedFile {
  const trial = simulateWalk(SIMULATED_ADULT, walk, {
    ...USUAL_CAPTURE,
    seed,
    firstSide: seed % 2 ? 'left' : 'right',
  });
  return { name: `walk ${seed}.c3d`, bytes: writeC3d(c3dOfTrial(trial)) };
}

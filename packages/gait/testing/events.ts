import { type Recording, recordingOf } from '../src/index.ts';
import { readTrial } from './shared-data.ts';

/** The walking trials with events of their own program. */
export const TRIALS_WITH_EVENTS = [
  'PiG_Motion-FlatFoot-Full.c3d',
  'PiG_Motion-FlatFoot-One.c3d',
  'FunctionalWalk.c3d',
  'PiG_Motion3_FF.c3d',
  'PiG_Motion3_FF_N18.c3d',
] as const;

/** The last of them is the walk of the one before, marked a second time: it must not teach what it is judged by. */
export const WALKS_TO_FIT = TRIALS_WITH_EVENTS.slice(0, -1);

const read = new Map<string, Recording>();

/** A trial as the model takes it; read once. */
export function recordingOfTrial(name: string): Recording {
  const recording = read.get(name) ?? recordingOf(readTrial(name));
  read.set(name, recording);
  return recording;
}

/** The recordings that a trial may be judged by: all walks but its own. */
export function walksWithout(name: string): Recording[] {
  const own = name === 'PiG_Motion3_FF_N18.c3d' ? 'PiG_Motion3_FF.c3d' : name;
  return WALKS_TO_FIT.filter((walk) => walk !== own).map(recordingOfTrial);
}

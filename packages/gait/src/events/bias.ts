import type { Recording } from '../recording.ts';
import { median } from '../signal/statistics.ts';
import type { EventKind, GaitEvent } from './event.ts';
import { footVelocityEvents } from './foot-velocity.ts';
import { heelBrakingEvents } from './heel-braking.ts';
import { judgeEvents } from './judge.ts';
import { type KinematicBias, type KinematicMethod, NO_BIAS } from './kinematic-bias.ts';
import { zeniEvents } from './zeni.ts';

const METHODS: Readonly<
  Record<KinematicMethod, (recording: Recording, options: { readonly bias: KinematicBias }) => GaitEvent[]>
> = {
  'heel-braking': heelBrakingEvents,
  zeni: zeniEvents,
  'foot-velocity': footVelocityEvents,
};

/**
 * By how much each kinematic method is late against the events that recordings brought with them: the median over all.
 * A trial that is to be judged must not be among them.
 */
export function fitKinematicBias(recordings: readonly Recording[]): KinematicBias {
  const late = (method: KinematicMethod, kind: EventKind): number => {
    const errors = recordings.flatMap((recording) => kinematicErrorsS(recording, method, kind, NO_BIAS));
    return errors.length > 0 ? median(errors) : 0;
  };
  return {
    'heel-braking': { 'foot-strike': late('heel-braking', 'foot-strike'), 'foot-off': 0 },
    zeni: { 'foot-strike': late('zeni', 'foot-strike'), 'foot-off': late('zeni', 'foot-off') },
    'foot-velocity': {
      'foot-strike': late('foot-velocity', 'foot-strike'),
      'foot-off': late('foot-velocity', 'foot-off'),
    },
  };
}

/** Found minus marked, in seconds, for every event of a kind that the recording brought and the method found. */
export function kinematicErrorsS(
  recording: Recording,
  method: KinematicMethod,
  kind: EventKind,
  bias: KinematicBias,
): number[] {
  const found = METHODS[method](recording, { bias });
  return judgeEvents(recording, found, kind).flatMap(({ errorS }) => errorS ?? []);
}

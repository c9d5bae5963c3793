import { GaitError } from '../gait-error.ts';
import type { Recording, VendorEvent } from '../recording.ts';
import { chooseEvents } from './choose.ts';
import type { GaitEvent, GaitEvents } from './event.ts';
import { footVelocityEvents } from './foot-velocity.ts';
import { heelBrakingEvents } from './heel-braking.ts';
import { KINEMATIC_BIAS, type KinematicBias } from './kinematic-bias.ts';
import { type PlateContact, plateContacts } from './plate-contacts.ts';
import { plateEvents } from './plate-events.ts';
import { extremeFrames, zeniEvents } from './zeni.ts';

/** The events of a trial and the contacts with its plates. */
export interface FoundEvents extends GaitEvents {
  readonly contacts: readonly PlateContact[];
}

/**
 * Foot strikes and foot offs of a trial, from the recording itself, its plates and its markers.
 *
 * @param vendor whether events that the recording brought with it are honoured (default: true)
 * @param bias by how much the kinematic methods are late (default: as fitted, see `KINEMATIC_BIAS`)
 * @throws GaitError `missing-marker` or `not-walking`, where nothing but the markers could tell
 */
export function findEvents(recording: Recording, { vendor = true, bias = KINEMATIC_BIAS } = {}): FoundEvents {
  const contacts = plateContacts(recording);
  const others = [...(vendor ? recording.events.map(vendorEvent) : []), ...plateEvents(contacts)];
  const candidates = [...others, ...kinematicEvents(recording, bias, others.length > 0)];
  return { ...chooseEvents(candidates), contacts };
}

/** A trial with other events needs no heels: what the markers cannot tell is then left out. */
function kinematicEvents(recording: Recording, bias: KinematicBias, isOptional: boolean): GaitEvent[] {
  try {
    const extremes = extremeFrames(recording);
    return [
      ...zeniEvents(recording, { bias, extremes }),
      ...heelBrakingEvents(recording, { bias, extremes }),
      ...footVelocityEvents(recording, { bias }),
    ];
  } catch (error) {
    if (isOptional && error instanceof GaitError) return [];
    throw error;
  }
}

function vendorEvent({ side, kind, timeS }: VendorEvent): GaitEvent {
  return {
    side,
    kind,
    timeS,
    source: 'vendor',
    confidence: 'high',
    why: 'the recording came with it',
    plate: null,
    usable: true,
  };
}

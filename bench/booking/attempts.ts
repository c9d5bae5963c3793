import { type Random, randomFrom } from '../../clinic/demo/random.ts';
import type { RaceClinic } from './race-clinic.ts';

/** One visit that one client tries to book. */
export interface Attempt {
  readonly key: string;
  readonly start: number;
  /** Null for anyone. */
  readonly clinicianId: string | null;
  readonly person: { readonly givenName: string; readonly familyName: string; readonly birthDate: string };
}

/** Attempts on one crowded time, as a share of the places there: always more than can be had. */
const CROWD = 1.5;
const SHARE_NAMING_A_CLINICIAN = 0.3;

/**
 * Half of the attempts crowd on few times, more at once than each has places, on starts that overlap by half as well
 * as equal ones; the other half spread over the rest. Those of one crowd come close together, so that clients meet.
 */
export function planAttempts(
  clinic: RaceClinic,
  starts: readonly number[],
  count: number,
  seed: number,
): readonly Attempt[] {
  const random = randomFrom(seed);
  const crowdSize = Math.ceil(clinic.sonographerIds.length * CROWD);
  const crowds = Math.ceil(count / 2 / crowdSize);
  const planned: { readonly at: number; readonly start: number }[] = [];
  for (let crowd = 0; crowd < crowds; crowd++) {
    const at = random.next();
    const index = random.below(starts.length - 1);
    const wanted = starts.slice(index, index + 2);
    for (let one = 0; one < crowdSize; one++) {
      planned.push({ at: at + random.next() * 0.01, start: random.pick(wanted) });
    }
  }
  while (planned.length < count) planned.push({ at: random.next(), start: random.pick(starts) });
  return planned
    .slice(0, count)
    .sort((one, other) => one.at - other.at)
    .map(({ start }, number) => attempt(clinic, random, start, `${seed}-${number}`));
}

function attempt(clinic: RaceClinic, random: Random, start: number, key: string): Attempt {
  const named = random.next() < SHARE_NAMING_A_CLINICIAN;
  const clinicianId = named ? random.pick(clinic.sonographerIds) : null;
  const person = { givenName: 'Test', familyName: `Person ${key}`, birthDate: '1990-04-12' };
  return { key: `race-${key}`, start, clinicianId, person };
}

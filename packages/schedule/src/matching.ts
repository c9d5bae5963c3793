import type { Need } from './service.ts';

/** Anything that can meet a need. */
export interface Capable {
  readonly id: string;
  readonly kinds: readonly string[];
}

/** Whether this one may serve that need. */
export function canServe(one: Capable, need: Need): boolean {
  return one.kinds.includes(need.kind) && (need.among === undefined || need.among.includes(one.id));
}

/** How many resources the needs take together. */
export function totalCount(needs: readonly Need[]): number {
  return needs.reduce((sum, need) => sum + need.count, 0);
}

/** Places that each take one resource; `holders[place]` is the resource in it, by index, or -1. */
export interface Places {
  readonly holders: number[];
  /** For each resource, the places it may take. */
  readonly options: readonly (readonly number[])[];
}

/** One place for each resource that a need asks for, in the order of the needs. */
export function createPlaces(needs: readonly Need[], candidates: readonly Capable[]): Places {
  const needOfPlace = needs.flatMap((need) => Array.from({ length: need.count }, () => need));
  const options = candidates.map((one) => {
    const own: number[] = [];
    needOfPlace.forEach((need, place) => {
      if (canServe(one, need)) own.push(place);
    });
    return own;
  });
  return { holders: needOfPlace.map(() => -1), options };
}

/**
 * Seats one more resource, moving seated ones to other places where that helps (an augmenting path); nobody seated
 * ever loses a seat. Returns false, with nothing changed, where no arrangement seats them all.
 */
export function seat(places: Places, resource: number): boolean {
  return settle(places, resource, new Uint8Array(places.holders.length));
}

function settle(places: Places, resource: number, tried: Uint8Array): boolean {
  const options = places.options[resource] ?? [];
  const empty = options.find((place) => places.holders[place] === -1);
  if (empty !== undefined) {
    places.holders[empty] = resource;
    return true;
  }
  for (const place of options) {
    if (tried[place] === 1) continue;
    tried[place] = 1;
    if (settle(places, places.holders[place] ?? -1, tried)) {
      places.holders[place] = resource;
      return true;
    }
  }
  return false;
}

/** Whether these resources can meet all needs at once, each serving one need only. */
export function canMeet(needs: readonly Need[], resources: readonly Capable[]): boolean {
  let missing = totalCount(needs);
  if (missing > resources.length) return false;
  const places = createPlaces(needs, resources);
  for (let index = 0; index < resources.length && missing > 0; index++) {
    if (seat(places, index)) missing--;
  }
  return missing === 0;
}

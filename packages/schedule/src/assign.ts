import { InvalidResourceError } from './errors.ts';
import { createPlaces, type Places, seat, totalCount } from './matching.ts';
import { checkIds } from './resource.ts';
import { checkNeeds, type Need } from './service.ts';

/** A resource that is free for the visit, and how much work it has already, in any unit. */
export interface Candidate {
  readonly id: string;
  readonly kinds: readonly string[];
  readonly load: number;
}

export interface AssignInput {
  readonly needs: readonly Need[];
  readonly candidates: readonly Candidate[];
  /** Ids that must be among the chosen. */
  readonly wanted?: readonly string[];
}

function byLoadThenId(a: Candidate, b: Candidate): number {
  return a.load - b.load || (a.id < b.id ? -1 : a.id > b.id ? 1 : 0);
}

function checkLoads(candidates: readonly Candidate[]): void {
  candidates.forEach(({ load }, index) => {
    if (Number.isFinite(load)) return;
    const field = `candidates[${index}].load`;
    throw new InvalidResourceError({ field, expected: 'a finite number', found: load });
  });
}

/** Seats the wanted ones, then everybody else from the least loaded onwards while a place is left. */
function seatAll(places: Places, sorted: readonly Candidate[], wanted: ReadonlySet<string>): boolean {
  let empty = places.holders.length;
  for (const [index, { id }] of sorted.entries()) {
    if (!wanted.has(id)) continue;
    if (!seat(places, index)) return false;
    empty--;
  }
  for (const [index, { id }] of sorted.entries()) {
    if (empty === 0) break;
    if (!wanted.has(id) && seat(places, index)) empty--;
  }
  return empty === 0;
}

/**
 * Chooses resources that meet all needs, none of them twice: those `wanted`, then the least loaded, ties going to the
 * smaller id. The sets of resources that can be seated together form a transversal matroid, on which choosing
 * greedily gives the least total load (Edmonds 1971). Returns their ids in the order of the needs, or null where it
 * cannot be done, which includes a wanted id that is no candidate or serves no need.
 * Throws InvalidServiceError, InvalidResourceError.
 */
export function assign({ needs, candidates, wanted = [] }: AssignInput): string[] | null {
  checkNeeds(needs);
  checkIds(candidates, 'candidates');
  checkLoads(candidates);
  const wantedIds = new Set(wanted);
  const present = candidates.filter(({ id }) => wantedIds.has(id)).length;
  if (present < wantedIds.size || totalCount(needs) > candidates.length) return null;
  const sorted = [...candidates].sort(byLoadThenId);
  const places = createPlaces(needs, sorted);
  if (!seatAll(places, sorted, wantedIds)) return null;
  return places.holders.map((holder) => sorted[holder]?.id ?? '');
}

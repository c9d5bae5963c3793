import { type Availability, isAvailable } from './availability.ts';
import { type Capable, canServe, createPlaces, type Places, seat, totalCount } from './matching.ts';
import type { Need } from './service.ts';

/** Tells for start number `at` whether the resources available there meet all needs. */
export type Sufficiency = (at: number) => boolean;

/** Chooses the cheapest exact test: plain counts where no resource serves two needs, else a matching. */
export function sufficiencyOf(
  needs: readonly Need[],
  resources: readonly Capable[],
  availability: Availability,
): Sufficiency {
  const disjoint = resources.every((one) => needs.filter((need) => canServe(one, need)).length <= 1);
  return disjoint
    ? countedSufficiency(needs, resources, availability)
    : matchedSufficiency(needs, resources, availability);
}

function countBits(word: number): number {
  let count = 0;
  for (let rest = word; rest !== 0; rest &= rest - 1) count++;
  return count;
}

function countedSufficiency(
  needs: readonly Need[],
  resources: readonly Capable[],
  { words, wordCount }: Availability,
): Sufficiency {
  const demands = needs.map((need) => {
    const mask = new Int32Array(wordCount);
    resources.forEach((one, index) => {
      if (canServe(one, need)) mask[index >>> 5] = (mask[index >>> 5] ?? 0) | (1 << (index & 31));
    });
    return { count: need.count, mask };
  });
  return (at) => {
    for (const { count, mask } of demands) {
      let found = 0;
      for (let word = 0; word < wordCount; word++) {
        found += countBits((words[at * wordCount + word] ?? 0) & (mask[word] ?? 0));
      }
      if (found < count) return false;
    }
    return true;
  };
}

/** The same sets of free resources come back again and again, so each answer is kept. */
function matchedSufficiency(
  needs: readonly Need[],
  resources: readonly Capable[],
  availability: Availability,
): Sufficiency {
  if (totalCount(needs) > resources.length) return () => false;
  const { words, wordCount } = availability;
  const places = createPlaces(needs, resources);
  const known = new Map<string | number, boolean>();
  return (at) => {
    const from = at * wordCount;
    const key = wordCount === 1 ? (words[from] ?? 0) : words.subarray(from, from + wordCount).join();
    const answer = known.get(key) ?? fillsAll(places, resources.length, availability, at);
    known.set(key, answer);
    return answer;
  };
}

/** Clears the places and seats whoever is available until all are taken. */
function fillsAll(places: Places, resourceCount: number, availability: Availability, at: number): boolean {
  let empty = places.holders.fill(-1).length;
  for (let index = 0; index < resourceCount && empty > 0; index++) {
    if (isAvailable(availability, at, index) && seat(places, index)) empty--;
  }
  return empty === 0;
}

import { editDistance } from '../../../platform/names/edit-distance.ts';
import { soundKey } from '../../../platform/names/sound-key.ts';

/** No likeness. */
export const UNLIKE = Number.POSITIVE_INFINITY;

/**
 * How far a typed word is from a word of a name: 0 the same, below 1 the beginning of it, then slips of the finger
 * and likeness of sound. {@link UNLIKE} where neither explains the difference.
 */
export function wordDistance(typed: string, word: string): number {
  if (typed === word) return 0;
  if (word.startsWith(typed)) return 0.5;
  const most = typed.length < 4 ? 0 : typed.length < 6 ? 1 : 2;
  const slips = editDistance(typed, word, most);
  // Somebody who is still typing has mistyped only the part that is there.
  const begun =
    word.length > typed.length ? editDistance(typed, word.slice(0, typed.length), most) + 0.5 : UNLIKE;
  const sound =
    typed.length > 2 && soundKey(typed) === soundKey(word) && soundKey(word) !== '' ? 1.25 : UNLIKE;
  const best = Math.min(slips <= most ? slips : UNLIKE, begun <= most ? begun : UNLIKE, sound);
  return best;
}

/** How far the typed words are from a name: every typed word must be like one of the name's, each used once. */
export function nameDistance(typed: readonly string[], name: readonly string[]): number {
  const left = [...name];
  let sum = 0;
  for (const word of typed) {
    const distances = left.map((candidate) => wordDistance(word, candidate));
    const best = Math.min(...distances);
    if (!Number.isFinite(best)) return UNLIKE;
    left.splice(distances.indexOf(best), 1);
    sum += best;
  }
  return sum;
}

/** Whether two whole names could be one person's: the shorter one is found within the longer one, or nearly. */
export function similarNames(one: string, other: string): boolean {
  const [a, b] = [one.split(' ').filter(Boolean), other.split(' ').filter(Boolean)];
  const [short, long] = a.length <= b.length ? [a, b] : [b, a];
  return short.length > 0 && nameDistance(short, long) <= short.length * 1.25;
}

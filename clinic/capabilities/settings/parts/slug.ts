import { foldName } from '../../../platform/names/fold-name.ts';

/** A part of an address made from a name, not among those `taken`: `First visit` is `first-visit`. */
export function slugFor(name: string, taken: readonly string[], longest: number): string {
  const words = foldName(name)
    .replaceAll(/[^a-z0-9]+/g, ' ')
    .trim()
    .replaceAll(' ', '-');
  const base = (words.length < 2 ? `no-${words || '1'}` : words).slice(0, longest - 4).replace(/-$/, '');
  for (let number = 1; ; number++) {
    const slug = number === 1 ? base : `${base}-${number}`;
    if (!taken.includes(slug)) return slug;
  }
}

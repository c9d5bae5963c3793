import type { NormPackage } from './package.ts';

/**
 * The one text of a package whatever the order in which its fields came, so that a hash of it tells whether two packages
 * are the same.
 */
export function canonicalNormText(norms: NormPackage): string {
  return JSON.stringify(norms, (_, value: unknown) =>
    typeof value === 'object' && value !== null && !Array.isArray(value)
      ? Object.fromEntries(Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1)))
      : value,
  );
}

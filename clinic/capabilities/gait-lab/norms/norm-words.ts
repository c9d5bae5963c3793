import type { NormPackage, NormSpeed } from '@rectus/gait';

const FOOTWEAR: Readonly<Record<NormPackage['footwear'], string>> = {
  barefoot: 'barefoot',
  shod: 'in shoes',
  mixed: 'some barefoot, some in shoes',
  unknown: 'not told',
};

export function footwearWords(footwear: NormPackage['footwear']): string {
  return FOOTWEAR[footwear];
}

const AGE_GROUPS: Readonly<Record<NormPackage['population']['ageGroup'], string>> = {
  children: 'Children',
  adults: 'Adults',
  mixed: 'Children and adults',
  unknown: 'Age not told',
};

/** As in "Adults, 21 to 64 years". */
export function ageWords({ ageGroup, ageYears }: NormPackage['population']): string {
  if (!ageYears) return AGE_GROUPS[ageGroup];
  const [least, greatest] = [Math.floor(ageYears.least), Math.floor(ageYears.greatest)];
  return `${AGE_GROUPS[ageGroup]}, ${least === greatest ? least : `${least} to ${greatest}`} years`;
}

/** A speed for the size of the walker, as in "0.43 (SD 0.03)". */
export function speedWords(speed: NormSpeed | null): string {
  if (!speed) return 'not told';
  return `${speed.mean.toFixed(2)}${speed.sd === null ? '' : ` (SD ${speed.sd.toFixed(2)})`}`;
}

/** Names as a list in a sentence: "a", "a and b", "a, b and c". */
export function listWords(names: readonly string[]): string {
  if (names.length < 2) return names.join('');
  return `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`;
}

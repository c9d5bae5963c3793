import type { Region } from '@rectus/sonography';

/** What a file says of a region that lies in its picture, whatever it says of the scale. */
const BOUNDS_STAND: readonly (string | undefined)[] = [
  undefined,
  'no-scale',
  'zero-scale',
  'implausible-scale',
  'other-unit',
];

/**
 * Where a scale that a person set holds: in the file's region where it names a single one, so that what lies beside the tissue is
 * followed no more than before; else undefined, the whole picture.
 */
export function setScaleArea(
  regions: readonly Region[],
): Pick<Region, 'left' | 'top' | 'right' | 'bottom'> | undefined {
  const [only, another] = regions;
  if (!only || another || !BOUNDS_STAND.includes(only.refusal?.code)) return undefined;
  const { left, top, right, bottom } = only;
  return { left, top, right, bottom };
}

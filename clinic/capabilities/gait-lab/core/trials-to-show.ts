import type { GaitReportData } from '@rectus/gait';

/**
 * The places of the trials that can be played, in the report's list: first the one that shows most, which has the most
 * strides of which a plate tells the forces, then the most strides. Trials without a stride that counts are left out.
 */
export function trialsToShow({
  trials,
  strides,
}: Pick<GaitReportData, 'trials' | 'strides'>): readonly number[] {
  const all = [...strides.left, ...strides.right];
  const worth = (name: string): number => {
    const own = all.filter(({ trial, outlier }) => trial === name && !outlier);
    return own.length + 100 * own.filter(({ plate }) => plate !== null).length;
  };
  return trials
    .map(({ name }, place) => ({ place, worth: worth(name) }))
    .filter((one) => one.worth > 0)
    .toSorted((a, b) => b.worth - a.worth)
    .map(({ place }) => place);
}

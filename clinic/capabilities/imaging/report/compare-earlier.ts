import type { MeasuredValue } from '../measuring/measured-value.ts';
import { plainAnatomy } from './anatomy.ts';
import { unitWords } from './numbers.ts';
import type { ComparedValue } from './signed-content.ts';

type Comparable = Omit<MeasuredValue, 'unit'> & { readonly unit: string };

/**
 * The numbers of an earlier examination beside today's, where both have one of the same place. A change counts only beyond
 * the minimal detectable change; where the literature has none, nothing is judged.
 */
export function compareWithEarlier(
  today: readonly Comparable[],
  before: readonly Comparable[],
): readonly ComparedValue[] {
  const earlier = new Map(before.map((one) => [keyOf(one), one]));
  return today.flatMap((now) => {
    const then = earlier.get(keyOf(now));
    if (!then || then.unit !== now.unit) return [];
    const change = now.value - then.value;
    const detectable = now.minimalDetectableChange;
    const judgement =
      detectable === null ? 'unknown' : Math.abs(change) > detectable ? 'beyond' : ('within' as const);
    return [
      {
        ...{ code: now.code, label: now.label, bodySite: now.bodySite, side: now.side, unit: now.unit },
        ...{ before: then.value, today: now.value, change },
        minimalDetectableChange: detectable,
        citation: detectable === null ? null : now.citation,
        judgement,
        words: wordsFor(judgement, detectable, now.unit),
      },
    ];
  });
}

function keyOf({ code, bodySite, side }: Comparable): string {
  return [code, plainAnatomy(bodySite ?? ''), side ?? ''].join('|');
}

function wordsFor(judgement: ComparedValue['judgement'], detectable: number | null, unit: string): string {
  if (judgement === 'unknown')
    return 'How large a change must be to count is not known for this measurement.';
  const smallest = unitWords(detectable ?? 0, unit);
  return judgement === 'beyond'
    ? `More than ${smallest}: measuring again does not explain it.`
    : `Not more than ${smallest}: measuring again could give the same.`;
}

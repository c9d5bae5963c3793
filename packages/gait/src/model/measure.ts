import { distance, isKnown, middle, type Vector } from '../geometry/vector.ts';
import { prefixOf } from '../marker-sets/marker-set.ts';
import { at, type Recording } from '../recording.ts';
import { bothSides, type Side, type Sided } from '../side.ts';
import { median } from '../signal/statistics.ts';
import type { LabSettings, Subject } from './subject.ts';

/**
 * What a standing trial with inner and outer markers tells of the person, in millimetres: the widths of knees and ankles
 * between the skins under the markers, and the legs from the front spine over the middle of the knee to the inner ankle.
 * A tape measures the leg lying down, so that this stands in for it only where nobody did. Empty where no such markers are.
 */
export function measuredByMarkers(
  standing: Recording,
  { markerRadiusMm }: Pick<LabSettings, 'markerRadiusMm'>,
): Partial<Pick<Subject, 'legLengthMm' | 'kneeWidthMm' | 'ankleWidthMm'>> {
  const both = (of: (side: Side) => number): Sided<number> | null => {
    const values = bothSides(of);
    return values.left > 0 && values.right > 0 ? values : null;
  };
  const place = (side: Side, name: string, frame: number): Vector => {
    const path = standing.markers.get(`${prefixOf(side)}${name}`);
    return path ? at(path, frame) : [Number.NaN, Number.NaN, Number.NaN];
  };
  const typical = (of: (frame: number) => number): number =>
    median(Array.from({ length: standing.frames }, (_, frame) => of(frame)).filter(Number.isFinite));
  const width = (outer: string, inner: string) =>
    both(
      (side) =>
        typical((frame) => distance(place(side, outer, frame), place(side, inner, frame))) -
        2 * markerRadiusMm,
    );
  const leg = both((side) =>
    typical((frame) => {
      const knee = middle(place(side, 'KNE', frame), place(side, 'KNM', frame));
      if (!isKnown(knee)) return Number.NaN;
      return distance(place(side, 'ASI', frame), knee) + distance(knee, place(side, 'MED', frame));
    }),
  );
  const [kneeWidthMm, ankleWidthMm] = [width('KNE', 'KNM'), width('ANK', 'MED')];
  return {
    ...(leg && { legLengthMm: leg }),
    ...(kneeWidthMm && { kneeWidthMm }),
    ...(ankleWidthMm && { ankleWidthMm }),
  };
}

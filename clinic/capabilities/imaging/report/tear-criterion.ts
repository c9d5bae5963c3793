import type { BodySide } from '../core/exam.ts';

/** A measured number as the rule reads it, in mm. */
export interface MeasuredNumber {
  readonly code: string;
  readonly bodySite: string | null;
  readonly side: BodySide | null;
  readonly value: number;
  readonly standardError: number | null;
}

/** Two-sided 95 %. */
const BEYOND_ERROR = 1.96;

interface Estimate {
  readonly value: number;
  readonly error: number;
}

/**
 * What in the measurements looks like a complete tear: two ends with a gap between them, which the contraction draws apart
 * by more than the error of measuring. One sentence for each place where it is so; empty where it is nowhere.
 * A number whose error nobody knows counts as it stands, because one question too many harms nobody.
 */
export function tearCriterion(measurements: readonly MeasuredNumber[]): readonly string[] {
  return [...placesOf(measurements)].flatMap((place) => {
    const [rest, contraction] = [place.get('us.gap.rest'), place.get('us.gap.contraction')];
    const drawn = place.get('us.retraction') ?? (rest && contraction ? difference(contraction, rest) : null);
    if (!drawn || !isClear(drawn) || (contraction && !isClear(contraction))) return [];
    const apart = `the contraction draws the ends apart by ${mm(drawn)}`;
    return [
      contraction ? `A gap of ${mm(contraction)}: ${apart}` : `${apart[0]?.toUpperCase()}${apart.slice(1)}`,
    ];
  });
}

/** The numbers of each body site and side, by code. */
function placesOf(measurements: readonly MeasuredNumber[]): Iterable<ReadonlyMap<string, Estimate>> {
  const places = new Map<string, Map<string, Estimate>>();
  for (const { code, bodySite, side, value, standardError } of measurements) {
    const key = `${side ?? ''}|${bodySite ?? ''}`;
    const place = places.get(key) ?? new Map<string, Estimate>();
    places.set(key, place.set(code, { value, error: standardError ?? 0 }));
  }
  return places.values();
}

function difference(one: Estimate, other: Estimate): Estimate {
  return { value: one.value - other.value, error: Math.hypot(one.error, other.error) };
}

function isClear({ value, error }: Estimate): boolean {
  return value > BEYOND_ERROR * error;
}

function mm({ value, error }: Estimate): string {
  return `${value.toFixed(1)} mm${error > 0 ? ` ± ${error.toFixed(1)} mm` : ''}`;
}

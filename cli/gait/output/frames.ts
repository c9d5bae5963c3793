import {
  bothSides,
  curveOf,
  type Kinematics,
  type Kinetics,
  type Side,
  VARIABLES,
  type Variable,
} from '@rectus/gait';

/** One curve of one side under the names of the export. */
export interface NamedCurve {
  readonly side: Side;
  readonly segment: string;
  readonly measure: string;
  readonly values: Float64Array;
}

const UNITS: Readonly<Record<Variable['unit'], string>> = {
  deg: 'Deg',
  'Nm/kg': 'NmPerKg',
  'W/kg': 'WPerKg',
  'body weight': 'BodyWeight',
};

/** `hip.flexion` in degrees becomes `hip` and `flexionDeg`. */
export function exportName({ id, unit }: Pick<Variable, 'id' | 'unit'>): {
  segment: string;
  measure: string;
} {
  const camel = (text: string) => text.replace(/-([a-z])/g, (_, letter: string) => letter.toUpperCase());
  const [segment = '', measure = ''] = id.split('.');
  return { segment: camel(segment), measure: camel(measure) + UNITS[unit] };
}

/** Every curve of a trial, both sides, frame by frame. */
export function curvesOfTrial(kinematics: Kinematics, kinetics: Kinetics | null): NamedCurve[] {
  return (['left', 'right'] as const).flatMap((side) =>
    VARIABLES.flatMap((variable): NamedCurve[] => {
      const values = curveOf(variable, side, kinematics, kinetics);
      return values ? [{ side, ...exportName(variable), values }] : [];
    }),
  );
}

/** Curves as `left.hip.flexionDeg`; what is not known is null. */
export function nested(curves: readonly NamedCurve[]) {
  return bothSides((side) => {
    const segments: Record<string, Record<string, (number | null)[]>> = {};
    for (const curve of curves.filter((one) => one.side === side)) {
      segments[curve.segment] ??= {};
      (segments[curve.segment] as Record<string, (number | null)[]>)[curve.measure] = plain(curve.values);
    }
    return segments;
  });
}

/** Numbers for JSON: null instead of NaN. */
export function plain(values: ArrayLike<number>): (number | null)[] {
  return Array.from(values, (value) => (Number.isFinite(value) ? value : null));
}

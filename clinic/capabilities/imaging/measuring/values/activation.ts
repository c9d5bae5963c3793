import {
  DETECTABLE_CHANGES,
  type Measured,
  MeasureRefused,
  type Mm,
  meanOfMeasures,
  mm,
} from '@rectus/sonography';
import { activationOf, type LayerThicknesses } from '../tools/abdominal.ts';
import type { Pooled } from './pooled.ts';
import { pooledState } from './pooled.ts';
import type { InFrame, Reading, State } from './reading.ts';

export interface ActivationValue extends Pooled {
  readonly code: string;
  readonly label: string;
  readonly unit: '1' | '%';
  readonly minimalDetectableChange: number | null;
  readonly citation: string | null;
}

const CHANGE = DETECTABLE_CHANGES.transversusThicknessChange;

/** Ratios of contraction over rest, the change in per cent, and the preferential activation of transversus. */
export function activationValues(readings: readonly Reading[]): readonly ActivationValue[] {
  const within = readings.filter(({ values }) =>
    values.every(({ rest, contraction }) => rest && contraction),
  );
  const all = within.length > 0 ? within.flatMap(ofReading) : ofTwoClips(readings);
  const from = within.length > 0 ? within : readings;
  if (all.length === 0) return [];
  const one = (
    [code, label, unit]: readonly [string, string, '1' | '%'],
    pick: (of: Activation) => Measured<number>,
    detectable: typeof CHANGE | null = null,
  ): ActivationValue => ({
    ...{ code, label, unit, from, frame: null },
    ...mean(all.map(pick)),
    minimalDetectableChange: detectable?.to ?? null,
    citation: detectable?.citation ?? null,
  });
  return [
    one(
      ['us.activation-ratio.transversus', 'Transversus, contraction over rest', '1'],
      (of) => of.activationRatio.transversus,
    ),
    one(
      ['us.activation-ratio.internal-oblique', 'Internal oblique, contraction over rest', '1'],
      (of) => of.activationRatio.internalOblique,
    ),
    one(
      ['us.activation-ratio.external-oblique', 'External oblique, contraction over rest', '1'],
      (of) => of.activationRatio.externalOblique,
    ),
    one(
      ['us.thickness-change.transversus', 'Transversus, change from rest', '%'],
      (of) => of.changePercent.transversus,
      CHANGE,
    ),
    one(
      ['us.preferential-activation', 'Preferential activation of transversus', '1'],
      (of) => of.preferentialActivation,
    ),
  ];
}

type Activation = ReturnType<typeof activationOf>;

function ofReading(one: Reading): Activation[] {
  const layers = (state: State) => layersOf(one.values.map((values) => values[state]));
  return tried(layers('rest'), layers('contraction'), one.result.scale?.relativeError ?? 0);
}

/** Rest in one clip, contraction in another: each has its own scale. */
function ofTwoClips(readings: readonly Reading[]): Activation[] {
  const layers = (state: State) => layersOf([0, 1, 2].map((at) => pooledState(readings, at, state)));
  return tried(layers('rest'), layers('contraction'), 0);
}

function layersOf(
  values: readonly (Pick<InFrame, 'value' | 'standardError'> | null | undefined)[],
): LayerThicknesses | null {
  const [transversus, internal, external] = values.map((one) =>
    one ? { value: mm(one.value), standardError: mm(one.standardError) } : null,
  );
  return transversus && internal && external ? [transversus, internal, external] : null;
}

function tried(
  rest: LayerThicknesses | null,
  contracted: LayerThicknesses | null,
  shared: number,
): Activation[] {
  if (!rest || !contracted) return [];
  try {
    return [activationOf(rest, contracted, shared)];
  } catch (error) {
    if (error instanceof MeasureRefused) return [];
    throw error;
  }
}

function mean(values: readonly Measured<number>[]): Measured<number> {
  const { value, standardError } = meanOfMeasures(values as readonly Measured<Mm>[]);
  return { value, standardError };
}

import type { Measured } from '../measured.ts';
import type { Mm } from '../units.ts';
import { MeasureRefused } from './measure-refused.ts';

/** Thicknesses of the three layers of the lateral abdominal wall, in mm. */
export interface AbdominalLayers {
  readonly transversus: Measured<Mm>;
  readonly internalOblique: Measured<Mm>;
  readonly externalOblique: Measured<Mm>;
}

/** A number without a unit, with its standard error. */
export interface MeasuredRatio {
  readonly value: number;
  readonly standardError: number;
}

/** What drawing-in changed. */
export interface AbdominalActivation {
  /** Thickness contracted over thickness at rest; 1 is no change. */
  readonly activationRatio: Readonly<Record<keyof AbdominalLayers, MeasuredRatio>>;
  /** 100 · (contracted − rest) / rest. */
  readonly changePercent: Readonly<Record<keyof AbdominalLayers, MeasuredRatio>>;
  /** Transversus' share of all three layers contracted, less its share at rest. */
  readonly preferentialActivation: MeasuredRatio;
}

/**
 * Activation ratios (contracted over rest) of TrA, IO and EO and the preferential activation of TrA.
 * One clip's scale cancels in a ratio; what it adds to each thickness is taken out with `sharedRelativeError`.
 * @throws MeasureRefused degenerate where a layer has no thickness
 */
export function abdominalActivation(
  rest: AbdominalLayers,
  contracted: AbdominalLayers,
  sharedRelativeError = 0,
): AbdominalActivation {
  const ratioOf = (layer: keyof AbdominalLayers) =>
    ratio(own(contracted[layer], sharedRelativeError), own(rest[layer], sharedRelativeError));
  const activationRatio = {
    transversus: ratioOf('transversus'),
    internalOblique: ratioOf('internalOblique'),
    externalOblique: ratioOf('externalOblique'),
  };
  const percent = ({ value, standardError }: MeasuredRatio) => ({
    value: 100 * (value - 1),
    standardError: 100 * standardError,
  });
  const atRest = transversusShare(rest, sharedRelativeError);
  const drawnIn = transversusShare(contracted, sharedRelativeError);
  return {
    activationRatio,
    changePercent: {
      transversus: percent(activationRatio.transversus),
      internalOblique: percent(activationRatio.internalOblique),
      externalOblique: percent(activationRatio.externalOblique),
    },
    preferentialActivation: {
      value: drawnIn.value - atRest.value,
      standardError: Math.hypot(drawnIn.standardError, atRest.standardError),
    },
  };
}

function own(measure: Measured<Mm>, shared: number): MeasuredRatio {
  const variance = measure.standardError ** 2 - (measure.value * shared) ** 2;
  return { value: measure.value, standardError: Math.sqrt(Math.max(0, variance)) };
}

function ratio(over: MeasuredRatio, under: MeasuredRatio): MeasuredRatio {
  if (!(under.value > 0))
    throw new MeasureRefused('degenerate', 'A layer without thickness at rest has no ratio.');
  const value = over.value / under.value;
  return {
    value,
    standardError: Math.hypot(over.standardError / under.value, (value * under.standardError) / under.value),
  };
}

function transversusShare(layers: AbdominalLayers, shared: number): MeasuredRatio {
  const transversus = own(layers.transversus, shared);
  const others = [own(layers.internalOblique, shared), own(layers.externalOblique, shared)];
  const rest = others.reduce((sum, one) => sum + one.value, 0);
  const all = transversus.value + rest;
  if (!(all > 0)) throw new MeasureRefused('degenerate', 'Layers without thickness have no shares.');
  const ofOthers = Math.hypot(...others.map((one) => one.standardError));
  return {
    value: transversus.value / all,
    standardError: Math.hypot(rest * transversus.standardError, transversus.value * ofOthers) / (all * all),
  };
}

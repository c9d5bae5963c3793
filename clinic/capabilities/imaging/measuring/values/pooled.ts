import { type Measured, meanOfMeasures, mm, retraction } from '@rectus/sonography';
import type { Quantity } from '../tools/tool.ts';
import type { InFrame, Reading, State } from './reading.ts';

/** A value of one state or one change, from one analysis or several. */
export interface Pooled {
  readonly value: number;
  readonly standardError: number;
  readonly from: readonly Reading[];
  /** Null where it is of more than one frame. */
  readonly frame: number | null;
}

/** The value of a state over all readings that have it; null where none has. */
export function pooledState(readings: readonly Reading[], at: number, state: State): Pooled | null {
  const found = readings.flatMap((one) => {
    const value = one.values[at]?.[state];
    return value ? [{ one, value }] : [];
  });
  const mean = meanOf(found.map(({ value }) => value));
  if (!mean) return null;
  return {
    ...mean,
    from: found.map(({ one }) => one),
    frame: found.length === 1 ? (found[0]?.value.frame ?? null) : null,
  };
}

/**
 * Contraction less rest. Within one clip the scale's error and the hand's are shared, and act on the difference alone; between two
 * clips each brings its own.
 */
export function pooledChange(readings: readonly Reading[], at: number, { power }: Quantity): Pooled | null {
  const within = readings.flatMap((one) => {
    const { rest, contraction } = one.values[at] ?? {};
    if (!rest || !contraction) return [];
    const shared = power * (one.result.scale?.relativeError ?? 0);
    return [{ one, change: changeOf(rest, contraction, shared) }];
  });
  const mean = meanOf(within.map(({ change }) => change));
  if (mean) return { ...mean, from: within.map(({ one }) => one), frame: null };
  const [rest, contraction] = [pooledState(readings, at, 'rest'), pooledState(readings, at, 'contraction')];
  if (!rest || !contraction) return null;
  const change = retraction(length(rest), length(contraction));
  return { ...plain(change), from: [...contraction.from, ...rest.from], frame: null };
}

function changeOf(rest: InFrame, contraction: InFrame, shared: number): Measured<number> {
  const of = ({ value, changeError }: InFrame) => length({ value, standardError: changeError });
  return plain(retraction(of(rest), of(contraction), shared));
}

function meanOf(values: readonly Measured<number>[]): Measured<number> | null {
  if (values.length === 0) return null;
  return plain(meanOfMeasures(values.map(length)));
}

/** The package writes what holds for every unit in millimetres. */
function length({ value, standardError }: { readonly value: number; readonly standardError: number }) {
  return { value: mm(value), standardError: mm(standardError) };
}

function plain({ value, standardError }: Measured<number>): Measured<number> {
  return { value, standardError };
}

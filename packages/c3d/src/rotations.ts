import type { Budget } from './budget.ts';
import { BLOCK } from './header.ts';
import { readLabels, readTextsFor } from './labels.ts';
import { firstCount, firstNumber, type ParameterGroup, placeOf } from './parameters.ts';
import { type Processor, readReal } from './processor.ts';
import type { Warn } from './warnings.ts';

/** Poses of segments, as markerless and inertial systems store them (the ROTATION group). */
export interface Rotations {
  readonly labels: readonly string[];
  readonly descriptions: readonly string[];
  readonly rateHz: number;
  readonly samples: number;
  /**
   * 4 × 4 matrices by columns from segment to lab: entry (row, column) of rotation `r` at sample `s` is
   * `matrices[((r * samples) + s) * 16 + row + 4 * column]`; NaN where it was not measured.
   */
  readonly matrices: Float64Array;
  /** One for each matrix; -1 where it was not measured. */
  readonly reliabilities: Float32Array;
}

/** Each rotation is stored as 16 reals and its reliability. */
export const REALS_PER_ROTATION = 17;

interface Source {
  readonly view: DataView;
  readonly processor: Processor;
  readonly groups: readonly ParameterGroup[];
  readonly rateHz: number;
  readonly frames: number;
  readonly budget: Budget;
  readonly warn: Warn;
}

/** The rotations of a file, or null if it has none or they are not all there. */
export function readRotations(source: Source): Rotations | null {
  const { view, processor, groups, budget, warn } = source;
  const count = firstCount(groups, 'ROTATION', 'USED') ?? 0;
  if (count === 0) return null;
  const ratio = Math.max(1, Math.round(firstNumber(groups, 'ROTATION', 'RATIO') ?? 1));
  const samples = source.frames * ratio;
  const block = firstCount(groups, 'ROTATION', 'DATA_START') ?? 0;
  const start = (block - 1) * BLOCK;
  const bytes = count * samples * REALS_PER_ROTATION * 4;
  if (start < BLOCK || start + bytes > view.byteLength) {
    const message = `${count} rotations over ${samples} samples at byte ${start} do not fit the file; they are left out.`;
    warn('rotations-incomplete', message, placeOf(groups, 'ROTATION', 'DATA_START'));
    return null;
  }
  budget.claim(count * samples * (16 * 8 + 4) + count * 160, `${count} rotations`, {
    byte: start,
    group: 'ROTATION',
  });
  const matrices = new Float64Array(count * samples * 16);
  const reliabilities = new Float32Array(count * samples);
  let byte = start;
  for (let sample = 0; sample < samples; sample += 1) {
    for (let rotation = 0; rotation < count; rotation += 1, byte += REALS_PER_ROTATION * 4) {
      const index = rotation * samples + sample;
      const reliability = readReal(view, byte + 64, processor);
      const measured = reliability >= 0;
      reliabilities[index] = measured ? reliability : -1;
      for (let entry = 0; entry < 16; entry += 1) {
        matrices[16 * index + entry] = measured ? readReal(view, byte + 4 * entry, processor) : Number.NaN;
      }
    }
  }
  return {
    labels: readLabels(groups, 'ROTATION', count, warn),
    descriptions: readTextsFor(groups, 'ROTATION', 'DESCRIPTIONS', count),
    rateHz: source.rateHz * ratio,
    samples,
    matrices,
    reliabilities,
  };
}

import type { Budget } from './budget.ts';
import type { Markers, ModelOutputs, PointSet } from './content.ts';
import type { StoredNumbers } from './frame-blocks.ts';
import { readLabels, readTextsFor } from './labels.ts';
import type { Layout } from './layout.ts';
import { firstText, type ParameterGroup, placeOf } from './parameters.ts';
import { sortPoints } from './point-kinds.ts';
import { mmPerUnit } from './units.ts';
import type { Warn } from './warnings.ts';

/** All points of a file, in the order in which the sets follow each other. */
interface PointArrays {
  readonly values: Float64Array;
  readonly residuals: Float32Array;
  readonly cameras: Uint8Array;
}

interface Faults {
  notFinite: number;
  /** For each point in the order of the sets, the frames in which it stands at 0, 0, 0 and counts as measured. */
  readonly atOrigin: Uint32Array;
}

const BYTES_PER_POINT_FRAME = 3 * 8 + 4 + 1;
const BYTES_PER_LABEL = 96;

/** Points on their way: `take` decodes some frames, `finish` gives them sorted into markers and model outputs. */
export interface PointReader {
  readonly take: (numbers: StoredNumbers, firstFrame: number, frames: number) => void;
  readonly finish: () => { readonly markers: Markers; readonly modelOutputs: readonly ModelOutputs[] };
}

/** Prepares reading the points, within the budget. */
export function pointReader(
  layout: Layout,
  groups: readonly ParameterGroup[],
  budget: Budget,
  warn: Warn,
): PointReader {
  const { points, frames } = layout;
  const cost = points * frames * BYTES_PER_POINT_FRAME + points * BYTES_PER_LABEL;
  budget.claim(cost, `${points} points over ${frames} frames`, { byte: layout.dataByte, group: 'POINT' });
  const labels = readLabels(groups, 'POINT', points, warn);
  const descriptions = readTextsFor(groups, 'POINT', 'DESCRIPTIONS', points);
  const sorted = sortPoints(groups, labels, warn);
  const order = [...sorted.markers, ...sorted.outputs.flatMap(({ fileIndices }) => fileIndices)];
  const decoding = prepareDecoding(layout, order);
  const unit = readUnit(groups, points, warn);
  const setOf = (fileIndices: readonly number[], firstSlot: number): PointSet => {
    const [from, to] = [firstSlot * frames, (firstSlot + fileIndices.length) * frames];
    return {
      labels: fileIndices.map((index) => labels[index] ?? ''),
      descriptions: fileIndices.map((index) => descriptions[index] ?? ''),
      fileIndices,
      frames,
      values: decoding.arrays.values.subarray(3 * from, 3 * to),
      residuals: decoding.arrays.residuals.subarray(from, to),
      cameras: decoding.arrays.cameras.subarray(from, to),
    };
  };
  return {
    take: (numbers, first, count) => decodePoints(decoding, numbers, first, count),
    finish: () => {
      warnOfFaults(decoding.faults, sorted.markers, labels, layout, warn);
      let firstSlot = sorted.markers.length;
      const modelOutputs = sorted.outputs.map(({ kind, group, unit, fileIndices }) => {
        const set = setOf(fileIndices, firstSlot);
        firstSlot += fileIndices.length;
        return { kind, group, unit, ...set };
      });
      return { markers: { ...setOf(sorted.markers, 0), ...unit }, modelOutputs };
    },
  };
}

function readUnit(groups: readonly ParameterGroup[], points: number, warn: Warn) {
  const unit = firstText(groups, 'POINT', 'UNITS') ?? '';
  const factor = mmPerUnit(unit);
  if (factor === null && points > 0) {
    const message =
      unit === ''
        ? 'No unit of length is given.'
        : `The unit of length ${JSON.stringify(unit)} is not known.`;
    warn('unit-unknown', message, placeOf(groups, 'POINT', 'UNITS'));
  }
  return { unit, mmPerUnit: factor };
}

/** What decoding the points of a file needs and fills. */
interface Decoding {
  readonly layout: Layout;
  /** For each point of the file, its place in the order of the sets. */
  readonly slots: Uint32Array;
  readonly arrays: PointArrays;
  readonly faults: Faults;
}

function prepareDecoding(layout: Layout, order: readonly number[]): Decoding {
  const count = order.length * layout.frames;
  const slots = new Uint32Array(order.length);
  order.forEach((fileIndex, slot) => {
    slots[fileIndex] = slot;
  });
  const arrays = {
    values: new Float64Array(3 * count),
    residuals: new Float32Array(count),
    cameras: new Uint8Array(count),
  };
  return { layout, slots, arrays, faults: { notFinite: 0, atOrigin: new Uint32Array(order.length) } };
}

/**
 * Decodes the coordinates of some frames (C3D user guide, "The 3D Point Data Section"). The fourth word of a point holds
 * the residual in its lower byte, the cameras in the upper one, and is negative where the point was not measured.
 */
function decodePoints(decoding: Decoding, numbers: StoredNumbers, first: number, count: number): void {
  const { layout, slots, arrays, faults } = decoding;
  const { values, residuals, cameras } = arrays;
  const { frames, scale, storage } = layout;
  const stride = layout.bytesPerFrame / numbers.BYTES_PER_ELEMENT;
  const factor = storage === 'real' ? 1 : scale;
  for (let point = 0; point < slots.length; point += 1) {
    const slot = slots[point] as number;
    let at = 4 * point;
    for (let index = slot * frames + first; index < slot * frames + first + count; index += 1, at += stride) {
      const x = (numbers[at] as number) * factor;
      const y = (numbers[at + 1] as number) * factor;
      const z = (numbers[at + 2] as number) * factor;
      const word = numbers[at + 3] as number;
      const sum = x + y + z + word;
      const finite = sum - sum === 0;
      if (word >= 0 && finite) {
        values[3 * index] = x;
        values[3 * index + 1] = y;
        values[3 * index + 2] = z;
        residuals[index] = (word & 0xff) * scale;
        cameras[index] = (word >> 8) & 0x7f;
        if (x === 0 && y === 0 && z === 0) faults.atOrigin[slot] = (faults.atOrigin[slot] as number) + 1;
      } else {
        if (!(finite || word < 0)) faults.notFinite += 1;
        values[3 * index] = Number.NaN;
        values[3 * index + 1] = Number.NaN;
        values[3 * index + 2] = Number.NaN;
        residuals[index] = -1;
      }
    }
  }
}

function warnOfFaults(
  faults: Faults,
  markers: readonly number[],
  labels: readonly string[],
  { dataByte }: Layout,
  warn: Warn,
): void {
  if (faults.notFinite > 0) {
    const message = `${faults.notFinite} coordinates are no numbers; these points count as not measured.`;
    warn('not-finite', message, { byte: dataByte });
  }
  const names = markers
    .filter((_, slot) => (faults.atOrigin[slot] as number) > 0)
    .map((index) => labels[index]);
  if (names.length === 0) return;
  const message = `${names.length} markers stand at 0, 0, 0 in some frames without being flagged, ${names[0]} among them.`;
  warn('points-at-origin', message, { byte: dataByte });
}

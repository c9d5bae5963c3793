import type { Budget } from './budget.ts';
import type { Markers, ModelOutputs, PointSet } from './content.ts';
import { readLabels, readTextsFor } from './labels.ts';
import type { Layout } from './layout.ts';
import { firstText, type ParameterGroup, placeOf } from './parameters.ts';
import { sortPoints } from './point-kinds.ts';
import { readInt16, readReal } from './processor.ts';
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

/** Reads the points, sorted into markers and model outputs. */
export function readPoints(
  view: DataView,
  layout: Layout,
  groups: readonly ParameterGroup[],
  budget: Budget,
  warn: Warn,
): { markers: Markers; modelOutputs: readonly ModelOutputs[] } {
  const { points, frames } = layout;
  const cost = points * frames * BYTES_PER_POINT_FRAME + points * BYTES_PER_LABEL;
  budget.claim(cost, `${points} points over ${frames} frames`, { byte: layout.dataByte, group: 'POINT' });
  const labels = readLabels(groups, 'POINT', points, warn);
  const descriptions = readTextsFor(groups, 'POINT', 'DESCRIPTIONS', points);
  const sorted = sortPoints(groups, labels, warn);
  const order = [...sorted.markers, ...sorted.outputs.flatMap(({ fileIndices }) => fileIndices)];
  const { arrays, faults } = decodePoints(view, layout, order);
  warnOfFaults(faults, sorted.markers, labels, layout, warn);
  let taken = 0;
  const setOf = (fileIndices: readonly number[]): PointSet => {
    const [from, to] = [taken * frames, (taken + fileIndices.length) * frames];
    taken += fileIndices.length;
    return {
      labels: fileIndices.map((index) => labels[index] ?? ''),
      descriptions: fileIndices.map((index) => descriptions[index] ?? ''),
      fileIndices,
      frames,
      values: arrays.values.subarray(3 * from, 3 * to),
      residuals: arrays.residuals.subarray(from, to),
      cameras: arrays.cameras.subarray(from, to),
    };
  };
  const unit = readUnit(groups, points, warn);
  const markers = { ...setOf(sorted.markers), ...unit };
  const modelOutputs = sorted.outputs.map(({ kind, group, unit, fileIndices }) => ({
    kind,
    group,
    unit,
    ...setOf(fileIndices),
  }));
  return { markers, modelOutputs };
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

/**
 * Reads the coordinates (C3D user guide, "The 3D Point Data Section"). The fourth word of a point holds the residual in
 * its lower byte, the cameras in the upper one, and is negative where the point was not measured.
 */
function decodePoints(
  view: DataView,
  layout: Layout,
  order: readonly number[],
): { arrays: PointArrays; faults: Faults } {
  const count = order.length * layout.frames;
  const arrays = {
    values: new Float64Array(3 * count),
    residuals: new Float32Array(count),
    cameras: new Uint8Array(count),
  };
  const faults = { notFinite: 0, atOrigin: new Uint32Array(order.length) };
  const slots = new Uint32Array(order.length);
  order.forEach((fileIndex, slot) => {
    slots[fileIndex] = slot;
  });
  if (order.length === 0) return { arrays, faults };
  if (layout.storage === 'real') decodeReals(view, layout, slots, arrays, faults);
  else decodeIntegers(view, layout, slots, arrays, faults);
  return { arrays, faults };
}

function decodeReals(
  view: DataView,
  layout: Layout,
  slots: Uint32Array,
  arrays: PointArrays,
  faults: Faults,
): void {
  const { frames, processor, dataByte, bytesPerFrame } = layout;
  for (let frame = 0; frame < frames; frame += 1) {
    let byte = dataByte + frame * bytesPerFrame;
    for (let point = 0; point < slots.length; point += 1, byte += 16) {
      const slot = slots[point] as number;
      const x = readReal(view, byte, processor);
      const y = readReal(view, byte + 4, processor);
      const z = readReal(view, byte + 8, processor);
      const word = readReal(view, byte + 12, processor);
      store(arrays, faults, layout, slot, frame, x, y, z, word);
    }
  }
}

function decodeIntegers(
  view: DataView,
  layout: Layout,
  slots: Uint32Array,
  arrays: PointArrays,
  faults: Faults,
): void {
  const { frames, processor, dataByte, bytesPerFrame, scale } = layout;
  for (let frame = 0; frame < frames; frame += 1) {
    let byte = dataByte + frame * bytesPerFrame;
    for (let point = 0; point < slots.length; point += 1, byte += 8) {
      const slot = slots[point] as number;
      const x = scale * readInt16(view, byte, processor);
      const y = scale * readInt16(view, byte + 2, processor);
      const z = scale * readInt16(view, byte + 4, processor);
      const word = readInt16(view, byte + 6, processor);
      store(arrays, faults, layout, slot, frame, x, y, z, word);
    }
  }
}

function store(
  { values, residuals, cameras }: PointArrays,
  faults: Faults,
  { frames, scale }: Layout,
  slot: number,
  frame: number,
  x: number,
  y: number,
  z: number,
  word: number,
): void {
  const index = slot * frames + frame;
  const finite = Number.isFinite(x + y + z + word);
  if (word >= 0 && finite) {
    values[3 * index] = x;
    values[3 * index + 1] = y;
    values[3 * index + 2] = z;
    residuals[index] = (word & 0xff) * scale;
    cameras[index] = (word >> 8) & 0x7f;
    if (x === 0 && y === 0 && z === 0) faults.atOrigin[slot] = (faults.atOrigin[slot] as number) + 1;
    return;
  }
  if (!finite && !(word < 0)) faults.notFinite += 1;
  values.fill(Number.NaN, 3 * index, 3 * index + 3);
  residuals[index] = -1;
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

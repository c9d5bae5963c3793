import type { C3dContent, PointSet } from './content.ts';
import { C3dError } from './errors.ts';
import type { Storage } from './layout.ts';
import { type Processor, writeInt16, writeReal } from './processor.ts';
import { REALS_PER_ROTATION, type Rotations } from './rotations.ts';
import type { StoredScaling } from './stored-scaling.ts';

/** One point of a file that is being written: its set, and its place there. */
export interface PlacedPoint {
  readonly set: PointSet;
  readonly index: number;
}

interface Target {
  readonly view: DataView;
  readonly processor: Processor;
  readonly storage: Storage;
  readonly scaling: StoredScaling;
}

const NOT_MEASURED = -1;

/** Writes points and samples, frame by frame, from a byte on. */
export function writeFrames(
  target: Target,
  start: number,
  content: C3dContent,
  points: readonly PlacedPoint[],
): void {
  const { analog, frames } = content;
  const size = target.storage === 'real' ? 4 : 2;
  const bytesPerFrame = size * (4 * points.length + analog.labels.length * analog.samplesPerFrame);
  const write = numberWriter(target);
  for (let frame = 0; frame < frames; frame += 1) {
    let byte = start + frame * bytesPerFrame;
    for (const point of points) {
      writePoint(write, byte, size, point, frame, target);
      byte += 4 * size;
    }
    writeSamples(write, byte, size, content, frame, target.scaling);
  }
}

type NumberWriter = (byte: number, value: number, group: string) => void;

function numberWriter({ view, processor, storage }: Target): NumberWriter {
  const refuse = (value: number, group: string): never => {
    const expected = storage === 'real' ? 'numbers that the form can hold' : 'numbers that 16 bits can hold';
    throw new C3dError({ code: 'not-writable', expected, found: value, group });
  };
  if (storage === 'integer') {
    return (byte, value, group) => {
      if (!(value >= -32768 && value <= 65535)) refuse(value, group);
      writeInt16(view, byte, Math.round(value), processor);
    };
  }
  return (byte, value, group) => {
    if (!Number.isFinite(value) || !writeReal(view, byte, value, processor)) refuse(value, group);
  };
}

function writePoint(
  write: NumberWriter,
  byte: number,
  size: number,
  { set, index }: PlacedPoint,
  frame: number,
  { storage, scaling: { pointScale } }: Target,
): void {
  const at = index * set.frames + frame;
  const residual = set.residuals[at] ?? NOT_MEASURED;
  const measured =
    residual >= 0 &&
    !Number.isNaN(
      (set.values[3 * at] as number) +
        (set.values[3 * at + 1] as number) +
        (set.values[3 * at + 2] as number),
    );
  const factor = storage === 'real' ? 1 : pointScale;
  for (let axis = 0; axis < 3; axis += 1) {
    write(byte + axis * size, measured ? (set.values[3 * at + axis] as number) / factor : 0, 'POINT');
  }
  const steps = Math.min(255, Math.round(residual / pointScale));
  const cameras = (set.cameras[at] as number) & 0x7f;
  write(byte + 3 * size, measured ? (cameras << 8) | steps : NOT_MEASURED, 'POINT');
}

function writeSamples(
  write: NumberWriter,
  start: number,
  size: number,
  { analog }: C3dContent,
  frame: number,
  { analogScales, analogOffsets }: StoredScaling,
): void {
  const general = Math.fround(analog.generalScale);
  let byte = start;
  for (let sample = 0; sample < analog.samplesPerFrame; sample += 1) {
    const at = frame * analog.samplesPerFrame + sample;
    for (let channel = 0; channel < analog.labels.length; channel += 1, byte += size) {
      const value = analog.values[channel * analog.samples + at] as number;
      const factor = Math.fround(analogScales[channel] as number) * general;
      const offset = analogOffsets[channel] as number;
      write(byte, factor === 0 && value === 0 ? offset : value / factor + offset, 'ANALOG');
    }
  }
}

/** Writes the rotations from a byte on; they are reals in every form. */
export function writeRotations({ view, processor }: Target, start: number, rotations: Rotations): void {
  const write = numberWriter({
    view,
    processor,
    storage: 'real',
    scaling: { pointScale: 1, analogScales: [], analogOffsets: [] },
  });
  const count = rotations.labels.length;
  for (let sample = 0; sample < rotations.samples; sample += 1) {
    for (let rotation = 0; rotation < count; rotation += 1) {
      const index = rotation * rotations.samples + sample;
      const byte = start + (sample * count + rotation) * REALS_PER_ROTATION * 4;
      const reliability = rotations.reliabilities[index] as number;
      for (let entry = 0; entry < 16; entry += 1) {
        write(
          byte + 4 * entry,
          reliability >= 0 ? (rotations.matrices[16 * index + entry] as number) : 0,
          'ROTATION',
        );
      }
      write(byte + 64, reliability >= 0 ? reliability : NOT_MEASURED, 'ROTATION');
    }
  }
}

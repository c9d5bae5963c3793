import type { C3dContent, PointSet } from './content.ts';
import { C3dError } from './errors.ts';
import { BLOCK, EVENT_BYTES, HEADER_EVENTS_LIMIT } from './header.ts';
import type { Storage } from './layout.ts';
import { type Processor, writeInt16, writeReal } from './processor.ts';
import { REALS_PER_ROTATION } from './rotations.ts';
import { type StoredScaling, storedScaling } from './stored-scaling.ts';
import { encodeText } from './text.ts';
import { type PlacedPoint, writeFrames, writeRotations } from './write-data.ts';
import { groupsFor } from './write-groups.ts';
import { encodeParameters } from './write-parameters.ts';

/** The form in which a file is written. */
export interface WriteOptions {
  /** Default: 'pc', which every program of today reads. */
  readonly processor?: Processor;
  /** Default: 'real'. Integers are smaller and round to the scale. */
  readonly storage?: Storage;
}

const LONGEST_COUNT = 65535;
const FOUR_LETTERS = 12345;

/**
 * Writes content as a C3D file. Groups that describe points, analog, events, plates and rotations are written anew; the
 * others are kept. Integer form rounds coordinates to the scale, which is widened where values would not fit.
 * @throws C3dError `not-writable` where the content contradicts itself or the form cannot hold it
 */
export function writeC3d(content: C3dContent, options: WriteOptions = {}): Uint8Array {
  const { processor = 'pc', storage = 'real' } = options;
  checkContent(content);
  const points = pointsInOrder(content);
  const scaling = storedScaling(content, storage);
  const labels = points.map(({ set, index }) => set.labels[index] ?? '');
  const descriptions = points.map(({ set, index }) => set.descriptions[index] ?? '');
  const encode = (data: number, rotations: number) =>
    encodeParameters(
      groupsFor(content, labels, descriptions, storage, scaling, { data, rotations }),
      processor,
    );
  // The numbers of the blocks do not change the length, so that a first pass measures.
  const parameterBlocks = encode(0, 0).length / BLOCK;
  const frameBytes =
    (storage === 'real' ? 4 : 2) *
    (4 * points.length + content.analog.labels.length * content.analog.samplesPerFrame);
  const dataBlock = 2 + parameterBlocks;
  const rotationBlock = dataBlock + Math.ceil((frameBytes * content.frames) / BLOCK);
  if (content.rotations !== null && rotationBlock > LONGEST_COUNT)
    refuse('rotations in the first 32 MiB', rotationBlock, 'ROTATION');
  const rotationBytes =
    content.rotations === null ? 0 : 4 * REALS_PER_ROTATION * content.rotations.reliabilities.length;
  const bytes = new Uint8Array((rotationBlock - 1 + Math.ceil(rotationBytes / BLOCK)) * BLOCK);
  const view = new DataView(bytes.buffer);
  writeHeader(bytes, view, content, { processor, storage, scaling, points: points.length, dataBlock });
  bytes.set(encode(dataBlock, rotationBlock), BLOCK);
  const target = { view, processor, storage, scaling };
  writeFrames(target, (dataBlock - 1) * BLOCK, content, points);
  if (content.rotations !== null) writeRotations(target, (rotationBlock - 1) * BLOCK, content.rotations);
  return bytes;
}

function refuse(expected: string, found: unknown, group: string): never {
  throw new C3dError({ code: 'not-writable', expected, found, group });
}

function checkContent({
  frames,
  firstFrame,
  rateHz,
  markers,
  modelOutputs,
  analog,
  rotations,
  events,
}: C3dContent): void {
  const whole = (value: number) => Number.isInteger(value) && value > 0;
  if (!whole(frames)) refuse('at least one frame', frames, 'POINT');
  if (!whole(firstFrame)) refuse('a first frame from 1 upwards', firstFrame, 'TRIAL');
  if (!(rateHz > 0 && Number.isFinite(rateHz))) refuse('a frame rate above 0', rateHz, 'POINT');
  for (const set of [markers, ...modelOutputs]) checkSet(set, frames);
  const { labels, samplesPerFrame, values } = analog;
  if (labels.length > LONGEST_COUNT) refuse(`at most ${LONGEST_COUNT} channels`, labels.length, 'ANALOG');
  if (labels.length > 0 && !(whole(samplesPerFrame) && samplesPerFrame <= LONGEST_COUNT)) {
    refuse('whole samples in a frame', samplesPerFrame, 'ANALOG');
  }
  const samples = labels.length * samplesPerFrame * frames;
  if (values.length !== samples) refuse(`${samples} samples`, values.length, 'ANALOG');
  for (const [name, list] of [
    ['scales', analog.scales],
    ['offsets', analog.offsets],
  ] as const) {
    if (list.length !== labels.length) refuse(`${labels.length} ${name}`, list.length, 'ANALOG');
  }
  if (rotations !== null) {
    const ratio = rotations.samples / frames;
    if (!whole(ratio)) refuse('whole rotations in a frame', ratio, 'ROTATION');
    const count = rotations.labels.length * rotations.samples;
    if (rotations.reliabilities.length !== count || rotations.matrices.length !== 16 * count) {
      refuse(`${count} matrices`, rotations.matrices.length / 16, 'ROTATION');
    }
  }
  const headerEvents = events.filter(({ source }) => source === 'header').length;
  if (headerEvents > HEADER_EVENTS_LIMIT)
    refuse(`at most ${HEADER_EVENTS_LIMIT} events in the header`, headerEvents, 'EVENT');
}

function checkSet({ labels, frames, values, residuals, cameras }: PointSet, wanted: number): void {
  if (frames !== wanted) refuse(`${wanted} frames`, frames, 'POINT');
  const count = labels.length * frames;
  if (values.length !== 3 * count) refuse(`${3 * count} coordinates`, values.length, 'POINT');
  if (residuals.length !== count || cameras.length !== count)
    refuse(`${count} residuals and cameras`, residuals.length, 'POINT');
}

/** All points in the order of the file they came from; markers first where they came from none. */
function pointsInOrder({ markers, modelOutputs }: C3dContent): PlacedPoint[] {
  const placed = [markers, ...modelOutputs].flatMap((set) => set.labels.map((_, index) => ({ set, index })));
  if (placed.length > LONGEST_COUNT) refuse(`at most ${LONGEST_COUNT} points`, placed.length, 'POINT');
  const places = placed.map(({ set, index }) => set.fileIndices[index] ?? -1);
  const isOrder =
    new Set(places).size === placed.length && places.every((place) => place >= 0 && place < placed.length);
  if (!isOrder) return placed;
  const ordered = [...placed];
  placed.forEach((point, index) => {
    ordered[places[index] as number] = point;
  });
  return ordered;
}

interface HeaderForm {
  readonly processor: Processor;
  readonly storage: Storage;
  readonly scaling: StoredScaling;
  readonly points: number;
  readonly dataBlock: number;
}

function writeHeader(bytes: Uint8Array, view: DataView, content: C3dContent, form: HeaderForm): void {
  const { processor, storage, scaling } = form;
  const { analog, firstFrame, frames } = content;
  const word = (number: number, value: number) => writeInt16(view, 2 * (number - 1), value, processor);
  bytes.set([2, 0x50]);
  word(2, form.points);
  word(3, analog.labels.length * analog.samplesPerFrame);
  word(4, Math.min(firstFrame, LONGEST_COUNT));
  word(5, Math.min(firstFrame + frames - 1, LONGEST_COUNT));
  writeReal(view, 12, storage === 'real' ? -scaling.pointScale : scaling.pointScale, processor);
  word(9, form.dataBlock);
  word(10, analog.samplesPerFrame);
  writeReal(view, 20, content.rateHz, processor);
  writeInt16(view, EVENT_BYTES.key, FOUR_LETTERS, processor);
  const events = content.events.filter(({ source }) => source === 'header');
  writeInt16(view, EVENT_BYTES.count, events.length, processor);
  bytes.fill(0x20, EVENT_BYTES.labels, EVENT_BYTES.labels + 4 * events.length);
  events.forEach(({ label, timeS, displayed }, index) => {
    writeReal(view, EVENT_BYTES.times + 4 * index, timeS, processor);
    bytes[EVENT_BYTES.flags + index] = displayed ? 1 : 0;
    bytes.set(encodeText(label).subarray(0, 4), EVENT_BYTES.labels + 4 * index);
  });
}

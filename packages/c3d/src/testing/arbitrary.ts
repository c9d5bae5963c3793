import fc from 'fast-check';
import type { C3dContent, PointSet } from '../content.ts';
import type { C3dEvent } from '../events.ts';
import type { ForcePlate } from '../force-plates.ts';
import type { Storage } from '../layout.ts';
import { newContent } from '../new-content.ts';
import type { Processor } from '../processor.ts';
import type { Rotations } from '../rotations.ts';

/** Every form in which a file can be written. */
export const forms: readonly { readonly processor: Processor; readonly storage: Storage }[] = (
  ['pc', 'dec', 'sgi'] as const
).flatMap((processor) => (['real', 'integer'] as const).map((storage) => ({ processor, storage })));

export const form = fc.constantFrom(...forms);

const single = (largest: number) =>
  fc
    .float({ min: Math.fround(-largest), max: Math.fround(largest), noNaN: true })
    // A VAX has no negative zero and no subnormal numbers.
    .map((value) => (Math.abs(value) < 2 ** -126 ? 0 : value));
const label = fc.stringMatching(/^[A-Za-zÀ-ž][A-Za-z0-9_ .À-ž]{0,14}[A-Za-z0-9]$/);
const time = fc.integer({ min: 0, max: 600_000 }).map((milliseconds) => milliseconds / 1000);

function lengthOf(count: number) {
  return { minLength: count, maxLength: count };
}

/** Curves with gaps, whose residuals are whole steps and whose cameras fit seven bits. */
function points(labels: readonly string[], frames: number, largest: number): fc.Arbitrary<Float64Array> {
  const coordinates = fc.tuple(single(largest), single(largest), single(largest));
  const point = fc.option(coordinates, {
    nil: [Number.NaN, Number.NaN, Number.NaN] as [number, number, number],
    freq: 6,
  });
  return fc.array(point, lengthOf(labels.length * frames)).map((all) => Float64Array.from(all.flat()));
}

function residualsOf(set: PointSet, steps: readonly number[], scale: number): PointSet {
  const measured = (at: number) => !Number.isNaN(set.values[3 * at]);
  return {
    ...set,
    residuals: set.residuals.map((_, at) =>
      measured(at) ? (steps[at % steps.length] as number) * scale : -1,
    ),
    cameras: set.cameras.map((_, at) => (measured(at) ? at % 128 : 0)),
  };
}

const groupEvent: fc.Arbitrary<C3dEvent> = fc.record({
  source: fc.constant('event-group' as const),
  label,
  context: fc.constantFrom('Left', 'Right', 'General'),
  subject: fc.constantFrom('', 'Ana'),
  description: fc.constantFrom('', 'the heel meets the floor'),
  timeS: time,
  displayed: fc.constant(true),
  iconId: fc.nat(10),
  genericFlag: fc.nat(1),
});
const headerEvent: fc.Arbitrary<C3dEvent> = fc.record({
  source: fc.constant('header' as const),
  label: fc.stringMatching(/^[A-Z]{1,4}$/),
  context: fc.constant(''),
  subject: fc.constant(''),
  description: fc.constant(''),
  timeS: time,
  displayed: fc.boolean(),
  iconId: fc.constant(0),
  genericFlag: fc.constant(0),
});

function plates(channels: number): fc.Arbitrary<ForcePlate[]> {
  const channel = fc.nat(Math.max(0, channels - 1));
  const numbers = (count: number) => fc.array(single(1000), lengthOf(count));
  const plate = fc.constantFrom(1, 2, 3, 4).chain((type) =>
    fc.record({
      type: fc.constant(type as ForcePlate['type']),
      channels: fc.array(channel, lengthOf(type === 3 ? 8 : 6)),
      corners: numbers(12),
      origin: fc.tuple(single(100), single(100), fc.constantFrom(0, -40)),
      calibration: type === 4 ? numbers(36) : fc.constant(null),
    }),
  );
  const unloaded = fc.constantFrom<ForcePlate['unloadedFrames']>(null, [1, 10]);
  return channels === 0
    ? fc.constant([])
    : fc
        .tuple(fc.array(plate, { maxLength: 3 }), unloaded)
        .map(([list, unloadedFrames]) => list.map((one, index) => ({ ...one, index, unloadedFrames })));
}

function rotations(frames: number, rateHz: number): fc.Arbitrary<Rotations | null> {
  return fc.tuple(fc.integer({ min: 1, max: 2 }), fc.integer({ min: 1, max: 2 })).chain(([count, ratio]) => {
    const samples = frames * ratio;
    const entry = fc.option(fc.array(single(2), lengthOf(16)), {
      nil: new Array<number>(16).fill(Number.NaN),
      freq: 5,
    });
    const made = fc.array(entry, lengthOf(count * samples)).map((matrices) => ({
      labels: Array.from({ length: count }, (_, index) => `segment_${index}_4X4`),
      descriptions: new Array<string>(count).fill(''),
      rateHz: rateHz * ratio,
      samples,
      matrices: Float64Array.from(matrices.flat()),
      reliabilities: Float32Array.from(matrices, ([first]) => (Number.isNaN(first) ? -1 : 0.5)),
    }));
    return fc.option(made, { nil: null });
  });
}

const shape = fc.record({
  frames: fc.integer({ min: 1, max: 5 }),
  firstFrame: fc.constantFrom(1, 148, 70_000),
  rateHz: fc.constantFrom(50, 100, 107.5, 240),
  markers: fc.uniqueArray(label, { maxLength: 6 }),
  outputs: fc.constantFrom<readonly string[]>([], ['LHipAngles'], ['LHipAngles', 'Ana:RKneeAngles']),
  channels: fc.integer({ min: 0, max: 8 }),
  samplesPerFrame: fc.integer({ min: 1, max: 4 }),
  unsigned: fc.boolean(),
  steps: fc.array(fc.nat(255), { minLength: 1, maxLength: 5 }),
});

/** Content with everything that a file can hold: gaps, outputs, both kinds of events, plates and rotations. */
export const content: fc.Arbitrary<C3dContent> = shape
  .filter(({ markers, outputs, channels }) => markers.length + outputs.length + channels > 0)
  .chain((given) => {
    const { frames, rateHz, firstFrame, samplesPerFrame } = given;
    const markers = given.markers.filter((one) => !/(Angles?|Moments?|Powers?|Forces?|GRF)V?$/.test(one));
    const channels =
      markers.length + given.outputs.length === 0 ? Math.max(1, given.channels) : given.channels;
    return fc
      .record({
        positions: points(markers, frames, 4000),
        angles: points(given.outputs, frames, 180),
        samples: fc.array(single(1e4), lengthOf(channels * samplesPerFrame * frames)),
        events: fc.array(groupEvent, { maxLength: 4 }),
        headerEvents: fc.array(headerEvent, { maxLength: 18 }),
        forcePlates: plates(channels),
        poses: rotations(frames, rateHz),
      })
      .map(({ positions, angles, samples, events, headerEvents, forcePlates, poses }) => {
        const names = Array.from({ length: channels }, (_, index) => `channel ${index + 1}`);
        const made = newContent({
          rateHz,
          frames,
          firstFrame,
          markers: { labels: markers, values: positions },
          modelOutputs:
            given.outputs.length === 0
              ? []
              : [{ kind: 'angle', group: 'ANGLES', unit: 'deg', labels: given.outputs, values: angles }],
          analog: {
            labels: names,
            units: names.map(() => 'V'),
            samplesPerFrame,
            values: Float64Array.from(samples),
          },
          events: [...events, ...headerEvents],
          forcePlates,
          rotations: poses,
        });
        const scale = Math.fround(0.25);
        return {
          ...made,
          scale,
          markers: { ...made.markers, ...residualsOf(made.markers, given.steps, scale) },
          modelOutputs: made.modelOutputs.map((set) => ({ ...set, ...residualsOf(set, given.steps, scale) })),
          analog: {
            ...made.analog,
            unsigned: given.unsigned,
            offsets: names.map(() => (given.unsigned ? 32768 : 0)),
          },
        };
      });
  });

import { describe, expect, it } from 'vitest';
import { type C3dFile, channelAt, trajectoryOf } from './content.ts';
import { plateLoads } from './plate-loads.ts';
import { readC3d } from './read.ts';
import { forms } from './testing/arbitrary.ts';
import { type Expected, expectedOfFiles, gaitFile, gaitFolder } from './testing/shared-data.ts';
import { writeC3d } from './write.ts';

const PROCESSORS = { PC: 'pc', DEC: 'dec', SGI: 'sgi' } as const;

/** Expected numbers are rounded; a sum over a whole file carries the rounding of that many reals. */
const COORDINATE_MM = 6e-5;
const SUM_FRACTION = 1e-8;
const ROUNDED = 5.1e-7;

const setsOf = ({ markers, modelOutputs }: C3dFile) => [markers, ...modelOutputs];

function inFileOrder(file: C3dFile) {
  const points: { label: string; values: Float64Array }[] = [];
  for (const set of setsOf(file)) {
    set.fileIndices.forEach((place, index) => {
      const [from, to] = [3 * index * file.frames, 3 * (index + 1) * file.frames];
      points[place] = { label: set.labels[index] ?? '', values: set.values.subarray(from, to) };
    });
  }
  return points;
}

function mean(values: Float64Array): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

function expectNear(found: number | undefined, expected: number, tolerance: number): void {
  expect(Math.abs((found ?? Number.NaN) - expected)).toBeLessThanOrEqual(tolerance);
}

function expectForm(file: C3dFile, expected: Expected): void {
  expect(file.processor).toBe(PROCESSORS[expected.processor]);
  expect(file.storage).toBe(expected.storage === 'int' ? 'integer' : 'real');
  expect([file.frames, file.firstFrame]).toEqual([expected.framesHeader, expected.firstFrame]);
  expectNear(file.rateHz, expected.rate, 1e-6 * expected.rate);
  expectNear(file.scale, Math.abs(expected.scale), 1e-6);
  expect(file.analog.labels.length).toBe(expected.analogChannels);
  expect(file.analog.samplesPerFrame).toBe(expected.analogPerFrame);
  expect(file.forcePlates.map(({ type }) => type)).toEqual(expected.plateTypes ?? []);
}

function expectPoints(file: C3dFile, expected: Expected): void {
  const points = inFileOrder(file);
  expect(points.length).toBe(expected.points);
  expect(points.slice(0, expected.labels.length).map(({ label }) => label)).toEqual(expected.labels);
  const middle = 3 * Math.floor(file.frames / 2);
  expected.point0_mid.forEach((value, axis) => {
    const found = points[0]?.values[middle + axis];
    if (value === null) expect(found).toBeNaN();
    else expectNear(found, value, COORDINATE_MM);
  });
  const values = setsOf(file).flatMap((set) => [...set.values]);
  const measured = values.filter((value) => !Number.isNaN(value));
  expectNear(1 - measured.length / values.length, expected.invalidFraction, ROUNDED);
  const sum = measured.reduce((total, value) => total + Math.abs(value), 0);
  expectNear(sum, expected.sumAbsValid, 0.06 + SUM_FRACTION * expected.sumAbsValid);
}

function expectChannels({ analog }: C3dFile, expected: Expected): void {
  // The expected values of unsigned files took the offset 32768 for -32768, which the standard forbids: they lie off
  // by 65536 steps, and a plate that nobody stands on would carry 740 N. Ours are compared with that taken away.
  const misread = (channel: number) =>
    analog.unsigned ? 65536 * (analog.scales[channel] as number) * analog.generalScale : 0;
  if (expected.analog0_first !== undefined) {
    const first = expected.analog0_first - misread(0);
    expectNear(analog.values[0], first, ROUNDED + 2e-7 * Math.abs(expected.analog0_first));
  }
  expected.analogChannelMeans?.forEach((value, channel) => {
    expectNear(mean(channelAt(analog, channel)), value - misread(channel), 6e-5 + 1e-7 * Math.abs(value));
  });
}

function expectEvents({ events }: C3dFile, expected: Expected): void {
  const rounded = (timeS: number) => Math.round(timeS * 1000) / 1000;
  const ofGroup = events.filter(({ source }) => source === 'event-group');
  expect(ofGroup.map(({ context, label, timeS }) => [context, label, rounded(timeS)])).toEqual(
    expected.events,
  );
  const ofHeader = events.filter(({ source }) => source === 'header');
  const found = ofHeader.map(({ label, timeS, displayed }) => [label, rounded(timeS), displayed ? 1 : 0]);
  expect(found).toEqual(expected.headerEvents);
}

describe.skipIf(gaitFolder === null)('real recordings', () => {
  const files = expectedOfFiles();

  it.each(files)('%s reads as an independent reader found it', (name, expected) => {
    const file = readC3d(gaitFile(name));
    expectForm(file, expected);
    expectPoints(file, expected);
    expectChannels(file, expected);
    expectEvents(file, expected);
  });

  it.each(files)('%s comes back from every form in which it is written', (name) => {
    const before = readC3d(gaitFile(name));
    const points = inFileOrder(before);
    for (const form of forms) {
      const after = readC3d(writeC3d(before, form));
      const step = form.storage === 'real' ? 0 : after.scale / 2;
      inFileOrder(after).forEach(({ label, values }, index) => {
        expect(label).toBe(points[index]?.label);
        expect(worst(points[index]?.values ?? values, values, step)).toBeLessThanOrEqual(1);
      });
      expect(after.events.length).toBe(before.events.length);
      expect(after.forcePlates).toEqual(before.forcePlates);
    }
  });

  it('gives the same points from all six encodings of one recording', () => {
    const [first, ...others] = ['pi', 'pr', 'si', 'sr', 'vi', 'vr'].map((form) =>
      readC3d(gaitFile(`formats/Eb015${form}.c3d`)),
    );
    for (const other of others) {
      expect(
        worst(first?.markers.values ?? new Float64Array(0), other.markers.values, 1e-4),
      ).toBeLessThanOrEqual(1);
      expect(other.events).toEqual(first?.events);
    }
  });

  it('keeps angles, moments, powers and forces apart from the markers, with their units', () => {
    const { markers, modelOutputs } = readC3d(gaitFile('pig/PiG_Motion-FlatFoot-Full.c3d'));
    const found = modelOutputs.map(({ kind, unit, labels }) => [kind, unit, labels.length]);
    expect(new Set(found.map(([kind]) => kind))).toEqual(new Set(['angle', 'moment', 'power', 'force']));
    expect(found).toContainEqual(['angle', 'deg', 26]);
    expect(found).toContainEqual(['moment', 'Nmm', 18]);
    expect(markers.labels).toContain('LASI');
    expect(markers.labels).not.toContain('LKneeAngles');
    expect(markers.unit).toBe('mm');
  });

  it('takes the first of the calibrations that one file holds', () => {
    const { groups, warnings } = readC3d(gaitFile('pig/PiG_Calibration-FlatFoot-Full.c3d'));
    const distances = groups
      .flatMap(({ parameters }) => parameters)
      .filter(({ name }) => name === 'InterAsisDistance');
    expect(distances.length).toBeGreaterThan(1);
    expect(warnings.map(({ code }) => code)).toContain('duplicate-name');
  });

  it('computes the same force from a calibrated plate (type 4) and its twin (type 2)', () => {
    const [two, four] = ['type-2', 'type-4'].map((name) => readC3d(gaitFile(`forceplates/${name}.c3d`)));
    const loads = [two, four].map((file) => {
      const plate = file?.forcePlates[0];
      if (file === undefined || plate === undefined) throw new Error('no plate');
      return plateLoads(file, plate).forceN;
    });
    for (let axis = 0; axis < 3; axis += 1) {
      const along = (forces: Float64Array | undefined) =>
        (forces ?? new Float64Array(0)).filter((_, at) => at % 3 === axis);
      const difference = along(loads[0]).map((force, at) => force - (along(loads[1])[at] ?? 0));
      expect(Math.sqrt(mean(difference.map((value) => value ** 2)))).toBeLessThan(2);
    }
  });

  it('puts the force of a walking person upwards and under the foot', () => {
    const file = readC3d(gaitFile('pig/PiG_Motion-FlatFoot-Full.c3d'));
    for (const [plate, side] of [
      [0, 'R'],
      [1, 'L'],
    ] as const) {
      const one = file.forcePlates[plate];
      if (one === undefined) throw new Error('no plate');
      const { forceN, centreOfPressureMm, samples } = plateLoads(file, one);
      const up = Array.from({ length: samples }, (_, sample) => forceN[3 * sample + 2] as number);
      const strongest = up.indexOf(Math.max(...up));
      expect(up[strongest]).toBeGreaterThan(47.5 * 9.81);
      const frame = Math.floor(strongest / file.analog.samplesPerFrame);
      for (let axis = 0; axis < 2; axis += 1) {
        const ends = ['HEE', 'TOE'].map(
          (end) => trajectoryOf(file.markers, side + end)?.xyz[3 * frame + axis] as number,
        );
        const pressure = centreOfPressureMm[3 * strongest + axis] as number;
        expect(pressure).toBeGreaterThan(Math.min(...ends) - 60);
        expect(pressure).toBeLessThan(Math.max(...ends) + 60);
      }
    }
  });

  it('are read fast', () => {
    const bytes = files
      .map(([name]) => ({ name, file: gaitFile(name) }))
      .sort((a, b) => b.file.length - a.file.length)[0];
    if (bytes === undefined) throw new Error('no file');
    const times = Array.from({ length: 5 }, () => {
      const start = performance.now();
      readC3d(bytes.file);
      return performance.now() - start;
    });
    const best = Math.min(...times);
    console.info(
      `${bytes.name}: ${bytes.file.length} bytes in ${best.toFixed(1)} ms, ${(bytes.file.length / 1000 / best).toFixed(0)} MB/s`,
    );
    expect(best).toBeLessThan(1000);
  });
});

/** The largest difference, in units of the step and of the rounding of a 32-bit real; infinite where gaps differ. */
function worst(a: Float64Array, b: Float64Array, step: number): number {
  if (a.length !== b.length) return Number.POSITIVE_INFINITY;
  let largest = 0;
  for (let index = 0; index < a.length; index += 1) {
    const [x, y] = [a[index] as number, b[index] as number];
    if (Number.isNaN(x) !== Number.isNaN(y)) return Number.POSITIVE_INFINITY;
    if (!Number.isNaN(x))
      largest = Math.max(largest, Math.abs(x - y) / (step + 1e-9 + Math.abs(x) * 2 ** -22));
  }
  return largest;
}

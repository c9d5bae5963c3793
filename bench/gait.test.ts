import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readC3d } from '@rectus/c3d';
import { simulatedNorms } from '@rectus/gait';
import { describe, expect, test, vi } from 'vitest';
import { describeWith } from '../packages/gait/testing/describe-with.ts';
import { hasSharedData } from '../packages/gait/testing/shared-data.ts';
import { compareAngles, worstAngle } from './gait/angles.ts';
import { compareChosen, compareMethods } from './gait/events.ts';
import { gaitTarget } from './gait/fuzz/execution.ts';
import { largeFile, standingFile, walkFile } from './gait/made-files.ts';
import { compareKinetics, worstRms } from './gait/moments.ts';
import { makeFiles, measureReading, removeFiles } from './gait/reading.ts';
import { reportOf } from './gait/report-times.ts';
import { compareSteps, worstStepPercent } from './gait/steps.ts';
import { measureThreads } from './gait/threads.ts';
import { growthExponent } from './gait/timing.ts';
import { vendorTrials } from './gait/vendor-trials.ts';
import { allocatedBy } from './lib/fuzz/allocation.ts';
import { fuzz } from './lib/fuzz/fuzz-loop.ts';
import { mutated } from './lib/fuzz/mutate.ts';

const MIB = 1024 * 1024;

describeWith(hasSharedData(), 'real walks beside the values that they brought with them', () => {
  const trials = vendorTrials();

  test('agree in hip and knee to a thousandth of a degree, in the other angles to a hundredth', () => {
    const angles = compareAngles(trials);
    expect(angles.length).toBeGreaterThanOrEqual(24);
    expect(angles.filter(({ missing }) => missing > 0)).toEqual([]);
    expect(worstAngle(angles, ['hip', 'knee'])).toBeLessThan(0.001);
    expect(worstAngle(angles, ['ankle', 'pelvis', 'footProgress', 'thorax', 'spine'])).toBeLessThan(0.01);
  });

  test("agree in sagittal moments and in powers as far as the vendor's inertia goes", () => {
    const rows = compareKinetics(trials);
    expect(worstRms(rows, 'sagittal', 'vendor')).toBeLessThan(0.03);
    expect(worstRms(rows, 'power', 'vendor')).toBeLessThan(0.1);
    // The inertia of the literature is smaller: both aims are missed by a little.
    expect(worstRms(rows, 'sagittal', 'literature')).toBeLessThan(0.04);
    expect(worstRms(rows, 'power', 'literature')).toBeLessThan(0.11);
  });

  test('agree in steps and speed, and in events to 10 ms in the median of every file', () => {
    expect(worstStepPercent(compareSteps(trials))).toBeLessThan(0.01);
    expect(compareMethods().map(({ n }) => n >= 9)).toEqual(Array(7).fill(true));
    for (const { medianMs } of compareChosen()) expect(medianMs).toBeLessThanOrEqual(10);
  });
});

describe('what the benchmark of gait measures', () => {
  test('large files hold the walk again and again, in every form', async () => {
    const once = readC3d(largeFile(1));
    const often = readC3d(largeFile(MIB));
    expect(often.frames % once.frames).toBe(0);
    expect(often.markers.values.slice(0, 99)).toEqual(once.markers.values.slice(0, 99));
    const order = { sizesMiB: [0.5], repeats: 1 };
    const { folder, paths } = await makeFiles(order);
    try {
      const speeds = measureReading(paths, order).filter(({ isMade }) => isMade);
      expect(new Set(speeds.map(({ form }) => form)).size).toBe(6);
      for (const { mbPerS } of speeds) expect(mbPerS).toBeGreaterThan(1);
    } finally {
      await removeFiles(folder);
    }
  });

  test('a report has strides, forces and bands', () => {
    const { strides, curves, norms } = reportOf(standingFile(), walkFile(3), [simulatedNorms()]);
    expect(strides.left.length + strides.right.length).toBeGreaterThanOrEqual(3);
    expect(curves.some(({ id }) => id === 'knee.power')).toBe(true);
    expect(norms.bands).not.toBeNull();
  });

  test('trials in threads have their strides and forces', async () => {
    expect(await measureThreads(2, 2)).toMatchObject({ trials: 2, complete: 2 });
  });

  test('a straight line grows with the first power', () => {
    expect(growthExponent([3, 6, 48].map((size) => [size, 5 * size]))).toBeCloseTo(1, 9);
    expect(growthExponent([3, 6, 48].map((size) => [size, size ** 2]))).toBeCloseTo(2, 9);
  });
});

describe('broken files', () => {
  test('are the same again for a seed and a number', () => {
    const original = standingFile();
    expect(mutated(original, 1, 5)).toEqual(mutated(original, 1, 5));
    expect(mutated(original, 1, 5)).not.toEqual(mutated(original, 2, 5));
  });

  test('memory is counted, whether it was kept or not', async () => {
    const { allocated } = await allocatedBy(
      () => new Float64Array(MIB).length + new Float64Array(MIB).length,
    );
    expect(allocated.needed).toBeGreaterThan(13 * MIB);
    expect(allocated.needed).toBeLessThan(18 * MIB);
  });

  test('end in a report or in a typed error, all the way to the export', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'rectus-fuzz-'));
    // The command line tells each of the many things that are wrong with the files.
    const told = vi.spyOn(process.stderr, 'write').mockReturnValue(true);
    try {
      const target = gaitTarget({ seed: 2_026, folder });
      const until = { firstRun: 0, runs: 2_000, endsAt: performance.now() + 4_000 };
      const tally = await fuzz(target, until);
      process.stdout.write(
        `${tally.executions} executions, ${tally.executions - (tally.reached.read ?? 0)} refused\n`,
      );
      expect(tally.failures).toEqual([]);
      expect(tally.executions).toBeGreaterThan(20);
      expect(tally.slowestMs).toBeLessThan(10_000);
    } finally {
      told.mockRestore();
      await rm(folder, { recursive: true, force: true });
    }
  });
});

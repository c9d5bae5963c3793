import { beforeAll, expect, test, vi } from 'vitest';
import { measureDrift } from './ultrasound/drift.ts';
import { measureGap } from './ultrasound/gap.ts';
import { measureLoss } from './ultrasound/loss.ts';
import { measurePhantom } from './ultrasound/phantom.ts';
import { measureTracking } from './ultrasound/tracking.ts';

// The groups as the benchmark runs them, small: tables are for reading, not for a run of tests.
beforeAll(() => {
  const told = vi.spyOn(process.stdout, 'write').mockReturnValue(true);
  return () => told.mockRestore();
});
const small = { small: true };

test('tissue is followed to a tenth of a pixel since the first frame, and errors are as large as told', async () => {
  const found = await measureTracking(small);
  expect(found.trackMedianPx).toBeLessThan(0.1);
  expect(found.trackP95Px).toBeLessThan(0.3);
  expect(found.trackStepMedianPx).toBeLessThan(found.trackMedianPx as number);
  expect(found.trackEnvelope95MedianPx).toBeLessThan(found.trackMedianPx as number);
  for (const ratio of [found.trackErrorOverToldError, found.trackLayersErrorOverToldError]) {
    expect(ratio).toBeGreaterThan(0.5);
    expect(ratio).toBeLessThan(1.5);
  }
});

test('the gap of a tear is right to a third of a millimetre', async () => {
  const { gapErrorMm, gapErrorP95Mm } = await measureGap(small);
  expect(gapErrorMm).toBeLessThan(0.15);
  expect(gapErrorP95Mm).toBeLessThan(0.3);
});

test('leaving the plane is noticed, and next to nothing is called lost in plain sight', async () => {
  const { lostRecall, falseLostRate } = await measureLoss(small);
  expect(lostRecall).toBeGreaterThan(0.95);
  expect(falseLostRate).toBeLessThan(0.02);
});

test('contractions do not make places drift away', async () => {
  const { driftReturningMm } = await measureDrift(small);
  expect(driftReturningMm).toBeLessThan(0.1);
});

test('the phantom is as noisy and as correlated as was asked', async () => {
  const found = await measurePhantom(small);
  for (const [name, value] of Object.entries(found)) expect(value, name).toBeGreaterThanOrEqual(0);
});

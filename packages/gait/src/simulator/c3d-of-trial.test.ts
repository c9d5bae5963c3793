import { readC3d, writeC3d } from '@rectus/c3d';
import { describe, expect, test } from 'vitest';
import { findEvents } from '../events/find.ts';
import { recordingOf } from '../recording-of-file.ts';
import { markerRadiusOfFiles, subjectOfFiles } from '../subject-of-file.ts';
import {
  CLEAN_CAPTURE,
  c3dOfTrial,
  SIMULATED_ADULT,
  simulateWalk,
  USUAL_WALK,
  withStiffKnee,
  withWeakPushOff,
} from './index.ts';

describe('a simulated trial in a C3D file', () => {
  const trial = simulateWalk(SIMULATED_ADULT, USUAL_WALK, { ...CLEAN_CAPTURE, marksEvents: true });
  const file = readC3d(writeC3d(c3dOfTrial(trial)));
  const read = recordingOf(file);

  test('is read without a warning, with the same markers, forces and events', () => {
    expect(file.warnings).toEqual([]);
    expect(read.frames).toBe(trial.recording.frames);
    for (const [name, path] of trial.recording.markers) {
      const found = read.markers.get(name) ?? new Float64Array();
      for (const [n, value] of path.entries())
        expect(Math.abs((found[n] ?? Number.NaN) - value)).toBeLessThan(1e-3);
    }
    for (const [index, plate] of trial.recording.plates.entries()) {
      const found = read.plates[index];
      for (const [n, value] of plate.forceN.entries())
        expect(Math.abs((found?.forceN[n] ?? Number.NaN) - value)).toBeLessThan(1e-2);
      for (const [n, value] of plate.centreOfPressureMm.entries()) {
        if (Number.isFinite(value))
          expect(Math.abs((found?.centreOfPressureMm[n] ?? Number.NaN) - value)).toBeLessThan(0.1);
      }
    }
    expect(read.events.map(({ side, kind }) => `${side} ${kind}`)).toEqual(
      trial.truth.events.map(({ side, kind }) => `${side} ${kind}`),
    );
  });

  test('carries the measurements that the model needs', () => {
    expect(subjectOfFiles([file])).toEqual(SIMULATED_ADULT.subject);
    expect(markerRadiusOfFiles([file])).toBe(SIMULATED_ADULT.lab.markerRadiusMm);
  });
});

describe.each([
  ['a usual walk', USUAL_WALK],
  ['a stiff knee', withStiffKnee('left')],
  ['a weak push-off', withWeakPushOff('right')],
])('the events of %s', (_, walk) => {
  test('are found within 50 ms, and within 10 ms where a plate saw them', () => {
    const { recording, truth } = simulateWalk(SIMULATED_ADULT, walk, { ...CLEAN_CAPTURE, steps: 8 });
    const { chosen } = findEvents(recording);
    for (const event of truth.events) {
      if (event.timeS < 0.3 || event.timeS > recording.frames / recording.rateHz - 0.3) continue;
      const found = chosen.filter(({ side, kind }) => side === event.side && kind === event.kind);
      const error = Math.min(...found.map(({ timeS }) => Math.abs(timeS - event.timeS)));
      // The corrections of the kinematic methods were fitted on people, whose feet land less gently.
      expect(error).toBeLessThan(0.05);
    }
    const plated = chosen.filter(({ source }) => source === 'force-plate');
    expect(plated).toHaveLength(4);
    for (const { side, kind, timeS } of plated) {
      const errors = truth.events
        .filter((one) => one.side === side && one.kind === kind)
        .map((one) => Math.abs(one.timeS - timeS));
      expect(Math.min(...errors)).toBeLessThan(0.01);
    }
  });
});

import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readC3d } from '@rectus/c3d';
import { expect, test } from 'vitest';
import { describeWith } from '../../testing/describe-with.ts';
import { hasSharedData, readTrial, SHARED_DATA, vendorCurve } from '../../testing/shared-data.ts';
import { distance } from '../geometry/vector.ts';
import { calibrate } from '../model/calibration.ts';
import { kinematicsOf } from '../model/kinematics.ts';
import { measuredByMarkers } from '../model/measure.ts';
import { at, type Recording } from '../recording.ts';
import { recordingOf } from '../recording-of-file.ts';
import { gaitReport } from '../report-data.ts';
import { SIDES } from '../side.ts';
import { markerRadiusOfFiles, subjectOfFiles } from '../subject-of-file.ts';

const there = hasSharedData();

describeWith(there, 'FunctionalWalk.c3d, with markers at 0, 0, 0 in its standing trial', () => {
  const [walk, standing] = [readTrial('FunctionalWalk.c3d'), readTrial('FunctionalStatic.c3d')];
  const [recording, still] = [recordingOf(walk), recordingOf(standing)];
  const subject = subjectOfFiles([standing, walk]);
  const lab = { markerRadiusMm: markerRadiusOfFiles([standing, walk]) ?? Number.NaN, footFlat: true };

  test('takes what stands at the origin for missing, the inner markers among it', () => {
    expect(still.atOrigin).toHaveLength(32);
    expect(still.markers.has('LKNM')).toBe(false);
    expect(recording.markers.has('SACR')).toBe(false);
    expect(lab.markerRadiusMm).toBe(7);
  });

  test('has the angles that its own program stored, to a thousandth of a degree', () => {
    const { angles } = kinematicsOf(recording, subject, lab, calibrate(still, subject, lab));
    const names = {
      pelvis: 'PelvisAngles',
      hip: 'HipAngles',
      knee: 'KneeAngles',
      ankle: 'AnkleAngles',
      footProgress: 'FootProgressAngles',
    } as const;
    for (const [joint, name] of Object.entries(names))
      for (const side of SIDES) {
        const vendor = vendorCurve(walk, `${side === 'left' ? 'L' : 'R'}${name}`) ?? new Float64Array();
        const ours = angles[side][joint as keyof typeof names];
        const worst = vendor.reduce((most, value, n) => {
          const difference = Math.abs(value - (ours[n] as number));
          return Number.isNaN(difference) ? most : Math.max(most, difference);
        }, 0);
        expect(vendor.length).toBeGreaterThan(1000);
        expect(worst).toBeLessThan(0.001);
      }
  });

  test('makes a report with strides of both sides that says what was missing', () => {
    const report = gaitReport({ standing: still, trials: [{ name: 'walk', recording }], subject, lab });
    expect(report.strides.left.length + report.strides.right.length).toBeGreaterThanOrEqual(4);
    expect(report.notes[0]).toMatch(/^The standing trial: 32 markers stand at 0, 0, 0/);
    expect(report.curves.some(({ id }) => id === 'hip.power')).toBe(true);
  });
});

const FILE = join(SHARED_DATA, 'gait', 'opensim', 'walking2.c3d');

describeWith(
  existsSync(FILE),
  'walking2.c3d, with clusters, condyles and malleoli and nothing measured',
  () => {
    const recording = recordingOf(readC3d(new Uint8Array(readFileSync(FILE))));
    // No standing trial is there. The line from heel to toe stays in the foot, so the walk itself calibrates it, unflattened.
    const lab = { markerRadiusMm: 7, footFlat: false };
    const measured = measuredByMarkers(recording, lab);
    const subject = subjectOfFiles([], { massKg: 75, ...measured });
    const calibration = calibrate(recording, subject, lab);
    const { poses, angles } = kinematicsOf(recording, subject, lab, calibration);
    const known = (values: Iterable<number>) => Array.from(values).filter(Number.isFinite);

    test('is told by its labels', () => {
      expect(recording.markerSet?.set.id).toBe('clusters');
      expect(recording.markerSet?.missing).toEqual([]);
    });

    test('has its knees and ankles where the file itself has them, within 2 mm', () => {
      for (const side of SIDES)
        for (const [joint, name] of [
          ['knee', 'KJC'],
          ['ankle', 'AJC'],
        ] as const) {
          const path = recording.markers.get(`${side === 'left' ? 'L' : 'R'}${name}`) ?? new Float64Array();
          const apart = known(poses.map((pose, frame) => distance(pose.legs[side][joint], at(path, frame))));
          expect(apart.length).toBeGreaterThan(300);
          expect(Math.max(...apart)).toBeLessThan(2);
        }
    });

    test('has knees and hips that bend as in walking, and alike on both sides', () => {
      const ranges = SIDES.map((side) => {
        const flexion = (joint: 'hip' | 'knee') => known(angles[side][joint].filter((_, n) => n % 3 === 0));
        const range = (values: readonly number[]) => Math.max(...values) - Math.min(...values);
        expect(Math.max(...flexion('knee'))).toBeGreaterThan(55);
        expect(Math.max(...flexion('knee'))).toBeLessThan(80);
        return [range(flexion('hip')), range(flexion('knee'))] as const;
      });
      for (const joint of [0, 1] as const)
        expect(Math.abs((ranges[0]?.[joint] ?? 0) - (ranges[1]?.[joint] ?? 99))).toBeLessThan(8);
    });

    test('bends its knees the same when clusters carry the condyles and malleoli, within 2°', () => {
      const worn = ['LKNE', 'LKNM', 'LANK', 'LMED', 'RKNE', 'RKNM', 'RANK', 'RMED'];
      const without: Recording = {
        ...recording,
        markers: new Map([...recording.markers].filter(([name]) => !worn.includes(name))),
      };
      const carried = kinematicsOf(without, subject, lab, calibration);
      for (const side of SIDES) {
        const apart = known(
          angles[side].knee.map((value, n) => Math.abs(value - (carried.angles[side].knee[n] as number))),
        ).filter((_, n) => n % 3 === 0);
        expect(apart.length).toBeGreaterThan(100);
        expect(Math.max(...apart)).toBeLessThan(2);
      }
    });

    test('has a whole stride of each side', () => {
      const report = gaitReport({ standing: recording, trials: [{ name: 'walk', recording }], subject, lab });
      expect([report.strides.left.length, report.strides.right.length]).toEqual([1, 1]);
    });
  },
);

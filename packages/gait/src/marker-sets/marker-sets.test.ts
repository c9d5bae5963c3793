import { readC3d, writeC3d } from '@rectus/c3d';
import { describe, expect, test } from 'vitest';
import { renamedTrial } from '../../testing/renamed-trial.ts';
import { GaitError } from '../gait-error.ts';
import { calibrate } from '../model/calibration.ts';
import { JOINTS, kinematicsOf } from '../model/kinematics.ts';
import { measuredByMarkers } from '../model/measure.ts';
import { recordingOf } from '../recording-of-file.ts';
import { SIDES } from '../side.ts';
import {
  CLEAN_CAPTURE,
  SIMULATED_ADULT,
  simulateStanding,
  simulateWalk,
  USUAL_WALK,
} from '../simulator/index.ts';
import { detectMarkerSet } from './detect.ts';
import { CLUSTERS, CONVENTIONAL, CONVENTIONAL_MEDIAL } from './known-sets.ts';
import type { MarkerSet } from './marker-set.ts';
import { parseMarkerSet } from './parse.ts';

const standing = simulateStanding(SIMULATED_ADULT);
const walk = simulateWalk(SIMULATED_ADULT, USUAL_WALK, { ...CLEAN_CAPTURE, samplesPerFrame: 1, steps: 4 });

/** A laboratory that nobody knows: its own labels, inner markers, and clusters that stay on when those come off. */
const TRUNK = { CLAV: 'Chest.U', C7: 'Neck', STRN: 'Chest.L', T10: 'Back' };
const PELVIS = { LASI: 'Pelvis.FL', RASI: 'Pelvis.FR', LPSI: 'Pelvis.BL', RPSI: 'Pelvis.BR' };
const FEET = { LHEE: 'L.Calc', RHEE: 'R.Calc', LTOE: 'L.Meta2', RTOE: 'R.Meta2' };
const JOINT_MARKERS = {
  ...{ LKNE: 'L.KneeOut', LKNM: 'L.KneeIn', LANK: 'L.AnkleOut', LMED: 'L.AnkleIn' },
  ...{ RKNE: 'R.KneeOut', RKNM: 'R.KneeIn', RANK: 'R.AnkleOut', RMED: 'R.AnkleIn' },
};
const CLUSTER_LABELS = Object.fromEntries(
  ['LTH', 'RTH', 'LTB', 'RTB'].flatMap((name) => [1, 2, 3, 4].map((n) => [`${name}${n}`, `${name}.${n}`])),
);
const OWN_SET: MarkerSet = {
  format: 'rectus-marker-set',
  version: 1,
  id: 'made-up',
  name: 'Made up for a test',
  joints: 'medial',
  markers: { ...TRUNK, ...PELVIS, ...FEET, ...JOINT_MARKERS },
  clusters: {
    leftThigh: ['LTH.1', 'LTH.2', 'LTH.3', 'LTH.4'],
    rightThigh: ['RTH.1', 'RTH.2', 'RTH.3', 'RTH.4'],
    leftShank: ['LTB.1', 'LTB.2', 'LTB.3', 'LTB.4'],
    rightShank: ['RTB.1', 'RTB.2', 'RTB.3', 'RTB.4'],
  },
};

/** The worst angle that the model finds in files with these labels, in degrees. */
function worstAngle(
  set: MarkerSet | undefined,
  standingLabels: Readonly<Record<string, string>>,
  walkLabels = standingLabels,
  { prefix = 'Somebody:', up = '+Z' }: { readonly prefix?: string; readonly up?: '+Y' | '+Z' } = {},
): number {
  const { subject, lab } = SIMULATED_ADULT;
  const read = (trial: typeof walk, labels: Readonly<Record<string, string>>) =>
    recordingOf(readC3d(writeC3d(renamedTrial(trial, { prefix, labels, up }))), set);
  const calibration = calibrate(read(standing, standingLabels), subject, lab);
  const { angles } = kinematicsOf(read(walk, walkLabels), subject, lab, calibration);
  return Math.max(
    ...SIDES.flatMap((side) =>
      JOINTS.map((joint) =>
        angles[side][joint].reduce(
          (most, value, n) => Math.max(most, Math.abs(value - (walk.truth.angles[side][joint][n] as number))),
          0,
        ),
      ),
    ),
  );
}

describe('a marker set that a laboratory describes', () => {
  const all = { ...TRUNK, ...PELVIS, ...FEET, ...JOINT_MARKERS };

  test('gives the angles that were put in, under other labels and a subject’s name', () => {
    expect(worstAngle(OWN_SET, all)).toBeLessThan(0.001);
  });

  test('gives them too when the joints’ markers are taken off after standing, and clusters carry them', () => {
    const clusters = { ...TRUNK, ...PELVIS, ...FEET, ...CLUSTER_LABELS };
    expect(worstAngle(OWN_SET, { ...all, ...CLUSTER_LABELS }, clusters)).toBeLessThan(0.001);
  });

  test('gives them in a lab whose y points upwards', () => {
    expect(worstAngle(OWN_SET, all, all, { up: '+Y' })).toBeLessThan(0.001);
  });

  test('keeps what it does not name, apart from the model’s own names', () => {
    const { LTHI: _, ...markers } = { ...CONVENTIONAL.markers };
    const set: MarkerSet = { ...CONVENTIONAL, joints: 'medial', markers };
    const recording = recordingOf(renamedTrial(walk, { labels: { ...ours(), LTHI: 'LTHI' } }), set);
    expect(recording.markers.has('LTHI')).toBe(false);
    expect(recording.markers.has('LTHI′')).toBe(true);
  });
});

/** Every simulated marker under its own name. */
function ours(): Record<string, string> {
  const more = ['LKNM', 'RKNM', 'LMED', 'RMED'];
  return Object.fromEntries([...walk.recording.markers.keys(), ...more].map((name) => [name, name]));
}

describe('a marker set that is known', () => {
  const wands = ['LTHI', 'RTHI', 'LTIB', 'RTIB'];
  const without = (names: readonly string[]) =>
    Object.fromEntries(Object.entries(ours()).filter(([name]) => !names.includes(name)));

  test('is the conventional one wherever its wands are, even beside inner markers', () => {
    expect(detectMarkerSet(new Set(Object.keys(ours()))).set).toBe(CONVENTIONAL);
    expect(worstAngle(undefined, ours())).toBeLessThan(0.001);
  });

  test('is the one with inner markers where wands are missing, with the same angles from a rigid body', () => {
    expect(detectMarkerSet(new Set(Object.keys(without(wands)))).set).toBe(CONVENTIONAL_MEDIAL);
    expect(worstAngle(undefined, without(wands))).toBeLessThan(0.001);
  });

  test('is that of clusters where they carry the joints', () => {
    const labels = ['LASI', 'RASI', 'LPSI', 'RPSI', 'LMT2', 'RMT2'];
    const clusters = ['LTH', 'RTH', 'LTB', 'RTB'].flatMap((name) => [1, 2, 3].map((n) => `${name}${n}`));
    expect(detectMarkerSet(new Set([...labels, ...clusters]))).toEqual({ set: CLUSTERS, missing: [] });
  });

  test('says which markers are missing, by the names that the files use', () => {
    const { missing } = detectMarkerSet(new Set(Object.keys(without(['LKNE', 'RTOE', 'LPSI']))));
    expect(missing).toEqual(['LKNE', 'RTOE', 'SACR or LPSI and RPSI']);
    const call = () => worstAngle(undefined, without(['LKNE', 'RTOE']));
    expect(call).toThrowError(GaitError);
    expect(call).toThrowError(/no LKNE, no RTOE, which the marker set “Conventional/);
    const { LKNE: _, ...lacking } = OWN_SET.markers;
    const kneeless = () =>
      worstAngle({ ...OWN_SET, clusters: {}, markers: lacking }, OWN_SET.markers as never);
    expect(kneeless).toThrowError(/no LKNE/);
  });

  test('does not mix a standing trial with wands and a walk without', () => {
    expect(() => worstAngle(undefined, ours(), without(wands))).toThrowError(/the same markers/);
  });
});

describe('the markers of knees and ankles', () => {
  test('tell their widths and the length of the legs', () => {
    const { subject, lab } = SIMULATED_ADULT;
    const recording = recordingOf(renamedTrial(standing, { labels: ours() }));
    const found = measuredByMarkers(recording, lab);
    expect(found.kneeWidthMm?.left).toBeCloseTo(subject.kneeWidthMm.left, 3);
    expect(found.ankleWidthMm?.right).toBeCloseTo(subject.ankleWidthMm.right, 3);
    expect(Math.abs((found.legLengthMm?.left ?? 0) - subject.legLengthMm.left)).toBeLessThan(25);
    expect(measuredByMarkers(standing.recording, lab)).toEqual({});
  });
});

describe('a marker at exactly 0, 0, 0', () => {
  test('was not measured, and one that stands there throughout is missing', () => {
    const content = renamedTrial(walk, { labels: ours() });
    const { frames, labels, values } = content.markers;
    const zero = (label: string, count: number) =>
      values.fill(0, labels.indexOf(label) * 3 * frames, labels.indexOf(label) * 3 * frames + 3 * count);
    zero('LTHI', 5);
    zero('C7', frames);
    const { markers, atOrigin } = recordingOf(content);
    expect(atOrigin?.toSorted()).toEqual(['C7', 'LTHI']);
    expect(markers.has('C7')).toBe(false);
    expect(Array.from(markers.get('LTHI')?.subarray(0, 18) ?? []).filter(Number.isNaN)).toHaveLength(15);
  });
});

describe('the JSON of a marker set', () => {
  test('is read as it was written', () => {
    for (const set of [OWN_SET, CLUSTERS, CONVENTIONAL])
      expect(parseMarkerSet(JSON.stringify(set))).toEqual(set);
  });

  test.each([
    ['{', /no JSON/],
    ['[]', /must be an object/],
    ['{"format":"rectus-gait-norms"}', /format must be "rectus-marker-set"/],
    [JSON.stringify({ ...OWN_SET, joints: 'guess' }), /joints must be/],
    [JSON.stringify({ ...OWN_SET, markers: { LKNEE: 'x' } }), /markers.LKNEE is not one of LASI/],
    [
      JSON.stringify({ ...OWN_SET, markers: { ...OWN_SET.markers, LASI: 3 } }),
      /markers.LASI must be a label/,
    ],
    [JSON.stringify({ ...OWN_SET, clusters: { leftThigh: ['a', 'b'] } }), /leftThigh needs three/],
    [JSON.stringify({ ...OWN_SET, clusters: {}, markers: { LASI: 'a' } }), /names no RASI/],
  ])('that is wrong is refused with the field: %s', (text, message) => {
    expect(() => parseMarkerSet(text)).toThrowError(message);
  });
});

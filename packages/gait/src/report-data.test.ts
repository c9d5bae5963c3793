import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { describeWith } from '../testing/describe-with.ts';
import { hasSharedData, readTrial, SHARED_DATA, subjectOf } from '../testing/shared-data.ts';
import { normsFromTables } from './norms/from-tables.ts';
import { recordingOf } from './recording-of-file.ts';
import type { GaitReportData } from './report/shape.ts';
import { gaitReport } from './report-data.ts';
import {
  SIMULATED_ADULT,
  simulatedNorms,
  simulateStanding,
  simulateWalk,
  USUAL_CAPTURE,
  USUAL_WALK,
  type WalkPattern,
  withStiffKnee,
} from './simulator/index.ts';

const { subject, lab } = SIMULATED_ADULT;
const standing = simulateStanding(SIMULATED_ADULT).recording;
const walks = (walk: WalkPattern) =>
  [11, 12, 13].map((seed) => ({
    name: `walk ${seed}`,
    recording: simulateWalk(SIMULATED_ADULT, walk, {
      ...USUAL_CAPTURE,
      seed,
      firstSide: seed % 2 ? 'left' : 'right',
    }).recording,
  }));
const usual = walks(USUAL_WALK);
const key = (report: GaitReportData, id: string) => report.keyAngles.find((one) => one.id === id);

describe('the report of a simulated session', () => {
  const norms = simulatedNorms(4);
  const report = gaitReport({ standing, subject, lab, trials: usual, norms: [norms] });

  test('finds the strides of all walks, and their speed', () => {
    expect(report.strides.left.length).toBeGreaterThanOrEqual(6);
    expect(report.strides.right.length).toBeGreaterThanOrEqual(6);
    expect(report.speedMPerS).toBeGreaterThan(1.15);
    expect(report.speedMPerS).toBeLessThan(1.25);
    expect(report.spatioTemporal.cadencePerMin.left?.mean).toBeGreaterThan(110);
    expect(report.spatioTemporal.cadencePerMin.left?.mean).toBeLessThan(114);
    expect(report.spatioTemporal.stancePercent.left?.mean).toBeGreaterThan(58);
    expect(report.spatioTemporal.stancePercent.left?.mean).toBeLessThan(65);
  });

  test('reads from the curves what was put in', () => {
    const knee = key(report, 'knee.greatest-flexion-swing');
    expect(Math.abs((knee?.left?.mean ?? 0) - 60)).toBeLessThan(2.5);
    expect(Math.abs((knee?.right?.mean ?? 0) - 60)).toBeLessThan(2.5);
  });

  test('has moments and powers from the plates, and says which steps they are of', () => {
    expect(report.curves.some(({ id, left }) => id === 'ankle.power' && left !== null)).toBe(true);
    const moment = report.curves.find(({ id }) => id === 'ankle.plantarflexion-moment');
    const most = Math.max(...(moment?.left?.mean ?? []));
    expect(most).toBeGreaterThan(0.8);
    expect(most).toBeLessThan(2.2);
    expect(report.trials.map(({ kineticsCutoffHz }) => kineticsCutoffHz)).toEqual([10, 10, 10]);
    expect(report.strides.left.filter(({ plate }) => plate !== null).length).toBeGreaterThan(0);
  });

  test('labels bands of the simulator as simulated, and says what is not installed', () => {
    expect(report.norms.bands?.simulated).toBe(true);
    expect(report.norms.bands?.caveats.map(({ code }) => code)).toContain('simulated');
    expect(report.scores.gdi).toBeNull();
    expect(report.notes).toContain('The reference of the Gait Deviation Index is not installed.');
    const knee = report.curves.find(({ id }) => id === 'knee.flexion');
    expect(knee?.norm?.mean).toHaveLength(101);
  });

  test('is plain JSON: the same after writing and reading', () => {
    expect(JSON.parse(JSON.stringify(report))).toEqual(report);
  });

  test('tells a stiff knee from the session before, on its side and in swing', () => {
    const later = gaitReport({
      standing,
      subject,
      lab,
      trials: walks(withStiffKnee('left')),
      previous: report,
    });
    const change = later.changes?.curves.find(
      ({ variable, side }) => variable === 'knee.flexion' && side === 'left',
    );
    expect(change?.verdict).toBe('beyond-error');
    expect(
      change?.spans.some(({ atPercent, difference }) => atPercent > 60 && atPercent < 85 && difference < -8),
    ).toBe(true);
    const other = later.changes?.curves.find(
      ({ variable, side }) => variable === 'knee.flexion' && side === 'right',
    );
    expect(other?.verdict).toBe('within-error');
  });

  test('leaves out a walk that cannot be used and says why', () => {
    const [first] = usual;
    if (!first) throw new Error('no walk');
    const markers = new Map(first.recording.markers);
    markers.delete('LKNE');
    const broken = { name: 'broken', recording: { ...first.recording, markers } };
    const two = gaitReport({ standing, subject, lab, trials: [...usual, broken] });
    expect(two.trials.at(-1)?.failure).toContain('LKNE');
    expect(two.strides.left).toHaveLength(report.strides.left.length);
    expect(() => gaitReport({ standing, subject, lab, trials: [broken] })).toThrow('LKNE');
  });
});

describeWith(hasSharedData(), 'the report of a real walk', () => {
  const trial = readTrial('PiG_Motion-FlatFoot-Full.c3d');
  const calibration = readTrial('PiG_Calibration-FlatFoot-Full.c3d');
  const folder = join(SHARED_DATA, 'gait', 'normative');
  const tables = [
    ...['rotations', 'moments', 'power'].map((what) => `schwartz2008_joint_${what}.tsv`),
    ...['grf', 'cycle_events', 'summary_parameters'].map((what) => `schwartz2008_${what}.tsv`),
    ...['features_459x15', 'control_constants', 'control_kinematics_mean_sd'].map(
      (what) => `gdi_${what}.tsv`,
    ),
  ];
  const norms = normsFromTables(
    new Map(tables.map((name) => [name, readFileSync(join(folder, name), 'utf8')])),
  );
  const session = {
    standing: recordingOf(calibration),
    trials: [{ name: 'Full', recording: recordingOf(trial) }],
    subject: subjectOf(trial, calibration),
    lab: { markerRadiusMm: 8, footFlat: true },
    conditions: { ageYears: 30, footwear: 'barefoot', walkingAid: null },
    norms,
  } as const;

  test('has scores, bands at the walk’s own speed, and says that the norms are of children', () => {
    const report = gaitReport(session);
    expect(report.scores.gdi?.left).toBeGreaterThan(60);
    expect(report.scores.gdi?.left).toBeLessThan(110);
    expect(report.scores.gpsOverall).toBeGreaterThan(2);
    expect(report.scores.gpsOverall).toBeLessThan(12);
    expect(report.trials[0]?.kineticsCutoffHz).toBeNull();
    expect(report.norms.bands?.id).toBe('schwartz-2008');
    expect(report.norms.bands?.caveats.map(({ code }) => code)).toContain('children');
    // The vendor tells 116.5 of one stride; these are all of them.
    expect(Math.abs((report.spatioTemporal.cadencePerMin.left?.mean ?? 0) - 116.5)).toBeLessThan(3);
  });

  test('is ready within a quarter of a second, files already read', () => {
    gaitReport(session);
    const times = Array.from({ length: 3 }, () => {
      const start = performance.now();
      gaitReport(session);
      return performance.now() - start;
    });
    process.stderr.write(
      `report of a ${(trial.frames / trial.rateHz).toFixed(1)} s walk: ${Math.min(...times).toFixed(0)} ms\n`,
    );
    expect(Math.min(...times)).toBeLessThan(250);
  });
});

import { describe, expect, test } from 'vitest';
import { describeWith } from '../../testing/describe-with.ts';
import { hasNormTables, normPackage, normTable } from '../../testing/norms.ts';
import { mean, sampleSd } from '../signal/statistics.ts';
import { PROFILE_VARIABLES } from '../variables.ts';
import { type GdiBasis, gaitDeviationIndex } from './gdi.ts';
import { gaitVariableScores, movementAnalysisProfile } from './gps.ts';
import { type GaitProfile, gaitProfile, ScoreError } from './profile.ts';

const flat = (value: number, points = 51) =>
  Object.fromEntries(PROFILE_VARIABLES.map((variable) => [variable, new Float64Array(points).fill(value)]));

describe('a gait profile', () => {
  test('takes every second of 101 points', () => {
    const curves = {
      ...flat(0, 101),
      'knee.flexion': Float64Array.from({ length: 101 }, (_, point) => point),
    };
    expect([...gaitProfile(curves)['knee.flexion']].slice(0, 3)).toEqual([0, 2, 4]);
  });

  test.each([
    ['missing-curve', { ...flat(0), 'hip.flexion': undefined }],
    ['wrong-length', { ...flat(0), 'hip.flexion': [1, 2, 3] }],
    ['not-finite', { ...flat(0), 'hip.flexion': new Float64Array(51).fill(Number.NaN) }],
  ] as const)('says %s and names the curve, rather than scoring without it', (code, curves) => {
    expect(() => gaitProfile(curves)).toThrowError(ScoreError);
    try {
      gaitProfile(curves);
    } catch (error) {
      expect(error).toMatchObject({ code, variable: 'hip.flexion' });
    }
  });
});

test('a curve that lies 3° beside that of the controls scores 3°', () => {
  const scores = gaitVariableScores(gaitProfile(flat(3)), gaitProfile(flat(0)));
  expect(Object.values(scores)).toEqual(new Array(9).fill(3));
});

test('the pelvis counts once in the overall score', () => {
  const right = { ...flat(0), 'pelvis.tilt': new Float64Array(51).fill(30) };
  const { gpsOverall, gps } = movementAnalysisProfile(
    { left: gaitProfile(flat(0)), right: gaitProfile(right) },
    gaitProfile(flat(0)),
  );
  expect(gpsOverall).toBe(0);
  expect(gps.right).toBeCloseTo(10, 12);
});

describeWith(hasNormTables(), 'the scores as published', () => {
  const norms = normPackage('gdi-gps-2008');
  const basis = norms.gdi as GdiBasis;
  const controls = gaitProfile(
    Object.fromEntries(Object.entries(norms.profile?.curves ?? {}).map(([id, { mean }]) => [id, mean])),
  );
  const expected = new Map(
    normTable('gdi_gps_expected.tsv')
      .trim()
      .split('\n')
      .slice(1)
      .map((line) => line.split('\t') as [string, string])
      .map(([name, value]) => [name, Number(value)]),
  );
  const subject = subjectOf(normTable('gdi_gps_test_subject.tsv'));

  test('GDI of the worked case agrees to 1e-9', () => {
    expect(
      Math.abs(gaitDeviationIndex(subject.left, basis) - (expected.get('GDI (Left)') ?? 0)),
    ).toBeLessThan(1e-9);
    expect(
      Math.abs(gaitDeviationIndex(subject.right, basis) - (expected.get('GDI (Right)') ?? 0)),
    ).toBeLessThan(1e-9);
  });

  // The means of the controls are published to six decimals, so that the workbook's last digits cannot be had.
  test('GPS of the worked case agrees to 1e-8 and all eighteen GVS to 1e-7', () => {
    const { gvs, gps, gpsOverall } = movementAnalysisProfile(subject, controls);
    const near = (value: number, name: string) =>
      expect(Math.abs(value - (expected.get(name) ?? Number.NaN)), name).toBeLessThan(
        name.startsWith('GPS') ? 1e-8 : 1e-7,
      );
    near(gps.left, 'GPS (Left)');
    near(gps.right, 'GPS (Right)');
    near(gpsOverall, 'GPS (Overall)');
    const names = {
      'pelvis.tilt': 'Pelvis Ant/Pst',
      'pelvis.obliquity': 'Pelvic Up/Dn',
      'pelvis.rotation': 'Pelvic Int/Ext',
      'hip.flexion': 'Hip Flx/Ext',
      'hip.adduction': 'Hip Add/Abd',
      'hip.rotation': 'Hip Int/Ext',
      'knee.flexion': 'Knee Flx/Ext',
      'ankle.dorsiflexion': 'Ankle Dor/Pla',
      'foot.progression': 'Foot Int/Ext',
    } as const;
    for (const variable of PROFILE_VARIABLES) {
      near(gvs.left[variable], `GVS left ${names[variable]}`);
      near(gvs.right[variable], `GVS right ${names[variable]}`);
    }
  });

  test('the controls themselves have a mean of 100 and a deviation of 10', () => {
    const rows = normTable('gdi_control_kinematics_459x166.tsv')
      .trim()
      .split('\n')
      .map((line) => line.trim().split(/\s+/).map(Number));
    const scores = (rows[0] ?? []).map((_, control) =>
      gaitDeviationIndex(profileOf(rows.map((row) => row[control] as number)), basis),
    );
    expect(scores.length).toBe(166);
    expect(mean(scores)).toBeCloseTo(100, 3);
    expect(sampleSd(scores)).toBeCloseTo(10, 3);
  });
});

function subjectOf(table: string): { readonly left: GaitProfile; readonly right: GaitProfile } {
  const rows = table
    .trim()
    .split('\n')
    .slice(1)
    .map((line) => line.split('\t'));
  const side = (column: number) => profileOf(rows.map((row) => Number(row[column])));
  return { left: side(2), right: side(3) };
}

function profileOf(numbers: readonly number[]): GaitProfile {
  return gaitProfile(
    Object.fromEntries(
      PROFILE_VARIABLES.map((variable, index) => [variable, numbers.slice(51 * index, 51 * index + 51)]),
    ),
  );
}

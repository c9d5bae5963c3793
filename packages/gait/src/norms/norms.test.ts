import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { hasNormTables, normPackage, normTables } from '../../testing/norms.ts';
import { PROFILE_VARIABLES, variableOf } from '../variables.ts';
import { bandOf } from './band.ts';
import { buildNormPackage, type ReferenceWalk } from './build.ts';
import { normsFromTables } from './from-tables.ts';
import { matchNorms, type WalkToJudge } from './match.ts';
import { NormError, type NormPackage } from './package.ts';
import { checkNormPackage, parseNormPackage, writeNormPackage } from './parse.ts';

const curve = { unit: 'deg', mean: new Array(51).fill(10), sd: new Array(51).fill(2) } as const;

const children: NormPackage = {
  format: 'rectus-gait-norms',
  version: 1,
  id: 'children',
  name: 'Children',
  population: {
    description: 'children',
    ageGroup: 'children',
    people: 83,
    ageYears: { least: 4, greatest: 17 },
  },
  footwear: 'barefoot',
  simulated: false,
  licence: { name: 'None', note: '' },
  citation: 'A paper',
  origin: 'A table',
  sets: [set('slow', 0.29, 0.03), set('free', 0.43, 0.026), set('fast', 0.56, 0.03)],
  gdi: null,
  profile: null,
};

function set(id: string, mean: number, sd: number) {
  const speed = { mean, sd, range: { least: mean - 3 * sd, greatest: mean + 3 * sd } };
  return {
    id,
    name: id,
    people: 80,
    dimensionlessSpeed: speed,
    curves: { 'knee.flexion': curve },
    values: {},
  };
}

const child: WalkToJudge = { ageYears: 9, footwear: 'barefoot', walkingAid: false, dimensionlessSpeed: 0.43 };
const codes = (norms: NormPackage, walk: WalkToJudge) =>
  matchNorms(norms, walk).caveats.map(({ code }) => code);

describe('the file of a norm package', () => {
  test('is read as it was written', () => {
    expect(parseNormPackage(writeNormPackage(children))).toEqual(children);
  });

  const without = (change: (copy: Record<string, unknown>) => void): unknown => {
    const copy = structuredClone(children) as unknown as Record<string, unknown>;
    change(copy);
    return copy;
  };
  const firstCurve = (copy: Record<string, unknown>): Record<string, unknown> =>
    (copy.sets as { curves: Record<string, Record<string, unknown>> }[])[0]?.curves['knee.flexion'] ?? {};

  test.each([
    ['not-norms', '', {}],
    ['not-norms', '', { format: 'something else' }],
    ['version', 'version', without((copy) => Object.assign(copy, { version: 2 }))],
    ['wrong-type', 'id', without((copy) => Object.assign(copy, { id: 'No Spaces' }))],
    ['missing', 'citation', without((copy) => Reflect.deleteProperty(copy, 'citation'))],
    ['empty', 'citation', without((copy) => Object.assign(copy, { citation: ' ' }))],
    ['wrong-type', 'footwear', without((copy) => Object.assign(copy, { footwear: 'boots' }))],
    ['empty', '', without((copy) => Object.assign(copy, { sets: [] }))],
    [
      'wrong-length',
      'sets[0].curves.knee.flexion.mean',
      without((copy) => Object.assign(firstCurve(copy), { mean: [1, 2] })),
    ],
    [
      'wrong-type',
      'sets[0].curves.knee.flexion.mean[0]',
      without((copy) => Object.assign(firstCurve(copy), { mean: ['1', ...new Array(50).fill(0)] })),
    ],
    [
      'wrong-type',
      'sets[0].curves.knee.flexion.sd[50]',
      without((copy) => Object.assign(firstCurve(copy), { sd: [...new Array(50).fill(0), -1] })),
    ],
    [
      'wrong-unit',
      'sets[0].curves.knee.flexion.unit',
      without((copy) => Object.assign(firstCurve(copy), { unit: 'W/kg' })),
    ],
  ] as const)('with a fault is refused: %s at "%s"', (code, path, value) => {
    expect(() => checkNormPackage(value)).toThrowError(expect.objectContaining({ code, path }));
  });

  test('is refused with our own error, whatever stands in it', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.json()), (text) => {
        try {
          parseNormPackage(text);
        } catch (error) {
          expect(error).toBeInstanceOf(NormError);
        }
      }),
    );
  });
});

describe('matching a walk with norms', () => {
  test('takes the people who walked most nearly as fast for their size', () => {
    const matched = (dimensionlessSpeed: number) =>
      matchNorms(children, { ...child, dimensionlessSpeed }).set?.id;
    expect([0.25, 0.4, 0.7].map(matched)).toEqual(['slow', 'free', 'fast']);
  });

  test('says nothing against a child who walked like the children of the norms', () => {
    expect(codes(children, child)).toEqual([]);
  });

  test('never judges an adult by children without saying so', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 18, max: 100 }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (ageYears, speed) => {
          expect(codes(children, { ...child, ageYears, dimensionlessSpeed: speed })).toContain('children');
          const noAges = { ...children, population: { ...children.population, ageYears: null } };
          expect(codes(noAges, { ...child, ageYears })).toContain('children');
        },
      ),
    );
    const { caveats } = matchNorms(children, { ...child, ageYears: 46 });
    expect(caveats[0]?.text).toBe(
      'The norms are of children of 4 to 17 years. The person is an adult of 46: differences may be those of age.',
    );
  });

  test('says when the age is outside of the norms, or not known', () => {
    expect(codes(children, { ...child, ageYears: 3 })).toEqual(['age']);
    expect(codes(children, { ...child, ageYears: null })).toEqual(['age-unknown']);
  });

  test('says when footwear, aid or speed differ', () => {
    expect(
      codes(children, { ...child, footwear: 'shod', walkingAid: true, dimensionlessSpeed: 0.9 }),
    ).toEqual(['footwear', 'walking-aid', 'speed']);
    expect(codes(children, { ...child, dimensionlessSpeed: null })).toEqual(['speed-unknown']);
  });

  test('says when the norms are simulated', () => {
    expect(codes({ ...children, simulated: true }, child)).toEqual(['simulated']);
  });
});

describe("norms of a clinic's own people", () => {
  const person = (ageYears: number, left: number, right: number): ReferenceWalk => ({
    ageYears,
    dimensionlessSpeed: 0.4,
    curves: new Map([
      ['knee.flexion', [new Float64Array(101).fill(left), new Float64Array(101).fill(right)]],
    ]),
    values: { cadencePerMin: { unit: '/min', value: left } },
  });
  const about = {
    id: 'our-clinic',
    name: 'Our clinic',
    population: 'staff of the clinic',
    footwear: 'barefoot',
    simulated: false,
    licence: { name: 'Our own', note: '' },
    citation: 'Measured in the clinic',
    origin: 'Trials of the clinic',
  } as const;

  test('count each person once, by the mean of both sides', () => {
    const norms = buildNormPackage(about, [person(30, 10, 20), person(50, 19, 19)]);
    const { mean, sd } = norms.sets[0]?.curves['knee.flexion'] ?? { mean: [], sd: [] };
    expect(mean[0]).toBe(17);
    expect(sd[100]).toBeCloseTo(Math.sqrt(8), 12);
    expect(norms.population).toMatchObject({
      people: 2,
      ageGroup: 'adults',
      ageYears: { least: 30, greatest: 50 },
    });
    expect(norms.sets[0]?.values.cadencePerMin).toMatchObject({ unit: '/min', mean: 14.5 });
    expect(checkNormPackage(norms)).toEqual(norms);
    expect(codes(norms, { ...child, ageYears: 40, dimensionlessSpeed: 0.4 })).toEqual(['few-people']);
  });

  test('are the reference of GPS as well where all nine curves of the profile are there', () => {
    const walk = (knee: number): ReferenceWalk => ({
      ...person(30, knee, knee),
      curves: new Map(
        PROFILE_VARIABLES.map((id) => [
          id,
          [Float64Array.from({ length: 101 }, (_, point) => knee + (id === 'knee.flexion' ? point : 0))],
        ]),
      ),
    });
    const { profile } = buildNormPackage(about, [walk(10), walk(20)]);
    expect(profile?.controls).toBe(2);
    expect(profile?.curves['knee.flexion']?.mean.slice(0, 3)).toEqual([15, 17, 19]);
    expect(profile?.curves['hip.flexion']?.mean).toHaveLength(51);
    expect(buildNormPackage(about, [person(30, 1, 1), person(31, 2, 2)]).profile).toBeNull();
  });

  test('are not made of a single person', () => {
    expect(() => buildNormPackage(about, [person(30, 1, 1)])).toThrowError(
      expect.objectContaining({ code: 'too-few' }),
    );
  });
});

test('a band is drawn at 101 points from 51, through those that are given', () => {
  const rising = {
    unit: 'deg',
    mean: Array.from({ length: 51 }, (_, i) => 2 * i),
    sd: new Array(51).fill(1),
  } as const;
  const { lower, mean, upper } = bandOf(rising);
  expect([mean[0], mean[1], mean[100]]).toEqual([0, 1, 100]);
  expect([lower[50], upper[50]]).toEqual([49, 51]);
});

describe.skipIf(!hasNormTables())('the published tables', () => {
  test('become three packages that pass the check', () => {
    const packages = normsFromTables(normTables());
    expect(packages.map(({ id }) => id)).toEqual(['schwartz-2008', 'pinzone-2014', 'gdi-gps-2008']);
    for (const norms of packages) expect(parseNormPackage(writeNormPackage(norms))).toEqual(norms);
  });

  test('hold every curve at five speeds, with the frontal knee apart from the sagittal one', () => {
    const { sets } = normPackage('schwartz-2008');
    expect(sets.map(({ id, people }) => [id, people])).toEqual([
      ['very_slow', 77],
      ['slow', 82],
      ['free', 82],
      ['fast', 76],
      ['very_fast', 51],
    ]);
    const free = sets[2];
    expect(Object.keys(free?.curves ?? {}).filter(variableOf).length).toBe(11 + 5 + 3 + 2);
    for (const { mean } of Object.values(free?.curves ?? {})) expect(mean.length).toBe(51);
    expect(free?.curves['knee.extension-moment']?.mean[0]).toBe(-0.1292);
    expect(free?.curves['knee.abduction-moment']?.mean[0]).toBe(-0.0047);
    expect(free?.values.footOffPercent).toEqual({ unit: '%', mean: 59, sd: 2 });
    expect(free?.dimensionlessSpeed?.mean).toBeCloseTo(0.429388, 6);
  });

  test('with a broken line are refused, naming table and line', () => {
    const tables = normTables();
    tables.set('schwartz2008_grf.tsv', `${tables.get('schwartz2008_grf.tsv')}Vertical\tfree\n`);
    expect(() => normsFromTables(tables)).toThrowError(/groundReaction: line \d+ has 2 columns/);
  });

  test('that are incomplete make no package', () => {
    const tables = normTables();
    tables.delete('gdi_control_constants.tsv');
    expect(normsFromTables(tables).map(({ id }) => id)).toEqual(['schwartz-2008', 'pinzone-2014']);
  });
});

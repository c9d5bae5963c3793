import { mean, sampleSd } from '../signal/statistics.ts';
import { variableOf } from '../variables.ts';
import {
  NORM_FORMAT,
  NORM_VERSION,
  type NormCurve,
  NormError,
  type NormPackage,
  type NormSet,
  type NormValue,
} from './package.ts';

/** One healthy person's walk, as a clinic measured it. */
export interface ReferenceWalk {
  readonly ageYears: number;
  readonly dimensionlessSpeed: number;
  /** Average cycles by the id of the variable, one for each side that was measured: 51 or 101 values each. */
  readonly curves: ReadonlyMap<string, readonly ArrayLike<number>[]>;
  /** Such as cadencePerMin, with their unit. */
  readonly values: Readonly<Record<string, { readonly unit: string; readonly value: number }>>;
}

export type NormDescription = Pick<
  NormPackage,
  'id' | 'name' | 'footwear' | 'simulated' | 'licence' | 'citation' | 'origin'
> & { readonly population: string };

const ADULT_YEARS = 18;

/**
 * A norm package of a clinic's own people: each person counts once, by the mean of both sides; the band is the spread
 * between people (n − 1). All walks make one set at one speed.
 *
 * @throws NormError `too-few` for fewer than two people, `wrong-length` when curves of a variable differ in points
 */
export function buildNormPackage(description: NormDescription, walks: readonly ReferenceWalk[]): NormPackage {
  if (walks.length < 2)
    throw new NormError('too-few', '', `Norms need at least two people; there are ${walks.length}.`);
  const ages = walks.map(({ ageYears }) => ageYears);
  const [least, greatest] = [Math.min(...ages), Math.max(...ages)];
  return {
    format: NORM_FORMAT,
    version: NORM_VERSION,
    ...description,
    population: {
      description: description.population,
      ageGroup: least >= ADULT_YEARS ? 'adults' : greatest < ADULT_YEARS ? 'children' : 'mixed',
      people: walks.length,
      ageYears: { least, greatest },
    },
    sets: [setOf(walks)],
    gdi: null,
    profile: null,
  };
}

function setOf(walks: readonly ReferenceWalk[]): NormSet {
  const speeds = walks.map(({ dimensionlessSpeed }) => dimensionlessSpeed);
  const ids = new Set(walks.flatMap(({ curves }) => [...curves.keys()]));
  const names = new Set(walks.flatMap(({ values }) => Object.keys(values)));
  return {
    id: 'own',
    name: 'Own speed',
    people: walks.length,
    dimensionlessSpeed: {
      mean: mean(speeds),
      sd: sampleSd(speeds),
      range: { least: Math.min(...speeds), greatest: Math.max(...speeds) },
    },
    curves: Object.fromEntries([...ids].flatMap((id) => curveOf(id, walks))),
    values: Object.fromEntries([...names].flatMap((name) => measureOf(name, walks))),
  };
}

/** None for a variable that fewer than two people have, or that is not ours. */
function curveOf(id: string, walks: readonly ReferenceWalk[]): [string, NormCurve][] {
  const unit = variableOf(id)?.unit;
  const people = walks.flatMap(({ curves }) => personCurve(id, curves.get(id) ?? []));
  if (!unit || people.length < 2) return [];
  const points = people[0]?.length ?? 0;
  if (people.some((curve) => curve.length !== points))
    throw new NormError('wrong-length', id, 'the people have curves of different lengths.');
  const at = (point: number): number[] => people.map((curve) => curve[point] as number);
  const indices = Array.from({ length: points }, (_, point) => point);
  return [
    [
      id,
      {
        unit,
        mean: indices.map((point) => mean(at(point))),
        sd: indices.map((point) => sampleSd(at(point))),
      },
    ],
  ];
}

function personCurve(id: string, sides: readonly ArrayLike<number>[]): number[][] {
  const first = sides[0];
  if (!first) return [];
  if (sides.some(({ length }) => length !== first.length))
    throw new NormError('wrong-length', id, 'the sides have curves of different lengths.');
  const curve = Array.from({ length: first.length }, (_, point) =>
    mean(sides.map((side) => side[point] as number)),
  );
  return curve.every(Number.isFinite) ? [curve] : [];
}

function measureOf(name: string, walks: readonly ReferenceWalk[]): [string, NormValue][] {
  const found = walks.flatMap(({ values }) => values[name] ?? []);
  const unit = found[0]?.unit;
  if (unit === undefined || found.length < 2) return [];
  const numbers = found.map(({ value }) => value);
  return [[name, { unit, mean: mean(numbers), sd: sampleSd(numbers) }]];
}

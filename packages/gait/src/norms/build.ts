import { PROFILE_POINTS } from '../scores/profile.ts';
import { mean, sampleSd } from '../signal/statistics.ts';
import { PROFILE_VARIABLES, variableOf } from '../variables.ts';
import {
  NORM_FORMAT,
  NORM_VERSION,
  type NormCurve,
  NormError,
  type NormPackage,
  type NormSet,
  type NormValue,
  type ProfileReference,
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
 * How many people a clinic should have before it judges others by them. Where the spread of n normally distributed values is
 * s, the true one lies with 95 % confidence between s·√((n−1)/χ²₀.₉₇₅) and s·√((n−1)/χ²₀.₀₂₅): of ten people between 0.69 s
 * and 1.83 s; of five between 0.60 s and 2.87 s, where a band says little any more.
 */
export const LEAST_REFERENCE_PEOPLE = 10;

/**
 * A norm package of a clinic's own people: each person counts once, by the mean of both sides; the band is the spread
 * between people (n − 1). All walks make one set at one speed, and the reference of GPS and MAP where the nine curves of
 * the profile are among them. That of GDI is a publication's own.
 *
 * @throws NormError `too-few` for fewer than two people, `wrong-length` when curves of a variable differ in points
 */
export function buildNormPackage(description: NormDescription, walks: readonly ReferenceWalk[]): NormPackage {
  if (walks.length < 2)
    throw new NormError('too-few', '', `Norms need at least two people; there are ${walks.length}.`);
  const ages = walks.map(({ ageYears }) => ageYears);
  const [least, greatest] = [Math.min(...ages), Math.max(...ages)];
  const set = setOf(walks);
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
    sets: [set],
    gdi: null,
    profile: profileOf(set, walks.length),
  };
}

/** As Baker R et al. Gait Posture 2009;30:265–9 take it: the mean curves of the controls, at every second per cent. */
function profileOf({ curves }: NormSet, controls: number): ProfileReference | null {
  const sampled = PROFILE_VARIABLES.flatMap((id): [string, NormCurve][] => {
    const curve = curves[id];
    if (!curve) return [];
    const step = (curve.mean.length - 1) / (PROFILE_POINTS - 1);
    const every = (values: readonly number[]) => values.filter((_, point) => point % step === 0);
    return [[id, { unit: curve.unit, mean: every(curve.mean), sd: every(curve.sd) }]];
  });
  return sampled.length < PROFILE_VARIABLES.length ? null : { controls, curves: Object.fromEntries(sampled) };
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

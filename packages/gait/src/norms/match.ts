import type { AgeGroup, Footwear, NormPackage, NormSet } from './package.ts';

/** What must be known of a walk to compare it with norms. */
export interface WalkToJudge {
  readonly ageYears: number | null;
  readonly footwear: Footwear;
  readonly walkingAid: boolean;
  /** v / √(g · leg length); see `dimensionlessSpeed`. */
  readonly dimensionlessSpeed: number | null;
}

export type CaveatCode =
  | 'simulated'
  | 'children'
  | 'age'
  | 'age-unknown'
  | 'footwear'
  | 'walking-aid'
  | 'speed'
  | 'speed-unknown'
  | 'few-people';

/** What a report must say beside a comparison. */
export interface Caveat {
  readonly code: CaveatCode;
  readonly text: string;
}

/** The norms that fit best, never without what does not fit. */
export interface MatchedNorms {
  readonly norms: NormPackage;
  readonly set: NormSet | null;
  /** To be shown wherever the norms are. */
  readonly caveats: readonly Caveat[];
}

const ADULT_YEARS = 18;
const FEW_PEOPLE = 20;
/** How far from the mean speed of a set a walk may be to be called as fast, in standard deviations. */
const SPEED_SDS = 2;

/**
 * The set of a package whose people walked most nearly as fast, and everything that speaks against the comparison. This
 * is the only way to a set, so that no report can leave the caveats out.
 */
export function matchNorms(norms: NormPackage, walk: WalkToJudge): MatchedNorms {
  const set = nearestSet(norms.sets, walk.dimensionlessSpeed);
  return { norms, set, caveats: caveatsOf(norms, set, walk) };
}

function nearestSet(sets: readonly NormSet[], speed: number | null): NormSet | null {
  const timed = sets.filter((set) => set.dimensionlessSpeed);
  if (speed === null || timed.length === 0) return sets.find(({ id }) => id === 'free') ?? sets[0] ?? null;
  const away = (set: NormSet): number => Math.abs((set.dimensionlessSpeed?.mean ?? Number.NaN) - speed);
  return timed.reduce((best, set) => (away(set) < away(best) ? set : best));
}

function caveatsOf(norms: NormPackage, set: NormSet | null, walk: WalkToJudge): Caveat[] {
  return [
    ...(norms.simulated
      ? [
          caveat(
            'simulated',
            'These bands come from a simulator, not from people: they show how a report looks.',
          ),
        ]
      : []),
    ...ageCaveats(norms, walk.ageYears),
    ...footwearCaveats(norms.footwear, walk.footwear),
    ...(walk.walkingAid
      ? [caveat('walking-aid', 'The person walked with an aid; the people of the norms walked without.')]
      : []),
    ...(set ? speedCaveats(set, walk.dimensionlessSpeed) : []),
    ...fewPeople(norms, set),
  ];
}

function caveat(code: CaveatCode, text: string): Caveat {
  return { code, text };
}

function ageCaveats(norms: NormPackage, ageYears: number | null): Caveat[] {
  const { ageGroup, ageYears: range } = norms.population;
  const who = describeAges(ageGroup, range);
  if (ageYears === null)
    return [caveat('age-unknown', `The age of the person is not known; the norms are of ${who}.`)];
  const isAdult = ageYears >= ADULT_YEARS;
  if (isAdult && ageGroup === 'children')
    return [
      caveat(
        'children',
        `The norms are of ${who}. The person is an adult of ${ageYears}: differences may be those of age.`,
      ),
    ];
  if (!range) {
    return ageGroup === 'unknown' || (ageGroup === 'adults' && !isAdult)
      ? [caveat('age', `The norms are of ${who}; the person is ${ageYears} years old.`)]
      : [];
  }
  return ageYears < range.least || ageYears > range.greatest
    ? [caveat('age', `The norms are of ${who}; the person is ${ageYears} years old.`)]
    : [];
}

function describeAges(
  group: AgeGroup,
  range: { readonly least: number; readonly greatest: number } | null,
): string {
  const people = { children: 'children', adults: 'adults', mixed: 'children and adults', unknown: 'people' }[
    group
  ];
  return range
    ? `${people} of ${range.least} to ${range.greatest} years`
    : `${people} whose ages are not told`;
}

function footwearCaveats(norms: Footwear, walk: Footwear): Caveat[] {
  if (norms === walk && norms !== 'unknown') return [];
  const words = {
    barefoot: 'walked barefoot',
    shod: 'walked in shoes',
    mixed: 'walked partly in shoes',
    unknown: 'walked in footwear that is not told',
  };
  return [caveat('footwear', `The people of the norms ${words[norms]}; the person ${words[walk]}.`)];
}

function speedCaveats({ dimensionlessSpeed: theirs }: NormSet, speed: number | null): Caveat[] {
  if (!theirs)
    return [
      caveat('speed-unknown', 'It is not told how fast the people of the norms walked for their size.'),
    ];
  if (speed === null)
    return [
      caveat(
        'speed-unknown',
        'The speed of the person for their size is not known; comfortable speed is taken.',
      ),
    ];
  const reach = theirs.sd === null ? 0.1 * theirs.mean : SPEED_SDS * theirs.sd;
  if (Math.abs(speed - theirs.mean) <= reach) return [];
  const direction = speed < theirs.mean ? 'more slowly' : 'faster';
  const text = `For their size the person walked ${direction} (${speed.toFixed(2)}) than the people of these norms (${theirs.mean.toFixed(2)}).`;
  return [caveat('speed', text)];
}

function fewPeople(norms: NormPackage, set: NormSet | null): Caveat[] {
  const people = set?.people ?? norms.population.people;
  return people !== null && people < FEW_PEOPLE && !norms.simulated
    ? [caveat('few-people', `The norms are of ${people} people only.`)]
    : [];
}

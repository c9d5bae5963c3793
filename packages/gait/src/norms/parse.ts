import type { GdiBasis } from '../scores/gdi.ts';
import { PROFILE_POINTS } from '../scores/profile.ts';
import { PROFILE_VARIABLES, type Unit, variableOf } from '../variables.ts';
import {
  NORM_FORMAT,
  NORM_VERSION,
  type NormCurve,
  NormError,
  type NormPackage,
  type NormSet,
  type ProfileReference,
  type Range,
} from './package.ts';
import { Reader } from './reader.ts';

const UNITS: readonly Unit[] = ['deg', 'Nm/kg', 'W/kg', 'body weight'];
const CURVE_LENGTHS = [51, 101];
const FEATURES = 15;

/**
 * A norm package from the text of its file.
 *
 * @throws NormError naming the place that is wrong
 */
export function parseNormPackage(text: string): NormPackage {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw new NormError('not-json', '', `This is not JSON: ${(error as Error).message}`);
  }
  return checkNormPackage(value);
}

/** The text of a package's file. */
export function writeNormPackage(norms: NormPackage): string {
  return `${JSON.stringify(norms)}\n`;
}

/** The same for a value that was read already. @throws NormError */
export function checkNormPackage(value: unknown): NormPackage {
  const root = new Reader(value);
  const format = root.entries().find(([name]) => name === 'format')?.[1].value;
  if (format !== NORM_FORMAT) throw new NormError('not-norms', '', `This is no file of ${NORM_FORMAT}.`);
  const version = root.field('version').number();
  if (version !== NORM_VERSION)
    throw new NormError('version', 'version', `version ${version} is not known; ${NORM_VERSION} is.`);
  const id = root.field('id').words();
  if (!/^[a-z0-9-]+$/.test(id))
    throw new NormError('wrong-type', 'id', 'only lower-case letters, digits and hyphens may stand here.');
  const population = root.field('population');
  const norms: NormPackage = {
    format: NORM_FORMAT,
    version: NORM_VERSION,
    id,
    name: root.field('name').words(),
    population: {
      description: population.field('description').words(),
      ageGroup: population.field('ageGroup').oneOf(['children', 'adults', 'mixed', 'unknown']),
      people: population.field('people').orNull((place) => place.size()),
      ageYears: population.field('ageYears').orNull(range),
    },
    footwear: root.field('footwear').oneOf(['barefoot', 'shod', 'mixed', 'unknown']),
    simulated: root.field('simulated').flag(),
    licence: {
      name: root.field('licence').field('name').words(),
      note: root.field('licence').field('note').text(),
    },
    citation: root.field('citation').words(),
    origin: root.field('origin').words(),
    sets: root.field('sets').items().map(set),
    gdi: root.field('gdi').orNull(gdiBasis),
    profile: root.field('profile').orNull(profile),
  };
  if (norms.sets.length === 0 && !norms.gdi && !norms.profile)
    throw new NormError('empty', '', 'The package has neither curves nor a basis for scores.');
  return norms;
}

function range(place: Reader): Range {
  const [least, greatest] = [place.field('least').number(), place.field('greatest').number()];
  if (least > greatest) throw new NormError('wrong-type', place.path, `${least} to ${greatest} is no range.`);
  return { least, greatest };
}

function set(place: Reader): NormSet {
  return {
    id: place.field('id').words(),
    name: place.field('name').words(),
    people: place.field('people').orNull((one) => one.size()),
    dimensionlessSpeed: place.field('dimensionlessSpeed').orNull((speed) => ({
      mean: speed.field('mean').size(),
      sd: speed.field('sd').orNull((one) => one.size()),
      range: speed.field('range').orNull(range),
    })),
    curves: curves(place.field('curves'), CURVE_LENGTHS),
    values: Object.fromEntries(
      place
        .field('values')
        .entries()
        .map(([name, one]) => [
          name,
          { unit: one.field('unit').text(), mean: one.field('mean').number(), sd: one.field('sd').size() },
        ]),
    ),
  };
}

function curves(place: Reader, lengths: readonly number[]): Record<string, NormCurve> {
  return Object.fromEntries(place.entries().map(([id, one]) => [id, curve(id, one, lengths)]));
}

function curve(id: string, place: Reader, lengths: readonly number[]): NormCurve {
  const unit = place.field('unit').oneOf(UNITS);
  const expected = variableOf(id)?.unit;
  if (expected && unit !== expected)
    throw new NormError('wrong-unit', `${place.path}.unit`, `${id} is told in ${expected}, not in ${unit}.`);
  const mean = place.field('mean').numbers(lengths);
  const sd = place.field('sd').numbers([mean.length]);
  const negative = sd.findIndex((value) => value < 0);
  if (negative >= 0)
    throw new NormError('wrong-type', `${place.path}.sd[${negative}]`, 'a deviation cannot be negative.');
  return { unit, mean, sd };
}

function gdiBasis(place: Reader): GdiBasis {
  const features = place.field('features').items();
  if (features.length !== FEATURES) {
    const message = `has ${features.length} features; ${FEATURES} are expected.`;
    throw new NormError('wrong-length', `${place.path}.features`, message);
  }
  const sdLn = place.field('sdLn').number();
  if (sdLn <= 0) throw new NormError('wrong-type', `${place.path}.sdLn`, 'must be above zero.');
  return {
    controls: place.field('controls').size(),
    features: features.map((feature) => feature.numbers([PROFILE_VARIABLES.length * PROFILE_POINTS])),
    controlMean: place.field('controlMean').numbers([FEATURES]),
    meanLn: place.field('meanLn').number(),
    sdLn,
  };
}

function profile(place: Reader): ProfileReference {
  const read = curves(place.field('curves'), [PROFILE_POINTS]);
  const missing = PROFILE_VARIABLES.find((variable) => !read[variable]);
  if (missing) throw new NormError('missing', `${place.path}.curves.${missing}`, 'this curve is missing.');
  return { controls: place.field('controls').size(), curves: read };
}

import type { GdiBasis } from '../scores/gdi.ts';
import { PROFILE_POINTS } from '../scores/profile.ts';
import { mean, sampleSd } from '../signal/statistics.ts';
import { PROFILE_VARIABLES } from '../variables.ts';
import {
  NORM_FORMAT,
  NORM_VERSION,
  type NormCurve,
  NormError,
  type NormPackage,
  type ProfileReference,
} from './package.ts';
import { cell, readMatrix, readTable } from './tables.ts';

export interface GdiTables {
  /** Variable, per cent and fifteen features; 459 lines. */
  readonly features: string;
  /** Names and values of the controls' means in the features and of the logarithm's mean and deviation. */
  readonly controlConstants: string;
  /** 459 lines of the curves of the controls, without a line of names. */
  readonly controlKinematics: string;
}

const FEATURES = 15;

/**
 * The reference of the gait deviation index and of the gait profile score, as a norm package without bands.
 * Source: Schwartz MH, Rozumalski A. Gait Posture 2008;28:351–7; Baker R et al. Gait Posture 2009;30:265–9.
 *
 * @throws NormError `table`
 */
export function normsFromGdiWorkbook(tables: GdiTables): NormPackage {
  return {
    format: NORM_FORMAT,
    version: NORM_VERSION,
    id: 'gdi-gps-2008',
    name: 'Reference of GDI and GPS',
    population: {
      description: 'typically developing children of one laboratory',
      ageGroup: 'children',
      people: null,
      ageYears: null,
    },
    footwear: 'barefoot',
    simulated: false,
    licence: {
      name: 'None stated',
      note: 'Free electronic addendum of the paper; not to be passed on with this program.',
    },
    citation:
      'Schwartz MH, Rozumalski A. The gait deviation index. Gait Posture 2008;28(3):351-7. doi 10.1016/j.gaitpost.2008.05.001; Baker R et al. The gait profile score and movement analysis profile. Gait Posture 2009;30(3):265-9. doi 10.1016/j.gaitpost.2009.05.020',
    origin: 'addendum of the paper: features and 166 strides of controls',
    sets: [],
    gdi: basisOf(tables),
    profile: profileOf(tables),
  };
}

function basisOf({ features, controlConstants }: GdiTables): GdiBasis {
  const rows = readTable('features', features);
  if (rows.length !== PROFILE_VARIABLES.length * PROFILE_POINTS)
    throw new NormError('table', 'features', `has ${rows.length} lines; 459 are expected.`);
  const constants = new Map(
    readTable('controlConstants', controlConstants).map((row) => [
      row.name ?? '',
      cell('controlConstants', row, 'value'),
    ]),
  );
  const constant = (name: string): number => {
    const value = constants.get(name);
    if (value === undefined) throw new NormError('table', 'controlConstants', `has no ${name}.`);
    return value;
  };
  const numbers = Array.from({ length: FEATURES }, (_, index) => index + 1);
  return {
    controls: constant('n_controls'),
    features: numbers.map((number) => rows.map((row) => cell('features', row, `f${number}`))),
    controlMean: numbers.map((number) => constant(`mean_feature_${number}`)),
    meanLn: constant('mean_ln_distance'),
    sdLn: constant('sd_ln_distance_n_minus_1'),
  };
}

function profileOf({ controlKinematics }: GdiTables): ProfileReference {
  const rows = readMatrix('controlKinematics', controlKinematics);
  if (rows.length !== PROFILE_VARIABLES.length * PROFILE_POINTS)
    throw new NormError('table', 'controlKinematics', `has ${rows.length} lines; 459 are expected.`);
  const curves = PROFILE_VARIABLES.map((variable, index): [string, NormCurve] => {
    const own = rows.slice(index * PROFILE_POINTS, (index + 1) * PROFILE_POINTS);
    return [
      variable,
      { unit: 'deg', mean: own.map((row) => mean(row)), sd: own.map((row) => sampleSd(row)) },
    ];
  });
  return { controls: rows[0]?.length ?? 0, curves: Object.fromEntries(curves) };
}

import type { GdiBasis } from '../scores/gdi.ts';
import { PROFILE_POINTS } from '../scores/profile.ts';
import { PROFILE_VARIABLES, type ProfileVariable } from '../variables.ts';
import {
  NORM_FORMAT,
  NORM_VERSION,
  type NormCurve,
  NormError,
  type NormPackage,
  type ProfileReference,
} from './package.ts';
import { cell, readTable } from './tables.ts';

export interface GdiTables {
  /** Variable, per cent and fifteen features; 459 lines. */
  readonly features: string;
  /** Names and values of the controls' means in the features and of the logarithm's mean and deviation. */
  readonly controlConstants: string;
  /** Variable, per cent, mean and deviation of the controls' curves; 459 lines. */
  readonly controlMeanSd: string;
}

const FEATURES = 15;
const TABLE_NAMES: Readonly<Record<string, ProfileVariable>> = {
  pelvic_tilt: 'pelvis.tilt',
  pelvic_obliquity: 'pelvis.obliquity',
  pelvic_rotation: 'pelvis.rotation',
  hip_flexion: 'hip.flexion',
  hip_adduction: 'hip.adduction',
  hip_rotation: 'hip.rotation',
  knee_flexion: 'knee.flexion',
  ankle_dorsiflexion: 'ankle.dorsiflexion',
  foot_progression: 'foot.progression',
};

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

function profileOf(tables: GdiTables): ProfileReference {
  const rows = readTable('controlMeanSd', tables.controlMeanSd);
  const curves = PROFILE_VARIABLES.map((variable): [string, NormCurve] => {
    const own = rows.filter((row) => TABLE_NAMES[row.variable ?? ''] === variable);
    if (own.length !== PROFILE_POINTS)
      throw new NormError(
        'table',
        'controlMeanSd',
        `has ${own.length} lines of ${variable}; 51 are expected.`,
      );
    const column = (name: string) => own.map((row) => cell('controlMeanSd', row, name));
    return [variable, { unit: 'deg', mean: column('mean'), sd: column('sd') }];
  });
  const constants = readTable('controlConstants', tables.controlConstants);
  const controls = constants.find((row) => row.name === 'n_controls');
  return {
    controls: controls ? cell('controlConstants', controls, 'value') : 0,
    curves: Object.fromEntries(curves),
  };
}

import type { Unit } from '../variables.ts';
import {
  NORM_FORMAT,
  NORM_VERSION,
  type NormCurve,
  type NormPackage,
  type NormSet,
  type NormValue,
} from './package.ts';
import { cell, readTable } from './tables.ts';

export interface PinzoneTables {
  readonly curves: string;
  readonly temporalSpatial: string;
}

/** Our name of each curve. The rotation moment of the ankle is left out: the table does not say which way is positive. */
const CURVES: Readonly<Record<string, readonly [id: string, unit: Unit]>> = {
  'Pelvis Ant/Pst': ['pelvis.tilt', 'deg'],
  'Pelvic Up/Dn': ['pelvis.obliquity', 'deg'],
  'Pelvic Int/Ext': ['pelvis.rotation', 'deg'],
  'Hip Flx/Ext': ['hip.flexion', 'deg'],
  'Hip Add/Abd': ['hip.adduction', 'deg'],
  'Hip Int/Ext': ['hip.rotation', 'deg'],
  'Knee Flx/Ext': ['knee.flexion', 'deg'],
  'Ankle Dor/Pla': ['ankle.dorsiflexion', 'deg'],
  'Foot Int/Ext': ['foot.progression', 'deg'],
  'Hip Extensor Moment': ['hip.extension-moment', 'Nm/kg'],
  'Hip Abductor Moment': ['hip.abduction-moment', 'Nm/kg'],
  'Knee Extensor Moment': ['knee.extension-moment', 'Nm/kg'],
  'Knee Abductor Moment': ['knee.abduction-moment', 'Nm/kg'],
  'Plantarflexor Moment': ['ankle.plantarflexion-moment', 'Nm/kg'],
  'Hip Power': ['hip.power', 'W/kg'],
  'Knee Power': ['knee.power', 'W/kg'],
  'Ankle Power': ['ankle.power', 'W/kg'],
};
const VALUES: Readonly<Record<string, readonly [name: string, unit: string]>> = {
  'Speed (m/s)': ['speedMPerS', 'm/s'],
  'Cadence (steps/min)': ['cadencePerMin', '/min'],
  'Step lenght (m)': ['stepLengthM', 'm'],
};

/**
 * Children of two gait laboratories at their own speed, as a norm package of two sets.
 * Source: Pinzone O, Schwartz MH, Thomason P, Baker R. Gait Posture 2014;40:286–90.
 *
 * @throws NormError `table`
 */
export function normsFromPinzone2014(tables: PinzoneTables): NormPackage {
  return {
    format: NORM_FORMAT,
    version: NORM_VERSION,
    id: 'pinzone-2014',
    name: 'Pinzone 2014: children in two laboratories',
    population: {
      description: 'typically developing children of two laboratories',
      ageGroup: 'children',
      people: null,
      ageYears: null,
    },
    footwear: 'barefoot',
    simulated: false,
    licence: {
      name: 'Supplement of the paper',
      note: 'Not to be passed on with this program; whoever installs it needs access to the paper.',
    },
    citation:
      'Pinzone O, Schwartz MH, Thomason P, Baker R. The comparison of normative reference data from different gait analysis services. Gait Posture 2014;40(2):286-90',
    origin: 'electronic supplement of the paper, tables of mean and standard deviation',
    sets: [setOf(1, tables), setOf(2, tables)],
    gdi: null,
    profile: null,
  };
}

function setOf(centre: 1 | 2, tables: PinzoneTables): NormSet {
  const rows = readTable('curves', tables.curves);
  const column = (variable: string, part: string) =>
    rows
      .filter((row) => row.variable === variable)
      .map((row) => cell('curves', row, `centre${centre}_${part}`));
  const curves = Object.entries(CURVES).map(([variable, [id, unit]]): [string, NormCurve] => [
    id,
    { unit, mean: column(variable, 'mean'), sd: column(variable, 'sd') },
  ]);
  const values = readTable('temporalSpatial', tables.temporalSpatial).flatMap(
    (row): [string, NormValue][] => {
      const named = VALUES[row.parameter ?? ''];
      const number = (part: string) => cell('temporalSpatial', row, `centre${centre}_${part}`);
      return named ? [[named[0], { unit: named[1], mean: number('mean'), sd: number('sd') }]] : [];
    },
  );
  return {
    id: `centre-${centre}`,
    name: `Laboratory ${centre}`,
    people: null,
    dimensionlessSpeed: null,
    curves: Object.fromEntries(curves),
    values: Object.fromEntries(values),
  };
}

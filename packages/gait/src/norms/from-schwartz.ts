import type { Unit } from '../variables.ts';
import {
  NORM_FORMAT,
  NORM_VERSION,
  type NormCurve,
  type NormPackage,
  type NormSet,
  type NormValue,
} from './package.ts';
import { cell, type Row, readTable } from './tables.ts';

/** The text of each table, by what it holds. */
export interface SchwartzTables {
  readonly jointRotations: string;
  readonly jointMoments: string;
  readonly jointPower: string;
  readonly groundReaction: string;
  readonly cycleEvents: string;
  readonly summaryParameters: string;
}

const SPEEDS = [
  ['very_slow', 'Very Slow', 'Very slow'],
  ['slow', 'Slow', 'Slow'],
  ['free', 'Free', 'Comfortable'],
  ['fast', 'Fast', 'Fast'],
  ['very_fast', 'Very Fast', 'Very fast'],
] as const;

/** Our name of each curve. The trunk is kept under a name of its own: its axes are not those of our thorax. */
const ROTATIONS: Readonly<Record<string, string>> = {
  'Pelvic Ant/Posterior Tilt': 'pelvis.tilt',
  'Pelvic Up/Down Obliquity': 'pelvis.obliquity',
  'Pelvic Int/External Rotation': 'pelvis.rotation',
  'Hip Flex/Extension': 'hip.flexion',
  'Hip Ad/Abduction': 'hip.adduction',
  'Hip Int/External Rotation': 'hip.rotation',
  'Knee Flex/Extension': 'knee.flexion',
  'Knee Ad/Abduction': 'knee.adduction',
  'Knee Int/External Rotation': 'knee.rotation',
  'Ankle Dorsi/Plantarflexion': 'ankle.dorsiflexion',
  'Foot Int/External Progression': 'foot.progression',
  'Trunk Ant/Posterior Tilt': 'schwartz-trunk.tilt',
  'Trunk Up/Down Obliquity': 'schwartz-trunk.obliquity',
  'Trunk Int/External Rotation': 'schwartz-trunk.rotation',
};
const MOMENTS: Readonly<Record<string, string>> = {
  'Hip Ext/Flexion': 'hip.extension-moment',
  'Hip Ab/Adduction': 'hip.abduction-moment',
  'Knee Ext/Flexion': 'knee.extension-moment',
  'Ankle Dorsi/Plantarflexion': 'ankle.plantarflexion-moment',
};
/** The workbook's last block repeats the name of the sagittal knee; its values are those of the frontal plane. */
const MOMENTS_AGAIN: Readonly<Record<string, string>> = { 'Knee Ext/Flexion': 'knee.abduction-moment' };
const POWERS: Readonly<Record<string, string>> = {
  Hip: 'hip.power',
  Knee: 'knee.power',
  Ankle: 'ankle.power',
};
const FORCES: Readonly<Record<string, string>> = {
  'Anterior/Posterior': 'ground-reaction.forwards',
  Vertical: 'ground-reaction.upwards',
};
const EVENTS: Readonly<Record<string, string>> = {
  'Opposite Foot Off  [% cycle]': 'oppositeFootOffPercent',
  'Opposite Foot Contact  [% cycle]': 'oppositeFootStrikePercent',
  'Ipsilateral Foot Off  [% cycle]': 'footOffPercent',
  'Double Support  [% cycle]': 'doubleSupportPercent',
};
const SUMMARY: Readonly<Record<string, string>> = {
  'Dimensionless Speed': 'dimensionlessSpeed',
  'Dimensionless Cadence': 'dimensionlessCadence',
  'Dimensionless Step Length': 'dimensionlessStepLength',
};

/**
 * Typically developing children at five speeds, as a norm package.
 * Source: Schwartz MH, Rozumalski A, Trost JP. J Biomech 2008;41:1639–50.
 *
 * @throws NormError `table` naming the table and what is wrong in it
 */
export function normsFromSchwartz2008(tables: SchwartzTables): NormPackage {
  const curves = [
    ...curvesOf('jointRotations', tables.jointRotations, 'deg', ROTATIONS),
    ...curvesOf('jointMoments', tables.jointMoments, 'Nm/kg', MOMENTS, MOMENTS_AGAIN),
    ...curvesOf('jointPower', tables.jointPower, 'W/kg', POWERS),
    ...curvesOf('groundReaction', tables.groundReaction, 'body weight', FORCES),
  ];
  const events = readTable('cycleEvents', tables.cycleEvents);
  const summary = readTable('summaryParameters', tables.summaryParameters);
  return {
    format: NORM_FORMAT,
    version: NORM_VERSION,
    id: 'schwartz-2008',
    name: 'Schwartz 2008: children at five speeds',
    population: {
      description: 'typically developing children',
      ageGroup: 'children',
      people: 83,
      ageYears: { least: 4, greatest: 17 },
    },
    footwear: 'barefoot',
    simulated: false,
    licence: {
      name: 'Supplement of the paper',
      note: 'Not to be passed on with this program; whoever installs it needs access to the paper.',
    },
    citation:
      'Schwartz MH, Rozumalski A, Trost JP. The effect of walking speed on the gait of typically developing children. J Biomech 2008;41(8):1639-50. doi 10.1016/j.jbiomech.2008.03.015',
    origin: 'electronic supplement of the paper, tables of mean and one standard deviation',
    sets: SPEEDS.map((speed) => setOf(speed, curves, events, summary)),
    gdi: null,
    profile: null,
  };
}

interface SpeedCurve {
  readonly id: string;
  readonly speed: string;
  readonly curve: NormCurve;
}

function curvesOf(
  file: string,
  text: string,
  unit: Unit,
  names: Readonly<Record<string, string>>,
  again: Readonly<Record<string, string>> = {},
): SpeedCurve[] {
  const blocks = new Map<string, Row[]>();
  for (const row of readTable(file, text)) {
    const key = JSON.stringify([row.variable, row.speed]);
    blocks.set(key, [...(blocks.get(key) ?? []), row]);
  }
  return [...blocks].flatMap(([key, rows]) => {
    const [variable = '', speed = ''] = JSON.parse(key) as string[];
    const parts = [names[variable], again[variable]].filter((id) => id !== undefined);
    const length = rows.length / Math.max(1, parts.length);
    return parts.map((id, part): SpeedCurve => {
      const own = rows.slice(part * length, (part + 1) * length);
      const column = (name: string) => own.map((row) => cell(file, row, name));
      // The vertical force has its upper and lower columns changed over, which makes its deviations negative.
      return { id, speed, curve: { unit, mean: column('mean'), sd: column('sd').map(Math.abs) } };
    });
  });
}

function setOf(
  [id, summaryName, name]: (typeof SPEEDS)[number],
  curves: readonly SpeedCurve[],
  events: readonly Row[],
  summary: readonly Row[],
): NormSet {
  const own = summary.filter((row) => row.speed === summaryName);
  const speed = own.find((row) => row.parameter === 'Dimensionless Speed');
  const number = (row: Row, column: string) => cell('summaryParameters', row, column);
  return {
    id,
    name,
    people: speed ? number(speed, 'n') : null,
    dimensionlessSpeed: speed
      ? {
          mean: number(speed, 'mean'),
          sd: number(speed, 'sd'),
          range: { least: number(speed, 'min'), greatest: number(speed, 'max') },
        }
      : null,
    curves: Object.fromEntries(curves.filter((one) => one.speed === id).map((one) => [one.id, one.curve])),
    values: Object.fromEntries([
      ...events.filter((row) => row.speed === id).map(eventValue),
      ...own.map((row): [string, NormValue] => {
        const [label = '', unit = ''] = (row.parameter ?? '').split(/\s*\[/);
        const value = { unit: unit.replace(']', ''), mean: number(row, 'mean'), sd: number(row, 'sd') };
        return [SUMMARY[label] ?? label, value];
      }),
    ]),
  };
}

/** The table tells parts of the cycle, we tell per cents. */
function eventValue(row: Row): [string, NormValue] {
  const number = (column: string) => 100 * cell('cycleEvents', row, column);
  const label = row.parameter ?? '';
  return [EVENTS[label] ?? label, { unit: '%', mean: number('mean_fraction'), sd: number('sd') }];
}

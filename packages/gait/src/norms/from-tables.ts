import { normsFromGdiWorkbook } from './from-gdi.ts';
import { normsFromPinzone2014 } from './from-pinzone.ts';
import { normsFromSchwartz2008 } from './from-schwartz.ts';
import type { NormPackage } from './package.ts';

type Files = ReadonlyMap<string, string>;

/** A publication whose tables become a package, all of them together. */
export interface TableSource {
  readonly title: string;
  /** The names of its tables by what the converter, and its errors, call them. */
  readonly names: Readonly<Record<string, string>>;
  /** @throws NormError `table` whose path is a key of `names` */
  convert(files: Files): NormPackage;
}

function source<T extends string>(
  title: string,
  names: Readonly<Record<T, string>>,
  convert: (tables: Readonly<Record<T, string>>) => NormPackage,
): TableSource {
  return {
    title,
    names,
    convert: (files) => {
      const entries = Object.entries<string>(names).map(([key, file]) => [key, files.get(file) ?? '']);
      return convert(Object.fromEntries(entries) as Record<T, string>);
    },
  };
}

export const TABLE_SOURCES: readonly TableSource[] = [
  source(
    'Schwartz 2008',
    {
      jointRotations: 'schwartz2008_joint_rotations.tsv',
      jointMoments: 'schwartz2008_joint_moments.tsv',
      jointPower: 'schwartz2008_joint_power.tsv',
      groundReaction: 'schwartz2008_grf.tsv',
      cycleEvents: 'schwartz2008_cycle_events.tsv',
      summaryParameters: 'schwartz2008_summary_parameters.tsv',
    },
    normsFromSchwartz2008,
  ),
  source(
    'Pinzone 2014',
    { curves: 'pinzone2014_two_centres.tsv', temporalSpatial: 'pinzone2014_temporal_spatial.tsv' },
    normsFromPinzone2014,
  ),
  source(
    'GDI and GPS',
    {
      features: 'gdi_features_459x15.tsv',
      controlConstants: 'gdi_control_constants.tsv',
      controlMeanSd: 'gdi_control_kinematics_mean_sd.tsv',
    },
    normsFromGdiWorkbook,
  ),
];

/**
 * Every package that the given tables make: one step from a folder of published tables to installed norms.
 *
 * @param files the texts of the tables by the names of their files; others are passed over
 * @throws NormError `table` naming what is wrong in a table
 */
export function normsFromTables(files: Files): NormPackage[] {
  return TABLE_SOURCES.filter(({ names }) => Object.values(names).every((name) => files.has(name))).map(
    (one) => one.convert(files),
  );
}

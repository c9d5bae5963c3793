import { normsFromGdiWorkbook } from './from-gdi.ts';
import { normsFromPinzone2014 } from './from-pinzone.ts';
import { normsFromSchwartz2008 } from './from-schwartz.ts';
import type { NormPackage } from './package.ts';

type Files = ReadonlyMap<string, string>;

/** A converter that is run when all of its tables are there. */
function source<T extends string>(
  names: Readonly<Record<T, string>>,
  convert: (tables: Readonly<Record<T, string>>) => NormPackage,
): (files: Files) => NormPackage[] {
  return (files) => {
    const entries = Object.entries<string>(names).map(([key, file]) => [key, files.get(file)] as const);
    return entries.every(([, text]) => text !== undefined)
      ? [convert(Object.fromEntries(entries) as Record<T, string>)]
      : [];
  };
}

const SOURCES = [
  source(
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
    { curves: 'pinzone2014_two_centres.tsv', temporalSpatial: 'pinzone2014_temporal_spatial.tsv' },
    normsFromPinzone2014,
  ),
  source(
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
  return SOURCES.flatMap((convert) => convert(files));
}

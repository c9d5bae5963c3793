import type { SideCycles } from '../cycles/cycles.ts';
import { type MatchedNorms, matchNorms, type WalkToJudge } from '../norms/match.ts';
import type { NormPackage, ProfileReference } from '../norms/package.ts';
import { gaitDeviationIndex } from '../scores/gdi.ts';
import { movementAnalysisProfile } from '../scores/gps.ts';
import { gaitProfile, profileOfCycles } from '../scores/profile.ts';
import { bothSides, type Sided } from '../side.ts';
import { rootMeanSquare } from '../signal/statistics.ts';
import { PROFILE_VARIABLES, type ProfileVariable } from '../variables.ts';
import type { ReportNorms, ReportScores } from './shape.ts';

/** The norms that suit each purpose best; null where none is installed. */
export interface ChosenNorms {
  readonly bands: MatchedNorms | null;
  readonly gdi: MatchedNorms | null;
  readonly gps: MatchedNorms | null;
}

/** For each purpose the package against which the least speaks; people go before a simulator. */
export function chooseNorms(packages: readonly NormPackage[], walk: WalkToJudge): ChosenNorms {
  const matched = packages.map((norms) => matchNorms(norms, walk));
  const best = (fits: (one: MatchedNorms) => boolean): MatchedNorms | null =>
    matched
      .filter(fits)
      .toSorted((a, b) => weight(a) - weight(b))
      .at(0) ?? null;
  return {
    bands: best(({ set }) => set !== null),
    gdi: best(({ norms }) => norms.gdi !== null),
    gps: best(({ norms }) => norms.profile !== null),
  };
}

function weight({ norms, caveats }: MatchedNorms): number {
  return (norms.simulated ? 100 : 0) + caveats.length;
}

/** How norms are named in a report. */
export function reportNorms(matched: MatchedNorms | null): ReportNorms | null {
  if (!matched) return null;
  const { norms, set, caveats } = matched;
  const { id, name, population, citation, simulated } = norms;
  return {
    id,
    name,
    set: set?.name ?? null,
    population: population.description,
    citation,
    simulated,
    caveats,
  };
}

/** GDI, GPS and the movement analysis profile, as far as references are installed and all nine curves are there. */
export function scoresOf(cycles: Sided<SideCycles>, { gdi, gps }: ChosenNorms): ReportScores {
  const profiles = bothSides((side) => profileOfCycles(cycles[side].curves));
  const { left, right } = profiles;
  if (!left || !right) return { gdi: null, gps: null, gpsOverall: null, gvs: null };
  const basis = gdi?.norms.gdi ?? null;
  const reference = gps?.norms.profile ?? null;
  const map =
    reference &&
    movementAnalysisProfile(
      { left, right },
      gaitProfile(Object.fromEntries(PROFILE_VARIABLES.map((id) => [id, reference.curves[id]?.mean]))),
    );
  return {
    gdi: basis && { left: gaitDeviationIndex(left, basis), right: gaitDeviationIndex(right, basis) },
    gps: map?.gps ?? null,
    gpsOverall: map?.gpsOverall ?? null,
    gvs: map?.gvs ?? null,
    gvsReference: reference && spreadOf(reference),
  };
}

/** The variable score that a person of the reference has in the mean of squares: that of the standard deviations. */
function spreadOf({ curves }: ProfileReference): Readonly<Partial<Record<ProfileVariable, number>>> {
  return Object.fromEntries(
    PROFILE_VARIABLES.flatMap((id) => (curves[id] ? [[id, rootMeanSquare(curves[id].sd)]] : [])),
  );
}

import {
  bothSides,
  gaitDeviationIndex,
  gaitProfile,
  movementAnalysisProfile,
  type NormPackage,
  profileOfCycles,
  type SideCycles,
  type Sided,
} from '@rectus/gait';
import type { StoredScores } from './walk-report.ts';

/** GDI, GPS and the movement analysis profile, as far as their references are installed and all nine curves are known. */
export function scoresOf(cycles: Sided<SideCycles>, installed: readonly NormPackage[]): StoredScores {
  const basis = installed.find(({ gdi }) => gdi)?.gdi;
  const withProfile = installed.find(({ profile }) => profile);
  const [left, right] = [profileOfCycles(cycles.left.curves), profileOfCycles(cycles.right.curves)];
  const subject = left && right ? { left, right } : null;
  const controls = withProfile?.profile?.curves;
  return {
    gdi: subject && basis ? bothSides((side) => gaitDeviationIndex(subject[side], basis)) : null,
    map:
      subject && controls
        ? movementAnalysisProfile(
            subject,
            gaitProfile(Object.fromEntries(Object.entries(controls).map(([id, { mean }]) => [id, mean]))),
          )
        : null,
    reference: withProfile ? `${withProfile.name}: ${withProfile.population.description}` : null,
  };
}

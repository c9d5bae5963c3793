import type { GaitReportData, ProfileVariable } from '@rectus/gait';
import type { NormsView, ScoresView } from './walk-view.ts';

/** The nine curves of the profile, in the order that the field draws them. */
const PROFILE: readonly (readonly [ProfileVariable, string])[] = [
  ['pelvis.tilt', 'Pelvic tilt'],
  ['hip.flexion', 'Hip flexion'],
  ['knee.flexion', 'Knee flexion'],
  ['ankle.dorsiflexion', 'Ankle dorsiflexion'],
  ['pelvis.obliquity', 'Pelvic obliquity'],
  ['hip.adduction', 'Hip adduction'],
  ['pelvis.rotation', 'Pelvic rotation'],
  ['hip.rotation', 'Hip rotation'],
  ['foot.progression', 'Foot progression'],
];

/** The scores of a result, with those of an earlier one. */
export function scoresView({ scores, norms }: GaitReportData, earlier: GaitReportData | null): ScoresView {
  const { gdi, gps, gpsOverall, gvs } = scores;
  return {
    gdi,
    gps: gps && gpsOverall !== null ? { ...gps, overall: gpsOverall } : null,
    earlierGdi: earlier?.scores.gdi ?? null,
    earlierGps: earlier?.scores.gps ?? null,
    profile: gvs ? PROFILE.map(([id, name]) => ({ name, left: gvs.left[id], right: gvs.right[id] })) : [],
    gdiNorms: normsView(norms.gdi),
    gpsNorms: normsView(norms.gps),
  };
}

/** Norms as the pages tell of them. */
export function normsView(norms: GaitReportData['norms']['bands']): NormsView | null {
  if (!norms) return null;
  const { name, set, population, simulated, citation, caveats } = norms;
  return {
    name: [name, set].filter(Boolean).join(', '),
    ...{ population, simulated, citation },
    caveats: caveats.map(({ text }) => text),
  };
}

import type { GaitReportData, ProfileVariable } from '@rectus/gait';
import type { NormsView, ProfileBar, ScoresView } from './walk-view.ts';

/** The nine curves of the profile, in the order that the field draws them. */
const PROFILE: readonly (readonly [ProfileVariable, string])[] = [
  ['pelvis.tilt', 'Pelvic tilt'],
  ['hip.flexion', 'Hip flexion'],
  ['knee.flexion', 'Knee flexion'],
  ['ankle.dorsiflexion', 'Ankle flexion'],
  ['pelvis.obliquity', 'Pelvic obliquity'],
  ['hip.adduction', 'Hip adduction'],
  ['pelvis.rotation', 'Pelvic rotation'],
  ['hip.rotation', 'Hip rotation'],
  ['foot.progression', 'Foot progression'],
];

/** The scores of a result, with those of an earlier one. */
export function scoresView({ scores, norms }: GaitReportData, earlier: GaitReportData | null): ScoresView {
  const { gdi, gps, gpsOverall } = scores;
  return {
    gdi,
    gps: gps && gpsOverall !== null ? { ...gps, overall: gpsOverall } : null,
    earlierGdi: earlier?.scores.gdi ?? null,
    earlierGps: earlier?.scores.gps ?? null,
    profile: profileOf(scores),
    gdiNorms: normsView(norms.gdi),
    gpsNorms: normsView(norms.gps),
  };
}

function profileOf({ gvs, gps, gvsReference }: GaitReportData['scores']): ProfileBar[] {
  if (!gvs || !gps) return [];
  const bars = PROFILE.map(([id, name]) => ({
    name,
    left: gvs.left[id],
    right: gvs.right[id],
    reference: gvsReference?.[id] ?? null,
  }));
  const squares = bars.flatMap(({ reference }) => (reference === null ? [] : [reference ** 2]));
  const isWhole = squares.length === PROFILE.length;
  const reference = isWhole ? Math.sqrt(squares.reduce((sum, one) => sum + one, 0) / squares.length) : null;
  return [...bars, { name: 'GPS', ...gps, reference }];
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

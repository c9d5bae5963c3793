import { bandOf, matchNorms, type NormPackage, type WalkToJudge } from '@rectus/gait';
import { simulatedNorms } from './simulated-norms.ts';
import type { StoredNorms } from './walk-report.ts';

/**
 * The bands of the first package that has curves, chosen by speed, with its caveats. Where no package of people is
 * installed, bands of the simulator take its place, and say so.
 */
export function normsFor(installed: readonly NormPackage[], walk: WalkToJudge): StoredNorms {
  const norms = installed.find(({ sets }) => sets.some(({ curves }) => Object.keys(curves).length > 0));
  const { norms: chosen, set, caveats } = matchNorms(norms ?? simulatedNorms(), walk);
  const { people, description } = chosen.population;
  return {
    name: [chosen.name, set?.name].filter(Boolean).join(', '),
    population: chosen.simulated || people === null ? description : `${people} people: ${description}`,
    simulated: chosen.simulated,
    citation: chosen.citation,
    caveats: caveats.map(({ text }) => text),
    curves: Object.fromEntries(
      Object.entries(set?.curves ?? {}).map(([id, curve]) => {
        const { lower, mean } = bandOf(curve);
        return [id, { mean: short(mean), sd: short(mean.map((value, at) => value - (lower[at] as number))) }];
      }),
    ),
  };
}

function short(values: Float64Array): number[] {
  return Array.from(values, (value) => Math.round(value * 1000) / 1000);
}

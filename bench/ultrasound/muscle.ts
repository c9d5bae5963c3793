import { findMuscle, type LumaFrame, measureArchitecture } from '@rectus/sonography';
import {
  DISGUISES,
  MM_PER_PX,
  muscleStill,
  type ObservedMuscle,
  observedMuscles,
  regionOfStill,
  resized,
  rootMeanSquare,
} from '../../packages/sonography/testing/muscle-stills.ts';
import { hasUltrasoundData } from '../../packages/sonography/testing/shared-data.ts';
import { percentile, printTable, round } from '../lib/report.ts';
import type { Group } from './group.ts';

interface Difference {
  readonly pennationDeg: number;
  readonly fascicleMm: number;
  readonly thicknessMm: number;
  readonly milliseconds: number;
}

interface Condition {
  readonly name: string;
  readonly change: (frame: LumaFrame) => LumaFrame;
  /** Size against the plain picture. */
  readonly factor: number;
}

const PLAIN: Condition = { name: 'plain', change: (frame) => frame, factor: 1 };
const CONDITIONS: readonly Condition[] = [
  ...Object.entries(DISGUISES).map(([name, change]) => ({ name, change, factor: 1 })),
  ...[0.5, 0.75, 1.5].map((factor) => ({
    name: `at ${factor} of its size`,
    change: (frame: LumaFrame) => resized(frame, factor),
    factor,
  })),
];

/**
 * How far the automatic lines are from the mean of the observers, over all pictures, and with the pictures changed.
 * All are of one person in one session, so even and odd pictures agreeing says little about other people.
 */
export const measureMuscle: Group = async ({ small }) => {
  if (!hasUltrasoundData()) return {};
  const observed = observedMuscles().filter((_, at) => !small || at % 8 === 0);
  const plain = observed.map((seen) => differenceOf(seen, PLAIN));
  const rows = [
    rowOf(
      'even pictures',
      plain.filter((_, at) => at % 2 === 0),
    ),
    rowOf(
      'odd pictures',
      plain.filter((_, at) => at % 2 === 1),
    ),
    rowOf('all', plain),
  ];
  for (const condition of small ? [] : CONDITIONS)
    rows.push(
      rowOf(
        condition.name,
        observed.map((seen) => differenceOf(seen, condition)),
      ),
    );
  printTable('Muscle stills against the mean of the observers, RMSD', rows);
  const found = plain.filter((one) => one !== null);
  return {
    pennationRmsdDeg: round(rootMeanSquare(found.map((one) => one.pennationDeg)), 2),
    fascicleRmsdCm: round(rootMeanSquare(found.map((one) => one.fascicleMm)) / 10, 3),
    thicknessRmsdMm: round(rootMeanSquare(found.map((one) => one.thicknessMm)), 2),
    muscleNotFound: plain.length - found.length,
    muscleMsPerImage: round(
      percentile(
        found.map((one) => one.milliseconds),
        0.5,
      ),
    ),
  };
};

function differenceOf(seen: ObservedMuscle, { change, factor }: Condition): Difference | null {
  const frame = change(muscleStill(seen.name));
  const mmPerPx = MM_PER_PX / factor;
  const start = performance.now();
  const muscle = findMuscle(frame, { scale: { lateral: mmPerPx, axial: mmPerPx } });
  const milliseconds = performance.now() - start;
  if (!muscle.found) return null;
  const own = measureArchitecture([regionOfStill(frame, mmPerPx)], muscle.lines, muscle.area);
  return {
    pennationDeg: own.pennation.value - seen.pennationDeg,
    fascicleMm: own.fascicleLength.value - seen.fascicleLengthMm,
    thicknessMm: own.thickness.value - seen.thicknessMm,
    milliseconds,
  };
}

function rowOf(name: string, all: readonly (Difference | null)[]): [string, string, string] {
  const found = all.filter((one) => one !== null);
  const off = (of: (one: Difference) => number) => rootMeanSquare(found.map(of));
  return [
    name,
    `${off((one) => one.pennationDeg).toFixed(2)}°, ${(off((one) => one.fascicleMm) / 10).toFixed(2)} cm, ${off((one) => one.thicknessMm).toFixed(2)} mm`,
    `${found.length} of ${all.length} found`,
  ];
}

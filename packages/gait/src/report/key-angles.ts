import type { SideCycles } from '../cycles/cycles.ts';
import { bandOf } from '../norms/band.ts';
import type { NormSet } from '../norms/package.ts';
import { bothSides, type Sided } from '../side.ts';
import { mean, sampleSd } from '../signal/statistics.ts';
import type { KeyAngle, ReportValue } from './shape.ts';

interface Reading {
  readonly id: string;
  readonly name: string;
  readonly variable: string;
  /** The part of the cycle that is looked at, in per cent. */
  readonly from: number;
  readonly to: number;
  readonly take: 'greatest' | 'least' | 'first';
}

/** Read from single strides, so that a peak is not flattened by the mean of curves that peak at different times. */
const READINGS: readonly Reading[] = [
  {
    id: 'hip.greatest-extension',
    name: 'Hip, least flexion',
    variable: 'hip.flexion',
    from: 30,
    to: 75,
    take: 'least',
  },
  {
    id: 'hip.greatest-flexion-swing',
    name: 'Hip, greatest flexion in swing',
    variable: 'hip.flexion',
    from: 60,
    to: 100,
    take: 'greatest',
  },
  {
    id: 'knee.flexion-at-strike',
    name: 'Knee at foot strike',
    variable: 'knee.flexion',
    from: 0,
    to: 0,
    take: 'first',
  },
  {
    id: 'knee.greatest-flexion-loading',
    name: 'Knee, greatest flexion in loading',
    variable: 'knee.flexion',
    from: 2,
    to: 30,
    take: 'greatest',
  },
  {
    id: 'knee.least-flexion-stance',
    name: 'Knee, least flexion in stance',
    variable: 'knee.flexion',
    from: 25,
    to: 55,
    take: 'least',
  },
  {
    id: 'knee.greatest-flexion-swing',
    name: 'Knee, greatest flexion in swing',
    variable: 'knee.flexion',
    from: 55,
    to: 95,
    take: 'greatest',
  },
  {
    id: 'ankle.greatest-dorsiflexion-stance',
    name: 'Ankle, greatest dorsiflexion in stance',
    variable: 'ankle.dorsiflexion',
    from: 15,
    to: 60,
    take: 'greatest',
  },
  {
    id: 'ankle.greatest-plantarflexion',
    name: 'Ankle, least dorsiflexion at push-off',
    variable: 'ankle.dorsiflexion',
    from: 50,
    to: 80,
    take: 'least',
  },
];

/** The single numbers that clinicians ask for, with their spread from stride to stride. */
export function keyAnglesOf(cycles: Sided<SideCycles>, norms: NormSet | null): KeyAngle[] {
  return READINGS.flatMap((reading) => {
    const { left, right } = bothSides((side) => meanReading(reading, cycles[side]));
    if (!left && !right) return [];
    const { id, name, variable } = reading;
    return [{ id, name, variable, left, right, norm: normOf(reading, norms) }];
  });
}

function meanReading(reading: Reading, { curves, strides }: SideCycles): ReportValue | null {
  const values = (curves.get(reading.variable)?.cycles ?? [])
    .filter((cycle, index) => !strides[index]?.outlier && cycle.every(Number.isFinite))
    .map((cycle) => readAt(reading, cycle).value);
  if (values.length === 0) return null;
  return { n: values.length, mean: mean(values), sd: values.length < 2 ? null : sampleSd(values) };
}

/** From the mean curve of the norms: their single strides are not published. */
function normOf(reading: Reading, norms: NormSet | null): KeyAngle['norm'] {
  const curve = norms?.curves[reading.variable];
  if (!curve) return null;
  const band = bandOf(curve);
  const { value, point } = readAt(reading, band.mean);
  return { mean: value, sd: (band.upper[point] ?? Number.NaN) - value };
}

function readAt({ from, to, take }: Reading, cycle: Float64Array): { value: number; point: number } {
  const sign = take === 'least' ? -1 : 1;
  let point = from;
  for (let n = from; n <= to && take !== 'first'; n++)
    if (sign * (cycle[n] as number) > sign * (cycle[point] as number)) point = n;
  return { value: cycle[point] as number, point };
}

import type { GaitReportData, Side } from '@rectus/gait';
import { MEASUREMENT_ERROR_SOURCE, measurementErrorOf, SIDES } from '@rectus/gait';

/** A number of a report as a row of the clinic's measurements, without what all rows of a session share. */
export interface MeasuredValue {
  readonly code: string;
  readonly side: Side | null;
  readonly bodySite: string | null;
  readonly value: number;
  /** UCUM */
  readonly unit: string;
  /** Of the mean over the strides; null of a single one. */
  readonly standardError: number | null;
  readonly minimalDetectableChange: number | null;
  readonly citation: string | null;
}

type StepName = keyof GaitReportData['spatioTemporal'];

/** No LOINC or SNOMED code is given: none was found that means exactly these. */
const STEPS: Readonly<Partial<Record<StepName, readonly [code: string, unit: string]>>> = {
  cadencePerMin: ['gait.cadence', '/min'],
  speedMPerS: ['gait.speed', 'm/s'],
  strideTimeS: ['gait.stride-time', 's'],
  stepTimeS: ['gait.step-time', 's'],
  strideLengthM: ['gait.stride-length', 'm'],
  stepLengthM: ['gait.step-length', 'm'],
  stepWidthM: ['gait.step-width', 'm'],
  stancePercent: ['gait.stance', '%'],
  swingPercent: ['gait.swing', '%'],
  singleSupportPercent: ['gait.single-support', '%'],
  doubleSupportPercent: ['gait.double-support', '%'],
};

/** Every single number of a report: steps and times, key angles, scores. Curves stay in the report. */
export function measuredValues(report: GaitReportData): readonly MeasuredValue[] {
  return [...stepValues(report), ...angleValues(report), ...scoreValues(report)];
}

function stepValues({ spatioTemporal }: GaitReportData): MeasuredValue[] {
  return Object.entries(STEPS).flatMap(([name, [code, unit]]) =>
    SIDES.flatMap((side) => {
      const found = spatioTemporal[name as StepName][side];
      if (!found) return [];
      return [{ ...plain(code, side, found.mean, unit), standardError: errorOfMean(found) }];
    }),
  );
}

function angleValues({ keyAngles }: GaitReportData): MeasuredValue[] {
  return keyAngles.flatMap(({ id, variable, ...sides }) =>
    SIDES.flatMap((side) => {
      const found = sides[side];
      if (!found) return [];
      const error = measurementErrorOf(variable);
      const known = error && !error.orMore ? error.betweenSessionsDeg : null;
      return [
        {
          ...plain(`gait.${id}`, side, found.mean, 'deg'),
          bodySite: variable.split('.', 1)[0] ?? null,
          standardError: errorOfMean(found),
          minimalDetectableChange: known,
          citation: known === null ? null : MEASUREMENT_ERROR_SOURCE,
        },
      ];
    }),
  );
}

function scoreValues({ scores: { gdi, gps, gpsOverall } }: GaitReportData): MeasuredValue[] {
  const sided = (code: string, values: Readonly<Record<Side, number>> | null, unit: string) =>
    values ? SIDES.map((side) => plain(code, side, values[side], unit)) : [];
  return [
    ...sided('gait.gdi', gdi, '{score}'),
    ...sided('gait.gps', gps, 'deg'),
    ...(gpsOverall === null ? [] : [plain('gait.gps-overall', null, gpsOverall, 'deg')]),
  ];
}

function plain(code: string, side: Side | null, value: number, unit: string): MeasuredValue {
  return {
    code,
    side,
    bodySite: null,
    value,
    unit,
    standardError: null,
    minimalDetectableChange: null,
    citation: null,
  };
}

function errorOfMean({ n, sd }: { readonly n: number; readonly sd: number | null }): number | null {
  return sd === null || n < 2 ? null : sd / Math.sqrt(n);
}

import { type EventSource, type GaitReportData, SIDES } from '@rectus/gait';
import type { MadeFrom, StudyResult } from '../core/result.ts';
import { decimal } from './numbers.ts';

/** One thing that an auditor asks, and its answer. */
export interface MethodLine {
  readonly term: string;
  readonly lines: readonly string[];
}

/** How a result came about: from which files, how the person was measured, and what was computed in which way. */
export function methodLines(
  { method, methodVersion, report }: StudyResult,
  made: MadeFrom | null,
  computedAt: string,
): readonly MethodLine[] {
  return [
    { term: 'Computed by', lines: [`${method}, version ${methodVersion}, ${computedAt}`] },
    { term: 'Model', lines: [sentence(report.model), markersOf(report)] },
    { term: 'Measured on the person', lines: [personOf(report)] },
    { term: 'Gaps in marker paths', lines: gapsOf(report) },
    { term: 'Smoothing', lines: smoothingOf(report) },
    { term: 'Foot strikes and foot-offs', lines: [eventsOf(report)] },
    {
      term: 'Curves',
      lines: [
        '101 points from foot strike to the next strike of the same foot; the mean of the strides that are like each other.',
      ],
    },
    ...(hasMoments(report) ? [{ term: 'Moments and powers', lines: MOMENTS }] : []),
    ...(made?.norms ? [{ term: 'Judged by', lines: normsOf(made.norms) }] : []),
    { term: 'Error between sessions', lines: [sentence(report.measurementErrorSource)] },
    {
      term: 'Files',
      lines: made
        ? made.files.map(({ name, role, sha256 }) => `${name} (${role}), SHA-256 ${sha256 ?? 'not kept'}`)
        : ['Simulated: this walk was never recorded.'],
    },
  ];
}

const MOMENTS: readonly string[] = [
  'Internal moments by inverse dynamics from the force plates upwards, per kilogram of body mass. A plate counts from 20 N, and only where one foot stood on it whole and alone.',
  'Mass and inertia of the segments: Winter DA. Biomechanics and Motor Control of Human Movement, 4th ed., 2009, table 4.1, after Dempster 1955.',
];

function markersOf({ lab }: GaitReportData): string {
  const feet = lab.footFlat ? 'counted as flat' : 'taken as they stood';
  return `Markers of ${decimal(lab.markerRadiusMm, 1)} mm from centre to skin, base included. In the standing trial the feet were ${feet}.`;
}

function personOf({ subject }: GaitReportData): string {
  const { massKg, heightMm, legLengthMm, kneeWidthMm, ankleWidthMm, interAsisMm } = subject;
  const both = (name: string, { left, right }: { readonly left: number; readonly right: number }) =>
    `${name} ${decimal(left, 0)} left and ${decimal(right, 0)} right`;
  return [
    `mass ${decimal(massKg, 1)} kg`,
    ...(heightMm === null ? [] : [`height ${decimal(heightMm, 0)} mm`]),
    both('leg length', legLengthMm),
    both('knee width', kneeWidthMm),
    both('ankle width', ankleWidthMm),
    interAsisMm === null
      ? 'between the front spines of the pelvis: as the markers show it'
      : `between the front spines of the pelvis ${decimal(interAsisMm, 1)}`,
  ]
    .join(', ')
    .concat(' (lengths in mm).');
}

function gapsOf({ trials }: GaitReportData): string[] {
  const told = trials.flatMap(({ name, filledGaps, openGaps }) => [
    ...(filledGaps.length > 0 ? [`${name}: filled ${countedMarkers(filledGaps)}.`] : []),
    ...(openGaps.length > 0 ? [`${name}: left open ${countedMarkers(openGaps)}.`] : []),
  ]);
  return told.length === 0
    ? ['No gaps.']
    : [
        'Up to 0.5 s from the other markers of the segment, up to 0.1 s by a spline; longer gaps stay open.',
        ...told,
      ];
}

function countedMarkers(gaps: readonly { readonly marker: string }[]): string {
  const counts = new Map<string, number>();
  for (const { marker } of gaps) counts.set(marker, (counts.get(marker) ?? 0) + 1);
  return [...counts].map(([marker, count]) => (count === 1 ? marker : `${marker} ${count} times`)).join(', ');
}

function smoothingOf(report: GaitReportData): string[] {
  const angles = 'Angles: marker paths as they were recorded, not smoothed.';
  if (!hasMoments(report)) return [angles];
  const used = report.trials.filter(({ name }) =>
    SIDES.some((side) => report.strides[side].some((one) => one.trial === name && one.plate !== null)),
  );
  const cutoffs = new Set(used.map(({ kineticsCutoffHz }) => kineticsCutoffHz));
  const words = [...cutoffs].map((hz) =>
    hz === null
      ? 'as they were recorded where they were smooth already'
      : `below ${decimal(hz, 0)} Hz by a Butterworth filter of second order, run forwards and backwards`,
  );
  return [angles, `Moments and powers: marker paths ${words.join(', or ')}. Forces are not smoothed.`];
}

const SOURCES: readonly (readonly [EventSource, string])[] = [
  ['vendor', 'marked in the file'],
  ['force-plate', 'by a force plate'],
  ['heel-braking', 'by the heel slowing down'],
  ['zeni', 'by heel and toe against the pelvis (Zeni 2008)'],
  ['foot-velocity', 'by the speed of the foot'],
];

function eventsOf({ trials }: GaitReportData): string {
  const events = trials.flatMap((trial) => trial.events);
  const told = SOURCES.flatMap(([source, words]) => {
    const count = events.filter((event) => event.source === source).length;
    return count > 0 ? [`${count} ${words}`] : [];
  });
  return told.length > 0 ? `${told.join(', ')}.` : 'None was found.';
}

function normsOf(norms: NonNullable<MadeFrom['norms']>): string[] {
  const from = { clinic: 'of this clinic', folder: 'of this machine', simulator: 'made by the simulator' };
  return norms.length === 0
    ? ['No norms.']
    : norms.map((one) => `${one.name} (${from[one.from]}), SHA-256 ${one.sha256}`);
}

function hasMoments({ curves }: GaitReportData): boolean {
  return curves.some(({ unit }) => unit === 'Nm/kg');
}

function sentence(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}${text.endsWith('.') ? '' : '.'}`;
}

import {
  EVENT_SOURCES,
  type EventSource,
  type GaitReportData,
  type ReportCurve,
  type ReportNorms,
  type ReportTrial,
} from '@rectus/gait';
import { escaped, shown } from './html.ts';
import { curvePlot } from './plot.ts';
import { profileBars } from './profile-bars.ts';
import { STYLES } from './styles.ts';
import { changesTable, keyAnglesTable, stepsTable, trialsTable } from './tables.ts';

/** The whole report as one HTML file, which needs no network, no script and no other file. */
export function reportPage(data: GaitReportData, title: string): string {
  const groups: readonly (readonly [string, (curve: ReportCurve) => boolean])[] = [
    ['Sagittal plane', (curve) => curve.unit === 'deg' && curve.plane === 'sagittal'],
    ['Frontal plane', (curve) => curve.unit === 'deg' && curve.plane === 'frontal'],
    ['Transverse plane', (curve) => curve.unit === 'deg' && curve.plane === 'transverse'],
    ['Moments', (curve) => curve.unit === 'Nm/kg' && curve.plane !== 'transverse'],
    ['Powers', (curve) => curve.unit === 'W/kg'],
    ['Ground reaction', (curve) => curve.unit === 'body weight'],
  ];
  const planes = groups.flatMap(([name, belongs]) => {
    const own = data.curves.filter(belongs);
    if (own.length === 0) return [];
    return [
      `<h2>${name}</h2><div class="curves">${own.map((curve) => curvePlot(curve, data.strides)).join('')}</div>`,
    ];
  });
  const body = [
    `<header><h1>${escaped(title)}</h1><p class="soft">${escaped(summary(data))}</p></header>`,
    caveatsOf(data),
    tilesOf(data),
    changesTable(data),
    keyOf(data),
    ...planes,
    profileBars(data),
    `<div class="under">${stepsTable(data)}${keyAnglesTable(data)}</div>`,
    trialsTable(data),
    sourcesOf(data),
  ];
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>${escaped(title)}</title><style>${STYLES}</style></head>
<body><main>
${body.filter((part) => part !== '').join('\n')}
</main></body></html>
`;
}

function summary({ trials, strides, conditions, subject }: GaitReportData): string {
  const used = trials.filter(({ failure }) => failure === null).length;
  const footwear = {
    barefoot: 'barefoot',
    shod: 'in shoes',
    mixed: 'partly in shoes',
    unknown: 'footwear not told',
  };
  return [
    `${strides.left.length} left and ${strides.right.length} right strides from ${used} ${used === 1 ? 'trial' : 'trials'}`,
    footwear[conditions.footwear],
    ...(conditions.walkingAid === null ? [] : [conditions.walkingAid]),
    ...(conditions.ageYears === null ? [] : [`${conditions.ageYears} years`]),
    `${shown(subject.massKg, 0)} kg`,
    `legs ${shown(subject.legLengthMm.left, 0)} and ${shown(subject.legLengthMm.right, 0)} mm`,
  ].join(' · ');
}

/** What must be known before any curve is looked at. */
function caveatsOf({ norms, notes }: GaitReportData): string {
  const uses = [
    ['Bands', norms.bands],
    ['GDI', norms.gdi],
    ['GPS', norms.gps],
  ] as const satisfies readonly (readonly [string, ReportNorms | null])[];
  const said = new Map<string, string[]>();
  for (const [what, one] of uses)
    for (const { text } of one?.caveats ?? []) said.set(text, [...(said.get(text) ?? []), what]);
  const all = [...[...said].map(([text, whats]) => `${whats.join(', ')}: ${text}`), ...notes];
  if (all.length === 0) return '';
  return `<section class="card caveats" aria-label="To be known"><h2>Before you read on</h2><ul>${all.map((text) => `<li>${escaped(text)}</li>`).join('')}</ul></section>`;
}

function tilesOf({
  scores,
  speedMPerS,
  dimensionlessSpeed,
  spatioTemporal,
  keyAngles,
}: GaitReportData): string {
  const tile = (name: string, number: string, remark: string) =>
    `<section class="card tile"><p>${escaped(name)}</p><p class="num">${number}</p><p class="tiny soft">${escaped(remark)}</p></section>`;
  const knee = keyAngles.find(({ id }) => id === 'knee.greatest-flexion-swing');
  const { left, right } = spatioTemporal.cadencePerMin;
  const both = (a: number | undefined, b: number | undefined, unit: string, digits = 1) =>
    `${shown(a, digits)}<small>${unit} L</small> · ${shown(b, digits)}<small>${unit} R</small>`;
  return `<div class="tiles">${[
    scores.gdi
      ? tile(
          'Gait Deviation Index',
          both(scores.gdi.left, scores.gdi.right, ''),
          '100 is the mean of the reference, 10 one standard deviation.',
        )
      : '',
    scores.gps
      ? tile(
          'Gait Profile Score',
          both(scores.gps.left, scores.gps.right, '°'),
          `Overall ${shown(scores.gpsOverall)}°.`,
        )
      : '',
    knee
      ? tile(
          'Knee, peak in swing',
          both(knee.left?.mean, knee.right?.mean, '°', 0),
          knee.norm
            ? `Norms ${shown(knee.norm.mean, 0)} ± ${shown(knee.norm.sd, 0)}°.`
            : 'Mean of single strides.',
        )
      : '',
    tile(
      'Walking speed',
      `${shown(speedMPerS, 2)}<small> m/s</small>`,
      `${shown(dimensionlessSpeed, 2)} for the leg’s length (Hof 1996).`,
    ),
    tile(
      'Cadence',
      `${shown(((left?.mean ?? Number.NaN) + (right?.mean ?? Number.NaN)) / 2, 0)}<small> steps/min</small>`,
      'Mean of both sides.',
    ),
  ].join('')}</div>`;
}

function keyOf({ norms, curves }: GaitReportData): string {
  const swatch = (inner: string) => `<svg viewBox="0 0 34 12" aria-hidden="true">${inner}</svg>`;
  const items = [
    `${swatch('<path class="series left" d="M1 6H33"/>')}left`,
    `${swatch('<path class="series right" d="M1 6H33"/>')}right`,
    `${swatch('<path class="stride left" d="M1 3H33M1 9H33" style="opacity:.8"/>')}single strides`,
    ...(norms.bands
      ? [
          `${swatch('<rect class="norm" width="34" height="12"/>')}${escaped(norms.bands.name)}${norms.bands.set ? `, ${escaped(norms.bands.set.toLowerCase())}` : ''}, ± 1 SD`,
        ]
      : []),
    ...(curves.some(({ measurementError }) => measurementError)
      ? [`${swatch('<rect class="left-error" width="34" height="12"/>')}error between sessions`]
      : []),
    `${swatch('<path d="M12 2v8" stroke="var(--left)" stroke-width="2.5"/><path d="M20 2v8" stroke="var(--right)" stroke-width="2.5"/>')}foot off`,
  ];
  return `<ul class="key">${items.map((item) => `<li>${item}</li>`).join('')}</ul>`;
}

function sourcesOf({ model, norms, measurementErrorSource, lab, trials }: GaitReportData): string {
  const cited = [norms.bands, norms.gdi, norms.gps].flatMap((one) =>
    one ? [`${one.name}, of ${one.population}: ${one.citation}`] : [],
  );
  const lines = [
    `Model: ${model}. Markers of ${shown(lab.markerRadiusMm)} mm from centre to skin; feet ${lab.footFlat ? 'flat' : 'as they stood'} in the standing trial.`,
    `Error between sessions: ${measurementErrorSource}.`,
    ...new Set(cited),
    `Events: ${eventSources(trials)}. Angles are of marker paths as they were recorded, with short gaps filled and not smoothed.`,
    `Moments are internal, per kilogram of body mass, ${smoothing(trials)}, with the segments’ mass and inertia of Winter 2009 unless a remark above says otherwise. All curves run from foot strike to foot strike of the same foot.`,
  ];
  return `<section><h2>Sources</h2><ul class="sources tiny soft">${lines.map((line) => `<li>${escaped(line)}</li>`).join('')}</ul></section>`;
}

const SOURCES: Readonly<Record<EventSource, string>> = {
  vendor: 'marked in the file',
  'force-plate': 'by a force plate',
  'heel-braking': 'by the heel slowing down',
  zeni: 'by heel and toe against the pelvis (Zeni 2008)',
  'foot-velocity': 'by the speed of the foot',
};

/** How many foot strikes and foot-offs were found in which way. */
function eventSources(trials: readonly ReportTrial[]): string {
  const all = trials.flatMap(({ events }) => events);
  const told = EVENT_SOURCES.flatMap((source) => {
    const count = all.filter((event) => event.source === source).length;
    return count > 0 ? [`${count} ${SOURCES[source]}`] : [];
  });
  return told.join(', ') || 'none found';
}

function smoothing(trials: readonly ReportTrial[]): string {
  const cutoffs = trials.flatMap(({ kineticsCutoffHz }) => kineticsCutoffHz ?? []);
  return cutoffs.length > 0
    ? `from marker paths smoothed below ${Math.min(...cutoffs)} Hz where they were noisy`
    : 'from marker paths as they were recorded';
}

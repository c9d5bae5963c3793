import type { GaitReportData, ReportValue, SpatioTemporalName } from '@rectus/gait';
import { escaped, shown } from './html.ts';

const STEPS: readonly (readonly [SpatioTemporalName, string, string, factor: number, digits: number])[] = [
  ['speedMPerS', 'Walking speed', 'm/s', 1, 2],
  ['cadencePerMin', 'Cadence', 'steps/min', 1, 0],
  ['stepLengthM', 'Step length', 'cm', 100, 1],
  ['strideLengthM', 'Stride length', 'cm', 100, 1],
  ['stepWidthM', 'Step width', 'cm', 100, 1],
  ['stepTimeS', 'Step time', 's', 1, 2],
  ['strideTimeS', 'Stride time', 's', 1, 2],
  ['stancePercent', 'Stance', '% cycle', 1, 1],
  ['swingPercent', 'Swing', '% cycle', 1, 1],
  ['singleSupportPercent', 'Single support', '% cycle', 1, 1],
  ['doubleSupportPercent', 'Double support', '% cycle', 1, 1],
];

/** Mean and spread of a value; a single stride has no spread. */
function cell(value: ReportValue | null, factor: number, digits: number): string {
  if (!value) return '<td class="n soft">–</td>';
  const spread = value.sd === null ? '' : ` <span class="soft">± ${shown(value.sd * factor, digits)}</span>`;
  return `<td class="n">${shown(value.mean * factor, digits)}${spread}</td>`;
}

function table(caption: string, heads: readonly string[], rows: readonly string[], foot = ''): string {
  const head = heads
    .map((one, n) => `<th${n > 0 ? ' class="n"' : ''} scope="col">${escaped(one)}</th>`)
    .join('');
  return `<section class="card"><div class="scroll" role="region" tabindex="0" aria-label="${escaped(caption)}"><table><caption><h3>${escaped(caption)}</h3></caption><thead><tr>${head}</tr></thead><tbody>${rows.join('')}</tbody></table></div>${foot ? `<p class="tiny soft">${escaped(foot)}</p>` : ''}</section>`;
}

const unitOf = (unit: string) => `<span class="soft tiny">${escaped(unit)}</span>`;

export function stepsTable({ spatioTemporal, norms }: GaitReportData): string {
  const rows = STEPS.map(([name, title, unit, factor, digits]) => {
    const { left, right, symmetryIndexPercent, norm } = spatioTemporal[name];
    const reference = norm
      ? `${shown(norm.mean * factor, digits)} ± ${shown(norm.sd * factor, digits)}`
      : '–';
    return `<tr><th scope="row">${escaped(title)} ${unitOf(unit)}</th>${cell(left, factor, digits)}${cell(right, factor, digits)}<td class="n soft">${shown(symmetryIndexPercent, 0)}</td><td class="n soft">${reference}</td></tr>`;
  });
  const from = norms.bands ? `Norms: ${norms.bands.name}.` : '';
  return table(
    'Steps and time',
    ['Measure', 'Left', 'Right', 'Asymmetry %', 'Norms'],
    rows,
    `Mean ± standard deviation from stride to stride. Asymmetry: difference of left and right in per cent of their mean (Robinson 1987). ${from}`,
  );
}

export function keyAnglesTable({ keyAngles }: GaitReportData): string {
  const rows = keyAngles.map(({ name, left, right, norm }) => {
    const reference = norm ? `${shown(norm.mean)}${norm.sd === null ? '' : ` ± ${shown(norm.sd)}`}` : '–';
    return `<tr><th scope="row">${escaped(name)} ${unitOf('°')}</th>${cell(left, 1, 1)}${cell(right, 1, 1)}<td class="n soft">${reference}</td></tr>`;
  });
  return table(
    'Key angles',
    ['Measure', 'Left', 'Right', 'Norms'],
    rows,
    'Read from single strides; the norms are read from their mean curve.',
  );
}

export function trialsTable({ trials, strides }: GaitReportData): string {
  const rows = trials.map(
    ({ name, frames, rateHz, failure, excludedStrides, contacts, filledGaps, openGaps, events }) => {
      const used = (['left', 'right'] as const).map(
        (side) => strides[side].filter(({ trial }) => trial === name).length,
      );
      const whole = contacts.filter((contact) => contact.whole).length;
      const sources = [...new Set(events.map(({ source }) => source))].join(', ');
      const remarks = [
        ...(failure ? [failure] : []),
        ...excludedStrides.map(({ side, why }) => `${side} stride left out: ${why}`),
        ...(filledGaps.length > 0 ? [`${filledGaps.length} short gaps filled`] : []),
        ...(openGaps.length > 0 ? [`${openGaps.length} gaps left open`] : []),
      ];
      return `<tr><th scope="row">${escaped(name)}</th><td class="n">${shown(frames / rateHz)} s</td><td class="n">${used[0]} · ${used[1]}</td><td class="n">${whole}</td><td>${escaped(sources)}</td><td class="small">${remarks.map(escaped).join('<br>') || '–'}</td></tr>`;
    },
  );
  return table(
    'Trials',
    ['Trial', 'Length', 'Strides L · R', 'Whole plate steps', 'Events from', 'Remarks'],
    rows,
  ).replace(/<th class="n" scope="col">(Events from|Remarks)/g, '<th scope="col">$1');
}

/** What changed since the session before; '' without one. */
export function changesTable({ changes, curves, measurementErrorSource }: GaitReportData): string {
  if (!changes) return '';
  const name = (id: string) => curves.find((curve) => curve.id === id)?.name ?? id;
  const words = {
    'beyond-error': 'more than error',
    'within-error': 'within error',
    'error-not-known': 'error not known',
  };
  const rows = changes.curves
    .filter(({ spans, verdict }) => spans.length > 0 && verdict !== 'within-error')
    .flatMap(({ variable, side, spans, verdict }) =>
      spans.map(
        ({ fromPercent, toPercent, difference, atPercent }) =>
          `<tr><th scope="row">${escaped(name(variable))}</th><td>${side}</td><td class="n">${shown(fromPercent, 0)} to ${shown(toPercent, 0)} %</td><td class="n">${difference > 0 ? '+' : ''}${shown(difference)} at ${shown(atPercent, 0)} %</td><td>${words[verdict]}</td></tr>`,
      ),
    );
  const nothing = '<tr><td colspan="5">No curve differs by more than error.</td></tr>';
  const foot = [...changes.caveats, `Error between sessions: ${measurementErrorSource}.`].join(' ');
  const heads = ['Curve', 'Side', 'Part of the cycle', 'Greatest difference', 'Against error'];
  return table('Since the session before', heads, rows.length > 0 ? rows : [nothing], foot).replace(
    /<th class="n" scope="col">(Side|Against error)/g,
    '<th scope="col">$1',
  );
}

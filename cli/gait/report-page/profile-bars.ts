import type { GaitReportData } from '@rectus/gait';
import { escaped, shown } from './html.ts';

const NAMES: Readonly<Record<string, string>> = {
  'pelvis.tilt': 'Pelvic tilt',
  'hip.flexion': 'Hip flexion',
  'knee.flexion': 'Knee flexion',
  'ankle.dorsiflexion': 'Ankle',
  'pelvis.obliquity': 'Pelvic obliquity',
  'hip.adduction': 'Hip adduction',
  'pelvis.rotation': 'Pelvic rotation',
  'hip.rotation': 'Hip rotation',
  'foot.progression': 'Foot progression',
};

/** The movement analysis profile as bars; '' where no reference is installed. */
export function profileBars({ scores: { gvs, gps, gvsReference } }: GaitReportData): string {
  if (!gvs || !gps) return '';
  const bars = [
    ...Object.entries(NAMES).map(([id, name]) => ({
      name,
      left: gvs.left[id as keyof typeof gvs.left],
      right: gvs.right[id as keyof typeof gvs.right],
      reference: gvsReference?.[id as keyof typeof gvs.left] ?? null,
    })),
    { name: 'GPS', left: gps.left, right: gps.right, reference: referenceOfAll(gvsReference) },
  ];
  const greatest = Math.max(
    8,
    ...bars.flatMap(({ left, right, reference }) => [left, right, reference ?? 0]),
  );
  const step = greatest > 16 ? 8 : 4;
  const most = Math.ceil(greatest / step) * step;
  const y = (value: number) => 172 - (150 * value) / most;
  const ticks = Array.from({ length: most / step + 1 }, (_, n) => step * n);
  const grid = ticks.map(
    (tick) =>
      `<path class="grid" d="M34 ${y(tick)}H716"/><text x="27" y="${y(tick) + 4}" text-anchor="end">${tick}°</text>`,
  );
  const drawn = bars.map(({ name, left, right, reference }, index) => {
    const x = 68 + 68 * index;
    const [first = '', second = ''] = name.split(' ');
    return [
      `<rect x="${x - 15}" y="${y(left)}" width="13" height="${172 - y(left)}" fill="var(--left)"/>`,
      `<rect x="${x + 3}" y="${y(right)}" width="12" height="${172 - y(right)}" fill="url(#hatch)" stroke="var(--right)" stroke-width="1.4"/>`,
      reference === null ? '' : `<path class="reference" d="M${x - 26} ${y(reference)}h52"/>`,
      `<text x="${x}" y="190" text-anchor="middle">${escaped(first)}</text><text x="${x}" y="204" text-anchor="middle">${escaped(second)}</text>`,
      `<text x="${x}" y="224" text-anchor="middle" style="fill:var(--ink);font-weight:560">${shown(left)} · ${shown(right)}</text>`,
    ].join('');
  });
  const hatch =
    '<defs><pattern id="hatch" width="5" height="5" patternUnits="userSpaceOnUse" patternTransform="rotate(45)"><rect width="5" height="5" fill="var(--surface)"/><path d="M0 0V5" stroke="var(--right)" stroke-width="4"/></pattern></defs>';
  const label = `Movement analysis profile: root mean square difference from the reference in degrees. ${bars.map(({ name, left, right }) => `${name}: left ${shown(left)}, right ${shown(right)}`).join('; ')}.`;
  return `<figure class="plot card wide"><header><h3>Movement analysis profile</h3><span class="tiny soft">RMS difference from the reference, degrees · left solid, right hatched${gvsReference ? ' · line: how far people of the reference are from their own mean' : ''}</span></header><div class="scroll" role="region" tabindex="0" aria-label="Movement analysis profile"><svg viewBox="0 0 740 236" role="img" aria-label="${escaped(label)}">${hatch}${grid.join('')}${drawn.join('')}</svg></div></figure>`;
}

/** Of the profile score as of the variables: the root of the mean of their squares; null where one is missing. */
function referenceOfAll(of: GaitReportData['scores']['gvsReference']): number | null {
  const values = Object.values(of ?? {});
  if (values.length < Object.keys(NAMES).length) return null;
  return Math.sqrt(values.reduce((sum, value) => sum + value * value, 0) / values.length);
}

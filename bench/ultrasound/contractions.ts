import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { percentile, printTable, round } from '../lib/report.ts';
import type { Closure } from './browser/contraction-page.ts';
import { bundle, openHost } from './browser-host.ts';
import type { Group } from './group.ts';

const ROOT = process.env.RECTUS_ROOT ?? process.cwd();
const FOLDER = join(
  process.env.RECTUS_SHARED_DATA ?? join(ROOT, '..', 'shared', 'data'),
  'ultrasound',
  'muscle',
  'contraction',
);

/** Real contractions, followed there and back in Chromium: how well the way closes, and where tracking was lost. */
export const measureContractions: Group = async ({ small }) => {
  if (!existsSync(FOLDER)) {
    process.stderr.write('skipped: no ../shared/data\n');
    return {};
  }
  const names = readdirSync(FOLDER).filter((name) => name.endsWith('.mp4'));
  const chosen = small ? names.slice(0, 1) : names;
  const files = Object.fromEntries(
    chosen.map((name) => [`/${name}`, { type: 'video/mp4', body: readFileSync(join(FOLDER, name)) }]),
  );
  const { page, close } = await openHost(await bundle('contraction-page.ts'), files);
  const all: number[] = [];
  const rows: [string, string, string][] = [];
  try {
    for (const name of chosen) {
      const found = await page.evaluate(
        ([address, most]) =>
          (
            globalThis as unknown as { thereAndBack: (address: string, most: number) => Promise<Closure> }
          ).thereAndBack(address, most),
        [`/${name}`, small ? 20 : 1000] as const,
      );
      all.push(...found.closures);
      rows.push([name, closureOf(found), whereLost(found)]);
    }
  } finally {
    await close();
  }
  printTable('Real contractions, there and back: median and 95th percentile of the closure, px', rows);
  return {
    closureMedianPx: round(percentile(all, 0.5), 2),
    closureP95Px: round(percentile(all, 0.95), 2),
  };
};

function closureOf({ closures }: Closure): string {
  if (closures.length === 0) return 'all lost';
  return `${percentile(closures, 0.5).toFixed(2)}, ${percentile(closures, 0.95).toFixed(2)}`;
}

function whereLost(found: Closure): string {
  const worst = Math.max(...found.lost);
  const spans: string[] = [];
  let from = -1;
  [...found.lost, 0].forEach((share, n) => {
    if (share > 0.3 && from < 0) from = n + 1;
    if (share <= 0.3 && from >= 0) {
      spans.push(from === n ? `${n}` : `${from}–${n}`);
      from = -1;
    }
  });
  const moved = found.excursions.length > 0 ? percentile(found.excursions, 0.5).toFixed(0) : '0';
  return [
    `${found.frames} frames of ${found.width} × ${found.height}, moved by ${moved} px`,
    `${found.closures.length} of ${found.points} points closed`,
    `at worst ${(100 * worst).toFixed(0)} % lost`,
    spans.length > 0 ? `over 30 % lost in frames ${spans.join(', ')}` : 'never over 30 % lost',
    `${found.msPerFrame.toFixed(0)} ms a frame`,
  ].join('; ');
}

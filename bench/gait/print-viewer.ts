import { printTable, round } from '../lib/report.ts';
import { measureViewer } from './viewer.ts';

/** Prints what the report page loads and how soon the walk is seen. */
export async function printViewer(
  root: string,
  loads: number,
  say: (line: string) => void,
): Promise<{ readonly gzipBytes: number; readonly startMs: number }> {
  say('opening the report in a browser');
  const viewer = await measureViewer(root, loads);
  const { scripts, gzipBytes, elsewhere, startMs, fastestMs, slowestMs, renderer } = viewer;
  printTable('The walk in space', [
    ...scripts.map(({ url, gzipBytes: size }) => [url, `${(size / 1000).toFixed(1)} kB`, 'gzip'] as const),
    ['all script of the report page', `${(gzipBytes / 1000).toFixed(1)} kB`, 'limit 250 kB'],
    [
      'pages that load the viewer too',
      String(elsewhere.length),
      elsewhere.join(', ') || 'home, booking, day, sessions, a session, people',
    ],
    [
      'from navigation to the first picture',
      `${startMs.toFixed(0)} ms`,
      `median of ${loads} with an empty cache, fastest ${fastestMs.toFixed(0)} ms, slowest ${slowestMs.toFixed(0)} ms`,
    ],
    ['of it to the first byte of the page', `${viewer.firstByteMs.toFixed(0)} ms`],
    ['to the end of the script', `${viewer.scriptMs.toFixed(0)} ms`],
    ['to the end of the motion', `${viewer.motionMs.toFixed(0)} ms`],
    ['drawn by', '', renderer],
  ]);
  return { gzipBytes, startMs: round(startMs) };
}

import { readFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { printTable, round } from '../lib/report.ts';
import { measureMemory, type ReadMemory } from './memory.ts';
import { makeFiles, measureReading, type ReadingOrder, type ReadSpeed, removeFiles } from './reading.ts';
import { type Growth, measureGrowth, measureReport, type ReportTimes } from './report-times.ts';
import { measureThreads, type ThreadTimes } from './threads.ts';

export interface Speeds {
  readonly readMBps: number;
  readonly readMemoryShare: number;
  readonly reportMs: number;
  readonly reportColdMs: number;
  readonly reportOwnMs: number;
  readonly growth: number;
  readonly trialsPerSecond: number;
}

/** Files below are read in less than a millisecond or two, most of it their parameters: shown, not judged. */
const LEAST_JUDGED_BYTES = 250_000;

/** Prints how fast files are read and reports made. */
export async function printSpeed(
  script: string,
  small: boolean,
  say: (line: string) => void,
): Promise<Speeds> {
  const order: ReadingOrder = small ? { sizesMiB: [2], repeats: 4 } : { sizesMiB: [20, 200], repeats: 40 };
  say('writing and reading large files');
  const { folder, paths } = await makeFiles(order);
  let speeds: ReadSpeed[];
  let memory: ReadMemory[];
  try {
    // The pages of a file that was just written are still on their way.
    for (const path of paths) readFileSync(path);
    speeds = measureReading(paths, order);
    memory = await measureMemory(script, paths);
  } finally {
    await removeFiles(folder);
  }
  printReading(speeds);
  printMemory(memory);
  say('making reports');
  const report = await measureReport(script, small ? 5 : 60, small ? 1 : 7);
  const growth = measureGrowth(small ? [3, 6] : [3, 6, 12, 24, 48], small ? 3 : 12);
  say('trials in threads');
  const threads = await measureThreads(small ? 4 : 100, Math.max(2, availableParallelism()));
  printReports(report, growth, threads);
  const judged = speeds.filter(({ isRealPc, bytes }) => isRealPc && bytes >= LEAST_JUDGED_BYTES);
  return {
    readMBps: round(Math.min(...judged.map(({ mbPerS }) => mbPerS))),
    readMemoryShare: round(Math.max(...memory.map(({ takenMiB, limitMiB }) => takenMiB / limitMiB)), 2),
    reportMs: round(report.warm.medianMs, 1),
    reportColdMs: round(report.coldMs, 1),
    reportOwnMs: round(report.warm.ownMs, 1),
    growth: round(growth.exponent, 2),
    trialsPerSecond: round(threads.perSecond, 1),
  };
}

function printReading(speeds: readonly ReadSpeed[]): void {
  printTable(
    'Reading, from the disk cache to typed content, one pass; the best of several readings',
    speeds.map(({ name, bytes, form, isRealPc, mbPerS, ceilingMbPerS }) => [
      `${name}, ${form}`,
      `${mbPerS.toFixed(0)} MB/s`,
      [
        `${(bytes / 1e6).toFixed(2)} MB`,
        `plain sum of 32-bit numbers ${ceilingMbPerS.toFixed(0)} MB/s`,
        ...(isRealPc && bytes < LEAST_JUDGED_BYTES
          ? [`${(bytes / 1000 / mbPerS).toFixed(2)} ms in all: not judged`]
          : []),
      ].join(', '),
    ]),
  );
}

function printMemory(memory: readonly ReadMemory[]): void {
  printTable(
    'Memory that a fresh process takes to read a file, with the bytes of the file, by its largest resident set',
    memory.map(({ name, fileMiB, takenMiB, peakMiB, limitMiB }) => [
      name,
      `${takenMiB.toFixed(0)} MiB`,
      `${(takenMiB / fileMiB).toFixed(1)} × the file; limit ${limitMiB.toFixed(0)} MiB; the whole process ${peakMiB.toFixed(0)} MiB`,
    ]),
  );
}

function printReports(report: ReportTimes, growth: Growth, threads: ThreadTimes): void {
  printTable(
    `From the bytes of a standing trial and a walk of ${report.frames} frames to the report's data`,
    [
      [
        'running process, median',
        `${report.warm.medianMs.toFixed(1)} ms`,
        `best ${report.warm.bestMs.toFixed(1)} ms; this thread's own time ${report.warm.ownMs.toFixed(1)} ms`,
      ],
      [
        'first report of a fresh process',
        `${report.coldMs.toFixed(1)} ms`,
        'median; without the start of Node',
      ],
      ['trials in parallel threads', `${threads.perSecond.toFixed(1)} /s`, threadsTold(threads)],
      ...growth.points.map(
        ({ frames, ms }) =>
          [
            `${frames} frames`,
            `${ms.toFixed(1)} ms`,
            `${((1000 * ms) / frames).toFixed(0)} µs a frame; this thread's own time`,
          ] as const,
      ),
      ['growth with the frames', growth.exponent.toFixed(2), 'exponent; 1 is linear'],
    ],
  );
}

function threadsTold({ trials, complete, medianMs }: ThreadTimes): string {
  return `${complete} of ${trials} with strides and powers; each in a thread of its own with the 3D walk, median ${medianMs.toFixed(0)} ms`;
}

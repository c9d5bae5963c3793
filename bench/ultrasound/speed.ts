import { printTable, round } from '../lib/report.ts';
import { type Times, timeTracking } from './browser/time-tracking.ts';
import { bundle, openHost } from './browser-host.ts';
import type { Group } from './group.ts';

interface Speed {
  readonly times: (frames: number) => Promise<Times>;
  readonly shared: (frames: number, of: number) => Promise<number>;
}

/** How long a frame takes: 400 windows of 31 × 31 px at 640 × 480, in a worker of Chromium without a GPU, and in Node. */
export const measureSpeed: Group = async ({ small }) => {
  const frames = small ? 6 : 40;
  const { page, close } = await openHost(await bundle('page.ts'), {
    '/worker.js': { type: 'text/javascript', body: await bundle('worker.ts') },
  });
  try {
    const inChromium = await page.evaluate(
      (n) => (globalThis as unknown as { speed: Speed }).speed.times(n),
      frames,
    );
    const shared: number[] = [];
    for (const of of [1, 2])
      shared.push(
        await page.evaluate(
          ([n, workers]) => (globalThis as unknown as { speed: Speed }).speed.shared(n, workers),
          [frames, of] as const,
        ),
      );
    const inNode = timeTracking(frames);
    print(inChromium, inNode, shared);
    return {
      kernelMsPerFrame: round(inChromium.kernelMs, 2),
      trackMsPerFrame: round(inChromium.trackMs, 2),
      plainKernelMsPerFrame: round(inChromium.plainKernelMs, 1),
      plainTrackMsPerFrame: round(inChromium.plainTrackMs, 1),
      trackMsPerFrameTwoWorkers: round(shared[1] ?? Number.NaN, 2),
    };
  } finally {
    await close();
  }
};

function print(inChromium: Times, inNode: Times, [one = 0, two = 0]: readonly number[]): void {
  const ms = (value: number) => `${value.toFixed(1)} ms`;
  const row = (name: string, times: Times): [string, string, string][] => [
    [
      `${name}: pyramid and 400 windows`,
      ms(times.kernelMs),
      `plain TypeScript ${ms(times.plainKernelMs)}, ${(times.plainKernelMs / times.kernelMs).toFixed(1)} times as long`,
    ],
    [
      `${name}: whole tracking`,
      ms(times.trackMs),
      `plain TypeScript ${ms(times.plainTrackMs)}, ${(times.plainTrackMs / times.trackMs).toFixed(1)} times as long`,
    ],
  ];
  printTable('A frame of 640 × 480 px, medians', [
    ...row('Chromium', inChromium),
    ...row('Node', inNode),
    ['Chromium: all frames, one worker', ms(one)],
    ['Chromium: points shared by two', ms(two), `${(one / two).toFixed(2)} times as fast`],
  ]);
}

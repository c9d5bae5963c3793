import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { simulatedNorms } from '@rectus/gait';
import { measureInThread } from '../../clinic/capabilities/gait-lab/processing/run-thread.ts';
import { percentile } from '../lib/report.ts';
import { standingFile, walkFile } from './made-files.ts';

export interface ThreadTimes {
  readonly trials: number;
  readonly perSecond: number;
  /** How long one waited, from its order to its answer, when all were ordered together one by one. */
  readonly medianMs: number;
  /** Reports that have strides and moments, which all must. */
  readonly complete: number;
}

/** Different walks, each a session of its own, through the threads that the clinic's worker uses: files on disk to result. */
export async function measureThreads(trials: number, atOnce: number): Promise<ThreadTimes> {
  const folder = await mkdtemp(join(tmpdir(), 'rectus-bench-threads-'));
  try {
    const standing = { name: 'standing.c3d', path: join(folder, 'standing.c3d') };
    await writeFile(standing.path, standingFile());
    const walks = Array.from({ length: trials }, (_, n) => ({
      name: `walk ${n + 1}.c3d`,
      path: join(folder, `walk ${n + 1}.c3d`),
    }));
    // Ten different walks; the others are copies of them.
    const kinds = Array.from({ length: Math.min(10, trials) }, (_, n) => walkFile(3, n + 1));
    await Promise.all(walks.map(({ path }, n) => writeFile(path, kinds[n % kinds.length] as Uint8Array)));
    const norms = [simulatedNorms()];
    const taken: number[] = [];
    let complete = 0;
    const one = async (walk: (typeof walks)[number]) => {
      const start = performance.now();
      const { report } = await measureInThread(
        {
          standing,
          walking: [walk],
          known: {},
          lab: {},
          conditions: { ageYears: null, footwear: 'unknown', walkingAid: null },
          previous: null,
          usualMarkerRadiusMm: null,
          norms,
        },
        () => {},
      );
      taken.push(performance.now() - start);
      if (report.strides.left.length > 0 && report.curves.some(({ id }) => id.endsWith('.power'))) complete++;
    };
    await one(walks[0] as (typeof walks)[number]);
    taken.length = 0;
    complete = 0;
    const waiting = [...walks];
    const start = performance.now();
    const client = async () => {
      for (let next = waiting.shift(); next; next = waiting.shift()) await one(next);
    };
    await Promise.all(Array.from({ length: atOnce }, client));
    const seconds = (performance.now() - start) / 1000;
    return { trials, perSecond: trials / seconds, medianMs: percentile(taken, 0.5), complete };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

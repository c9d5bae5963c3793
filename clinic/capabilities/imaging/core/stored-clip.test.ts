import { randomUUID } from 'node:crypto';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import { openFiles } from '../../../platform/files/index.ts';
import { readStoredFrames } from './stored-clip.ts';

const folder = join(tmpdir(), `rectus-frames-${randomUUID()}`);
const files = openFiles(folder);
const name = { clinicId: randomUUID(), sha256: 'ab'.repeat(32) };
const bytes = Buffer.from(Array.from({ length: 4_000 }, (_, n) => (n * 31) % 256));
const written = (async () => {
  await mkdir(dirname(files.pathOf(name)), { recursive: true });
  await writeFile(files.pathOf(name), bytes);
})();
afterAll(() => rm(folder, { recursive: true, force: true }));

const piece = fc.tuple(fc.integer({ min: 0, max: 3_000 }), fc.integer({ min: 1, max: 900 }));
const frame = fc.array(piece, { minLength: 1, maxLength: 3 }).map((pieces) => pieces.flat());

describe('frames of a stored clip', () => {
  it('are the bytes that the index names, near each other or far, in one piece or several', async () => {
    await written;
    const wanted = fc.array(frame, { minLength: 1, maxLength: 8 });
    await fc.assert(
      fc.asyncProperty(wanted, async (frameIndex) => {
        const clip = { sha256: name.sha256, frames: frameIndex.length, frameIndex };
        const order = frameIndex.map((_, n) => n).reverse();
        const read = await readStoredFrames(files, name.clinicId, clip, order);
        const expected = order.map((n) => {
          const range = frameIndex[n] ?? [];
          return Buffer.concat(
            range.flatMap((at, k) => (k % 2 === 0 ? [bytes.subarray(at, at + (range[k + 1] ?? 0))] : [])),
          );
        });
        expect(read.map((one) => one.toString('hex'))).toEqual(expected.map((one) => one.toString('hex')));
      }),
    );
  });

  it('that are not there are refused', async () => {
    const clip = { sha256: name.sha256, frames: 1, frameIndex: [[0, 10]] };
    await expect(readStoredFrames(files, name.clinicId, clip, [1])).rejects.toThrow('There is no frame 1');
    const gone = { ...clip, sha256: 'cd'.repeat(32) };
    await expect(readStoredFrames(files, name.clinicId, gone, [0])).rejects.toMatchObject({
      problem: 'missing',
    });
  });
});

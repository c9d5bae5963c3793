import { readStill } from '@rectus/sonography';
import { nodeCodecs } from '@rectus/sonography/node';
import type { FastifyInstance } from 'fastify';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { StaffRole } from '../../../platform/database/schema.ts';
import { TEST_NOW, type TestWorld, testWorld } from '../../../platform/database/testing.ts';
import { filesOf } from '../../../platform/files/index.ts';
import { arrive, newExam, orderedBytes } from '../testing.ts';
import { framePicturePath, frameRoutes } from './frame-routes.ts';
import { signedIn } from './testing.ts';

let world: TestWorld;
let app: FastifyInstance;
let clipId: string;
beforeAll(async () => {
  world = await testWorld();
  app = await world.serve(signedIn, frameRoutes);
  const { context } = world.one;
  const exam = await newExam(context, { now: TEST_NOW });
  const taken = await arrive(context, filesOf(world.platform.config), await orderedBytes(exam));
  clipId = taken.kind === 'refused' ? '' : taken.instanceId;
});
afterAll(() => Promise.all([app.close(), world.close()]));

const get = (url: string, role: StaffRole = 'clinician', more: Record<string, string> = {}) =>
  app.inject({ url, headers: { host: 'one.test', 'x-role': role, ...more } });

describe('a frame of a stored clip', () => {
  it('is a JPEG of the size that was asked for, or as it is stored', async () => {
    const sizes: number[] = [];
    for (const width of [undefined, 100, 160, 5000]) {
      const { statusCode, headers, rawPayload } = await get(framePicturePath(clipId, 3, width));
      expect([statusCode, headers['content-type']]).toEqual([200, 'image/jpeg']);
      sizes.push((await readStill(rawPayload, nodeCodecs())).width);
    }
    expect(sizes).toEqual([240, 160, 160, 240]);
  });

  it('stays with the one browser that asked, and is not sent twice', async () => {
    const first = await get(framePicturePath(clipId, 0, 160));
    expect(first.headers['cache-control']).toMatch(/^private, /);
    const again = await get(framePicturePath(clipId, 0, 160), 'owner', {
      'if-none-match': String(first.headers.etag),
    });
    expect([again.statusCode, again.body]).toEqual([304, '']);
    expect((await get(framePicturePath(clipId, 1, 160))).headers.etag).not.toBe(first.headers.etag);
  });

  it('is shown to clinicians and owners of its clinic alone', async () => {
    expect((await get(framePicturePath(clipId, 0), 'front_desk')).statusCode).toBe(403);
    expect((await get(framePicturePath(clipId, 0), 'owner', { host: 'other.test' })).statusCode).toBe(404);
    expect(
      (await app.inject({ url: framePicturePath(clipId, 0), headers: { host: 'one.test' } })).statusCode,
    ).toBe(303);
  });

  it('that is not there is a page that says so', async () => {
    for (const path of [framePicturePath(clipId, 8), framePicturePath('not-an-id', 0)])
      expect((await get(path)).statusCode).toBe(404);
  });
});

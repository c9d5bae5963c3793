import { randomUUID } from 'node:crypto';
import { mkdir, open, readFile, rename, writeFile } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import Fastify from 'fastify';
import { openDoorClient } from './door-client.ts';
import { perSecond, type Timing, timed } from './timing.ts';

/** What this machine can do without any clinic. */
export interface DoorLimits {
  /** Files of the clip's size written, synced and renamed. */
  readonly writesPerSecond: readonly [one: number, eight: number];
  /** A file of a frame's size, read and sent over HTTP. */
  readonly filesPerSecond: readonly [one: number, eight: number];
  /** A file as large as all frames together, the same way. */
  readonly bulkMs: number;
}

export interface LimitOptions {
  readonly folder: string;
  readonly clip: Uint8Array;
  readonly frame: Uint8Array;
  readonly bulk: Uint8Array;
  readonly timing: Timing;
}

export async function measureLimits({
  folder,
  clip,
  frame,
  bulk,
  timing,
}: LimitOptions): Promise<DoorLimits> {
  await mkdir(folder, { recursive: true });
  const write = async () => {
    const path = join(folder, randomUUID());
    const file = await open(`${path}.tmp`, 'w');
    await file.write(clip);
    await file.sync();
    await file.close();
    await rename(`${path}.tmp`, path);
    const parent = await open(folder, 'r');
    await parent.sync();
    await parent.close();
  };
  const [framePath, bulkPath] = [join(folder, 'frame'), join(folder, 'bulk')];
  await writeFile(framePath, frame);
  await writeFile(bulkPath, bulk);
  const app = Fastify();
  app.get('/frame', async (_request, reply) =>
    reply.type('application/octet-stream').send(await readFile(framePath)),
  );
  app.get('/bulk', async (_request, reply) =>
    reply.type('application/octet-stream').send(await readFile(bulkPath)),
  );
  await app.listen({ port: 0, host: '127.0.0.1' });
  const client = openDoorClient({ port: (app.server.address() as AddressInfo).port, host: 'limit.test' });
  try {
    const [stores, frames] = [timing.stores, timing.frames];
    return {
      writesPerSecond: [await perSecond(1, stores[0], write), await perSecond(8, stores[1], write)],
      filesPerSecond: [
        await perSecond(1, frames[0], () => client.get('/frame', '*/*')),
        await perSecond(8, frames[1], () => client.get('/frame', '*/*')),
      ],
      bulkMs: await timed(timing.bulks, () => client.get('/bulk', '*/*')),
    };
  } finally {
    client.close();
    await app.close();
  }
}

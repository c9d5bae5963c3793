import { randomBytes, randomUUID } from 'node:crypto';
import type { Socket } from 'node:net';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { inClinic } from '../../platform/database/in-clinic.ts';
import { type TestWorld, testWorld } from '../../platform/database/testing.ts';
import { type FileStore, filesOf } from '../../platform/files/index.ts';
import { createPduFraming, PduError } from './pdu-framing.ts';
import {
  addMachine,
  echo,
  type Line,
  listenFor,
  rawConnection,
  type Sent,
  type TestListener,
  unit,
  unitsOfStore,
  untilClosed,
} from './testing.ts';

const MB = 1024 * 1024;
const EXPLICIT = '1.2.840.10008.1.2.1';
const MULTI_FRAME = '1.2.840.10008.5.1.4.1.1.3.1';

let world: TestWorld;
let files: FileStore;
let listener: TestListener;
let line: Line;

beforeAll(async () => {
  world = await testWorld();
  files = filesOf(world.platform.config);
  await addMachine(world.one, { called: 'HARBOUR', calling: 'SONO1' });
  listener = await listenFor(world);
  line = { port: listener.port, calling: 'SONO1', called: 'HARBOUR' };
});
afterAll(async () => {
  await listener.stop();
  await world.close();
});

const sent: Sent = {
  sopClass: MULTI_FRAME,
  sopInstance: '1.2.3.4.5',
  transferSyntax: EXPLICIT,
  bytes: Buffer.from('no data set, but its bytes are counted all the same '.repeat(40)),
};
const isWell = async () => expect(await echo(line)).toMatchObject({ answers: [{ status: 0 }] });
const hasClosed = (socket: Socket) => new Promise((resolve) => socket.once('close', resolve));
/** Begins a conversation as a machine that is let in. */
async function letIn(): Promise<{ socket: Socket; units: readonly Buffer[] }> {
  const [association = Buffer.alloc(0), ...units] = unitsOfStore(line, sent);
  const socket = await rawConnection(listener.port);
  socket.on('data', () => {});
  socket.write(association);
  await vi.waitUntil(() => socket.bytesRead > 0, { timeout: 5_000, interval: 5 });
  return { socket, units };
}
const stored = () =>
  inClinic(world.one.context, ({ tx }) => tx.selectFrom('imaging_instance').select('id').execute());

describe('the port', () => {
  it('hangs up on bytes that are no conversation, and goes on listening', async () => {
    for (const garbage of [
      Buffer.from('GET / HTTP/1.1\r\nHost: here\r\n\r\n'),
      Buffer.from([0x16, 3, 1, 2, 0, 1, 0, 1, 252, 3, 3]),
      Buffer.alloc(10_000),
      randomBytes(100_000).fill(0xff, 0, 1),
      Buffer.from([1, 0, 0xff, 0xff, 0xff, 0xff]),
    ]) {
      const socket = await rawConnection(listener.port);
      const closed = untilClosed(socket);
      socket.write(garbage);
      expect(await closed).toHaveLength(0);
    }
    await isWell();
  });

  it('outlives every conversation with bytes changed, cut, left out or sent twice', async () => {
    const units = unitsOfStore(line, sent);
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(fc.nat(5_000), fc.integer({ min: 0, max: 255 })), { maxLength: 12 }),
        fc.option(fc.nat(5_000)),
        fc.option(fc.nat(units.length - 1)),
        fc.boolean(),
        async (changes, cut, special, twice) => {
          const order = [...units];
          if (special !== null)
            order.splice(special, 1, ...((twice ? [units[special], units[special]] : []) as Buffer[]));
          const bytes = Buffer.concat(order);
          for (const [at, value] of changes) bytes[at % bytes.length] = value;
          const socket = await rawConnection(listener.port);
          const closed = hasClosed(socket);
          socket.on('data', () => {}).end(cut === null ? bytes : bytes.subarray(0, cut));
          await Promise.race([closed, new Promise((resolve) => setTimeout(resolve, 300))]);
          socket.destroy();
        },
      ),
      { numRuns: 80 },
    );
    await isWell();
    expect(await stored()).toEqual([]);
    await vi.waitUntil(async () => (await files.listDrafts()).length === 0, { timeout: 5_000 });
  });

  it('outlives changed bytes from a machine that was let in', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(fc.nat(3_000), fc.integer({ min: 0, max: 255 })), { minLength: 1, maxLength: 8 }),
        async (changes) => {
          const { socket, units } = await letIn();
          const bytes = Buffer.concat(units);
          // Near the beginning lie the command and the heads of the units.
          for (const [at, value] of changes) bytes[at % Math.min(400, bytes.length)] = value;
          const closed = hasClosed(socket);
          socket.end(bytes);
          await Promise.race([closed, new Promise((resolve) => setTimeout(resolve, 300))]);
          socket.destroy();
        },
      ),
      { numRuns: 60 },
    );
    await isWell();
    expect(await stored()).toEqual([]);
  });

  it('ends a conversation in which a command or a question grows without end', async () => {
    for (const control of [1, 0]) {
      const { socket } = await letIn();
      const closed = hasClosed(socket);
      const piece = unit(4, Buffer.concat([Buffer.from([0, 0, 0x40, 2, 1, control]), Buffer.alloc(0x4000)]));
      for (let n = 0; n < 100 && !socket.destroyed; n++) socket.write(piece);
      await closed;
    }
    await isWell();
  });

  it('ends a conversation in which somebody introduces themselves twice', async () => {
    const { socket } = await letIn();
    const closed = hasClosed(socket);
    socket.write(unitsOfStore({ ...line, calling: 'OTHER' }, sent)[0] ?? '');
    await closed;
    await isWell();
  });

  it('holds no more of a long file in memory than of a short one', async () => {
    const { socket, units } = await letIn();
    socket.write(units[0] ?? '');
    const piece = unit(
      4,
      Buffer.concat([Buffer.from([0, 1, 0, 2, 1, 0]), Buffer.alloc(64 * 1024, randomUUID())]),
    );
    const before = process.memoryUsage().arrayBuffers;
    let most = 0;
    for (let n = 0; n < 200 * 16; n++) {
      if (!socket.write(piece)) await new Promise((resolve) => socket.once('drain', resolve));
      most = Math.max(most, process.memoryUsage().arrayBuffers - before);
    }
    // What waits to be collected is part of it: far less than the 200 MB that came.
    expect(most).toBeLessThan(110 * MB);
    await vi.waitUntil(async () => (await files.listDrafts()).length === 1, { timeout: 5_000 });
    socket.destroy();
    await vi.waitUntil(async () => (await files.listDrafts()).length === 0, { timeout: 10_000 });
  });
});

describe('the framing of units', () => {
  it('finds the same units however the network cuts them', () => {
    const units = unitsOfStore({ calling: 'SONO1', called: 'HARBOUR' }, sent);
    const bytes = Buffer.concat(units);
    fc.assert(
      fc.property(fc.array(fc.nat(bytes.length), { maxLength: 20 }), (cuts) => {
        const framing = createPduFraming();
        const places = [0, ...cuts.toSorted((a, b) => a - b), bytes.length];
        const found = places
          .slice(1)
          .flatMap((to, at) => framing.take(Buffer.from(bytes.subarray(places[at], to))));
        expect(found.map((pdu) => pdu.bytes.toString('hex'))).toEqual(
          units.map((one) => one.toString('hex')),
        );
      }),
    );
  });

  it('refuses fragments that do not fill their unit', () => {
    for (const body of [[], [0, 0, 0, 9, 1, 0, 0], [0, 0, 0, 1, 1, 0], [0, 0]])
      expect(() => createPduFraming().take(unit(4, Buffer.from(body)))).toThrow(PduError);
  });
});

import { randomUUID } from 'node:crypto';
import { type IncomingHttpHeaders, request as send } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Readable } from 'node:stream';
import type { DicomJson } from '@rectus/sonography';
import type { FastifyInstance } from 'fastify';
import { newToken } from '../../capabilities/imaging/index.ts';
import { inClinic } from '../../platform/database/in-clinic.ts';
import type { StaffRole } from '../../platform/database/schema.ts';
import { type TestClinic, type TestWorld, testWorld } from '../../platform/database/testing.ts';
import { dicomwebRoutes } from './index.ts';
import { mediaTypeOf } from './media-types.ts';
import { partsOf } from './parts-of.ts';

export interface Answer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
  json<T = DicomJson>(): T;
}

export interface Asking {
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: Buffer | AsyncIterable<Uint8Array>;
  /** A token, or a role of staff. */
  readonly as?: string | { readonly role: StaffRole };
  readonly host?: string;
}

export interface Door {
  readonly world: TestWorld;
  /** Over a real connection; paths below /dicomweb. */
  ask(path: string, asking?: Asking): Promise<Answer>;
  get(path: string, as: Asking['as'], accept?: string): Promise<Answer>;
  /** Sends files as STOW-RS does. */
  store(files: readonly Uint8Array[], as: Asking['as'], path?: string): Promise<Answer>;
  /** A machine and its token. */
  addMachine(
    may: { store?: boolean; read?: boolean; active?: boolean },
    clinic?: TestClinic,
  ): Promise<{ id: string; token: string }>;
  close(): Promise<void>;
}

export const BOUNDARY = 'edge-of-a-part';
export const STOW = `multipart/related; type="application/dicom"; boundary=${BOUNDARY}`;

/** Files as parts of one body. */
export function asParts(files: readonly Uint8Array[], isWhole = true): Buffer {
  const parts = files.flatMap((file) => [
    `--${BOUNDARY}\r\nContent-Type: application/dicom\r\n\r\n`,
    file,
    '\r\n',
  ]);
  return Buffer.concat(
    [...parts, isWhole ? `--${BOUNDARY}--\r\n` : ''].map((part) => Buffer.from(part as Uint8Array)),
  );
}

/** The parts of an answer. */
export async function partsIn(
  answer: Answer,
): Promise<readonly { readonly type: string; readonly bytes: Buffer }[]> {
  const boundary = mediaTypeOf(answer.headers['content-type'] ?? '').parameters.get('boundary') ?? '';
  const found: { type: string; bytes: Buffer }[] = [];
  for await (const { headers, body } of partsOf(Readable.from([answer.body]), boundary)) {
    const pieces: Buffer[] = [];
    for await (const piece of body) pieces.push(piece);
    found.push({ type: headers.get('content-type') ?? '', bytes: Buffer.concat(pieces) });
  }
  return found;
}

/** Two clinics whose DICOMweb doors are open on a port of this machine. */
export async function openDoor(): Promise<Door> {
  const world = await testWorld();
  const app = await world.serve(signedIn, dicomwebRoutes);
  await app.listen({ port: 0, host: '127.0.0.1' });
  const { port } = app.server.address() as AddressInfo;
  const ask: Door['ask'] = (path, { method = 'GET', headers = {}, body, as, host = 'one.test' } = {}) =>
    new Promise((resolve, reject) => {
      const who =
        typeof as === 'string' ? { authorization: `Bearer ${as}` } : as ? { 'x-role': as.role } : {};
      const sent = send({
        host: '127.0.0.1',
        port,
        path: `/dicomweb${path}`,
        method,
        headers: { host, ...who, ...headers },
      });
      sent.once('response', (answer) => {
        const pieces: Buffer[] = [];
        answer.on('data', (piece: Buffer) => pieces.push(piece));
        answer.once('error', reject);
        answer.once('end', () => {
          const whole = Buffer.concat(pieces);
          resolve({
            status: answer.statusCode ?? 0,
            headers: answer.headers,
            body: whole,
            json: () => JSON.parse(whole.toString()),
          });
          sent.destroy();
        });
      });
      sent.on('error', reject);
      if (body === undefined || Buffer.isBuffer(body)) sent.end(body);
      else
        Readable.from(body)
          .on('error', (error) => sent.destroy(error))
          .pipe(sent);
    });
  return {
    world,
    ask,
    get: (path, as, accept) =>
      ask(path, { ...(as ? { as } : {}), ...(accept ? { headers: { accept } } : {}) }),
    store: (files, as, path = '/studies') =>
      ask(path, {
        method: 'POST',
        headers: { 'content-type': STOW },
        body: asParts(files),
        ...(as ? { as } : {}),
      }),
    async addMachine({ store = false, read = false, active = true }, clinic = world.one) {
      const { token, hash, prefix } = newToken();
      const id = randomUUID();
      await inClinic(clinic.context, ({ tx, clinicId }) =>
        tx
          .insertInto('imaging_machine')
          .values({
            ...{
              clinic_id: clinicId,
              id,
              name: `Machine ${id.slice(0, 4)}`,
              token_hash: hash,
              token_prefix: prefix,
            },
            ...{ may_store: store, may_read: read, active, created_by: 'test' },
          })
          .execute(),
      );
      return { id, token };
    },
    async close() {
      await app.close();
      await world.close();
    },
  };
}

async function signedIn(server: FastifyInstance): Promise<void> {
  server.decorateRequest('staff', null);
  server.addHook('onRequest', async (request) => {
    const role = request.headers['x-role'] as StaffRole | undefined;
    request.staff = role
      ? { userId: 'ines', name: 'Inês Duarte', email: 'ines@example.org', role, resourceId: null }
      : null;
  });
}

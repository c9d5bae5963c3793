import { createHash, randomUUID } from 'node:crypto';
import type { FastifyInstance, LightMyRequestResponse } from 'fastify';
import { type ClinicContext, inClinic } from '../../../platform/database/in-clinic.ts';
import type { StaffRole } from '../../../platform/database/schema.ts';
import { TEST_NOW, type TestWorld, testWorld } from '../../../platform/database/testing.ts';
import { type FileStore, filesOf } from '../../../platform/files/index.ts';
import { type ClipFacts, readClips } from '../core/clip-facts.ts';
import type { Exam } from '../core/exam.ts';
import { imagingRoutes } from '../routes.ts';
import { newExam } from '../testing.ts';

export const CLINICIAN = '0198c0de-0000-7000-8000-000000000001';

export interface Picked {
  readonly name: string;
  readonly bytes: Uint8Array;
}

/** A small clinic with ultrasound, whose staff a test speaks for. */
export interface ExamsWorld {
  readonly world: TestWorld;
  readonly files: FileStore;
  /** As a machine that stores, and as a clinician. */
  readonly door: ClinicContext;
  get(url: string, role?: StaffRole | null, host?: string): Promise<LightMyRequestResponse>;
  post(
    url: string,
    fields: Record<string, string | readonly string[]>,
    role?: StaffRole | null,
  ): Promise<LightMyRequestResponse>;
  sendForm(url: string, files: readonly Picked[]): Promise<LightMyRequestResponse>;
  announce(examId: string, file: Picked): Promise<LightMyRequestResponse>;
  sendPiece(
    examId: string,
    fileId: string,
    offset: number,
    bytes: Uint8Array,
  ): Promise<LightMyRequestResponse>;
  exam(name?: string): Promise<Exam>;
  clips(examId: string): Promise<readonly ClipFacts[]>;
  close(): Promise<void>;
}

export async function examsWorld(): Promise<ExamsWorld> {
  const world = await testWorld();
  const app = await world.serve(signedIn, imagingRoutes);
  const door = world.actingAs(world.one, { kind: 'system', id: 'door' });
  const send = (
    method: 'GET' | 'POST' | 'PATCH',
    url: string,
    headers: Record<string, string>,
    payload?: string | Buffer,
  ) =>
    app.inject({
      method,
      url,
      headers: { host: 'one.test', 'x-role': 'clinician', ...headers },
      ...(payload === undefined ? {} : { payload }),
    });
  const post: ExamsWorld['post'] = (url, fields, role = 'clinician') => {
    const body = new URLSearchParams();
    for (const [name, value] of Object.entries(fields))
      for (const one of [value].flat()) body.append(name, one);
    const type = 'application/x-www-form-urlencoded';
    return send('POST', url, { 'content-type': type, 'x-role': role ?? '' }, body.toString());
  };
  return {
    world,
    door,
    files: filesOf(world.platform.config),
    post,
    get: (url, role = 'clinician', host = 'one.test') => send('GET', url, { host, 'x-role': role ?? '' }),
    async sendForm(url, files) {
      const form = new FormData();
      for (const { name, bytes } of files) form.append('files', new Blob([new Uint8Array(bytes)]), name);
      const body = new Response(form);
      const type = body.headers.get('content-type') ?? '';
      return send('POST', url, { 'content-type': type }, Buffer.from(await body.arrayBuffer()));
    },
    announce: (examId, { name, bytes }) =>
      post(`/desk/imaging/${examId}/uploads`, {
        ...{ name, size: String(bytes.length) },
        sha256: createHash('sha256').update(bytes).digest('hex'),
      }),
    sendPiece: (examId, fileId, offset, bytes) =>
      send(
        'PATCH',
        `/desk/imaging/${examId}/uploads/${fileId}`,
        { 'content-type': 'application/octet-stream', 'upload-offset': String(offset) },
        Buffer.from(bytes),
      ),
    exam: (name = `Rita ${randomUUID().slice(0, 8)}`) => newExam(door, { now: TEST_NOW, name }),
    clips: (examId) => inClinic(door, (clinic) => readClips(clinic, examId)),
    async close() {
      await app.close();
      await world.close();
    },
  };
}

/** Stands in for the session that the accounts capability finds: the role is what a test says. */
async function signedIn(server: FastifyInstance): Promise<void> {
  server.decorateRequest('staff', null);
  server.addHook('onRequest', async (request) => {
    const role = (request.headers['x-role'] || undefined) as StaffRole | undefined;
    request.staff = role
      ? { userId: CLINICIAN, name: 'Inês Duarte', email: 'ines@example.org', role, resourceId: null }
      : null;
    if (role) request.context = { ...request.context, actor: { kind: 'staff', id: CLINICIAN, role } };
  });
}

import { createHash } from 'node:crypto';
import type { FastifyInstance, LightMyRequestResponse } from 'fastify';
import { inClinic } from '../../../platform/database/in-clinic.ts';
import type { StaffRole } from '../../../platform/database/schema.ts';
import { type TestClinic, type TestWorld, testWorld } from '../../../platform/database/testing.ts';
import { uploadRoutes } from '../files/upload-routes.ts';
import { processStudies } from '../processing/process-studies.ts';
import { sessionRoutes } from '../sessions/session-routes.tsx';
import type { PickedFile } from './simulated-files.ts';

export { type PickedFile, standingFile, walkingFile } from './simulated-files.ts';

/** A small clinic with a gait lab, whose staff a test speaks for. */
export interface GaitWorld {
  readonly world: TestWorld;
  readonly app: FastifyInstance;
  get(url: string, role?: StaffRole | null, host?: string): Promise<LightMyRequestResponse>;
  post(url: string, fields: Record<string, string>, role?: StaffRole | null): Promise<LightMyRequestResponse>;
  /** Sends files by one form, as a browser without scripts does. */
  sendForm(
    url: string,
    files: readonly PickedFile[],
    role?: StaffRole | null,
  ): Promise<LightMyRequestResponse>;
  announce(studyId: string, file: PickedFile, sha256?: string): Promise<LightMyRequestResponse>;
  sendPiece(
    studyId: string,
    fileId: string,
    offset: number,
    bytes: Uint8Array,
  ): Promise<LightMyRequestResponse>;
  addPatient(clinic?: TestClinic): Promise<string>;
  /** Opens a session of a new person and returns its id. */
  open(): Promise<string>;
  /** What the worker does every minute. */
  work(): Promise<number>;
  close(): Promise<void>;
}

export type Routes = (app: FastifyInstance, platform: TestWorld['platform']) => Promise<void>;

export async function gaitWorld(...more: readonly Routes[]): Promise<GaitWorld> {
  const world = await testWorld();
  const app = await world.serve(signedIn, sessionRoutes, uploadRoutes, ...more);
  const send = (options: {
    readonly method: 'POST' | 'PATCH';
    readonly url: string;
    readonly type: string;
    readonly payload: string | Buffer;
    readonly role?: StaffRole | null;
    readonly more?: Record<string, string>;
  }) =>
    app.inject({
      method: options.method,
      url: options.url,
      payload: options.payload,
      headers: {
        host: 'one.test',
        'content-type': options.type,
        ...roleHeader(options.role === undefined ? 'clinician' : options.role),
        ...options.more,
      },
    });
  const post: GaitWorld['post'] = (url, fields, role) =>
    send({
      method: 'POST',
      url,
      type: 'application/x-www-form-urlencoded',
      payload: new URLSearchParams(fields).toString(),
      ...(role === undefined ? {} : { role }),
    });
  const addPatient: GaitWorld['addPatient'] = (clinic = world.one) => insertPatient(clinic);
  return {
    world,
    app,
    post,
    addPatient,
    get: (url, role = 'clinician', host = 'one.test') =>
      app.inject({ url, headers: { host, ...roleHeader(role) } }),
    async sendForm(url, files, role = 'clinician') {
      const form = new FormData();
      for (const { name, bytes } of files) form.append('files', new Blob([new Uint8Array(bytes)]), name);
      const body = new Response(form);
      const payload = Buffer.from(await body.arrayBuffer());
      return send({ method: 'POST', url, type: body.headers.get('content-type') ?? '', payload, role });
    },
    announce: (studyId, { name, bytes }, sha256 = createHash('sha256').update(bytes).digest('hex')) =>
      post(`/desk/gait/${studyId}/uploads`, { name, size: String(bytes.length), sha256 }),
    sendPiece: (studyId, fileId, offset, bytes) =>
      send({
        method: 'PATCH',
        url: `/desk/gait/${studyId}/uploads/${fileId}`,
        type: 'application/octet-stream',
        payload: Buffer.from(bytes),
        more: { 'upload-offset': String(offset) },
      }),
    async open() {
      const answer = await post('/desk/gait', { patientId: await addPatient() });
      return String(answer.headers.location).split('/').at(-1) ?? '';
    },
    work: () =>
      processStudies(world.platform, {
        context: { ...world.one.context, actor: { kind: 'system', id: 'studies' } },
        clinic: world.one.clinic,
      }),
    async close() {
      await app.close();
      await world.close();
    },
  };
}

function roleHeader(role: StaffRole | null): Record<string, string> {
  return role ? { 'x-role': role } : {};
}

/** Stands in for the session that the accounts capability finds: the role is what a test says. */
async function signedIn(server: FastifyInstance): Promise<void> {
  server.decorateRequest('staff', null);
  server.addHook('onRequest', async (request) => {
    const role = request.headers['x-role'] as StaffRole | undefined;
    request.staff = role
      ? { userId: 'ines', name: 'Inês Duarte', email: 'ines@example.org', role, resourceId: null }
      : null;
  });
}

async function insertPatient({ context }: TestClinic): Promise<string> {
  return inClinic(context, async ({ tx, clinicId }) => {
    const { id } = await tx
      .insertInto('patient')
      .values({
        clinic_id: clinicId,
        given_name: 'Nora',
        family_name: 'Almeida',
        search_name: 'almeida nora',
        birth_date: '1990-04-03',
        email: 'nora@example.org',
      })
      .returning('id')
      .executeTakeFirstOrThrow();
    return id;
  });
}

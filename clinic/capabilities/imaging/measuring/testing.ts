import {
  type CineOptions,
  type Clip,
  makePhantom,
  type Phantom,
  type PhantomOptions,
  type PointPx,
  writeUltrasoundCine,
} from '@rectus/sonography';
import type { FastifyInstance, LightMyRequestResponse } from 'fastify';
import { type ClinicContext, inClinic } from '../../../platform/database/in-clinic.ts';
import type { StaffRole } from '../../../platform/database/schema.ts';
import { type TestWorld, testWorld } from '../../../platform/database/testing.ts';
import { filesOf } from '../../../platform/files/index.ts';
import type { Exam } from '../core/exam.ts';
import type { ExamAbout } from '../core/new-exam.ts';
import { arrive, newExam } from '../testing.ts';
import type { Analysis } from './analysis.ts';
import { type MeasuredValue, readMeasured } from './measured-values.ts';
import { measuringRoutes } from './measuring-routes.ts';
import type { MeasuringState } from './measuring-state.ts';
import { measuringPath } from './paths.ts';
import { processAnalyses } from './process-analyses.ts';
import type { MarkPlace, ToolId } from './tools/tool.ts';

export interface Answered {
  readonly status: number;
  readonly error: string | null;
  readonly answer: { readonly id?: string } & Record<string, unknown>;
  readonly state: MeasuringState;
}

/** A clinic with an examination whose clips are measured. */
export interface MeasuringWorld {
  readonly world: TestWorld;
  readonly app: FastifyInstance;
  readonly worker: ClinicContext;
  newExam(about?: ExamAbout): Promise<Exam>;
  /** Sends a clip in for an examination and returns its id. */
  send(exam: Exam, clip: Clip, options?: Partial<CineOptions>): Promise<string>;
  post(exam: Exam, rest: string, fields: Record<string, string>, role?: StaffRole | null): Promise<Answered>;
  mark(exam: Exam, instanceId: string, marks: Marked): Promise<Answered>;
  /** Follows everything that waits, as the worker does. */
  work(): Promise<number>;
  analysis(exam: Exam, id: string): Promise<Analysis>;
  values(exam: Exam): Promise<ReadonlyMap<string, MeasuredValue>>;
  get(url: string, role?: StaffRole | null): Promise<LightMyRequestResponse>;
  close(): Promise<void>;
}

export interface Marked {
  readonly tool: ToolId;
  readonly frame?: number;
  readonly points: readonly MarkPlace[];
  readonly asked?: Record<string, string>;
  readonly replaces?: string;
}

/** A small phantom that is quick to draw and to follow. */
export function smallPhantom(options: PhantomOptions): Phantom {
  return makePhantom({
    ...{ width: 320, height: 240, mostPxPerFrame: 5, snrDb: 20 },
    contraction: { restFrames: 4, holdFrames: 4 },
    ...options,
  });
}

/** The tissue that frame 0 shows at a place, in another frame. */
export function landmark(phantom: Phantom, name: string): PointPx {
  const place = phantom.truth.landmarks[name];
  if (!place) throw new Error(`The scene has no ${name}: ${Object.keys(phantom.truth.landmarks).join(', ')}`);
  return place;
}

export async function measuringWorld(): Promise<MeasuringWorld> {
  const world = await testWorld();
  const app = await world.serve(signedIn, measuringRoutes);
  const { context } = world.one;
  const worker: ClinicContext = { ...context, actor: { kind: 'system', id: 'imaging' } };
  const get: MeasuringWorld['get'] = (url, role = 'clinician') =>
    app.inject({ url, headers: { host: 'one.test', ...(role ? { 'x-role': role } : {}) } });
  const post: MeasuringWorld['post'] = async (exam, rest, fields, role = 'clinician') => {
    const answered = await app.inject({
      method: 'POST',
      url: measuringPath(exam.id, rest),
      payload: new URLSearchParams(fields).toString(),
      headers: {
        host: 'one.test',
        'content-type': 'application/x-www-form-urlencoded',
        ...(role ? { 'x-role': role } : {}),
      },
    });
    const body = answered.headers['content-type']?.includes('json') ? answered.json() : {};
    return { error: null, answer: {}, ...body, status: answered.statusCode };
  };
  return {
    ...{ world, app, worker, get, post },
    newExam: (about) => newExam(context, { now: world.clock.now(), ...(about && { about }) }),
    async send(exam, clip, options = {}) {
      const bytes = await writeUltrasoundCine(clip, {
        ...{ study: exam.id, series: 's', instance: `${exam.id} ${Math.random()}` },
        ...{ studyUid: exam.studyUid, accession: exam.accession, patientId: exam.patient.id },
        ...options,
      });
      const taken = await arrive(context, filesOf(world.platform.config), bytes);
      if (taken.kind === 'refused') throw new Error(taken.reason);
      return taken.instanceId;
    },
    mark: (exam, instanceId, { tool, frame = 0, points, asked = {}, replaces }) =>
      post(exam, '/analyses', {
        ...{ instanceId, tool, marks: JSON.stringify({ frame, points, asked }) },
        ...(replaces && { replaces }),
      }),
    work: () => processAnalyses(world.platform, worker),
    analysis: async (exam, id) => (await get(measuringPath(exam.id, `/analyses/${id}`))).json(),
    async values(exam) {
      const all = await inClinic(context, (clinic) => readMeasured(clinic, exam.id));
      return new Map(all.map((one) => [one.code, one]));
    },
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
    const role = request.headers['x-role'] as StaffRole | undefined;
    request.staff = role
      ? { userId: 'ines', name: 'Inês Duarte', email: 'ines@example.org', role, resourceId: null }
      : null;
  });
}

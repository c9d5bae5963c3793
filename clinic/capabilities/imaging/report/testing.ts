import type { FastifyInstance, LightMyRequestResponse } from 'fastify';
import { type ClinicTransaction, inClinic } from '../../../platform/database/in-clinic.ts';
import type { StaffRole } from '../../../platform/database/schema.ts';
import type { ClipRole } from '../../../platform/database/schema-of-imaging.ts';
import { TEST_NOW, type TestClinic, type TestWorld, testWorld } from '../../../platform/database/testing.ts';
import { filesOf } from '../../../platform/files/index.ts';
import type { Exam } from '../core/exam.ts';
import type { ExamAbout } from '../core/new-exam.ts';
import { referralRoutes } from '../referral/referral-routes.tsx';
import { arrive, newExam, orderedBytes } from '../testing.ts';
import { exceptionsRoutes } from './exceptions-routes.tsx';
import { reportRoutes } from './report-routes.ts';

type Routes = (app: FastifyInstance, platform: TestWorld['platform']) => Promise<void>;
type Fields = Readonly<Record<string, string>>;
export const SIGNER = { id: 'ines', name: 'Inês Duarte' } as const;
export const RECTUS: ExamAbout = { suspicion: 'muscle-injury', anatomy: 'Rectus femoris', side: 'right' };

/** A clinic whose clinicians write ultrasound reports, in a browser or by a program. */
export interface ReportWorld {
  readonly world: TestWorld;
  get(url: string, role?: StaffRole | null, host?: string): Promise<LightMyRequestResponse>;
  post(url: string, fields: Fields, role?: StaffRole | null, by?: string): Promise<LightMyRequestResponse>;
  as<T>(work: (clinic: ClinicTransaction) => Promise<T>): Promise<T>;
  exam(about?: ExamAbout): Promise<Exam>;
  /** Brings a matched clip in with what it shows. Returns its id. */
  clip(exam: Exam, role: ClipRole | null): Promise<string>;
  /** Writes down a gap of so many mm at rest and in contraction, with an error of 0.5 mm each. */
  gap(exam: Exam, instanceId: string, restMm: number, contractionMm: number): Promise<string>;
  /** The hidden fields of the report's form as it is now. */
  opened(exam: Exam): Promise<Fields>;
  close(): Promise<void>;
}

export async function reportWorld(...more: readonly Routes[]): Promise<ReportWorld> {
  const world = await testWorld();
  const app = await world.serve(signedIn, reportRoutes, referralRoutes, exceptionsRoutes, ...more);
  await addMembers(world.one);
  const context = world.actingAs(world.one, { kind: 'staff', id: SIGNER.id, role: 'clinician' });
  const as: ReportWorld['as'] = (work) => inClinic(context, work);
  const get: ReportWorld['get'] = (url, role = 'clinician', host = 'one.test') =>
    app.inject({ url, headers: { host, ...(role ? { 'x-role': role } : {}) } });
  return {
    world,
    as,
    get,
    post: (url, fields, role = 'clinician', by = SIGNER.id) =>
      app.inject({
        method: 'POST',
        url,
        payload: new URLSearchParams(fields).toString(),
        headers: {
          host: 'one.test',
          'content-type': 'application/x-www-form-urlencoded',
          'x-user': by,
          ...(role ? { 'x-role': role } : {}),
        },
      }),
    exam: (about = RECTUS) => newExam(context, { now: TEST_NOW - 3_600_000, about }),
    async clip(exam, role) {
      const taken = await arrive(context, filesOf(world.platform.config), await orderedBytes(exam));
      if (taken.kind === 'refused') throw new Error(taken.reason);
      await as(({ tx }) =>
        tx.updateTable('imaging_instance').set({ role }).where('id', '=', taken.instanceId).execute(),
      );
      return taken.instanceId;
    },
    gap: (exam, instanceId, restMm, contractionMm) =>
      as((clinic) => insertGap(clinic, exam, instanceId, [restMm, contractionMm])),
    async opened(exam) {
      const { body } = await get(`/desk/imaging/${exam.id}/report?edit`);
      const field = (name: string) => new RegExp(`name="${name}" value="([^"]*)"`).exec(body)?.[1] ?? '';
      return { base: field('base'), revision: field('revision'), seen: field('seen') };
    },
    async close() {
      await app.close();
      await world.close();
    },
  };
}

/** Stands in for the session that the accounts capability finds: role and person are what a test says. */
async function signedIn(server: FastifyInstance): Promise<void> {
  server.decorateRequest('staff', null);
  server.addHook('onRequest', async (request) => {
    const role = request.headers['x-role'] as StaffRole | undefined;
    const userId = String(request.headers['x-user'] ?? SIGNER.id);
    const name = userId === SIGNER.id ? SIGNER.name : 'Jonas Meyer';
    request.staff = role ? { userId, name, email: `${userId}@example.org`, role, resourceId: null } : null;
  });
}

/** Two clinicians, an owner who treats nobody, and the front desk. */
async function addMembers({ context, ids }: TestClinic): Promise<void> {
  const member = (user_id: string, name: string, role: StaffRole, resource_id: string | null) => ({
    ...{ clinic_id: context.clinicId, user_id, name, role, resource_id, email: `${user_id}@example.org` },
  });
  await inClinic(context, ({ tx }) =>
    tx
      .insertInto('membership')
      .values([
        member(SIGNER.id, SIGNER.name, 'clinician', ids.ines ?? null),
        member('jonas', 'Jonas Meyer', 'clinician', ids.jonas ?? null),
        member('olga', 'Olga Reis', 'owner', null),
        member('tess', 'Tess Braga', 'front_desk', null),
      ])
      .execute(),
  );
}

async function insertGap(
  { tx, clinicId }: ClinicTransaction,
  exam: Exam,
  instanceId: string,
  values: readonly [number, number],
): Promise<string> {
  const errors = values.map(() => 0.5);
  const places = [0, 1].map((end) => ({
    x: values.map((mm) => 60 + end * mm),
    y: [90, 90],
    error: [0.2, 0.2],
  }));
  const { id } = await tx
    .insertInto('imaging_analysis')
    .values({
      clinic_id: clinicId,
      ...{ study_id: exam.id, instance_id: instanceId, tool: 'gap', status: 'ready' },
      marks: {
        frame: 0,
        points: [
          { x: 60, y: 90 },
          { x: 70, y: 90 },
        ],
        asked: {},
      },
      result: {
        ...{ from: 0, to: 1, tracked: true, places, held: 2, lost: 0, phases: null, typical: 0 },
        series: [{ code: 'us.gap', values, errors, changeErrors: errors }],
        scale: { lateral: 0.2, axial: 0.2, relativeError: 0.01, set: false, region: 1 },
      },
      chosen: { rest: 0, contraction: 1, by: null },
      method: 'followed marks',
      method_version: '1.0',
      made_by: SIGNER.id,
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  return id;
}

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

/** A whole report that says that there is no tear. */
export const WHOLE = {
  do: 'sign',
  anatomy: 'Rectus femoris',
  manoeuvre: 'Knee extension against resistance',
  position: 'Supine',
  finding: 'no-tear',
  findings: 'Fibres continuous at rest and in contraction.',
  conclusion: 'No tear seen.',
} as const;

/** What a complete tear needs beside it, told at 7:45 in Lisbon: the examination was at 7:00, and it is 8:00 now. */
export const REFERRED = {
  finding: 'complete-tear',
  conclusion: 'Complete tear of the rectus femoris.',
  toldName: 'The patient and Dr Lima',
  toldHow: 'in-person',
  toldAt: '2026-03-02T07:45',
  urgency: 'same_day',
  referredTo: 'Orthopaedic surgeon on call',
  referralReason: 'The ends move apart in contraction.',
} as const;

/** Where the report of an examination is written. */
export const reportPathOf = (exam: Exam) => `/desk/imaging/${exam.id}/report`;

/** A clinic whose clinicians write ultrasound reports, in a browser or by a program. */
export interface ReportWorld {
  readonly world: TestWorld;
  get(url: string, role?: StaffRole | null, host?: string): Promise<LightMyRequestResponse>;
  post(url: string, fields: Fields, role?: StaffRole | null, by?: string): Promise<LightMyRequestResponse>;
  as<T>(work: (clinic: ClinicTransaction) => Promise<T>): Promise<T>;
  exam(about?: ExamAbout): Promise<Exam>;
  /** Brings a matched clip in with what it shows. Returns its id. */
  clip(exam: Exam, role: ClipRole | null): Promise<string>;
  /** An examination with a clip at rest and one in contraction. */
  examWithClips(): Promise<Exam>;
  /** Sends the form of the report as it is now, with {@link WHOLE} and what else is typed. */
  send(exam: Exam, typed?: Fields, role?: StaffRole): Promise<LightMyRequestResponse>;
  /** Sends what is typed as the page's script does, a moment after it was typed. */
  keepByItself(exam: Exam, fields: Fields, by?: string): Promise<LightMyRequestResponse>;
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
  const send = (url: string, fields: Fields, headers: Fields) =>
    app.inject({
      method: 'POST',
      url,
      payload: new URLSearchParams(fields).toString(),
      headers: {
        host: 'one.test',
        'content-type': 'application/x-www-form-urlencoded',
        ...headers,
      },
    });
  const post: ReportWorld['post'] = (url, fields, role = 'clinician', by = SIGNER.id) =>
    send(url, fields, { 'x-user': by, ...(role ? { 'x-role': role } : {}) });
  const exam: ReportWorld['exam'] = (about = RECTUS) =>
    newExam(context, { now: TEST_NOW - 3_600_000, about });
  const clip: ReportWorld['clip'] = async (of, role) => {
    const taken = await arrive(context, filesOf(world.platform.config), await orderedBytes(of));
    if (taken.kind === 'refused') throw new Error(taken.reason);
    await as(({ tx }) =>
      tx.updateTable('imaging_instance').set({ role }).where('id', '=', taken.instanceId).execute(),
    );
    return taken.instanceId;
  };
  const opened: ReportWorld['opened'] = async (of) => {
    const { body } = await get(`${reportPathOf(of)}?edit`);
    const field = (name: string) => new RegExp(`name="${name}" value="([^"]*)"`).exec(body)?.[1] ?? '';
    return { base: field('base'), revision: field('revision'), seen: field('seen') };
  };
  return {
    ...{ world, as, get, post, exam, clip, opened },
    async examWithClips() {
      const begun = await exam();
      await clip(begun, 'rest');
      await clip(begun, 'contraction');
      return begun;
    },
    send: async (of, typed = {}, role = 'clinician') =>
      post(reportPathOf(of), { ...(await opened(of)), ...WHOLE, ...typed }, role),
    keepByItself: (of, fields, by = SIGNER.id) =>
      send(reportPathOf(of), fields, { 'x-user': by, 'x-role': 'clinician', accept: 'application/json' }),
    gap: (of, instanceId, restMm, contractionMm) =>
      as((clinic) => insertGap(clinic, of, instanceId, [restMm, contractionMm])),
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

import type { FastifyInstance, LightMyRequestResponse } from 'fastify';
import { type ClinicTransaction, inClinic } from '../../../platform/database/in-clinic.ts';
import type { StaffRole } from '../../../platform/database/schema.ts';
import { TEST_NOW, type TestWorld, testWorld } from '../../../platform/database/testing.ts';
import { type FileStore, filesOf } from '../../../platform/files/index.ts';
import {
  type Analysed,
  addAnalysis,
  type Exam,
  type ReportInput,
  readSignedContent,
  signExam,
} from '../../imaging/index.ts';
import { arrive, newExam, orderedBytes } from '../../imaging/testing.ts';
import { type Area, readCase, readCaseClips } from './case-records.ts';
import { caseRoutes } from './case-routes.tsx';
import { answerConsent, askConsent } from './consents.ts';
import { deskCaseRoutes } from './desk-routes.tsx';
import { numbersOf } from './exam-of-case.ts';
import { beginCase, type CaseWords, saveWords, setClip } from './make-case.ts';
import { CHECKS, publishCase, reviewCase, sendToReview } from './review-case.ts';

/** Ines writes, Jonas looks at it. */
export const [WRITER, REVIEWER] = ['ines', 'jonas'] as const;

export const WORDS: Omit<CaseWords, 'numbers'> = {
  title: 'Torn, and nobody saw',
  summary: 'A muscle that looks whole at rest and parts when it pulls.',
  text: 'At rest the ends touch. In contraction they part by more than two centimetres.',
  clips: [
    {
      caption: 'The same place at rest and in contraction.',
      description: 'Grey fibres run from left to right; in contraction a dark gap opens between them.',
      curve: { label: 'Gap', unit: 'mm' },
    },
  ],
  reading: 'contraction',
  letStand: [],
};

export const REPORT: ReportInput = {
  ...{ anatomy: 'Rectus femoris', manoeuvre: 'Knee extension', position: 'Lying' },
  finding: 'other',
  ...{ location: '', echoPattern: '', fluid: '', findings: 'The ends part.', conclusion: 'Torn.' },
  grading: { system: null, grade: '', words: '' },
  captions: {},
  correctionReason: '',
  safety: {
    ...{ clipsReason: 'The other clip was lost', tearReason: 'This is a test of cases' },
    ...{ toldName: '', toldHow: '', toldAt: null, urgency: '', referredTo: '', referralReason: '' },
  },
};

const ABOUT = { suspicion: 'other', anatomy: 'Rectus femoris', side: 'right' } as const;

const values = [2, 2, 8, 16, 24, 24, 14, 2];
const errors = values.map(() => 0.5);
/** A gap that opens from 2 to 24 mm. */
const GAP: Analysed = {
  result: {
    ...{ from: 0, to: 7, tracked: true, held: 8, lost: 0, phases: null, typical: 0 },
    places: [],
    series: [{ code: 'us.gap', values, errors, changeErrors: errors }],
    scale: { lateral: 0.2, axial: 0.2, relativeError: 0.01, set: false, region: 1 },
  },
  chosen: { rest: 0, contraction: 4, by: null },
};

/** A clinic whose staff make cases, and the steps on which one becomes public. */
export interface CaseWorld {
  readonly world: TestWorld;
  get(url: string, role?: StaffRole | null, host?: string): Promise<LightMyRequestResponse>;
  post(
    url: string,
    fields: Readonly<Record<string, string>>,
    role?: StaffRole | null,
    user?: string,
  ): Promise<LightMyRequestResponse>;
  /** As Ines. */
  as<T>(work: (clinic: ClinicTransaction) => Promise<T>): Promise<T>;
  /** An examination that is not signed. */
  exam(): Promise<Exam>;
  readonly files: FileStore;
  /** A signed examination with a clip in which a gap was followed. */
  signed(): Promise<{ readonly exam: Exam; readonly instanceId: string }>;
  /** Asks, and lets the person say yes. Returns the consent's id. */
  allow(exam: Exam): Promise<string>;
  /** A case with its pictures and words, as Ines wrote it. Returns its id. */
  written(exam: Exam, instanceId: string, blacked?: readonly Area[]): Promise<string>;
  sent(caseId: string): Promise<void>;
  approved(caseId: string): Promise<void>;
  /** Returns its address on the site. */
  published(caseId: string): Promise<string>;
  /** A whole case from the examination to the site. */
  wholeCase(
    blacked?: readonly Area[],
  ): Promise<{ exam: Exam; consentId: string; caseId: string; slug: string; sha256: string }>;
  by<T>(user: string, work: (clinic: ClinicTransaction) => Promise<T>): Promise<T>;
  close(): Promise<void>;
}

export async function caseWorld(): Promise<CaseWorld> {
  const world = await testWorld();
  const app = await world.serve(signedIn, caseRoutes, deskCaseRoutes);
  const files = filesOf(world.platform.config);
  const house = world.one.clinic;
  const contextOf = (id: string) => world.actingAs(world.one, { kind: 'staff', id, role: 'clinician' });
  const by: CaseWorld['by'] = (user, work) => inClinic(contextOf(user), work);
  const as: CaseWorld['as'] = (work) => by(WRITER, work);
  await as(addMembers(world.one.ids));
  const exam = () => newExam(contextOf(WRITER), { now: TEST_NOW - 3_600_000, about: ABOUT });
  const signed: CaseWorld['signed'] = async () => {
    const opened = await exam();
    const taken = await arrive(contextOf(WRITER), files, await orderedBytes(opened));
    if (taken.kind === 'refused') throw new Error(taken.reason);
    const { instanceId } = taken;
    await as(async (tx) => {
      const marks = { frame: 0, points: [0, 1].map((x) => ({ x, y: 90 })), asked: {} };
      const clip = { id: instanceId, frames: 8 };
      await addAnalysis(tx, { clip, examId: opened.id, tool: 'gap', marks, analysed: GAP, replaces: null });
      const signer = { id: WRITER, name: 'Inês Duarte' };
      await signExam(tx, { examId: opened.id, report: REPORT, signer, now: TEST_NOW });
    });
    return { exam: opened, instanceId };
  };
  const allow: CaseWorld['allow'] = (exam) =>
    as(async (tx) => {
      const id = await askConsent(tx, exam.id, TEST_NOW);
      await answerConsent(tx, id, { says: 'yes', how: 'portal', now: TEST_NOW });
      return id;
    });
  const written: CaseWorld['written'] = async (exam, instanceId, blacked) => {
    const caseId = await by(WRITER, (tx) => beginCase(tx, { examId: exam.id, simulated: true }, TEST_NOW));
    const frames = { firstFrame: 0, lastFrame: 5, restFrame: 0, contractionFrame: 4, blacked: blacked ?? [] };
    await setClip(contextOf(WRITER), files, caseId, { position: 0, instanceId, ...frames }, TEST_NOW);
    await by(WRITER, async (tx) => {
      const content = await readSignedContent(tx, exam.id);
      await saveWords(tx, caseId, { ...WORDS, numbers: content ? numbersOf(content) : [] });
    });
    return caseId;
  };
  const sent: CaseWorld['sent'] = (id) => by(WRITER, (tx) => sendToReview(tx, house, id, TEST_NOW));
  const approved: CaseWorld['approved'] = (id) =>
    by(REVIEWER, (tx) =>
      reviewCase(
        tx,
        house,
        id,
        { decision: 'approved', checks: CHECKS.map((one) => one.id), note: '' },
        TEST_NOW,
      ),
    );
  const published: CaseWorld['published'] = (id) => by(WRITER, (tx) => publishCase(tx, house, id, TEST_NOW));
  // Every case has pictures of its own, as in life.
  let made = 0;
  const nextArea = (): readonly Area[] => [[0, 0, 60 + ++made, 60]];
  return {
    ...{ world, as, exam, files, signed, allow, written, sent, approved, published, by },
    get: (url, role = 'clinician', host = 'one.test') =>
      app.inject({ url, headers: { host, ...(role ? { 'x-role': role } : {}) } }),
    post: (url, fields, role = 'clinician', user = WRITER) =>
      app.inject({
        method: 'POST',
        url,
        payload: new URLSearchParams(fields).toString(),
        headers: {
          ...{ host: 'one.test', 'content-type': 'application/x-www-form-urlencoded', 'x-user': user },
          ...(role ? { 'x-role': role } : {}),
        },
      }),
    async close() {
      await app.close();
      await world.close();
    },
    async wholeCase(blacked = nextArea()) {
      const { exam, instanceId } = await signed();
      const consentId = await allow(exam);
      const caseId = await written(exam, instanceId, blacked);
      await sent(caseId);
      await approved(caseId);
      const slug = await published(caseId);
      const [clip] = await as(async (tx) => {
        const row = await readCase(tx, caseId);
        return readCaseClips(tx, caseId, row?.publishedVersion ?? 0);
      });
      return { exam, consentId, caseId, slug, sha256: clip?.sha256 ?? '' };
    },
  };
}

/** Stands in for the session that the accounts capability finds: role and person are what a test says. */
async function signedIn(server: FastifyInstance): Promise<void> {
  server.decorateRequest('staff', null);
  server.addHook('onRequest', async (request) => {
    const role = request.headers['x-role'] as StaffRole | undefined;
    const userId = String(request.headers['x-user'] ?? WRITER);
    request.staff = role
      ? { userId, name: userId, email: `${userId}@example.org`, role, resourceId: null }
      : null;
  });
}

function addMembers(ids: Readonly<Record<string, string>>) {
  return ({ tx, clinicId }: ClinicTransaction) =>
    tx
      .insertInto('membership')
      .values(
        [WRITER, REVIEWER].map((user) => ({
          ...{ clinic_id: clinicId, user_id: user, name: user, role: 'clinician' as const },
          ...{ email: `${user}@example.org`, resource_id: ids[user] ?? null },
        })),
      )
      .execute();
}

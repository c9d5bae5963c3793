import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { type ClinicTransaction, inClinic } from '../../../platform/database/in-clinic.ts';
import { filesOf } from '../../../platform/files/index.ts';
import { formValues } from '../../../platform/web/form.ts';
import type { Platform } from '../../../platform/web/server.ts';
import { notFound } from '../../../platform/web/user-error.ts';
import { requireStaff } from '../../accounts/index.ts';
import { idOf, isUuid } from '../../settings/index.ts';
import { type ClipFacts, readClip } from '../core/clip-facts.ts';
import { type Exam, readExam } from '../core/exam.ts';
import { ImagingError } from '../core/imaging-error.ts';
import { probeSchema } from '../core/probe.ts';
import { lockStudy } from '../report/report-draft.ts';
import { type Analysis, marksSchema, readAnalysis, toolSchema } from './analysis.ts';
import { chooseFrames, note, removeAnalysis } from './change-analysis.ts';
import { ClosedExam, isClosed } from './closed.ts';
import { guessMuscle } from './guess-muscle.ts';
import { addKeyFrame, changeKeyFrame } from './key-frames.ts';
import { readMeasuringState } from './measuring-state.ts';
import { addMoment, changeMoment } from './moments.ts';
import { takeMarks } from './new-marks.ts';
import { measuringPath } from './paths.ts';
import { setScale } from './set-scale.ts';

/** The job that follows marks. */
export const IMAGING_JOB = 'imaging';

const frameNumber = z.coerce.number().int().min(0);
const perhapsFrame = z.union([z.literal('').transform(() => null), frameNumber]);
const perhapsId = z.union([z.literal('').transform(() => null), z.uuid()]).default(null);
const json = z.string().transform((text, context) => {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    context.addIssue({ code: 'custom', message: 'The marks could not be read.' });
    return z.NEVER;
  }
});
const coordinate = z.coerce.number().finite();

/** What the viewer's measuring part reads and writes: forms in, JSON out. Numbers are measured here, from places alone. */
export async function measuringRoutes(app: FastifyInstance, platform: Platform): Promise<void> {
  const staff = { preHandler: requireStaff('clinician', 'owner') };
  const kit = kitOf(app, platform, staff);
  analysisRoutes(kit, platform);
  frameRoutes(kit, platform);
  placeRoutes(kit, platform);
  app.get(measuringPath(':id'), staff, async (request, reply) =>
    inClinic(request.context, async (clinic) =>
      reply
        .header('cache-control', 'no-store')
        .send(await readMeasuringState(clinic, await examOf(clinic, request))),
    ),
  );
  app.get(measuringPath(':id', '/analyses/:item'), staff, async (request, reply) =>
    inClinic(request.context, async (clinic) => {
      const { examId: _, attempts: __, ...analysis } = await analysisOf(clinic, request);
      return reply.header('cache-control', 'no-store').send(analysis);
    }),
  );
}

interface Asked<T> {
  readonly clinic: ClinicTransaction;
  readonly request: FastifyRequest;
  readonly exam: Exam;
  readonly form: T;
}

type Post = <T>(rest: string, schema: z.ZodType<T>, change: (of: Asked<T>) => Promise<unknown>) => void;

/** Each change answers with all that is marked then, or with words why it was not done. */
function kitOf(app: FastifyInstance, platform: Platform, staff: object): Post {
  return (rest, schema, change) => {
    app.post(measuringPath(':id', rest), staff, async (request, reply) => {
      const read = schema.safeParse(formValues(request.body));
      if (!read.success) return refuse(reply, read.error.issues[0]?.message ?? 'Something is missing.');
      try {
        const [answer, state] = await inClinic(request.context, async (clinic) => {
          const exam = await openExamOf(clinic, request);
          const answer = await change({ clinic, request, exam, form: read.data });
          return [answer, await readMeasuringState(clinic, await examOf(clinic, request))] as const;
        });
        if (state.analyses.some(({ status }) => status === 'waiting'))
          platform.wake?.(IMAGING_JOB, request.context.clinicId);
        return reply.header('cache-control', 'no-store').send({ answer: answer ?? null, state });
      } catch (error) {
        if (error instanceof ClosedExam) return refuse(reply, error.message, 409);
        if (error instanceof ImagingError) return refuse(reply, error.message);
        throw error;
      }
    });
  };
}

function refuse(reply: FastifyReply, error: string, status = 422): FastifyReply {
  return reply.status(status).header('cache-control', 'no-store').send({ error });
}

const analysisForm = z.object({
  instanceId: z.uuid(),
  tool: toolSchema,
  marks: json.pipe(marksSchema),
  replaces: perhapsId,
});

function analysisRoutes(post: Post, platform: Platform): void {
  const files = filesOf(platform.config);
  post('/analyses', analysisForm, async ({ clinic, exam, form }) => {
    const clip = await clipIn(clinic, exam, form.instanceId);
    return takeMarks(clinic, files, { ...form, examId: exam.id, clip });
  });
  post(
    '/analyses/:item/chosen',
    z.object({ rest: perhapsFrame, contraction: perhapsFrame }),
    async ({ clinic, request, form }) => chooseFrames(clinic, await analysisOf(clinic, request), form),
  );
  post('/analyses/:item/remove', z.object({}), async ({ clinic, request }) =>
    removeAnalysis(clinic, await analysisOf(clinic, request), true),
  );
  post(
    '/analyses/:item/restore',
    z.object({ instead: perhapsId }),
    async ({ clinic, request, form: { instead } }) =>
      removeAnalysis(
        clinic,
        await analysisOf(clinic, request),
        false,
        instead ? await readAnalysis(clinic, instead) : null,
      ),
  );
  post(
    '/guess',
    z.object({ instanceId: z.uuid(), frame: frameNumber }),
    async ({ clinic, exam, form: { instanceId, frame } }) => {
      const clip = await clipIn(clinic, exam, instanceId);
      if (frame >= clip.frames) throw new ImagingError(`The clip has ${clip.frames} frames.`);
      return guessMuscle(files, clinic.clinicId, clip, frame);
    },
  );
}

const momentForm = z.object({
  instanceId: z.uuid(),
  timeS: coordinate.min(0),
  words: z.string().trim().max(200).default(''),
});
const keyFrameForm = z.object({
  instanceId: z.uuid(),
  frame: frameNumber,
  caption: z.string().trim().max(300).default(''),
  analysisId: perhapsId,
});

function frameRoutes(post: Post, _platform: Platform): void {
  post('/moments', momentForm, async ({ clinic, exam, form }) => ({
    id: await addMoment(clinic, exam.id, await clipIn(clinic, exam, form.instanceId), form),
  }));
  post(
    '/moments/:item',
    z.object({ words: z.string().trim().max(200) }),
    async ({ clinic, request, exam, form }) => changeMoment(clinic, exam.id, itemOf(request), form),
  );
  post('/key-frames', keyFrameForm, async ({ clinic, exam, form }) => ({
    id: await addKeyFrame(clinic, exam.id, await clipIn(clinic, exam, form.instanceId), form),
  }));
  post(
    '/key-frames/:item',
    z.object({ caption: z.string().trim().max(300) }),
    async ({ clinic, request, exam, form }) => changeKeyFrame(clinic, exam.id, itemOf(request), form),
  );
  for (const [rest, change] of [
    ['/moments', changeMoment],
    ['/key-frames', changeKeyFrame],
  ] as const)
    for (const [verb, removed] of [
      ['remove', true],
      ['restore', false],
    ] as const)
      post(`${rest}/:item/${verb}`, z.object({}), async ({ clinic, request, exam }) =>
        change(clinic, exam.id, itemOf(request), { removed }),
      );
}

const scaleForm = z.union([
  z.object({ instanceId: z.uuid(), unset: z.literal('1') }),
  z.object({
    instanceId: z.uuid(),
    ...{ fromX: coordinate, fromY: coordinate, toX: coordinate, toY: coordinate },
    mm: z.coerce
      .number({ error: 'Say how many millimetres it is.' })
      .positive('Say how many millimetres it is.')
      .max(500, 'No ultrasound picture is deeper than half a metre.'),
  }),
]);

function placeRoutes(post: Post, platform: Platform): void {
  post('/scale', scaleForm, async ({ clinic, exam, form }) => {
    const clip = await clipIn(clinic, exam, form.instanceId);
    const known =
      'unset' in form
        ? null
        : { from: { x: form.fromX, y: form.fromY }, to: { x: form.toX, y: form.toY }, mm: form.mm };
    return { anew: await setScale(clinic, exam.id, clip, known, platform.clock.now()) };
  });
  post(
    '/probe',
    z.union([probeSchema, z.object({ none: z.literal('1') })]),
    async ({ clinic, exam, form }) => {
      await clinic.tx
        .updateTable('imaging_exam')
        .set({ probe: 'none' in form ? null : form })
        .where('clinic_id', '=', clinic.clinicId)
        .where('study_id', '=', exam.id)
        .execute();
      await note(clinic, 'probe_placed', exam.id, {});
    },
  );
}

async function examOf(clinic: ClinicTransaction, request: FastifyRequest): Promise<Exam> {
  const exam = await readExam(clinic, idOf(request));
  if (!exam) throw notFound('examination');
  return exam;
}

/** The examination, held until the change is done, so that it is not signed meanwhile. @throws ClosedExam where it is signed */
async function openExamOf(clinic: ClinicTransaction, request: FastifyRequest): Promise<Exam> {
  await examOf(clinic, request);
  await lockStudy(clinic, idOf(request));
  const exam = await examOf(clinic, request);
  if (isClosed(exam)) throw new ClosedExam();
  return exam;
}

/** Only clips of this examination are marked in it. @throws ImagingError */
async function clipIn(clinic: ClinicTransaction, exam: Exam, instanceId: string): Promise<ClipFacts> {
  const clip = await readClip(clinic, instanceId);
  if (clip?.examId !== exam.id) throw new ImagingError('This clip is not part of the examination.');
  return clip;
}

function itemOf(request: FastifyRequest): string {
  const { item = '' } = request.params as { readonly item?: string };
  if (!isUuid(item)) throw notFound();
  return item;
}

async function analysisOf(clinic: ClinicTransaction, request: FastifyRequest): Promise<Analysis> {
  const analysis = await readAnalysis(clinic, itemOf(request));
  if (analysis?.examId !== idOf(request)) throw notFound('measure');
  return analysis;
}

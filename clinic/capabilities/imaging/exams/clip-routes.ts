import { existsSync } from 'node:fs';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { record } from '../../../platform/audit/record.ts';
import { inClinic } from '../../../platform/database/in-clinic.ts';
import { filesOf } from '../../../platform/files/index.ts';
import { attachment } from '../../../platform/web/attachment.ts';
import { readForm } from '../../../platform/web/form.ts';
import type { Platform } from '../../../platform/web/server.ts';
import { notFound, UserError } from '../../../platform/web/user-error.ts';
import { requireStaff } from '../../accounts/index.ts';
import { idOf, isUuid } from '../../settings/index.ts';
import { takeClipOut } from '../arrivals/match-clips.ts';
import { type ClipFacts, readClip } from '../core/clip-facts.ts';
import { ImagingError } from '../core/imaging-error.ts';
import { examPath, IMAGING } from '../core/paths.ts';
import { IMAGING_JOB } from '../measuring/measuring-routes.ts';
import { setScale } from '../measuring/set-scale.ts';
import { clipForm, describeClip, scaleForm } from './change-clip.ts';

/** What is done to one clip of an examination: what it shows, its scale by hand, taking it out, its file. */
export async function clipRoutes(app: FastifyInstance, platform: Platform): Promise<void> {
  const staff = { preHandler: requireStaff('clinician', 'owner') };
  const path = `${IMAGING}/:id/clips/:clip`;

  app.post(path, staff, async (request, reply) => {
    const clip = await findClip(request);
    const form = readForm(clipForm, request.body);
    if (!form.ok) throw wrong(clip, Object.values(form.errors)[0] ?? 'Please look at the form again.');
    await inClinic(request.context, (clinic) => describeClip(clinic, clip, form.value));
    return back(reply, clip);
  });

  const scale = async (
    request: FastifyRequest,
    reply: FastifyReply,
    known: Parameters<typeof setScale>[3],
  ) => {
    const clip = await findClip(request);
    await inClinic(request.context, (clinic) =>
      setScale(clinic, clip.examId ?? '', clip, known, platform.clock.now()),
    ).catch((error: unknown) => {
      throw wrong(clip, wordsOf(error));
    });
    platform.wake?.(IMAGING_JOB, request.context.clinicId);
    return back(reply, clip);
  };

  app.post(`${path}/scale`, staff, async (request, reply) => {
    const form = readForm(scaleForm, request.body);
    if (!form.ok)
      throw wrong(await findClip(request), Object.values(form.errors)[0] ?? 'Please look at the form again.');
    const { fromX, fromY, toX, toY, mm } = form.value;
    return scale(request, reply, { from: { x: fromX, y: fromY }, to: { x: toX, y: toY }, mm });
  });

  app.post(`${path}/scale/remove`, staff, async (request, reply) => scale(request, reply, null));

  app.post(`${path}/out`, staff, async (request, reply) => {
    const clip = await findClip(request);
    const examId = idOf(request);
    await inClinic(request.context, (clinic) => takeClipOut(clinic, { examId, clipId: clip.id })).catch(
      (error: unknown) => {
        throw wrong(clip, wordsOf(error));
      },
    );
    return reply.redirect(`${examPath(examId)}#clips`, 303);
  });

  app.get(`${path}/file`, staff, async (request, reply) => {
    const clip = await findClip(request);
    return sendOriginal(platform, request, reply, clip);
  });
}

interface Original {
  readonly fileId: string;
  readonly sha256: string;
  readonly sizeBytes: number;
}

/** Answers with a file as it came, and notes who took it. @throws UserError where it is not on the disk */
export async function sendOriginal(
  platform: Platform,
  request: FastifyRequest,
  reply: FastifyReply,
  { fileId, sha256, sizeBytes }: Original,
): Promise<FastifyReply> {
  const files = filesOf(platform.config);
  const stored = { clinicId: request.context.clinicId, sha256 };
  const name = await inClinic(request.context, async (clinic) => {
    await record(clinic, { action: 'file.downloaded', subject: { kind: 'file', id: fileId } });
    const row = await clinic.tx
      .selectFrom('stored_file')
      .select('name')
      .where('clinic_id', '=', clinic.clinicId)
      .where('id', '=', fileId)
      .executeTakeFirst();
    return row?.name ?? 'clip.dcm';
  });
  if (!existsSync(files.pathOf(stored)))
    throw new UserError(
      410,
      'This file is not on the disk any more',
      'Please tell whoever looks after this machine: a back-up may hold it.',
      { href: IMAGING, label: 'Ultrasound' },
    );
  return attachment(reply, name, 'application/octet-stream')
    .header('content-length', sizeBytes)
    .send(files.stream(stored));
}

/** The clip that an address names, of the examination that it names. @throws UserError 404 */
async function findClip(request: FastifyRequest): Promise<ClipFacts> {
  const [examId, { clip: clipId = '' }] = [idOf(request), request.params as { readonly clip?: string }];
  if (!isUuid(clipId)) throw notFound('clip');
  const clip = await inClinic(request.context, (clinic) => readClip(clinic, clipId));
  if (clip?.examId !== examId) throw notFound('clip');
  return clip;
}

function wordsOf(error: unknown): string {
  if (error instanceof ImagingError) return error.message;
  throw error;
}

function wrong({ examId, id }: ClipFacts, message: string): UserError {
  const next = { href: `${examPath(examId ?? '')}#clip-${id}`, label: 'Back to the clip' };
  return new UserError(422, 'That could not be saved', message, next);
}

function back(reply: FastifyReply, { examId, id }: ClipFacts): FastifyReply {
  return reply.redirect(`${examPath(examId ?? '')}#clip-${id}`, 303);
}

import type { FastifyReply, FastifyRequest } from 'fastify';
import { type ClinicTransaction, inClinic } from '../../../platform/database/in-clinic.ts';
import { filesOf } from '../../../platform/files/index.ts';
import { formValues } from '../../../platform/web/form.ts';
import type { Platform } from '../../../platform/web/server.ts';
import { notFound } from '../../../platform/web/user-error.ts';
import { type MadeFrom, readMadeFrom, readMotion, readResult } from '../core/result.ts';
import { readSignedReports, readStudy } from '../core/study.ts';
import { trialsToShow } from '../core/trials-to-show.ts';
import { FilesRefused, motionInThread } from '../processing/run-thread.ts';
import type { TrialOnDisk } from '../processing/thread-task.ts';
import type { MotionData } from '../viewer/motion.ts';
import { type ById, studyIdOf } from './show-report.tsx';

/**
 * The motion of the present result, or of one that was signed: numbers without any name. The trial that shows most is
 * kept with the result; another one is worked out from the stored files when somebody asks for it.
 */
export async function sendMotion(
  platform: Platform,
  request: FastifyRequest<ById>,
  reply: FastifyReply,
): Promise<FastifyReply> {
  const studyId = studyIdOf(request);
  const { result: resultId, trial } = formValues(request.query);
  const found = await inClinic(request.context, async (clinic) => {
    if (!resultId || !(await isOfStudy(clinic, studyId, resultId))) return null;
    if (trial === undefined) return { motion: await readMotion(clinic, resultId), files: null };
    return { motion: null, files: await filesOfTrial(clinic, resultId, trial) };
  });
  const files = found?.files;
  const motion = files ? await workedOut(platform, request, files) : (found?.motion ?? null);
  if (!motion) throw notFound('motion');
  return reply.header('cache-control', 'no-store').send(motion);
}

async function isOfStudy(clinic: ClinicTransaction, studyId: string, resultId: string): Promise<boolean> {
  const study = await readStudy(clinic, studyId);
  const versions = study ? await readSignedReports(clinic, studyId) : [];
  return [study?.resultId, ...versions.map((one) => one.resultId)].includes(resultId);
}

type File = MadeFrom['files'][number];
interface FilesOfTrial extends Pick<MadeFrom, 'subject' | 'lab'> {
  readonly standing: File;
  readonly walking: File;
}

/** Only a trial that the report offers; the place in its list is that among the walking files. */
async function filesOfTrial(
  clinic: ClinicTransaction,
  resultId: string,
  trial: string,
): Promise<FilesOfTrial | null> {
  const [made, result] = [await readMadeFrom(clinic, resultId), await readResult(clinic, resultId)];
  const place = /^\d{1,4}$/.test(trial) ? Number(trial) : -1;
  if (!made || !result || !trialsToShow(result.report).includes(place)) return null;
  const standing = made.files.filter(({ role }) => role === 'standing').at(-1);
  const walking = made.files.filter(({ role }) => role === 'walking')[place];
  return standing && walking ? { standing, walking, subject: made.subject, lab: made.lab } : null;
}

/** A file that is no longer there, or can no longer be used, leaves the trial without its motion. */
async function workedOut(
  platform: Platform,
  { context }: FastifyRequest<ById>,
  { standing, walking, subject, lab }: FilesOfTrial,
): Promise<MotionData | null> {
  const files = filesOf(platform.config);
  const onDisk = ({ name, sha256 }: File) => ({
    name,
    path: files.pathOf({ clinicId: context.clinicId, sha256: sha256 ?? '' }),
  });
  const task: TrialOnDisk = { standing: onDisk(standing), walking: onDisk(walking), subject, lab };
  try {
    return await motionInThread(task);
  } catch (error) {
    if (error instanceof FilesRefused || (error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
}

import type { FastifyInstance, FastifyRequest } from 'fastify';
import { record } from '../../../platform/audit/record.ts';
import { type ClinicTransaction, inClinic } from '../../../platform/database/in-clinic.ts';
import { formValues } from '../../../platform/web/form.ts';
import { type Platform, sendPage } from '../../../platform/web/server.ts';
import { UserError } from '../../../platform/web/user-error.ts';
import { deskPage, requireStaff } from '../../accounts/index.ts';
import { findPeople } from '../../records/index.ts';
import { isUuid } from '../../settings/index.ts';
import { ImagingError } from '../core/imaging-error.ts';
import { openExam } from '../core/new-exam.ts';
import { ARRIVALS, examPath } from '../core/paths.ts';
import { clipCount } from '../exams/exam-words.tsx';
import { ArrivalsPage, type ArrivalsPageProps } from './arrivals-page.tsx';
import { candidatesFor } from './candidates.ts';
import { fetchClipBack, matchClips, setClipsAside } from './match-clips.ts';
import { readSetAside, readWaiting } from './waiting-clips.ts';

interface Asked {
  readonly Querystring: { readonly study?: unknown; readonly q?: unknown; readonly done?: unknown };
}

/** The clips that wait for a person to say whose they are, and what that person says. */
export async function arrivalsRoutes(app: FastifyInstance, platform: Platform): Promise<void> {
  const staff = { preHandler: requireStaff('clinician', 'owner') };

  app.get<Asked>(ARRIVALS, staff, async (request, reply) => {
    const { clinic, context } = request;
    const shown = await inClinic(context, async (tx) => {
      await record(tx, { action: 'arrivals.viewed' });
      const studies = [];
      for (const study of await readWaiting(tx))
        studies.push({ ...study, candidates: await candidatesFor(tx, study, clinic.timeZone) });
      return { studies, setAside: await readSetAside(tx) };
    });
    const search = await searched(platform, request);
    const page = (
      <ArrivalsPage clinic={clinic} {...shown} search={search} done={doneWords(request.query.done)} />
    );
    return sendPage(
      reply,
      await deskPage(platform, request, { title: 'Waiting clips', current: 'imaging' }, page),
    );
  });

  const act = (path: string, work: (clinic: ClinicTransaction, request: FastifyRequest) => Promise<string>) =>
    app.post(`${ARRIVALS}/${path}`, staff, async (request, reply) =>
      reply.redirect(await inClinic(request.context, (clinic) => work(clinic, request)).catch(refuse), 303),
    );

  act('match', async (clinic, request) => {
    const examId = formValues(request.body).exam ?? '';
    if (!isUuid(examId)) throw new ImagingError('Choose the examination that they belong to.');
    const filed = await matchClips(clinic, clipsOf(request), examId);
    return filed === 0 ? `${ARRIVALS}?done=late` : `${ARRIVALS}?done=filed-${filed}`;
  });

  act('new', async (clinic, request) => {
    const { patientId = '' } = formValues(request.body);
    if (!isUuid(patientId)) throw new ImagingError('Choose a person.');
    const clips = clipsOf(request);
    const examId = await openExam(clinic, { patientId }, platform.clock.now());
    const filed = await matchClips(clinic, clips, examId);
    if (filed === 0) throw new ImagingError('Somebody else has said meanwhile whose they are.');
    return examPath(examId);
  });

  act('aside', async (clinic, request) => {
    const reason = (formValues(request.body).reason ?? '').trim().slice(0, 300);
    if (reason === '') throw new ImagingError('Say in a few words why they belong to nobody.');
    await setClipsAside(clinic, clipsOf(request), reason);
    return `${ARRIVALS}?done=aside`;
  });

  act('back', async (clinic, request) => {
    const [clipId = ''] = clipsOf(request);
    await fetchClipBack(clinic, clipId);
    return ARRIVALS;
  });
}

/** The ticked clips. @throws ImagingError where none is */
function clipsOf({ body }: FastifyRequest): readonly string[] {
  const ids = (formValues(body).clip ?? '').split('\n').filter(isUuid);
  if (ids.length === 0) throw new ImagingError('Tick at least one clip.');
  return ids;
}

function refuse(error: unknown): never {
  if (!(error instanceof ImagingError)) throw error;
  const next = { href: ARRIVALS, label: 'Back to the waiting clips' };
  throw new UserError(422, 'Nothing was filed', error.message, next);
}

function doneWords(done: unknown): ArrivalsPageProps['done'] {
  if (done === 'late')
    return { title: 'Somebody else was quicker', hint: 'They have said already whose these clips are.' };
  if (done === 'aside')
    return { title: 'Set aside', hint: 'They are kept at the end of this page, and can be put back.' };
  const filed = typeof done === 'string' ? /^filed-(\d{1,3})$/.exec(done)?.[1] : undefined;
  if (filed === undefined) return null;
  const hint = 'If that was wrong, take them out again on the page of their examination.';
  return { title: `Filed: ${clipCount(Number(filed))}`, hint };
}

async function searched(
  platform: Platform,
  { context, clinic, query }: FastifyRequest<Asked>,
): Promise<ArrivalsPageProps['search']> {
  const { study, q } = query;
  if (typeof study !== 'string' || typeof q !== 'string') return null;
  const text = q.trim().slice(0, 200);
  return { study, query: text, found: await findPeople(context, clinic, text, platform.clock.now(), 8) };
}

import { dateAt } from '@rectus/schedule';
import { SonographyError } from '@rectus/sonography';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { ComponentChildren } from 'preact';
import { record } from '../../../platform/audit/record.ts';
import { type ClinicTransaction, inClinic } from '../../../platform/database/in-clinic.ts';
import { FileError, filesOf } from '../../../platform/files/index.ts';
import { formValues, readForm } from '../../../platform/web/form.ts';
import { type Platform, sendPage } from '../../../platform/web/server.ts';
import { notFound } from '../../../platform/web/user-error.ts';
import { shortDate } from '../../../platform/web/wall-clock.ts';
import { deskPage, requireStaff } from '../../accounts/index.ts';
import { readExam, readSignedContent } from '../../imaging/index.ts';
import { idOf } from '../../settings/index.ts';
import { CaseError } from './case-error.ts';
import { readCase, readCaseClips, readVersions, selectCases } from './case-records.ts';
import { ConsentPage } from './consent-page.tsx';
import { answerConsent, askConsent, consentOfExam } from './consents.ts';
import { type Posted, readDeskCase } from './desk-case.ts';
import { DeskCasePage } from './desk-case-page.tsx';
import { DeskCasesPage } from './desk-list-page.tsx';
import { numbersOf } from './exam-of-case.ts';
import { examsWithoutCase, listCases } from './list-desk-cases.ts';
import { beginCase, beginVersion, saveWords, setClip, takeOutClip } from './make-case.ts';
import { consentPath, DESK_CASES, deskCasePath } from './paths.ts';
import { publishCase, reviewCase, sendToReview } from './review-case.ts';
import { sendPicture } from './send-picture.ts';
import { withdrawConsent } from './withdraw-case.ts';
import { clipChoiceForm, wordsForm, wordsOfForm } from './write-form.ts';

/** Areas drawn on a frame, and words that are not lost when pictures are made. */
const CASE_DESK = 'capabilities/library/islands/case-desk';

const STAFF = { preHandler: requireStaff('clinician', 'owner') };

/** The desk's part of cases: consent, making, the second person's review, publishing. */
export async function deskCaseRoutes(app: FastifyInstance, platform: Platform): Promise<void> {
  app.get(DESK_CASES, STAFF, async (request, reply) => {
    const props = await inClinic(request.context, async (clinic) => ({
      cases: await listCases(clinic),
      exams: await examsWithoutCase(clinic),
    }));
    return send(platform, request, reply, 'Case studies', <DeskCasesPage {...props} day={dayOf(request)} />);
  });
  consentRoutes(app, platform);
  writingRoutes(app, platform);
  reviewRoutes(app, platform);
  pictureRoutes(app, platform);
}

function consentRoutes(app: FastifyInstance, platform: Platform): void {
  const path = `${DESK_CASES}/exams/:id`;
  app.get(path, STAFF, (request, reply) => sendConsent(platform, request, reply, null));

  const act = (
    name: string,
    work: (clinic: ClinicTransaction, request: FastifyRequest, now: number) => Promise<string | undefined>,
  ) =>
    app.post(`${path}/${name}`, STAFF, (request, reply) =>
      orProblem(
        async () => {
          const to = await inClinic(request.context, (clinic) => work(clinic, request, platform.clock.now()));
          return reply.redirect(to ?? consentPath(idOf(request)), 303);
        },
        (problem) => sendConsent(platform, request, reply.status(422), problem),
      ),
    );
  act('ask', async (clinic, request, now) => {
    await askConsent(clinic, idOf(request), now);
    return undefined;
  });
  act('paper', async (clinic, request, now) => {
    const consent = await consentOfExam(clinic, idOf(request));
    if (!consent) throw new CaseError('Nobody was asked yet.');
    const says = formValues(request.body).says;
    if (says !== 'yes' && says !== 'no') throw new CaseError('Say what stands on the paper: yes or no.');
    await answerConsent(clinic, consent.id, { says, how: 'paper', now });
    return undefined;
  });
  act('case', async (clinic, request, now) => {
    const simulated = request.clinic.demo;
    return deskCasePath(await beginCase(clinic, { examId: idOf(request), simulated }, now));
  });
  app.post(`${path}/withdraw`, STAFF, (request, reply) =>
    orProblem(
      async () => {
        const consent = await inClinic(request.context, (clinic) => consentOfExam(clinic, idOf(request)));
        if (!consent) throw new CaseError('There is no consent that could be taken back.');
        const withdrawal = { consentId: consent.id, how: 'desk', now: platform.clock.now() } as const;
        await withdrawConsent(request.context, filesOf(platform.config), withdrawal);
        return reply.redirect(consentPath(idOf(request)), 303);
      },
      (problem) => sendConsent(platform, request, reply.status(422), problem),
    ),
  );
}

async function sendConsent(
  platform: Platform,
  request: FastifyRequest,
  reply: FastifyReply,
  problem: string | null,
): Promise<FastifyReply> {
  const props = await inClinic(request.context, async (clinic) => {
    const exam = await readExam(clinic, idOf(request));
    if (exam?.status !== 'signed') throw notFound('signed examination');
    const consent = await consentOfExam(clinic, exam.id);
    const row =
      consent && (await selectCases(clinic).where('consent_id', '=', consent.id).limit(1).executeTakeFirst());
    await record(clinic, { action: 'consent.viewed', subject: { kind: 'study', id: exam.id } });
    return { exam, consent, caseHref: row ? deskCasePath(row.id) : null };
  });
  const page = <ConsentPage {...props} problem={problem} day={dayOf(request)} />;
  return send(platform, request, reply, 'Consent', page);
}

function writingRoutes(app: FastifyInstance, platform: Platform): void {
  const path = `${DESK_CASES}/:id`;
  const files = filesOf(platform.config);
  app.get(path, STAFF, (request, reply) => sendCase(platform, request, reply, null));

  app.post(`${path}/words`, STAFF, async (request, reply) => {
    const typed = readForm(wordsForm, request.body);
    if (!typed.ok) return sendCase(platform, request, reply.status(422), { part: 'words', form: typed });
    return orProblem(
      async () => {
        await inClinic(request.context, async (clinic) => {
          const row = await readCase(clinic, idOf(request));
          const [version] = row ? await readVersions(clinic, row.id) : [];
          if (!row || !version) throw notFound('case');
          const signed = await readSignedContent(clinic, row.examId);
          const words = wordsOfForm(typed.value, version.content.clips, signed ? numbersOf(signed) : []);
          await saveWords(clinic, row.id, words);
        });
        return reply.redirect(deskCasePath(idOf(request)), 303);
      },
      (problem) => sendCase(platform, request, reply.status(422), { part: 'case', problem }),
    );
  });

  app.post(`${path}/clips/take-out`, STAFF, (request, reply) =>
    step(platform, request, reply, () =>
      takeOutClip(request.context, files, idOf(request), platform.clock.now()),
    ),
  );

  app.post<{ Params: { position: string } }>(`${path}/clips/:position`, STAFF, async (request, reply) => {
    const part = request.params.position === '1' ? 1 : 0;
    const typed = readForm(clipChoiceForm, request.body);
    if (!typed.ok) return sendCase(platform, request, reply.status(422), { part, form: typed });
    const choice = { ...typed.value, position: part };
    return orProblem(
      async () => {
        await setClip(request.context, files, idOf(request), choice, platform.clock.now());
        return reply.redirect(`${deskCasePath(idOf(request))}#clip-${part}`, 303);
      },
      (problem) => {
        const form = { values: typed.values, errors: { form: problem } };
        return sendCase(platform, request, reply.status(422), { part, form });
      },
    );
  });
}

function reviewRoutes(app: FastifyInstance, platform: Platform): void {
  const path = `${DESK_CASES}/:id`;
  const now = () => platform.clock.now();
  app.post(`${path}/send`, STAFF, (request, reply) =>
    step(platform, request, reply, (clinic) => sendToReview(clinic, request.clinic, idOf(request), now())),
  );
  app.post(`${path}/versions`, STAFF, (request, reply) =>
    step(platform, request, reply, (clinic) => beginVersion(clinic, idOf(request), now())),
  );
  app.post(`${path}/publish`, STAFF, (request, reply) =>
    step(platform, request, reply, (clinic) => publishCase(clinic, request.clinic, idOf(request), now())),
  );
  app.post(`${path}/review`, STAFF, (request, reply) => {
    const { decision, checks = '', note = '' } = formValues(request.body);
    const review = {
      decision: decision === 'approved' ? ('approved' as const) : ('sent-back' as const),
      checks: checks.split('\n').filter((one) => one !== ''),
      note: note.trim().slice(0, 1000),
    };
    return orProblem(
      async () => {
        await inClinic(request.context, (clinic) =>
          reviewCase(clinic, request.clinic, idOf(request), review, now()),
        );
        return reply.redirect(deskCasePath(idOf(request)), 303);
      },
      (problem) => sendCase(platform, request, reply.status(422), { part: 'review', problem, review }),
    );
  });
}

/** A press of a button: done, or the case's page with what is in the way. */
function step(
  platform: Platform,
  request: FastifyRequest,
  reply: FastifyReply,
  work: (clinic: ClinicTransaction) => Promise<unknown>,
): Promise<FastifyReply> {
  return orProblem(
    async () => {
      await inClinic(request.context, work);
      return reply.redirect(deskCasePath(idOf(request)), 303);
    },
    (problem) => sendCase(platform, request, reply.status(422), { part: 'case', problem }),
  );
}

async function orProblem(
  work: () => Promise<FastifyReply>,
  refuse: (problem: string) => Promise<FastifyReply>,
): Promise<FastifyReply> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof CaseError || error instanceof SonographyError) return refuse(error.message);
    if (error instanceof FileError) return refuse('The clip’s file could not be read from the disk.');
    throw error;
  }
}

async function sendCase(
  platform: Platform,
  request: FastifyRequest,
  reply: FastifyReply,
  posted: Posted | null,
): Promise<FastifyReply> {
  const shown = await inClinic(request.context, async (clinic) => {
    const found = await readDeskCase(clinic, request.clinic, idOf(request));
    if (!found) throw notFound('case');
    await record(clinic, { action: 'case.viewed', subject: { kind: 'case', id: found.row.id } });
    return found;
  });
  const page = (
    <DeskCasePage
      shown={shown}
      posted={posted}
      userId={request.staff?.userId ?? ''}
      locale={request.clinic.locale}
      day={dayOf(request)}
    />
  );
  return send(platform, request, reply, shown.version.content.title || 'A case', page);
}

function pictureRoutes(app: FastifyInstance, platform: Platform): void {
  const files = filesOf(platform.config);
  app.get<{ Params: { id: string; clip: string; which: string } }>(
    `${DESK_CASES}/:id/pictures/:clip/:which`,
    STAFF,
    async (request, reply) => {
      const clips = await inClinic(request.context, async (clinic) => {
        const versions = await readVersions(clinic, idOf(request));
        const all = [];
        for (const { version } of versions)
          all.push(...(await readCaseClips(clinic, idOf(request), version)));
        return all;
      });
      const clip = clips.find(({ id }) => id === request.params.clip);
      return sendPicture(files, request.clinic.id, { request, reply }, clip, request.params.which);
    },
  );
}

function dayOf(request: FastifyRequest): (instant: number) => string {
  const { timeZone, locale } = request.clinic;
  return (instant) => shortDate(dateAt(instant, timeZone), locale, true);
}

async function send(
  platform: Platform,
  request: FastifyRequest,
  reply: FastifyReply,
  title: string,
  page: ComponentChildren,
): Promise<FastifyReply> {
  return sendPage(
    reply,
    await deskPage(platform, request, { title, current: 'imaging', islands: [CASE_DESK] }, page),
    {
      status: reply.statusCode,
    },
  );
}

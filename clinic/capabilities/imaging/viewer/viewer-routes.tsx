import { dateAt } from '@rectus/schedule';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { record } from '../../../platform/audit/record.ts';
import { inClinic } from '../../../platform/database/in-clinic.ts';
import { filesOf } from '../../../platform/files/index.ts';
import { formValues } from '../../../platform/web/form.ts';
import { type Platform, sendPage } from '../../../platform/web/server.ts';
import { notFound } from '../../../platform/web/user-error.ts';
import { shortDate, wallTime } from '../../../platform/web/wall-clock.ts';
import { deskPage, requireStaff } from '../../accounts/index.ts';
import { idOf } from '../../settings/index.ts';
import { readStandingFrames } from '../measuring/standing-frames.ts';
import { type ByInstance, sendFrames, sendHead } from './frames-route.ts';
import { readView } from './read-view.ts';
import { shownClips, type ViewWish } from './shown-clips.ts';
import { ViewPage } from './view-page.tsx';

const ISLAND = 'capabilities/imaging/islands/clip-viewer';
/** A clip comes in some ten runs; two stand side by side, and people look at many in a minute. */
const FRAMES_LIMIT = { rateLimit: { max: 3000, timeWindow: 60_000 } };

/** The viewer's page, and the stored frames that it decodes. */
export async function viewerRoutes(app: FastifyInstance, platform: Platform): Promise<void> {
  const staff = { preHandler: requireStaff('clinician', 'owner') };
  // What is compressed already only costs time to compress again.
  const frames = { ...staff, config: FRAMES_LIMIT, compress: false } as const;
  app.get('/desk/imaging/:id/view', staff, (request, reply) => sendView(platform, request, reply));
  app.get('/desk/imaging/:id/clips.json', staff, async (request, reply) => {
    const view = await inClinic(request.context, (clinic) => readView(clinic, idOf(request), request.clinic));
    if (!view) throw notFound('examination');
    return reply.header('cache-control', 'no-store').send(view.shown);
  });
  app.get<ByInstance>('/desk/imaging/clips/:instance/frames', frames, (request, reply) =>
    sendFrames(filesOf(platform.config), request, reply),
  );
  app.get<ByInstance>('/desk/imaging/clips/:instance/head', frames, (request, reply) =>
    sendHead(filesOf(platform.config), request, reply),
  );
}

async function sendView(
  platform: Platform,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<FastifyReply> {
  const id = idOf(request);
  const wish: ViewWish = formValues(request.query);
  const view = await inClinic(request.context, async (clinic) => {
    const found = await readView(clinic, id, request.clinic);
    if (!found) return null;
    await record(clinic, { action: 'imaging_exam.viewed', subject: { kind: 'study', id } });
    const wished = [wish.left, wish.right];
    const beside = found.others.filter(({ clips }) => clips.some((clip) => wished.includes(clip.id)));
    const standing = [await readStandingFrames(clinic, id)];
    for (const other of beside) standing.push(await readStandingFrames(clinic, other.id));
    return { ...found, standing: standing.flat() };
  });
  if (!view) throw notFound('examination');
  const pictures = shownClips(view.shown.clips, id, wish, view.standing);
  const { timeZone, locale } = request.clinic;
  const head = {
    title: `Ultrasound, ${view.shown.title}`,
    theme: 'imaging',
    islands: pictures ? [ISLAND] : [],
  } as const;
  const { takenAt } = view.exam;
  const day = shortDate(dateAt(takenAt, timeZone), locale, true);
  const moment = `${day}, ${wallTime(takenAt, timeZone)}`;
  const page = <ViewPage {...view} pictures={pictures} moment={moment} isDemo={request.clinic.demo} />;
  return sendPage(reply, await deskPage(platform, request, head, page));
}

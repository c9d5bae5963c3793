import { dateAt } from '@rectus/schedule';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { renderToString } from 'preact-render-to-string';
import { inClinic } from '../../../platform/database/in-clinic.ts';
import { type DayShown, type DeskPart, showParts } from '../../../platform/web/desk-part.ts';
import { type Platform, sendPage } from '../../../platform/web/server.ts';
import { notFound } from '../../../platform/web/user-error.ts';
import { daySpan } from '../../../platform/web/wall-clock.ts';
import { deskPage, requireStaff } from '../../accounts/index.ts';
import { mayCharge } from '../appointments/visit-money.ts';
import { mayAnswerReferrals } from '../requests/may-answer.ts';
import { QueueAside, readQueue } from '../requests/queue.tsx';
import { readRequests } from '../requests/read-requests.ts';
import { BoardFragment, DayPage, dayHref } from './day-page.tsx';
import { dateOr, firstDate, readSiteDay, type SiteDay, siteOf } from './read-board.ts';
import { ToPay } from './to-pay.tsx';

/** Beside the day stand only the first few; the rest is on the page of requests. */
const MOST_BESIDE = 4;

interface Query {
  readonly Querystring: { readonly date?: string; readonly site?: string };
}

/** The day view, and the part of it that live updates fetch. */
export function dayRoutes(
  app: FastifyInstance,
  platform: Platform,
  parts: readonly DeskPart<DayShown>[],
): void {
  const staff = { preHandler: requireStaff() };

  async function readAsked(request: FastifyRequest<Query>): Promise<{ day: SiteDay; today: string }> {
    const site = siteOf(request.clinic, request.query.site);
    if (!site) throw notFound('site');
    const today = dateAt(platform.clock.now(), site.timeZone);
    const day = await readSiteDay(request.context, request.clinic, site, dateOr(request.query.date, today));
    return { day, today };
  }

  async function readAside(request: FastifyRequest, day: SiteDay) {
    const { context, clinic } = request;
    const now = platform.clock.now();
    const { id: siteId, timeZone } = day.site;
    const [queue, all, added] = await Promise.all([
      readQueue(context, clinic, day.catalogue, now, MOST_BESIDE),
      readRequests(context),
      inClinic(context, (tx) =>
        showParts(parts, tx, request, { ...daySpan(day.date, timeZone), siteId, timeZone }),
      ),
    ]);
    return (
      <QueueAside {...{ queue, clinic, now }} waiting={all.length} mayAnswer={mayAnswerReferrals(request)}>
        {added}
        <ToPay day={day} mayCharge={mayCharge(request)} />
      </QueueAside>
    );
  }

  app.get<Query>('/desk', staff, async (request, reply) => {
    const { day, today } = await readAsked(request);
    if (request.query.date === undefined) {
      const first = await firstDate(request.context, request.clinic, day.site, today);
      if (first !== today) return reply.redirect(dayHref(day.site.slug, first), 302);
    }
    const page = (
      <DayPage day={day} today={today} now={platform.clock.now()}>
        {await readAside(request, day)}
      </DayPage>
    );
    const title = `${day.date === today ? 'Today' : day.date}, ${day.site.name}`;
    const options = { title, current: 'day', islands: ['capabilities/desk/islands/day'] } as const;
    return sendPage(reply, await deskPage(platform, request, options, page));
  });

  // Below /desk/live, so that fetching it is no sign of somebody being at the desk.
  app.get<Query>('/desk/live/board', staff, async (request, reply) => {
    const { day } = await readAsked(request);
    const aside = await readAside(request, day);
    const fragment = (
      <>
        <BoardFragment day={day} now={platform.clock.now()} />
        {aside}
      </>
    );
    return sendPage(reply, renderToString(fragment));
  });
}

import type { FastifyInstance, FastifyRequest } from 'fastify';
import { formValues } from '../../../platform/web/form.ts';
import { type Platform, sendPage } from '../../../platform/web/server.ts';
import { notFound, UserError } from '../../../platform/web/user-error.ts';
import { deskPage, requireStaff } from '../../accounts/index.ts';
import { bookingOf, placeZone, readCatalogue } from '../../booking/index.ts';
import { momentOf } from '../appointments/moment.ts';
import { nearestTimes, refusalWords } from '../appointments/refusal-words.ts';
import { bookRequest, declineRequest, finishTask } from './answer-request.ts';
import { mayAnswerReferrals } from './may-answer.ts';
import { readQueue } from './queue.tsx';
import { type OpenRequest, readRequest } from './read-requests.ts';
import { RequestsPage } from './requests-page.tsx';
import { wishOf } from './suggest-times.ts';

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const MOST_REQUESTS = 50;
const SAID = {
  booked: 'Booked. The confirmation is on its way.',
  declined: 'Answered. The mail is on its way.',
  done: 'Noted.',
} as const;
const BACK = { href: '/desk/requests', label: 'Back to the requests' };

interface Id {
  readonly Params: { readonly id: string };
}

/** Requests become appointments or are declined; tasks are done with an outcome. */
export function requestRoutes(app: FastifyInstance, platform: Platform): void {
  const staff = { preHandler: requireStaff() };
  const desk = { preHandler: requireStaff('front_desk', 'owner') };

  app.get<{ Querystring: { said?: string } }>('/desk/requests', staff, async (request, reply) => {
    const { clinic, context } = request;
    const now = platform.clock.now();
    const catalogue = await readCatalogue(context, clinic.catalogueVersion);
    const queue = await readQueue(context, clinic, catalogue, now, MOST_REQUESTS);
    const said = SAID[request.query.said as keyof typeof SAID] ?? null;
    const page = <RequestsPage {...{ queue, clinic, now, said }} mayAnswer={mayAnswerReferrals(request)} />;
    return sendPage(
      reply,
      await deskPage(platform, request, { title: 'Requests', current: 'requests' }, page),
    );
  });

  app.post<Id>('/desk/requests/:id/book', desk, async (request, reply) => {
    const asked = await findRequest(request);
    const values = formValues(request.body);
    const { clinic, context } = request;
    const wish = wishOf(await readCatalogue(context, clinic.catalogueVersion), clinic, asked);
    const start = wish && momentOf(values, placeZone(clinic, wish.siteId));
    if (!wish || start === null)
      throw new UserError(422, 'No time was chosen', 'Please choose a time.', BACK);
    const booked = await bookRequest(bookingOf(platform, request), asked, { wish, start });
    if (booked.ok) return reply.redirect('/desk/requests?said=booked', 303);
    const near = nearestTimes(booked.nearest, placeZone(clinic, wish.siteId), clinic).map(
      (time) => time.label,
    );
    const words = [refusalWords(booked.reason), near.length > 0 ? `Nearest free: ${near.join('; ')}.` : ''];
    throw new UserError(409, 'This time is gone', words.filter(Boolean).join(' '), {
      href: `/desk/new?requestId=${asked.id}`,
      label: 'Look for another time',
    });
  });

  app.post<Id>('/desk/requests/:id/decline', desk, async (request, reply) => {
    const asked = await findRequest(request);
    const answer = (formValues(request.body).answer ?? '').trim().slice(0, 500);
    if (!(await declineRequest(bookingOf(platform, request), asked, answer))) throw answeredMeanwhile();
    return reply.redirect('/desk/requests?said=declined', 303);
  });

  app.post<Id>('/desk/tasks/:id/done', staff, async (request, reply) => {
    const { id } = request.params;
    const outcome = (formValues(request.body).outcome ?? '').trim().slice(0, 300);
    if (!outcome)
      throw new UserError(422, 'What came of it?', 'Please write a few words, such as “called”.', BACK);
    if (!UUID.test(id) || !(await finishTask(request.context, id, outcome))) throw notFound('task');
    return reply.redirect('/desk/requests?said=done', 303);
  });
}

async function findRequest(request: FastifyRequest<Id>): Promise<OpenRequest> {
  const { id } = request.params;
  const found = UUID.test(id) ? await readRequest(request.context, id) : null;
  if (!found) throw notFound('open request');
  return found;
}

function answeredMeanwhile(): UserError {
  return new UserError(409, 'Somebody was faster', 'This request has been answered meanwhile.', BACK);
}

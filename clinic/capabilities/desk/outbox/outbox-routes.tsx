import type { FastifyInstance } from 'fastify';
import { type Platform, sendPage } from '../../../platform/web/server.ts';
import { notFound } from '../../../platform/web/user-error.ts';
import { deskPage, requireStaff } from '../../accounts/index.ts';
import { MailPage, OutboxPage } from './outbox-page.tsx';
import { MAIL_STATUSES, readMail, readMails, resendMail } from './read-mails.ts';

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** What the clinic wrote to whom, and whether it arrived. */
export function outboxRoutes(app: FastifyInstance, platform: Platform): void {
  const staff = { preHandler: requireStaff() };
  const desk = { preHandler: requireStaff('front_desk', 'owner') };

  app.get<{ Querystring: { status?: string } }>('/desk/outbox', staff, async (request, reply) => {
    const status = MAIL_STATUSES.find((one) => one === request.query.status) ?? null;
    const mails = await readMails(request.context, status);
    const smtp = platform.config.smtpUrl !== null;
    const page = <OutboxPage clinic={request.clinic} mails={mails} status={status} smtp={smtp} />;
    return sendPage(reply, await deskPage(platform, request, { title: 'Outbox', current: 'outbox' }, page));
  });

  app.get<{ Params: { id: string } }>('/desk/outbox/:id', staff, async (request, reply) => {
    const { id } = request.params;
    const mail = UUID.test(id) ? await readMail(request.context, id) : null;
    if (!mail) throw notFound('mail');
    const page = <MailPage mail={mail} clinic={request.clinic} />;
    return sendPage(
      reply,
      await deskPage(platform, request, { title: mail.subject, current: 'outbox' }, page),
    );
  });

  app.post<{ Params: { id: string } }>('/desk/outbox/:id/resend', desk, async (request, reply) => {
    const { id } = request.params;
    if (!UUID.test(id) || !(await resendMail(request.context, id))) throw notFound('failed mail');
    return reply.redirect(`/desk/outbox/${id}`, 303);
  });
}

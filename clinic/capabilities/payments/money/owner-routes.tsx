import { Readable } from 'node:stream';
import type { FastifyInstance } from 'fastify';
import { inClinic } from '../../../platform/database/in-clinic.ts';
import { type Platform, sendPage } from '../../../platform/web/server.ts';
import { notFound, UserError } from '../../../platform/web/user-error.ts';
import { requireStaff } from '../../accounts/index.ts';
import { idOf } from '../../settings/index.ts';
import { sendPayLink } from '../core/desk.ts';
import { readOrder } from '../core/orders.ts';
import { paymentsOf } from '../payments-of.ts';
import { EXPORTS, exportMonth } from './exports.ts';
import { MONEY, moneyPage } from './money-page.tsx';
import { MonthPage, monthText } from './month-page.tsx';
import { NoticesPage } from './notices-page.tsx';
import { OutstandingPage } from './outstanding-page.tsx';
import { askedMonth, dayAt } from './periods.ts';
import { readMonth } from './read-month.ts';
import { markSeen, readNotices } from './read-notices.ts';
import { readOutstanding } from './read-outstanding.ts';

interface Asked {
  Querystring: { readonly m?: string; readonly currency?: string; readonly sent?: string };
}

/** Where every cent went, for the owner alone. */
export function ownerRoutes(app: FastifyInstance, platform: Platform): void {
  const owner = { preHandler: requireStaff('owner') };
  const { clock } = platform;

  app.get<Asked>(MONEY.month, owner, async (request, reply) => {
    const { clinic, query } = request;
    const today = dayAt(clock.now(), clinic);
    const asked = askedMonth(query.m, today);
    const month = await inClinic(request.context, (tx) => readMonth(tx, clinic, asked, query.currency));
    const title = `Money in ${monthText(asked, clinic.locale)}`;
    const page = <MonthPage clinic={clinic} month={month} today={today} />;
    return sendPage(reply, await moneyPage(platform, request, { title, tab: 'month' }, page));
  });

  app.get<Asked>(MONEY.outstanding, owner, async (request, reply) => {
    const now = clock.now();
    const outstanding = await inClinic(request.context, (tx) => readOutstanding(tx, now));
    const { sent } = request.query;
    const news = /^\d{1,19}$/.test(sent ?? '') ? (sent ?? null) : null;
    const page = <OutstandingPage clinic={request.clinic} outstanding={outstanding} now={now} news={news} />;
    return sendPage(
      reply,
      await moneyPage(platform, request, { title: 'Outstanding', tab: 'outstanding' }, page),
    );
  });

  app.post(`${MONEY.outstanding}/:id/link`, owner, async (request, reply) => {
    const order = await inClinic(request.context, (tx) => readOrder(tx, idOf(request)));
    if (!order) throw notFound('order');
    if (!(await sendPayLink(await paymentsOf(platform, request), order.id)))
      throw new UserError(
        409,
        'The pay link was not sent',
        'There is nothing left to pay, or the payer has no e-mail address.',
        { href: MONEY.outstanding, label: 'Back to what is outstanding' },
      );
    return reply.redirect(`${MONEY.outstanding}?sent=${order.number}`, 303);
  });

  app.get(MONEY.notices, owner, async (request, reply) => {
    const notices = await inClinic(request.context, readNotices);
    const page = <NoticesPage clinic={request.clinic} notices={notices} />;
    return sendPage(reply, await moneyPage(platform, request, { title: 'Notices', tab: 'notices' }, page));
  });

  app.post(`${MONEY.notices}/:id/seen`, owner, async (request, reply) => {
    if (!(await markSeen(request.context, idOf(request), clock.now()))) throw notFound('notice');
    return reply.redirect(MONEY.notices, 303);
  });

  app.get<Asked & { Params: { file: string } }>(`${MONEY.export}/:file`, owner, (request, reply) => {
    const { clinic, query } = request;
    const name = EXPORTS.find((one) => request.params.file === `${one}.csv`);
    if (!name) throw notFound('export');
    const month = askedMonth(query.m, dayAt(clock.now(), clinic));
    return reply
      .type('text/csv; charset=utf-8')
      .header('cache-control', 'no-store')
      .header('content-disposition', `attachment; filename="${clinic.slug}-${name}-${month}.csv"`)
      .send(Readable.from(exportMonth(request.context, clinic, name, month)));
  });
}

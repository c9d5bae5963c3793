import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { type FormErrors, formValues } from '../../../platform/web/form.ts';
import { type Platform, sendPage } from '../../../platform/web/server.ts';
import { deskPage, requireStaff } from '../../accounts/index.ts';
import { amountInput } from '../core/amount.ts';
import { paymentsOf } from '../payments-of.ts';
import { findOrder, goTo, orderHref, type WithId } from './find-order.ts';
import type { OrderOnDesk } from './read-order-page.ts';
import { refundByForm } from './refund-by-form.ts';
import { ConfirmRefundPage, RefundPage } from './refund-page.tsx';

interface Again {
  /** A refund that failed and is tried again. */
  readonly Querystring: { readonly again?: string };
}

/** Giving money back: how much and why, a last look, done. */
export function refundRoutes(app: FastifyInstance, platform: Platform): void {
  const desk = { preHandler: requireStaff('front_desk', 'owner') };

  app.get<WithId & Again>('/desk/orders/:id/refund', desk, async (request, reply) => {
    const shown = await findOrder(request);
    const { order, refundable } = shown;
    const most = refundable.reduce((sum, one) => sum + one.leftMinor, 0);
    const failed = shown.refunds.find((one) => one.id === request.query.again && one.status === 'failed');
    const wish = Math.min(failed?.amountMinor ?? most, most);
    const values = {
      key: crypto.randomUUID(),
      amount: amountInput(wish, order.currency, request.clinic.locale),
      reason: failed?.reason ?? '',
    };
    return sendRefund(platform, request, reply, shown, { values, errors: {} });
  });

  app.post<WithId>('/desk/orders/:id/refund', desk, async (request, reply) => {
    const shown = await findOrder(request);
    const payments = await paymentsOf(platform, request);
    const outcome = await refundByForm(payments, shown, formValues(request.body));
    if (outcome.step === 'done') {
      const refunded = outcome.settled ? 'done' : 'under_way';
      return goTo(reply, orderHref(shown.order.id, { refunded }));
    }
    if (outcome.step === 'again')
      return sendRefund(platform, request, reply.status(422), await findOrder(request), outcome);
    const page = <ConfirmRefundPage clinic={request.clinic} shown={shown} {...outcome} />;
    return sendPage(reply, await deskPage(platform, request, titleOf(shown), page));
  });
}

async function sendRefund(
  platform: Platform,
  request: FastifyRequest,
  reply: FastifyReply,
  shown: OrderOnDesk,
  form: FormErrors,
) {
  const page = <RefundPage clinic={request.clinic} shown={shown} form={form} />;
  return sendPage(reply, await deskPage(platform, request, titleOf(shown), page), {
    status: reply.statusCode,
  });
}

function titleOf({ order }: OrderOnDesk) {
  return { title: `Refund of order ${order.number}`, current: 'orders' } as const;
}

import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { record } from '../../../../platform/audit/record.ts';
import { inClinic } from '../../../../platform/database/in-clinic.ts';
import { formValues } from '../../../../platform/web/form.ts';
import { publicPage } from '../../../../platform/web/public-page.tsx';
import { type Platform, sendPage } from '../../../../platform/web/server.ts';
import { openSignedId } from '../../../../platform/web/signed-id.ts';
import { notFound } from '../../../../platform/web/user-error.ts';
import { paymentsOf } from '../../payments-of.ts';
import { CHOICES, choose, type PracticeCheckout, readPracticeCheckout } from './checkouts.ts';
import { deliverPracticeNotices } from './deliver.ts';
import { PRACTICE_TITLE, PracticePage } from './practice-page.tsx';
import { practicePath } from './practice-provider.ts';

const LIMIT = { rateLimit: { max: 120, timeWindow: 60_000 } };

interface SignedParams {
  signed: string;
}

/** The pages of the practice checkout. A real clinic has none. */
export async function practiceRoutes(app: FastifyInstance, platform: Platform): Promise<void> {
  const idOf = (request: FastifyRequest<{ Params: SignedParams }>): string => {
    const id = openSignedId(platform.config.secret ?? '', 'practice', request.params.signed);
    if (!id || !request.clinic.demo) throw notFound('checkout');
    return id;
  };
  const send = (
    request: FastifyRequest,
    reply: FastifyReply,
    checkout: PracticeCheckout,
    unclear = false,
  ): FastifyReply => {
    const page = (
      <PracticePage
        checkout={checkout}
        clinic={request.clinic}
        back={{ paid: pathOf(checkout.successUrl), left: pathOf(checkout.cancelUrl) }}
        unclear={unclear}
      />
    );
    const title = `${checkout.now.state === 'failed' || unclear ? 'Error: ' : ''}${PRACTICE_TITLE[checkout.now.state]}`;
    const options = { title, dock: false, noIndex: true };
    return sendPage(reply, publicPage(platform.assets, request, options, page), {
      status: unclear ? 422 : 200,
    });
  };

  app.get<{ Params: SignedParams }>(
    '/practice/checkout/:signed',
    { config: LIMIT },
    async (request, reply) => {
      const id = idOf(request);
      const checkout = await inClinic(request.context, (clinic) => readPracticeCheckout(clinic, id));
      if (!checkout) throw notFound('checkout');
      return send(request, reply, checkout);
    },
  );

  app.post<{ Params: SignedParams }>(
    '/practice/checkout/:signed',
    { config: LIMIT },
    async (request, reply) => {
      const id = idOf(request);
      const wanted = formValues(request.body).choice;
      const choice = CHOICES.find((one) => one === wanted);
      const checkout = await inClinic(request.context, async (clinic) => {
        if (!choice) return readPracticeCheckout(clinic, id);
        await record(clinic, {
          action: 'practice.chosen',
          subject: { kind: 'practice_checkout', id },
          detail: { choice },
        });
        return choose(clinic, id, choice);
      });
      if (!checkout) throw notFound('checkout');
      if (!choice) return send(request, reply, checkout, true);
      // A notice that cannot be taken in now is sent again by the worker; the buyer goes on, as at any provider.
      await deliverPracticeNotices(await paymentsOf(platform, request)).catch((error: unknown) =>
        request.log.error(error),
      );
      const { state } = checkout.now;
      // What ended without the buyer's doing is said here; so is a declined card, which can be tried again.
      const stays = state === 'failed' || (state === 'expired' && choice !== 'late');
      return reply.redirect(stays ? practicePath(platform, id) : pathOf(checkout.successUrl), 303);
    },
  );
}

/** The way back lies on this origin, so its path is enough: a form here can lead nowhere else. */
function pathOf(url: string): string {
  const { pathname, search } = new URL(url);
  return `${pathname}${search}`;
}

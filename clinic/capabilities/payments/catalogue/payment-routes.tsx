import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { clinicOrigin } from '../../../platform/web/clinic-origin.ts';
import { type Platform, sendPage } from '../../../platform/web/server.ts';
import { SETTINGS, settingsPage } from '../../settings/index.ts';
import { providerOf } from '../providers/provider-of.ts';
import { PaymentSettingsPage, type PaymentSettingsProps } from './payment-page.tsx';
import { forgetKeys, readPaymentSettings, saveKeys, savePapers } from './payment-settings.ts';
import { tryKey } from './try-key.ts';

const HERE = SETTINGS.payments;

/** How the clinic is paid online, and what stands on its papers. */
export function paymentSettingsRoutes(app: FastifyInstance, platform: Platform): void {
  const show = async (
    request: FastifyRequest,
    reply: FastifyReply,
    shown: Partial<Pick<PaymentSettingsProps, 'keyForm' | 'paperForm' | 'tried'>> = {},
    status = 200,
  ) => {
    const { clinic, context } = request;
    const { papers, keys } = await readPaymentSettings(platform, context);
    const page = (
      <PaymentSettingsPage
        clinic={clinic}
        keys={keys}
        webhookUrl={`${clinicOrigin(platform.config.publicUrl, clinic.hosts)}/webhooks/stripe`}
        keyForm={shown.keyForm ?? { values: {}, errors: {} }}
        paperForm={shown.paperForm ?? { values: papers, errors: {} }}
        tried={shown.tried ?? null}
      />
    );
    const markup = await settingsPage(platform, request, { title: 'Payments', tab: 'payments' }, page);
    return sendPage(reply, markup, { status });
  };

  app.get(HERE, (request, reply) => show(request, reply));

  app.post(`${HERE}/papers`, async (request, reply) => {
    const saved = await savePapers(request.context, platform.clock.now(), request.body);
    if (saved.ok) return reply.redirect(`${HERE}?saved`, 303);
    return show(request, reply, { paperForm: saved.form }, saved.status);
  });

  app.post(`${HERE}/keys`, async (request, reply) => {
    const saved = await saveKeys(platform, request.context, request.body);
    if (saved.ok) return reply.redirect(`${HERE}?saved`, 303);
    return show(request, reply, { keyForm: saved.form }, saved.status);
  });

  app.post(`${HERE}/forget`, async (request, reply) => {
    await forgetKeys(request.context, platform.clock.now());
    return reply.redirect(`${HERE}?saved`, 303);
  });

  app.post(`${HERE}/test`, async (request, reply) => {
    const provider = await providerOf(platform, request.context, request.clinic);
    if (provider?.method !== 'stripe') return reply.redirect(HERE, 303);
    const wrong = await tryKey(provider);
    return show(request, reply, { tried: { wrong } });
  });
}

import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { inClinic } from '../../../platform/database/in-clinic.ts';
import { type FormErrors, formValues } from '../../../platform/web/form.ts';
import { type Platform, sendPage } from '../../../platform/web/server.ts';
import { notFound } from '../../../platform/web/user-error.ts';
import { deskPage, requireStaff } from '../../accounts/index.ts';
import { paymentsOf } from '../payments-of.ts';
import { goTo, orderHref, UUID } from './find-order.ts';
import { newOrderByForm, readOrderPatient } from './new-order-form.ts';
import { NewOrderPage, WhoPage } from './new-order-page.tsx';
import { readSold } from './read-sold.ts';

interface Query {
  readonly Querystring: { readonly patient?: string; readonly appointment?: string };
}

/** Orders that the desk makes, for anything that the clinic sells. */
export function newOrderRoutes(app: FastifyInstance, platform: Platform): void {
  const desk = { preHandler: requireStaff('front_desk', 'owner') };

  app.get<Query>('/desk/orders/new', desk, async (request, reply) => {
    if (!request.query.patient) {
      const options = { title: 'New order', current: 'orders' } as const;
      return sendPage(reply, await deskPage(platform, request, options, <WhoPage />));
    }
    const asked = await readAsked(request, request.query);
    return sendForm(platform, request, reply, asked, { values: { key: crypto.randomUUID() }, errors: {} });
  });

  app.post('/desk/orders', desk, async (request, reply) => {
    const asked = await readAsked(request, formValues(request.body));
    const payments = await paymentsOf(platform, request);
    const made = await newOrderByForm(payments, asked.patient, asked.sold, request.body, asked.appointmentId);
    if (made.ok) return goTo(reply, orderHref(made.orderId));
    return sendForm(platform, request, reply.status(422), asked, made);
  });
}

type Asked = Awaited<ReturnType<typeof readAsked>>;

/** @throws UserError 404 where this clinic does not know the person */
async function readAsked(
  request: FastifyRequest,
  given: { readonly patient?: string; readonly appointment?: string } | Readonly<Record<string, string>>,
) {
  const { patient: patientId = '', appointment = '' } = given;
  return inClinic(request.context, async (clinic) => {
    const patient = UUID.test(patientId) ? await readOrderPatient(clinic, patientId) : null;
    if (!patient) throw notFound('person');
    const appointmentId = UUID.test(appointment) ? appointment : null;
    return { patient, appointmentId, sold: await readSold(clinic) };
  });
}

async function sendForm(
  platform: Platform,
  request: FastifyRequest,
  reply: FastifyReply,
  asked: Asked,
  form: FormErrors,
) {
  const page = <NewOrderPage clinic={request.clinic} {...asked} form={form} />;
  const options = { title: `Order for ${asked.patient.name}`, current: 'orders' } as const;
  return sendPage(reply, await deskPage(platform, request, options, page), { status: reply.statusCode });
}

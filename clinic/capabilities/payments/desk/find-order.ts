import type { FastifyReply, FastifyRequest } from 'fastify';
import { inClinic } from '../../../platform/database/in-clinic.ts';
import { notFound } from '../../../platform/web/user-error.ts';
import { type OrderOnDesk, readOrderOnDesk } from './read-order-page.ts';

export const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

export interface WithId {
  readonly Params: { readonly id: string };
}

/** The order that the address names. @throws UserError 404 where this clinic has none of that id */
export async function findOrder(request: FastifyRequest<WithId>): Promise<OrderOnDesk> {
  const { id } = request.params;
  const found = UUID.test(id)
    ? await inClinic(request.context, (clinic) => readOrderOnDesk(clinic, id))
    : null;
  if (!found) throw notFound('order');
  return found;
}

/** Whether whoever asks takes payments and gives money back; clinicians only look. */
export function mayCharge({ staff }: Pick<FastifyRequest, 'staff'>): boolean {
  return staff?.role === 'front_desk' || staff?.role === 'owner';
}

/** The desk's page of an order, with news of what was just done. */
export function orderHref(orderId: string, news: Readonly<Record<string, string | undefined>> = {}): string {
  const given = Object.entries(news).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]]));
  const query = new URLSearchParams(given).toString();
  return `/desk/orders/${orderId}${query && `?${query}`}`;
}

export function goTo(reply: FastifyReply, href: string): FastifyReply {
  return reply.redirect(href, 303);
}

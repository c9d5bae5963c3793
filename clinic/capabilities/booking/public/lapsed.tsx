import type { FastifyReply, FastifyRequest } from 'fastify';
import { formValues } from '../../../platform/web/form.ts';
import type { Platform } from '../../../platform/web/server.ts';
import { readCatalogue } from '../core/catalogue.ts';
import { LapsedPage } from '../pages/lapsed-page.tsx';
import { readVisit } from '../pages/visit.ts';
import { readStart } from './times.ts';
import { sendStep, timeViewFor } from './view.ts';

/** The page for a step that was reached without a living hold. Whatever the address still knows leads back. */
export async function lapsed(
  platform: Platform,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<FastifyReply> {
  const values = formValues(request.method === 'POST' ? request.body : request.query);
  const catalogue = await readCatalogue(request.context, request.clinic.catalogueVersion);
  const known = values.service && catalogue.serviceBySlug(values.service)?.online;
  const choice = known ? readVisit(catalogue, request.clinic, values) : null;
  const visit = choice?.complete ? choice.visit : null;
  const start = readStart(values.start);
  const future = start !== null && start > platform.clock.now() ? start : null;
  const time = timeViewFor(request, visit?.site?.id ?? null);
  const body = <LapsedPage visit={visit} start={future} time={time} />;
  return sendStep(platform, request, reply, { title: 'No time is kept' }, body);
}

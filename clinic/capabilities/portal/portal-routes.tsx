import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { VNode } from 'preact';
import { record } from '../../platform/audit/record.ts';
import { type ClinicTransaction, inClinic } from '../../platform/database/in-clinic.ts';
import { formValues } from '../../platform/web/form.ts';
import { publicPage } from '../../platform/web/public-page.tsx';
import { type Platform, sendPage } from '../../platform/web/server.ts';
import { notFound } from '../../platform/web/user-error.ts';
import { portalOf, requirePatient } from '../accounts/index.ts';
import { type Catalogue, readCatalogue } from '../booking/index.ts';
import type { Portal } from './portal.ts';
import { PortalPage, type PortalPageProps } from './portal-page.tsx';
import { publicationRoutes } from './publication-routes.ts';
import { readOrders } from './read-orders.ts';
import { readPeople } from './read-people.ts';
import { SECTIONS } from './sections.ts';
import { statementRoutes } from './statement-routes.ts';

/** The patients' own pages, for those who proved their address. */
export async function portalRoutes(app: FastifyInstance, platform: Platform): Promise<void> {
  const limits = { config: { rateLimit: { max: 120, timeWindow: 60_000 } } };
  app.get('/my', { preHandler: requirePatient(), ...limits }, (request, reply) =>
    sendPortal(platform, request, reply),
  );
  await statementRoutes(app, platform);
  await publicationRoutes(app, platform);
}

async function sendPortal(
  platform: Platform,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<FastifyReply> {
  const catalogue = await readCatalogue(request.context, request.clinic.catalogueVersion);
  const props = await inClinic(request.context, (clinic) => readPortal(platform, request, clinic, catalogue));
  const page = publicPage(
    platform.assets,
    request,
    { title: 'My page', noIndex: true },
    <PortalPage {...props} />,
  );
  return sendPage(reply, page);
}

async function readPortal(
  platform: Platform,
  request: FastifyRequest,
  clinic: ClinicTransaction,
  catalogue: Catalogue,
): Promise<PortalPageProps> {
  const visitor = portalOf(request);
  const people = await readPeople(clinic, visitor.email);
  const wanted = formValues(request.query).for;
  const chosen = people.find(({ id }) => id === wanted) ?? null;
  // Somebody else's id, and one that nobody has, look alike.
  if (wanted !== undefined && !chosen) throw notFound('person');
  const now = platform.clock.now();
  const portal: Portal = { platform, clinic: request.clinic, catalogue, visitor, people, chosen, now };
  const payer = people.length === 0 ? (await readOrders(portal, clinic))[0]?.payerName : undefined;
  const nothing = people.length === 0 && payer === undefined;
  const sections: { id: string; body: VNode }[] = [];
  for (const section of nothing ? [] : SECTIONS) {
    const body = await section.show(portal, clinic);
    if (body) sections.push({ id: section.id, body });
  }
  await record(clinic, {
    action: 'portal.viewed',
    subject: { kind: 'user', id: visitor.userId },
    detail: { patients: (chosen ? [chosen] : people).map(({ id }) => id) },
  });
  return { portal, greeting: greetingOf(portal, payer), sections, nothing };
}

function greetingOf({ people, chosen }: Portal, payer: string | undefined): string {
  const [only, ...others] = people;
  const name =
    chosen?.givenName ?? (others.length === 0 ? (only?.givenName ?? payer?.split(' ', 1)[0]) : undefined);
  if (chosen && others.length > 0) return `For ${chosen.givenName}`;
  return name ? `Hello ${name}` : 'Hello';
}

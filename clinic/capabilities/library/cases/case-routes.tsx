import type { FastifyInstance } from 'fastify';
import { inClinic } from '../../../platform/database/in-clinic.ts';
import { filesOf } from '../../../platform/files/index.ts';
import { Document, PUBLIC_ROUTES, renderPage } from '../../../platform/web/layout/index.ts';
import { type Platform, sendPage } from '../../../platform/web/server.ts';
import { notFound, UserError } from '../../../platform/web/user-error.ts';
import { clinicView } from '../../../platform/web/views.ts';
import { CasePage } from './case-page.tsx';
import { CASES_META, CasesPage } from './cases-page.tsx';
import { findPublicCase, listPublicCases, type PublicCase } from './public-cases.ts';
import { sendPicture } from './send-picture.ts';

const SLIDER = 'capabilities/library/islands/case-slider';

/** The public pages of cases and their pictures. */
export async function caseRoutes(app: FastifyInstance, platform: Platform): Promise<void> {
  const { assets, config } = platform;
  const files = filesOf(config);

  app.get(PUBLIC_ROUTES.cases, async (request, reply) => {
    const cases = await inClinic(request.context, listPublicCases);
    return sendPage(
      reply,
      renderPage(
        <Document
          lang={request.clinic.locale}
          title={CASES_META.title}
          siteName={request.clinic.name}
          description={CASES_META.description}
          styles={[assets.style('patient')]}
          fontHref={assets.font ?? undefined}
        >
          <CasesPage clinic={clinicView(request.clinic)} cases={cases} />
        </Document>,
      ),
    );
  });

  app.get<{ Params: { slug: string } }>(`${PUBLIC_ROUTES.cases}/:slug`, async (request, reply) => {
    const shown = found(
      await inClinic(request.context, (clinic) => findPublicCase(clinic, request.params.slug)),
    );
    return sendPage(
      reply,
      renderPage(
        <Document
          lang={request.clinic.locale}
          title={shown.version.content.title}
          siteName={request.clinic.name}
          description={shown.version.content.summary}
          styles={[assets.style('patient')]}
          fontHref={assets.font ?? undefined}
          scripts={[assets.island(SLIDER)]}
        >
          <CasePage clinic={clinicView(request.clinic)} shown={shown} />
        </Document>,
      ),
    );
  });

  app.get<{ Params: { slug: string; clip: string; which: string } }>(
    `${PUBLIC_ROUTES.cases}/:slug/:clip/:which`,
    async (request, reply) => {
      const { slug, clip, which } = request.params;
      const { clips } = found(await inClinic(request.context, (clinic) => findPublicCase(clinic, slug)));
      const wanted = clips.find(({ id }) => id === clip);
      return sendPicture(files, request.clinic.id, { request, reply }, wanted, which);
    },
  );
}

/** @throws UserError 410 where it was withdrawn, 404 where there never was such a case */
function found(one: Awaited<ReturnType<typeof findPublicCase>>): PublicCase {
  if (one.kind === 'case') return one.shown;
  if (one.kind === 'none') throw notFound('case');
  throw new UserError(
    410,
    'This case is no longer shown',
    'Whoever it was about has taken it back, as everybody may at any time. Its pictures were removed.',
    { href: PUBLIC_ROUTES.cases, label: 'See other cases' },
  );
}

import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { VNode } from 'preact';
import { inClinic } from '../../platform/database/in-clinic.ts';
import {
  type ClinicView,
  Document,
  type NextFreeView,
  PUBLIC_ROUTES,
  renderPage,
} from '../../platform/web/layout/index.ts';
import type { Platform } from '../../platform/web/server.ts';
import { type SharedPage, sharedPage } from '../../platform/web/shared-page.ts';
import { type Catalogue, readCatalogue } from '../booking/index.ts';
import { ARTICLES_META, ArticlesPage } from './articles/articles-index.tsx';
import { BackPainArticle } from './articles/back-pain-after-birth.tsx';
import { BACK_PAIN, CONTRACTION, LIFTING } from './articles/catalogue.ts';
import { LiftingArticle } from './articles/lifting-and-holding.tsx';
import { ContractionArticle } from './articles/look-while-it-contracts.tsx';
import { caseRoutes } from './cases/case-routes.tsx';
import { deskCaseRoutes } from './cases/desk-routes.tsx';
import { hasPublicCases } from './cases/public-cases.ts';
import { HOME_META, HomePage } from './home.tsx';
import { type Packages, packagesOf } from './packages.ts';
import { SERVICES_META, ServicesPage } from './services.tsx';
import { TEAM_META, TeamPage } from './team.tsx';
import { clinicWithHours, nextFree, serviceViews, teamViews } from './views.ts';

/** What a reading page may show. */
interface Reading {
  readonly clinic: ClinicView;
  readonly nextFree: NextFreeView;
  readonly request: FastifyRequest;
  readonly catalogue: Catalogue;
  readonly packages: Packages;
  /** Whether any case is public: no page that is kept for many says more of it. */
  readonly hasCases: boolean;
}

interface ReadingPage {
  readonly path: string;
  readonly meta: { readonly title: string; readonly description: string };
  readonly body: (reading: Reading) => VNode;
}

const PAGES: readonly ReadingPage[] = [
  {
    path: PUBLIC_ROUTES.home,
    meta: HOME_META,
    body: ({ clinic, nextFree, request, catalogue, packages, hasCases }) => (
      <HomePage
        clinic={clinic}
        nextFree={nextFree}
        services={serviceViews(request.clinic, catalogue)}
        packages={packages}
        hasCases={hasCases}
      />
    ),
  },
  {
    path: PUBLIC_ROUTES.services,
    meta: SERVICES_META,
    body: ({ clinic, request, catalogue, packages }) => (
      <ServicesPage clinic={clinic} services={serviceViews(request.clinic, catalogue)} packages={packages} />
    ),
  },
  {
    path: PUBLIC_ROUTES.team,
    meta: TEAM_META,
    body: ({ clinic, request, catalogue }) => (
      <TeamPage clinic={clinic} team={teamViews(request.clinic, catalogue)} />
    ),
  },
  {
    path: PUBLIC_ROUTES.articles,
    meta: ARTICLES_META,
    body: ({ clinic, hasCases }) => <ArticlesPage clinic={clinic} hasCases={hasCases} />,
  },
  { path: BACK_PAIN.path, meta: BACK_PAIN, body: (reading) => <BackPainArticle {...reading} /> },
  { path: LIFTING.path, meta: LIFTING, body: (reading) => <LiftingArticle {...reading} /> },
  {
    path: CONTRACTION.path,
    meta: CONTRACTION,
    body: (reading) => <ContractionArticle {...reading} />,
  },
];

/** Reading pages are the same for everybody, so one rendering serves all who come within this time. */
const FRESH_MS = 5_000;
const KEPT_PAGES = 2_000;

/** The public pages that only read: home, services, team, articles and cases; and the desk's part of cases. */
export async function libraryRoutes(app: FastifyInstance, platform: Platform): Promise<void> {
  const rendered = new Map<string, { readonly until: number; readonly page: Promise<SharedPage> }>();
  for (const page of PAGES) {
    app.get(page.path, async (request, reply) => (await pageOf(page, request)).send(request, reply));
  }
  await caseRoutes(app, platform);
  await deskCaseRoutes(app, platform);

  function pageOf(page: ReadingPage, request: FastifyRequest): Promise<SharedPage> {
    const key = `${request.clinic.id} ${request.clinic.catalogueVersion} ${page.path}`;
    const known = rendered.get(key);
    if (known && known.until > performance.now()) return known.page;
    const made = render(platform, page, request).then(sharedPage);
    made.catch(() => rendered.delete(key));
    if (rendered.size >= KEPT_PAGES) rendered.clear();
    rendered.set(key, { until: performance.now() + FRESH_MS, page: made });
    return made;
  }
}

async function render(platform: Platform, page: ReadingPage, request: FastifyRequest): Promise<string> {
  const { clinic, context } = request;
  const now = platform.clock.now();
  const catalogue = await readCatalogue(context, clinic.catalogueVersion);
  const reading = {
    clinic: clinicWithHours(clinic, catalogue, now),
    nextFree: await nextFree(context, clinic, catalogue, now),
    request,
    catalogue,
    packages: await packagesOf(context, catalogue),
    hasCases: await inClinic(context, hasPublicCases),
  };
  return renderPage(
    <Document
      lang={clinic.locale}
      title={page.meta.title}
      siteName={clinic.name}
      description={page.meta.description}
      styles={[platform.assets.style('patient')]}
      fontHref={platform.assets.font ?? undefined}
    >
      {page.body(reading)}
    </Document>,
  );
}

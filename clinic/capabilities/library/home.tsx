import {
  bookService,
  type ClinicView,
  Money,
  type NextFreeView,
  PUBLIC_ROUTES,
  PublicLayout,
  type ServiceView,
} from '../../platform/web/layout/index.ts';
import { ARTICLES } from './articles/catalogue.ts';
import { GaitStrip, LiftSequence, LookAgainPlot, MusclePanes } from './figures/index.ts';
import type { Packages, PackageView } from './packages.ts';

export interface HomePageProps {
  clinic: ClinicView;
  /** What can be booked. Prices and the gait lab's button come from here; what is missing is left out. */
  services: readonly ServiceView[];
  /** The next opening anywhere, or null when there is none in the days ahead. */
  nextFree: NextFreeView;
  /** What can be bought online, by the slug of a service in it. */
  packages?: Packages;
  /** Whether the clinic shows cases whose pictures move. */
  hasCases?: boolean;
}

/** Title and description of the first page, for the document's head. */
export const HOME_META = {
  title: 'A clinic that looks at you in motion',
  description:
    'A clinic for backs, hips and muscles. We watch your body move, measure it, and give you a plan you can follow with a baby on one arm.',
} as const;

/** The first page: what hurts, how we look, when we look again, where we are. */
export function HomePage(props: HomePageProps) {
  const { clinic, services, nextFree, packages = new Map(), hasCases = false } = props;
  return (
    <PublicLayout clinic={clinic} path={PUBLIC_ROUTES.home} contained={false}>
      <Hero nextFree={nextFree} />
      <Ways />
      <InMotion services={services} packages={packages} locale={clinic.locale} hasCases={hasCases} />
      <LookAgain />
      <Places clinic={clinic} services={services} />
    </PublicLayout>
  );
}

function Hero({ nextFree }: { nextFree: NextFreeView }) {
  return (
    <section class="wrap hero">
      <div class="stack">
        <h1>Your back lifts all day. Let us look at how.</h1>
        <p class="lead">{HOME_META.description}</p>
        <div class="acts">
          <a class="btn primary roomy" href={PUBLIC_ROUTES.book}>
            Book now
          </a>
          <a class="btn roomy" href={PUBLIC_ROUTES.telehealth}>
            Request telehealth
          </a>
          <a class="btn roomy" href={PUBLIC_ROUTES.office}>
            Request an office visit
          </a>
        </div>
        {nextFree && (
          <p class="small soft">
            Next free visit: <b>{nextFree.label}</b>, {nextFree.siteName}
          </p>
        )}
      </div>
      <LiftSequence />
    </section>
  );
}

function Ways() {
  return (
    <section class="wrap split">
      <div class="stack">
        <h2>Start with what hurts</h2>
        <p class="small soft">Short pages with their sources. Each ends with the next useful step.</p>
      </div>
      <ul class="ways">
        {ARTICLES.map((article) => (
          <li key={article.path}>
            <a href={article.path}>
              <span>
                <b>{article.complaint}</b>
                <span class="small soft">
                  {article.promise} {article.minutes} min
                </span>
              </span>
              <Arrow />
            </a>
          </li>
        ))}
      </ul>
    </section>
  );
}

function Arrow() {
  return (
    <svg width="20" height="20" viewBox="0 0 20 20" fill="none" stroke="currentColor" aria-hidden="true">
      <path d="M3 10h13M11 5l5 5-5 5" stroke-width="2" stroke-linecap="round" stroke-linejoin="round" />
    </svg>
  );
}

function InMotion(props: {
  services: readonly ServiceView[];
  packages: Packages;
  locale: string;
  hasCases: boolean;
}) {
  const { services, packages, locale, hasCases } = props;
  const offered = (...slugs: readonly string[]) =>
    services.find((service) => service.mode === 'site' && slugs.includes(service.slug));
  const gaitLab = offered('gait-lab');
  const ultrasound = offered('dynamic-ultrasound', 'ultrasound');
  const watching = offered('lift-check') ?? offered('first-visit');
  return (
    <section class="band">
      <div class="wrap">
        <div class="headrow">
          <h2>We look at the body in motion</h2>
          <p class="lead soft">Pain moves. So do the pictures we take of it.</p>
        </div>
        <GaitStrip />
        <div class="three">
          <article class="stack">
            <h3>3D gait analysis</h3>
            <p class="small">
              Markers on the skin, force plates in the floor, cameras all round. You walk; we see hip, knee
              and ankle through every step, beside people who walk without pain.
            </p>
            <GaitOffer service={gaitLab} offer={packages.get('gait-lab')} locale={locale} />
          </article>
          <article class="stack">
            <h3>Ultrasound, while you contract</h3>
            <MusclePanes />
            <p class="small">
              A torn muscle can look almost whole at rest. When it pulls, the ends move apart.
            </p>
            {hasCases && (
              <p class="small">
                <a href={PUBLIC_ROUTES.cases}>See it move in case studies</a>
              </p>
            )}
            <Price service={ultrasound} locale={locale} />
            <Offer service={ultrasound} label="Book an ultrasound" />
          </article>
          <article class="stack">
            <h3>A visit that begins with watching</h3>
            <p class="small">
              Bring the car seat, or a bag that weighs the same. You lift the way you always do, we look at
              which joints do the work, and you go home with one thing to try next.
            </p>
            <Price service={watching} locale={locale} />
            <Offer service={watching} label="Book this visit" />
          </article>
        </div>
      </div>
    </section>
  );
}

function Price({ service, locale }: { service: ServiceView | undefined; locale: string }) {
  if (!service) return null;
  return (
    <p class="small">
      <Money minor={service.priceMinor} currency={service.currency} locale={locale} />{' '}
      <span class="soft">{service.durationMin} min</span>
    </p>
  );
}

/** The gait analysis as a package where it is sold as one, otherwise the session in the lab. */
function GaitOffer(props: {
  service: ServiceView | undefined;
  offer: PackageView | undefined;
  locale: string;
}) {
  const { service, offer, locale } = props;
  if (!offer) {
    return (
      <>
        <Price service={service} locale={locale} />
        <Offer service={service} label="Book the gait lab" />
      </>
    );
  }
  return (
    <>
      <p class="small">
        <Money minor={offer.priceMinor} currency={offer.currency} locale={locale} />{' '}
        <span class="soft">for the whole analysis</span>
      </p>
      <p>
        <a class="btn primary" href={offer.href}>
          Buy now: 3D gait
        </a>
      </p>
    </>
  );
}

/** A button for a service that this clinic offers, or the way to what it does offer. */
function Offer({ service, label }: { service: ServiceView | undefined; label: string }) {
  return (
    <p>
      <a class="btn" href={service ? bookService(service.slug) : PUBLIC_ROUTES.services}>
        {service ? label : 'See what we offer'}
      </a>
    </p>
  );
}

function LookAgain() {
  return (
    <section class="wrap split again">
      <div class="stack">
        <h2>Not better in time? We look again.</h2>
        <p>
          Most strains and most back pain ease. Some do not, and waiting costs muscle. At a follow-up visit we
          set what you feel and can do beside what was expected. If the change is too small, we examine you
          afresh, in motion, and write down why.
        </p>
        <p class="small soft">We speak of ranges, never of a promised date.</p>
      </div>
      <LookAgainPlot />
    </section>
  );
}

function Places({ clinic, services }: { clinic: ClinicView; services: readonly ServiceView[] }) {
  const video = services.find((service) => service.mode === 'telehealth');
  return (
    <section class="wrap split">
      <h2>{placesTitle(clinic.sites.length, video !== undefined)}</h2>
      <dl class="sites small">
        {clinic.sites.map((site) => (
          <div key={site.id}>
            <dt>
              {site.name}, {site.city}
            </dt>
            {site.hours.map((line) => (
              <dd key={line}>{line}</dd>
            ))}
            {site.note && <dd>{site.note}</dd>}
            <dd class="soft">{site.address}</dd>
          </div>
        ))}
        {video && (
          <div>
            <dt>Telehealth</dt>
            <dd>
              From home, {video.durationMin} min,{' '}
              <Money minor={video.priceMinor} currency={video.currency} locale={clinic.locale} />. Times are
              shown in your zone and ours.
            </dd>
          </div>
        )}
      </dl>
    </section>
  );
}

const COUNTS = ['No site yet', 'One site', 'Two sites', 'Three sites', 'Four sites'];

function placesTitle(sites: number, video: boolean): string {
  const count = COUNTS[sites] ?? `${sites} sites`;
  return video ? `${count}, and video` : count;
}

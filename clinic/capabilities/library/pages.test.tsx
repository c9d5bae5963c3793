import type { VNode } from 'preact';
import { renderToString } from 'preact-render-to-string';
import { describe, expect, it } from 'vitest';
import { PUBLIC_ROUTES } from '../../platform/web/layout/index.ts';
import { ArticlesPage } from './articles/articles-index.tsx';
import { BackPainArticle } from './articles/back-pain-after-birth.tsx';
import { LiftingArticle } from './articles/lifting-and-holding.tsx';
import { ContractionArticle } from './articles/look-while-it-contracts.tsx';
import { HomePage } from './home.tsx';
import { ServicesPage } from './services.tsx';
import { TeamPage } from './team.tsx';
import { BARE, SERVICES, TEAM, TWO_SITES } from './test-clinic.ts';

const NEXT = { label: 'today 14:20', siteName: 'Harbour site, Lisbon' };

const PAGES: readonly (readonly [name: string, full: VNode, bare: VNode])[] = [
  [
    'home',
    <HomePage clinic={TWO_SITES} services={SERVICES} nextFree={NEXT} />,
    <HomePage clinic={BARE} services={[]} nextFree={null} />,
  ],
  [
    'services',
    <ServicesPage clinic={TWO_SITES} services={SERVICES} />,
    <ServicesPage clinic={BARE} services={[]} />,
  ],
  ['team', <TeamPage clinic={TWO_SITES} team={TEAM} />, <TeamPage clinic={BARE} team={[]} />],
  ['articles', <ArticlesPage clinic={TWO_SITES} />, <ArticlesPage clinic={BARE} />],
  [
    'back pain',
    <BackPainArticle clinic={TWO_SITES} nextFree={NEXT} />,
    <BackPainArticle clinic={BARE} nextFree={null} />,
  ],
  [
    'lifting',
    <LiftingArticle clinic={TWO_SITES} nextFree={NEXT} />,
    <LiftingArticle clinic={BARE} nextFree={null} />,
  ],
  [
    'contraction',
    <ContractionArticle clinic={TWO_SITES} nextFree={NEXT} />,
    <ContractionArticle clinic={BARE} nextFree={null} />,
  ],
];

const KNOWN = new Set<string>(Object.values(PUBLIC_ROUTES));

describe.each(PAGES)('the %s page', (_name, full, bare) => {
  const html = renderToString(full);
  const least = renderToString(bare);

  it('leads only to pages that exist and to places on itself', () => {
    for (const [, href = ''] of `${html}${least}`.matchAll(/ href="([^"]*)"/g)) {
      if (/^(https:|tel:|mailto:)/.test(href)) continue;
      if (href.startsWith('#')) expect(html).toContain(`id="${href.slice(1)}"`);
      else expect(KNOWN, href).toContain(href.replace(/\?.*/, ''));
    }
  });

  it('keeps booking, telehealth and an office visit within reach', () => {
    for (const page of [html, least]) {
      for (const href of [PUBLIC_ROUTES.book, PUBLIC_ROUTES.telehealth, PUBLIC_ROUTES.office]) {
        expect(page).toContain(`href="${href}"`);
      }
    }
  });

  it('holds under a strict content security policy: no inline style, script or handler', () => {
    expect(html).not.toMatch(/<style|<script|\sstyle=|\son[a-z]+=/i);
  });

  it('has one main title and says on every screen that the people are simulated', () => {
    expect(html.match(/<h1/g)).toHaveLength(1);
    expect(html).toContain('Everyone here is simulated.');
    expect(least).not.toContain('Everyone here is simulated.');
  });

  it('prints no missing value and no broken number', () => {
    expect(`${html}${least}`).not.toMatch(/undefined|NaN|\[object|Infinity/);
  });

  it('uses each id once', () => {
    const ids = [...html.matchAll(/ id="([^"]*)"/g)].map(([, id]) => id);
    expect(new Set(ids).size).toBe(ids.length);
  });
});

describe('home', () => {
  it('offers the gait lab with its price only where the clinic has one', () => {
    const [, full, bare] = PAGES[0] ?? [];
    expect(renderToString(full ?? <p />)).toContain('href="/book?service=gait-lab"');
    expect(renderToString(full ?? <p />)).toContain('€290');
    expect(renderToString(bare ?? <p />)).not.toContain('gait-lab');
  });

  it('names the next free visit and the number of sites', () => {
    const html = renderToString(<HomePage clinic={TWO_SITES} services={SERVICES} nextFree={NEXT} />);
    expect(html).toContain('today 14:20');
    expect(html).toContain('Two sites, and video');
    expect(renderToString(<HomePage clinic={BARE} services={[]} nextFree={null} />)).toContain('One site');
  });
});

describe('services and team', () => {
  it('prices a free visit as free and names the service in its button', () => {
    const html = renderToString(<ServicesPage clinic={TWO_SITES} services={SERVICES} />);
    expect(html).toContain('<b>Free</b>');
    expect(html).toContain('Book<span class="vh">: Video visit</span>');
  });

  it('offers a request when nothing can be booked', () => {
    expect(renderToString(<ServicesPage clinic={BARE} services={[]} />)).toContain(
      'Nothing can be booked online',
    );
  });

  it('sells a package beside the services in it, and only where there is one', () => {
    const gait = { name: '3D gait analysis', href: '/buy/gait', priceMinor: 29000, currency: 'EUR' };
    const packages = new Map([['gait-lab', gait]]);
    const services = renderToString(
      <ServicesPage clinic={TWO_SITES} services={SERVICES} packages={packages} />,
    );
    expect(services.match(/href="\/buy\/gait"/g)).toHaveLength(1);
    const home = <HomePage clinic={TWO_SITES} services={SERVICES} nextFree={NEXT} packages={packages} />;
    expect(renderToString(home)).toContain('href="/buy/gait">Buy now: 3D gait</a>');
    expect(renderToString(<HomePage clinic={TWO_SITES} services={SERVICES} nextFree={NEXT} />)).not.toContain(
      'Buy now',
    );
  });

  it('escapes what the clinic typed', () => {
    const member = { name: '<b>Ann</b>', title: 'Physician', bio: '', sites: [] };
    expect(renderToString(<TeamPage clinic={BARE} team={[member]} />)).toContain('&lt;b');
  });
});

import type { ComponentChildren } from 'preact';
import { Mark } from './mark.tsx';
import { PUBLIC_ROUTES as TO } from './routes.ts';
import type { ClinicView } from './views.ts';

const LINKS = [
  { href: TO.articles, label: 'Articles' },
  { href: TO.services, label: 'Services' },
  { href: TO.team, label: 'Team' },
  { href: TO.my, label: 'My page' },
  { href: TO.signIn, label: 'Sign in' },
] as const;

/** The other two ways in, within reach on every page. */
const REQUESTS = [
  { href: TO.telehealth, label: 'Request telehealth' },
  { href: TO.office, label: 'Request an office visit' },
] as const;

const MENU_LINKS = [
  { href: TO.home, label: 'Home' },
  ...LINKS.slice(0, 3),
  { href: TO.book, label: 'Book now' },
  ...REQUESTS,
  ...LINKS.slice(3),
] as const;

export interface PublicLayoutProps {
  clinic: ClinicView;
  /** Path of the page, e.g. `/articles/lifting-and-holding`; marks the current link. */
  path: string;
  /** The thumb bar with Book now and Telehealth; switch it off inside a booking. */
  dock?: boolean | undefined;
  /** True keeps the page to the reading width of the house; home and bands draw edge to edge themselves. */
  contained?: boolean | undefined;
  children: ComponentChildren;
}

/** Header, footer and thumb bar round every public page. Works without a script. */
export function PublicLayout({ clinic, path, dock = true, contained = true, children }: PublicLayoutProps) {
  return (
    <>
      <a class="skip" href="#main">
        Skip to the content
      </a>
      <header>
        <DemoLine demo={clinic.demo} />
        <div class="wrap top">
          <a class="mark" href={TO.home} aria-label={`${clinic.name}, home`}>
            <Mark />
            {clinic.name}
          </a>
          <nav class="links push wide" aria-label="Main">
            {LINKS.map((link) => (
              <a key={link.href} href={link.href} aria-current={currentness(path, link.href)}>
                {link.label}
              </a>
            ))}
          </nav>
          <nav class="links requests" aria-label="Request a visit">
            {REQUESTS.map((link) => (
              <a key={link.href} href={link.href} aria-current={currentness(path, link.href)}>
                {link.label}
              </a>
            ))}
          </nav>
          <a class="btn primary wide" href={TO.book}>
            Book now
          </a>
          <Menu path={path} />
        </div>
      </header>
      <main id="main" class={contained ? 'wrap' : undefined} tabIndex={-1}>
        {children}
      </main>
      <Footer clinic={clinic} />
      {dock && (
        <nav class="dock narrow" aria-label="Book">
          <a class="btn primary roomy" href={TO.book}>
            Book now
          </a>
          <a class="btn roomy" href={TO.telehealth}>
            Telehealth
          </a>
        </nav>
      )}
    </>
  );
}

/** The line that says nobody here is real; nothing in a real clinic. */
export function DemoLine(props: { demo: boolean }) {
  return props.demo ? <p class="simulated">Demo clinic. Everyone here is simulated.</p> : null;
}

function Menu({ path }: { path: string }) {
  return (
    <>
      <button type="button" class="icon narrow push menubutton" popovertarget="menu" aria-label="Menu">
        <svg width="22" height="22" viewBox="0 0 22 22" fill="none" stroke="currentColor" aria-hidden="true">
          <path d="M3 7h16M3 15h11" stroke-width="2" stroke-linecap="round" />
        </svg>
      </button>
      <nav id="menu" class="menu" popover="auto" aria-label="Menu">
        <header>
          <b>Menu</b>
          <button type="button" popovertarget="menu" popovertargetaction="hide">
            Close
          </button>
        </header>
        <ul>
          {MENU_LINKS.map((link) => (
            <li key={link.href}>
              <a href={link.href} aria-current={currentness(path, link.href)}>
                {link.label}
              </a>
            </li>
          ))}
        </ul>
      </nav>
    </>
  );
}

function Footer({ clinic }: { clinic: ClinicView }) {
  return (
    <footer class="wrap foot small soft">
      <p>
        Rectus measures and shows. A clinician decides. In an emergency call your local emergency number
        first.
      </p>
      <nav class="row" aria-label="Footer">
        {[...LINKS, { href: TO.book, label: 'Book now' }, ...REQUESTS].map((link) => (
          <a key={link.href} href={link.href}>
            {link.label}
          </a>
        ))}
      </nav>
      {(clinic.phone || clinic.email) && (
        <p class="row">
          {clinic.phone && <a href={`tel:${clinic.phone.replace(/[^\d+]/g, '')}`}>{clinic.phone}</a>}
          {clinic.email && <a href={`mailto:${clinic.email}`}>{clinic.email}</a>}
        </p>
      )}
      <p>Content needs sign-off by your clinician · Apache-2.0</p>
    </footer>
  );
}

function currentness(path: string, href: string): 'page' | 'true' | undefined {
  if (path === href) return 'page';
  return href !== '/' && path.startsWith(`${href}/`) ? 'true' : undefined;
}

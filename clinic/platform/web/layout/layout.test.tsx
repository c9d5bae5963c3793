import { renderToString } from 'preact-render-to-string';
import { describe, expect, it } from 'vitest';
import {
  type ClinicView,
  DESK_ROUTES,
  DeskLayout,
  Document,
  ErrorPage,
  ErrorSummary,
  Field,
  formatMoney,
  Notice,
  PublicLayout,
  renderPage,
  StepsNav,
} from './index.ts';

const CLINIC: ClinicView = {
  name: 'Rectus',
  demo: true,
  locale: 'en-GB',
  phone: null,
  email: null,
  sites: [],
};

describe('money', () => {
  it('leaves out the decimals of a whole amount and keeps the others', () => {
    expect(formatMoney(29000, 'EUR', 'en-GB')).toBe('€290');
    expect(formatMoney(29050, 'EUR', 'en-GB')).toBe('€290.50');
  });

  it('knows how many decimals a currency has', () => {
    expect(formatMoney(500, 'JPY', 'en-GB')).toBe('JP¥500');
    expect(formatMoney(1500, 'KWD', 'en-GB').replace(/\s/g, ' ')).toBe('KWD 1.500');
  });

  it('refuses half a cent', () => {
    expect(() => formatMoney(0.5, 'EUR', 'en-GB')).toThrow(RangeError);
  });
});

describe('a field', () => {
  it('is read out with its hint and its error', () => {
    const html = renderToString(
      <Field name="email" label="E-mail" hint="For the confirmation" error="Write it like name@example.org">
        {(control) => <input type="email" {...control} />}
      </Field>,
    );
    expect(html).toContain('<label for="field-email">');
    expect(html).toContain('aria-describedby="field-email-hint field-email-error"');
    expect(html).toContain('aria-invalid="true"');
    expect(html).toContain('id="field-email-error"');
  });

  it('is not marked when nothing is amiss, and not required when optional', () => {
    const html = renderToString(
      <Field name="note" label="Note" optional>
        {(control) => <input {...control} />}
      </Field>,
    );
    expect(html).not.toMatch(/aria-invalid|aria-describedby|required/);
    expect(html).toContain('(optional)');
  });

  it('is where the summary of errors leads', () => {
    const html = renderToString(<ErrorSummary errors={[{ field: 'email', message: 'Write your e-mail' }]} />);
    expect(html).toContain('href="#field-email"');
    expect(html).toContain('role="alert"');
    expect(renderToString(<ErrorSummary errors={[]} />)).toBe('');
  });
});

describe('the document', () => {
  const html = renderPage(
    <Document
      lang="en-GB"
      title="Services"
      siteName="Rectus"
      description="What & where"
      styles={['/patient.css']}
      fontHref="/hanken.woff2"
      scripts={['/island.js']}
      noIndex
    >
      <p>Hello</p>
    </Document>,
  );

  it('has a doctype, a language, a title and its files', () => {
    expect(html).toMatch(/^<!doctype html><html lang="en-GB" data-theme="patient">/);
    expect(html).toContain('<title>Services · Rectus</title>');
    expect(html).toContain('content="What &amp; where"');
    expect(html).toContain('<link rel="stylesheet" href="/patient.css"/>');
    expect(html).toMatch(/<link rel="preload" href="\/hanken.woff2" as="font"[^>]*crossorigin="anonymous"/i);
    expect(html).toContain('<script type="module" src="/island.js"></script>');
    expect(html).toContain('noindex');
  });

  it('has no inline style or script', () => {
    expect(html).not.toMatch(/<style|\sstyle=|<script(?![^>]*src=)/);
  });
});

describe('a public page', () => {
  const html = renderToString(
    <PublicLayout clinic={CLINIC} path="/articles/lifting-and-holding">
      <h1>Lifting</h1>
    </PublicLayout>,
  );

  it('marks the part of the house it belongs to and can be skipped into', () => {
    expect(html).toContain('<a href="/articles" aria-current="true">');
    expect(html).toContain('href="#main"');
    expect(html).toContain('<main id="main"');
  });

  it('has a menu that opens without a script and a thumb bar that a booking can switch off', () => {
    expect(html).toContain('popovertarget="menu"');
    expect(html).toContain('class="dock narrow"');
    const booking = renderToString(
      <PublicLayout clinic={CLINIC} path="/book" dock={false}>
        <h1>Book</h1>
      </PublicLayout>,
    );
    expect(booking).not.toContain('class="dock');
  });
});

describe('the desk', () => {
  const desk = (role: 'owner' | 'front_desk', waiting: number) =>
    renderToString(
      <DeskLayout
        clinic={CLINIC}
        user={{ name: 'Ada', role }}
        current="day"
        requestsWaiting={waiting}
        query={'"x'}
      >
        <h1>Today</h1>
      </DeskLayout>,
    );

  it('locks and signs out by POST, so that no link and no prefetch can do it', () => {
    const actions = [...desk('owner', 0).matchAll(/<form method="post" action="([^"]*)"/g)].map(
      ([, action]) => action,
    );
    expect(actions).toEqual([DESK_ROUTES.lock, DESK_ROUTES.signOut]);
  });

  it('shows settings to the owner alone and a badge only when a request waits', () => {
    expect(desk('owner', 0)).toContain('Settings');
    expect(desk('front_desk', 0)).not.toContain('Settings');
    expect(desk('owner', 3)).toContain('<span class="vh"> waiting</span>');
    expect(desk('owner', 0)).not.toContain('waiting');
  });

  it('keeps what was searched for', () => {
    expect(desk('owner', 0)).toContain('value="&quot;x"');
  });
});

describe('small parts', () => {
  it('say which step is current and lead back to those that are done', () => {
    const html = renderToString(
      <StepsNav
        steps={[{ label: 'Service', href: '/book' }, { label: 'Time' }, { label: 'You' }]}
        current={1}
      />,
    );
    expect(html).toContain('aria-label="Step 2 of 3"');
    expect(html).toContain('<a href="/book">Service</a>');
    expect(html).toContain('aria-current="step">Time');
  });

  it('announce danger at once and good news politely', () => {
    expect(renderToString(<Notice kind="danger" live />)).toContain('role="alert"');
    expect(renderToString(<Notice kind="good" live />)).toContain('role="status"');
    expect(renderToString(<Notice />)).not.toContain('role=');
  });

  it.each([
    [404, 'There is no page here'],
    [403, 'not open to you'],
    [429, 'a lot at once'],
    [500, 'on our side'],
    [503, 'on our side'],
    [413, 'could not read'],
  ])('an error %i says so in words', (status, words) => {
    expect(renderToString(<ErrorPage clinic={CLINIC} status={status} />)).toContain(words);
  });

  it('an error can speak of the task instead', () => {
    const html = renderToString(
      <ErrorPage clinic={CLINIC} status={409} title="That time has just gone" reference="r-1" />,
    );
    expect(html).toContain('That time has just gone');
    expect(html).toContain('r-1');
  });
});

import { describe, expect, it } from 'vitest';
import {
  appointmentBooked,
  appointmentCancelled,
  appointmentMoved,
  appointmentReminder,
  passkeyAdded,
  patientSignInLink,
  requestDeclined,
  requestProposal,
  requestReceived,
  signInLink,
  staffInvitation,
  type WrittenMail,
} from './index.ts';

const clinic = { clinicName: 'Rectus Alameda', clinicPhone: '+351 21 000 0000', demo: false };
const visit = {
  ...clinic,
  givenName: 'Ana',
  whenLines: ['Tuesday 14 July 2026, 10:30 (Berlin)', '09:30 at the clinic (Lisbon)'],
  place: 'Rua da Saudade 12, Lisboa',
  withWhom: 'Marta Reis',
  manageUrl: 'https://clinic.example/visit/v1.abc-def?x=1&y=2',
  policyText: 'You can move or cancel until 24 hours before.',
};
const bookUrl = 'https://clinic.example/book';
const acceptUrl = 'https://clinic.example/proposal/abc';
const account = { ...clinic, url: 'https://clinic.example/sign-in/abc' };

const everyMail = (change: object = {}): [string, WrittenMail][] => [
  ['booked', appointmentBooked({ ...visit, ...change })],
  ['moved', appointmentMoved({ ...visit, previousWhenLines: ['Monday 13 July 2026, 10:30'], ...change })],
  ['cancelled', appointmentCancelled({ ...visit, bookUrl, ...change })],
  ['reminder', appointmentReminder({ ...visit, ...change })],
  ['request received', requestReceived({ ...visit, preferredLines: ['Weekday mornings'], ...change })],
  ['request declined', requestDeclined({ ...visit, bookUrl, ...change })],
  ['request proposal', requestProposal({ ...visit, acceptUrl, keptUntil: 'Friday at noon', ...change })],
  ['sign-in link', signInLink({ ...account, validMinutes: 15, ...change })],
  ['a patient’s link', patientSignInLink({ ...account, validMinutes: 15, ...change })],
  ['passkey added', passkeyAdded({ ...account, ...change })],
  [
    'staff invitation',
    staffInvitation({
      ...account,
      givenName: 'Rui',
      inviterName: 'Marta Reis',
      roleName: 'front desk',
      validDays: 1,
      ...change,
    }),
  ],
];

/** What a reader sees of the HTML. */
const visibleText = (html: string): string =>
  html
    .replace(/<style>.*?<\/style>|<title>.*?<\/title>/gs, '')
    .replace(/<[^>]+>/g, ' ')
    .replaceAll('&amp;', '&')
    .replaceAll('&quot;', '"')
    .replaceAll('&lt;', '<')
    .replace(/\s+/g, ' ');

describe.each(everyMail())('the mail "%s"', (_name, mail) => {
  it('says the same as text and as HTML', () => {
    const lines = mail.text.split('\n').map((line) => line.trim());
    const words = lines.filter((line) => line !== '' && !line.startsWith('https://'));
    for (const line of words) expect(visibleText(mail.html)).toContain(line.replace(/:$/, ''));
    for (const url of lines.filter((line) => line.startsWith('https://'))) {
      expect(mail.html).toContain(`href="${url.replaceAll('&', '&amp;')}"`);
    }
  });

  it('has a subject of one short line that names the clinic', () => {
    expect(mail.subject).toContain('Rectus Alameda');
    expect(mail.subject).not.toMatch(/\p{Cc}/u);
    expect(mail.subject.length).toBeLessThan(70);
  });

  it('loads nothing, runs nothing and follows nobody', () => {
    expect(mail.html).not.toMatch(
      /<(img|script|link|iframe|object|svg|form)\b|url\(|@import|@font-face| on[a-z]+=/i,
    );
    expect(mail.html).not.toMatch(/(src|background)=/i);
  });

  it('reads in the dark, on a small screen and in a screen reader', () => {
    expect(mail.html).toMatch(/^<!doctype html><html lang="en-GB">/);
    expect(mail.html).toContain('<meta name="color-scheme" content="light dark"');
    expect(mail.html).toContain('name="viewport"');
    // the button is the only thing with colours of its own, and it has both
    expect(mail.html.match(/[^-]color:#[0-9a-f]{6}/gi) ?? []).toHaveLength(
      mail.html.match(/background:#[0-9a-f]{6}/gi)?.length ?? 0,
    );
  });

  it('does not call itself a demo when it is none', () => {
    expect(mail.html + mail.text).not.toContain('simulated');
  });
});

describe.each(everyMail({ demo: true }))('the mail "%s" of the demo clinic', (_name, mail) => {
  it('says that everyone is simulated', () => {
    expect(mail.text).toContain('Demo clinic. Everyone here is simulated.');
    expect(visibleText(mail.html)).toContain('Demo clinic. Everyone here is simulated.');
  });
});

describe('the mail about an appointment', () => {
  const { text, subject } = appointmentBooked(visit);

  it('tells when in each zone, where, with whom, how to change it and on what terms', () => {
    expect(subject).toBe('Appointment at Rectus Alameda');
    expect(text).toContain(
      'When\n  Tuesday 14 July 2026, 10:30 (Berlin)\n  09:30 at the clinic (Lisbon)\nWhere\n  Rua da Saudade 12',
    );
    expect(text).toContain('With\n  Marta Reis');
    expect(text).toContain(`Move or cancel:\n${visit.manageUrl}`);
    expect(text).toContain(visit.policyText);
  });

  it('leaves out what it does not know', () => {
    const sparse = appointmentBooked({ ...visit, withWhom: null, policyText: null, clinicPhone: null });
    expect(sparse.text).not.toMatch(/With\n|undefined|null/);
    expect(sparse.html).not.toMatch(/With<|undefined|null/);
  });

  it('tells the old time beside the new when it moves', () => {
    const moved = appointmentMoved({ ...visit, previousWhenLines: ['Monday 13 July 2026, 10:30'] });
    expect(moved.text).toContain('Instead of\n  Monday 13 July 2026, 10:30');
  });
});

describe('what a stranger typed into a form', () => {
  it('is shown as text, never as markup', () => {
    const { html } = requestReceived({
      ...visit,
      preferredLines: ['<a href="https://evil.example">Mondays</a>', '<img src=x onerror=alert(1)>'],
    });
    expect(html).toContain('&lt;a href=');
    expect(html).not.toMatch(/<img|href="https:\/\/evil/);
  });

  it.each(['Win at https://evil.example', 'www evil', 'evil.example', 'a@b', '<b>', 'x'.repeat(61), ' \n'])(
    'is not greeted by name when it looks like an advertisement: %j',
    (givenName) => {
      const { text, html } = appointmentBooked({ ...visit, givenName });
      expect(text).toContain('\n\nHello,\n\n');
      expect(html).not.toContain('evil');
    },
  );

  it.each(['Ana', 'Nguyễn Thị', "N'Diaye", 'Jean-Luc', 'محمد', '山田'])(
    'is greeted by a name: %s',
    (givenName) => {
      expect(appointmentBooked({ ...visit, givenName }).text).toContain(`Hello ${givenName},`);
    },
  );

  it('adds no lines to a subject or to the facts', () => {
    const mail = appointmentBooked({
      ...visit,
      clinicName: 'Rectus\r\nBcc: a@b.example',
      place: 'Here\n\nWhen\n  now',
    });
    expect(mail.subject).toBe('Appointment at Rectus Bcc: a@b.example');
    expect(mail.text).toContain('Where\n  Here When now\n');
  });
});

it('a mail links only to web addresses', () => {
  expect(() => appointmentBooked({ ...visit, manageUrl: 'javascript:alert(1)' })).toThrow(RangeError);
  expect(() => signInLink({ ...account, url: '/sign-in', validMinutes: 15 })).toThrow(RangeError);
});

import type { AddressInfo } from 'node:net';
import { createServer, type Server, type Socket } from 'node:net';
import { invitation } from '@rectus/icalendar';
import { type ParsedMail, simpleParser } from 'mailparser';
import { SMTPServer, type SMTPServerOptions } from 'smtp-server';
import { afterEach, describe, expect, it } from 'vitest';
import { createTransport, MailError, type MailMessage, type MailSettings } from './index.ts';

const from = { name: 'Rectus Alameda', email: 'desk@clinic.example' };

const message: MailMessage = {
  id: '0197f0a2-1111-7abc-8def-001122334455',
  to: { name: 'Ana Sousa', email: 'ana@example.org' },
  subject: 'Appointment at Rectus Alameda',
  text: 'Your appointment is booked',
  html: '<p>Your appointment is booked</p>',
};

const ics = (method: 'REQUEST' | 'CANCEL') =>
  invitation({
    ...(method === 'REQUEST' ? { method, status: 'CONFIRMED' } : { method, status: 'CANCELLED' }),
    uid: 'abc@clinic.example',
    sequence: 0,
    start: Date.UTC(2026, 6, 14, 8, 30),
    end: Date.UTC(2026, 6, 14, 9, 15),
    timeZone: 'Europe/Lisbon',
    summary: 'Appointment at Rectus Alameda',
    description: 'Traga roupa confortável. '.repeat(8),
    location: 'Rua da Saudade 12, Lisboa',
    organizer: from,
    attendee: { name: 'Ana Conceição', email: 'ana@example.org' },
    stampedAt: Date.UTC(2026, 6, 1, 12),
  });

interface Received {
  readonly raw: string;
  readonly mail: ParsedMail;
  readonly recipients: readonly string[];
}

const closers: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0)) await close();
});

/** A mail server on loopback that keeps what it gets. */
async function mailServer(options: SMTPServerOptions = {}) {
  const received: Received[] = [];
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    disableReverseLookup: true,
    logger: false,
    onData(stream, session, done) {
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      stream.on('end', async () => {
        const raw = Buffer.concat(chunks);
        const recipients = session.envelope.rcptTo.map(({ address }) => address);
        received.push({ raw: raw.toString('latin1'), mail: await simpleParser(raw), recipients });
        done();
      });
    },
    ...options,
  });
  // a client that leaves in the middle is part of these tests
  server.on('error', () => {});
  const port = await new Promise<number>((resolve) => {
    const listener = server.listen(0, '127.0.0.1', () => resolve((listener.address() as AddressInfo).port));
  });
  closers.push(() => new Promise((resolve) => server.close(() => resolve())));
  return { received, url: `smtp://127.0.0.1:${port}` };
}

/** A server that speaks only the lines it is told to, one for each thing that it hears. */
async function scriptedServer(answer: (heard: string | null, socket: Socket) => void): Promise<string> {
  const sockets = new Set<Socket>();
  const server: Server = createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => {});
    answer(null, socket);
    socket.on('data', (data) => answer(data.toString(), socket));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  closers.push(async () => {
    for (const socket of sockets) socket.destroy();
    await new Promise((resolve) => server.close(resolve));
  });
  return `smtp://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

const transportTo = (smtpUrl: string | null, settings: Partial<MailSettings> = {}) =>
  createTransport({ smtpUrl, from, patienceMs: 2_000, ...settings });

const refusal = (failure: string, retryable: boolean) =>
  expect.objectContaining({ name: 'MailError', failure, retryable });

describe('a mail that is sent', () => {
  it('arrives with its words, from the clinic, to one person', async () => {
    const { url, received } = await mailServer();
    await expect(transportTo(url).deliver(message)).resolves.toEqual({ delivered: true });
    const [one] = received;
    expect(received).toHaveLength(1);
    expect(one?.recipients).toEqual(['ana@example.org']);
    expect(one?.mail.subject).toBe(message.subject);
    expect(one?.mail.from?.value).toEqual([{ name: from.name, address: from.email }]);
    expect(one?.mail.text?.trim()).toBe(message.text);
    expect(one?.mail.html).toBe(message.html);
    expect(one?.mail.headers.get('auto-submitted')).toBe('auto-generated');
    expect(one?.mail.headers.has('x-mailer')).toBe(false);
    expect(one?.mail.attachments).toEqual([]);
  });

  it('has the same Message-ID when it is sent again', async () => {
    const { url, received } = await mailServer();
    const transport = transportTo(url);
    await transport.deliver(message);
    await transport.deliver(message);
    expect(received.map(({ mail }) => mail.messageId)).toEqual(
      Array(2).fill(`<${message.id}@clinic.example>`),
    );
  });

  it.each([
    'Zoë "the desk" O’Neill, PhD',
    'Ελένη Παπαδοπούλου',
    '山田 花子',
    'محمد',
    '👩🏽‍🍼',
    'é'.repeat(300),
  ])('greets a person by any name: %s', async (name) => {
    const { url, received } = await mailServer();
    await transportTo(url).deliver({ ...message, to: { ...message.to, name } });
    const to = received[0]?.mail.to;
    expect(Array.isArray(to) ? null : to?.value).toEqual([{ name, address: 'ana@example.org' }]);
  });
});

describe('an invitation in a mail', () => {
  it.each(['REQUEST', 'CANCEL'] as const)('is a calendar part of method %s and a file', async (method) => {
    const { url, received } = await mailServer();
    const calendar = { method, ics: ics(method) };
    await transportTo(url).deliver({ ...message, calendar });
    const [one] = received;
    expect(one?.raw).toMatch(
      new RegExp(`Content-Type: text/calendar; charset=utf-8;\\s+method=${method}\\r\\n`, 'i'),
    );
    expect(one?.raw).toMatch(/Content-Type: multipart\/alternative;/);
    const parts = one?.mail.attachments ?? [];
    expect(parts.map(({ contentType, filename }) => [contentType, filename])).toEqual([
      ['text/calendar', undefined],
      ['application/ics', 'invite.ics'],
    ]);
    for (const part of parts) expect(part.content.toString('utf8')).toBe(calendar.ics);
  });

  it('is the last of the alternatives, after text and HTML', async () => {
    const { url, received } = await mailServer();
    await transportTo(url).deliver({ ...message, calendar: { method: 'REQUEST', ics: ics('REQUEST') } });
    const types = received[0]?.raw.match(/^Content-Type: [a-z]+\/[a-z]+/gim);
    expect(types?.map((type) => type.slice(14))).toEqual([
      'multipart/mixed',
      'multipart/alternative',
      'text/plain',
      'text/html',
      'text/calendar',
      'application/ics',
    ]);
  });

  it('is refused when mail and calendar speak of different methods', async () => {
    const calendar = { method: 'CANCEL', ics: ics('REQUEST') } as const;
    await expect(transportTo(null).deliver({ ...message, calendar })).rejects.toThrow(
      refusal('content', false),
    );
  });
});

describe('a clinic without a mail server', () => {
  it('keeps the mail in its outbox', async () => {
    await expect(transportTo(null).deliver(message)).resolves.toEqual({ delivered: false, kept: true });
  });

  it('still refuses a mail that could never go', async () => {
    const to = { name: 'Ana', email: 'nobody' };
    await expect(transportTo(null).deliver({ ...message, to })).rejects.toThrow(refusal('address', false));
  });
});

describe('what somebody may try in a form', () => {
  it.each([
    'ana@example.org\r\nBcc: all@example.org',
    'ana@example.org\n',
    'ana@example.org, eve@example.org',
    'ana@example.org;eve@example.org',
    'Ana <ana@example.org>',
    '"a\r\nb"@example.org',
    'ana@example.org\u0000',
    'ana@exa mple.org',
    'ana@localhost',
    '@example.org',
    '',
    `${'a'.repeat(65)}@example.org`,
    `ana@${'a.'.repeat(140)}org`,
  ])('is not an address: %j', async (email) => {
    const { url, received } = await mailServer();
    const sent = transportTo(url).deliver({ ...message, to: { name: 'Ana', email } });
    await expect(sent).rejects.toThrow(refusal('address', false));
    await expect(sent).rejects.toBeInstanceOf(MailError);
    expect(received).toEqual([]);
  });

  it.each(['Hello\r\nBcc: eve@example.org', 'Hello\nX: 1', 'Hello\r'])(
    'is not a subject: %j',
    async (subject) => {
      await expect(transportTo(null).deliver({ ...message, subject })).rejects.toThrow(
        refusal('content', false),
      );
    },
  );

  it('adds no header and no recipient through a name', async () => {
    const { url, received } = await mailServer();
    const name = 'Ana\r\nBcc: eve@example.org\r\nX-Evil: 1\r\n\r\n<script>, eve@example.org';
    await transportTo(url).deliver({ ...message, to: { ...message.to, name } });
    const [one] = received;
    expect(one?.recipients).toEqual(['ana@example.org']);
    expect(one?.mail.bcc).toBeUndefined();
    expect(one?.mail.headers.has('x-evil')).toBe(false);
    expect(one?.mail.html).toBe(message.html);
  });

  it('reads no file and no address into a mail', async () => {
    const { url, received } = await mailServer();
    const text = { path: '/etc/hostname' } as unknown as string;
    await expect(transportTo(url).deliver({ ...message, text })).rejects.toThrow(refusal('content', false));
    const html = { href: 'http://127.0.0.1:1/' } as unknown as string;
    await expect(transportTo(url).deliver({ ...message, html })).rejects.toThrow(refusal('content', false));
    expect(received).toEqual([]);
  });
});

const answeringWith = (code: number, text: string) =>
  Object.assign(new Error(`${text} ana@example.org`), { responseCode: code });

describe('a mail server that does not take the mail', () => {
  it('is final when it refuses the recipient, and the error does not repeat the address', async () => {
    const { url } = await mailServer({
      onRcptTo: (_address, _session, done) => done(answeringWith(550, 'no such user')),
    });
    const sent = transportTo(url).deliver(message);
    await expect(sent).rejects.toThrow(refusal('refused', false));
    await expect(sent).rejects.not.toThrow(/ana@example/);
  });

  it('can be tried again when it is busy', async () => {
    const { url } = await mailServer({
      onRcptTo: (_address, _session, done) => done(answeringWith(451, 'greylisted')),
    });
    await expect(transportTo(url).deliver(message)).rejects.toThrow(refusal('deferred', true));
  });

  it('can be tried again when it turns every client away', async () => {
    const { url } = await mailServer({
      onConnect: (_session, done) => done(answeringWith(554, 'not today')),
    });
    await expect(transportTo(url).deliver(message)).rejects.toThrow(refusal('deferred', true));
  });

  it('can be tried again when it does not know the password', async () => {
    const { url } = await mailServer({
      allowInsecureAuth: true,
      onAuth: (_auth, _session, done) => done(answeringWith(535, 'wrong password')),
    });
    const withPassword = url.replace('smtp://', 'smtp://desk:secret@');
    const sent = transportTo(withPassword).deliver(message);
    await expect(sent).rejects.toThrow(refusal('sign-in', true));
    await expect(sent).rejects.not.toThrow(/secret/);
  });

  it('can be tried again when it offers no encryption where the settings ask for it', async () => {
    const { url, received } = await mailServer();
    await expect(transportTo(`${url}?requireTLS=true`).deliver(message)).rejects.toThrow(
      refusal('unreachable', true),
    );
    expect(received).toEqual([]);
  });

  it('can be tried again when nobody listens', async () => {
    const { url } = await mailServer();
    for (const close of closers.splice(0)) await close();
    await expect(transportTo(url).deliver(message)).rejects.toThrow(refusal('unreachable', true));
  });

  it('can be tried again when it hangs up in the middle', async () => {
    const url = await scriptedServer((heard, socket) => {
      if (heard === null) socket.write('220 clinic.example ESMTP\r\n');
      else socket.destroy();
    });
    await expect(transportTo(url).deliver(message)).rejects.toThrow(refusal('unreachable', true));
  });

  it('can be tried again when it never greets', async () => {
    const url = await scriptedServer(() => {});
    await expect(transportTo(url, { patienceMs: 150 }).deliver(message)).rejects.toThrow(
      refusal('timed-out', true),
    );
  });

  it('can be tried again when it falls silent in the middle', async () => {
    const url = await scriptedServer((heard, socket) => {
      if (heard === null) socket.write('220 clinic.example ESMTP\r\n');
    });
    await expect(transportTo(url, { patienceMs: 150 }).deliver(message)).rejects.toThrow(
      refusal('timed-out', true),
    );
  });

  it('can be tried again when it talks for ever', async () => {
    const timers: NodeJS.Timeout[] = [];
    const url = await scriptedServer((heard, socket) => {
      if (heard === null) socket.write('220 clinic.example ESMTP\r\n');
      else timers.push(setInterval(() => socket.write('250-and more\r\n'), 50));
    });
    await expect(transportTo(url, { patienceMs: 150 }).deliver(message)).rejects.toThrow(
      refusal('timed-out', true),
    );
    for (const timer of timers) clearInterval(timer);
  });
});

describe('mail settings', () => {
  it.each(['http://mail.example', 'mail.example:25', ''])(
    'name a mail server, which %j is not',
    (smtpUrl) => {
      expect(() => transportTo(smtpUrl)).toThrow(refusal('settings', false));
    },
  );

  it('name one sender', () => {
    expect(() =>
      transportTo(null, { from: { name: 'Desk', email: 'a@b.example\nBcc: c@d.example' } }),
    ).toThrow(refusal('address', false));
  });
});

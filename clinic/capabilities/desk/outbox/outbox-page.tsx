import type { Clinic } from '../../../platform/web/clinics.ts';
import { Notice } from '../../../platform/web/layout/index.ts';
import { shortMoment } from '../../../platform/web/wall-clock.ts';
import { MAIL_STATUSES, type MailDetails, type MailStatus, type MailSummary } from './read-mails.ts';

const STATUS_WORDS: Readonly<Record<MailStatus, string>> = {
  queued: 'waiting',
  sent: 'sent',
  kept: 'kept here',
  failed: 'failed',
  withdrawn: 'withdrawn',
};

/** Every mail that the clinic wrote, the latest first. */
export function OutboxPage(props: {
  clinic: Clinic;
  mails: readonly MailSummary[];
  status: MailStatus | null;
  smtp: boolean;
}) {
  const { clinic, mails, status, smtp } = props;
  return (
    <>
      <h1>Outbox</h1>
      {!smtp && (
        <Notice title="No mail server is set">
          <p>Mails are kept here instead of being sent, and can be read below.</p>
        </Notice>
      )}
      <nav class="tabs" aria-label="Status">
        <a href="/desk/outbox" aria-current={status === null ? 'page' : undefined}>
          All
        </a>
        {MAIL_STATUSES.map((one) => (
          <a key={one} href={`/desk/outbox?status=${one}`} aria-current={status === one ? 'page' : undefined}>
            {STATUS_WORDS[one]}
          </a>
        ))}
      </nav>
      {mails.length === 0 ? (
        <p class="soft">No mail here.</p>
      ) : (
        <div class="card">
          <table class="stacked">
            <thead>
              <tr>
                <th scope="col">Subject</th>
                <th scope="col">To</th>
                <th scope="col">When</th>
                <th scope="col">Status</th>
              </tr>
            </thead>
            <tbody>
              {mails.map((mail) => (
                <tr key={mail.id}>
                  <th scope="row">
                    <a class="inline-link" href={`/desk/outbox/${mail.id}`}>
                      {mail.subject}
                    </a>
                  </th>
                  <td>
                    {mail.toName} <span class="soft">{mail.toEmail}</span>
                  </td>
                  <td>{shortMoment(mail.sendAt, clinic.timeZone, clinic.locale)}</td>
                  <td>
                    <Status status={mail.status} />
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </>
  );
}

function Status({ status }: { status: MailStatus }) {
  return (
    <span class="badge" data-kind={status === 'failed' ? 'danger' : status === 'queued' ? 'warn' : undefined}>
      {STATUS_WORDS[status]}
    </span>
  );
}

/** One mail as its reader gets it, in plain text, with what its invitation says. */
export function MailPage({ mail, clinic }: { mail: MailDetails; clinic: Clinic }) {
  return (
    <>
      <p class="crumbs">
        <a href="/desk/outbox">‹ Outbox</a>
      </p>
      <div class="row">
        <h1>{mail.subject}</h1>
        <Status status={mail.status} />
      </div>
      <p>
        To {mail.toName}, {mail.toEmail}, {mail.status === 'queued' ? 'goes out' : 'written for'}{' '}
        {shortMoment(mail.sendAt, clinic.timeZone, clinic.locale)}.{' '}
        {mail.appointmentId && <a href={`/desk/appointments/${mail.appointmentId}`}>The visit</a>}
      </p>
      {mail.status === 'failed' && (
        <Notice kind="danger" title={`Not delivered after ${mail.attempts} attempts`}>
          <p>{mail.lastError}</p>
          <form method="post" action={`/desk/outbox/${mail.id}/resend`}>
            <button type="submit">Send again</button>
          </form>
        </Notice>
      )}
      {mail.text === null ? (
        <Notice title="Confidential">
          <p>This mail holds a personal link, so only its reader sees it.</p>
        </Notice>
      ) : (
        <article class="card mail-text" aria-label="The mail as text">
          {mail.text}
        </article>
      )}
      {mail.calendar && <CalendarSummary ics={mail.calendar} method={mail.calendarMethod} />}
    </>
  );
}

const SHOWN = ['SUMMARY', 'DTSTART', 'DTEND', 'LOCATION', 'SEQUENCE', 'STATUS'] as const;

function CalendarSummary({ ics, method }: { ics: string; method: MailDetails['calendarMethod'] }) {
  const lines = eventLines(ics);
  return (
    <section aria-labelledby="calendar">
      <h2 id="calendar">{method === 'CANCEL' ? 'Takes this out of the calendar' : 'Calendar invitation'}</h2>
      <dl class="facts card">
        {SHOWN.filter((name) => lines.has(name)).map((name) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{lines.get(name)}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}

/** The properties of the event within an iCalendar text, lines unfolded, escapes undone (RFC 5545, 3.1 and 3.3.11). */
export function eventLines(ics: string): ReadonlyMap<string, string> {
  const event = /BEGIN:VEVENT\r?\n([\s\S]*?)END:VEVENT/.exec(ics.replace(/\r?\n[ \t]/g, ''))?.[1] ?? '';
  const lines = event.split(/\r?\n/).filter(Boolean);
  return new Map(
    lines.map((line) => {
      const colon = line.indexOf(':');
      const [name = '', ...parameters] = line.slice(0, colon).split(';');
      const zone = parameters.find((parameter) => parameter.startsWith('TZID='))?.slice(5);
      const value = line
        .slice(colon + 1)
        .replace(/\\([,;\\])/g, '$1')
        .replace(/\\n/gi, ' ');
      return [name, zone ? `${value} (${zone})` : value];
    }),
  );
}

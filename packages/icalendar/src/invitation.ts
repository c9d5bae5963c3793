import { isTimeZone, offsetMs } from '@rectus/schedule';
import type { ClockChange } from './clock-changes.ts';
import { contentLine, escapeText, type Parameters, withoutControls } from './content-line.ts';
import { localDateTime, utcDateTime } from './date-time.ts';
import { changesAround, vtimezone } from './vtimezone.ts';

/** Somebody named in an invitation. The name may be in any script; the address is one plain e-mail address. */
export interface CalendarPerson {
  readonly name: string;
  readonly email: string;
}

/** What an invitation says. Instants are epoch ms; `start` and `end` are whole seconds. */
export interface InvitationDetails {
  /** The same for a booking, its moves and its cancellation. */
  readonly uid: string;
  /** Rises by one with each move and with the cancellation; 0 for the booking. */
  readonly sequence: number;
  readonly start: number;
  readonly end: number;
  /** IANA name of the zone in which the event takes place. */
  readonly timeZone: string;
  readonly summary: string;
  readonly description: string;
  readonly location: string;
  readonly organizer: CalendarPerson;
  readonly attendee: CalendarPerson;
  /** An http or https address with more about the event. */
  readonly url?: string | null;
  readonly stampedAt: number;
}

/** A request that places or moves an event, or the cancellation that takes it away. */
export type Invitation = InvitationDetails &
  (
    | { readonly method: 'REQUEST'; readonly status: 'CONFIRMED' | 'TENTATIVE' }
    | { readonly method: 'CANCEL'; readonly status: 'CANCELLED' }
  );

/** An invitation that cannot be written. `field` names the part of it that is wrong. */
export class InvitationError extends Error {
  override readonly name = 'InvitationError';
  readonly field: keyof Invitation;

  constructor(field: keyof Invitation, expected: string) {
    super(`${field}: ${expected}`);
    this.field = field;
  }
}

/**
 * An appointment as iCalendar text (RFC 5545, scheduled as in RFC 5546), ready to be mailed as `text/calendar`.
 *
 * Times are written in the event's zone, whose VTIMEZONE comes along. A wall time that a clock change repeats
 * would be read differently by different calendars, so an event that starts or ends in such an hour is written in
 * UTC. Text may hold anything: line breaks are escaped, other control characters dropped.
 *
 * Throws {@link InvitationError}.
 */
export function invitation(event: Invitation): string {
  check(event);
  const { start, end, timeZone } = event;
  const changes = changesAround(timeZone, start, end);
  const inZone = ![start, end].some((instant) => isRepeated(timeZone, changes, instant));
  return [
    contentLine('BEGIN', 'VCALENDAR'),
    contentLine('PRODID', '-//Rectus//Clinic//EN'),
    contentLine('VERSION', '2.0'),
    contentLine('CALSCALE', 'GREGORIAN'),
    contentLine('METHOD', event.method),
    inZone ? vtimezone(timeZone, changes, start, end) : '',
    ...eventLines(event, inZone),
    contentLine('END', 'VCALENDAR'),
  ].join('');
}

function eventLines(event: Invitation, inZone: boolean): string[] {
  const time = (name: string, instant: number) =>
    inZone
      ? contentLine(name, localDateTime(instant, offsetMs(event.timeZone, instant)), { TZID: event.timeZone })
      : contentLine(name, utcDateTime(instant));
  return [
    contentLine('BEGIN', 'VEVENT'),
    contentLine('UID', escapeText(event.uid)),
    contentLine('SEQUENCE', String(event.sequence)),
    contentLine('DTSTAMP', utcDateTime(event.stampedAt)),
    time('DTSTART', event.start),
    time('DTEND', event.end),
    contentLine('SUMMARY', escapeText(event.summary)),
    contentLine('DESCRIPTION', escapeText(event.description)),
    contentLine('LOCATION', escapeText(event.location)),
    person('ORGANIZER', event.organizer, {}),
    // the person has booked already, so the calendar need not ask for an answer that nobody would read
    person('ATTENDEE', event.attendee, { ROLE: 'REQ-PARTICIPANT', PARTSTAT: 'ACCEPTED', RSVP: 'FALSE' }),
    event.url ? contentLine('URL', new URL(event.url).href) : '',
    contentLine('STATUS', event.status),
    contentLine('CLASS', 'PRIVATE'),
    contentLine('TRANSP', 'OPAQUE'),
    contentLine('END', 'VEVENT'),
  ];
}

function person(property: string, { name, email }: CalendarPerson, parameters: Parameters): string {
  const mailbox = encodeURI(email).replace(/[?#]/g, encodeURIComponent);
  return contentLine(property, `mailto:${mailbox}`, { ...(name ? { CN: name } : {}), ...parameters });
}

/** Whether the zone's clocks show this instant's wall time twice: in the hour that is turned back. */
function isRepeated(zone: string, changes: readonly ClockChange[], instant: number): boolean {
  const wall = instant + offsetMs(zone, instant);
  return changes.some(
    ({ at, offsetBefore, offsetAfter }) => wall >= at + offsetAfter && wall < at + offsetBefore,
  );
}

function check(event: Invitation): void {
  if (!(event.method === 'CANCEL' ? ['CANCELLED'] : ['CONFIRMED', 'TENTATIVE']).includes(event.status)) {
    throw new InvitationError('status', `${event.status} does not go with the method ${event.method}`);
  }
  if (!['REQUEST', 'CANCEL'].includes(event.method)) {
    throw new InvitationError('method', 'expected REQUEST or CANCEL');
  }
  if (withoutControls(event.uid).trim() === '') throw new InvitationError('uid', 'expected some text');
  if (!Number.isSafeInteger(event.sequence) || event.sequence < 0 || event.sequence > 0x7fffffff) {
    throw new InvitationError('sequence', `expected a whole number from 0, found ${event.sequence}`);
  }
  checkTimes(event);
  checkAddresses(event);
}

function checkTimes(event: Invitation): void {
  for (const field of ['start', 'end', 'stampedAt'] as const) {
    const year = new Date(event[field]).getUTCFullYear();
    if (!(year >= 1970 && year <= 9000)) {
      throw new InvitationError(
        field,
        `expected epoch ms of a year from 1970 to 9000, found ${event[field]}`,
      );
    }
    if (field !== 'stampedAt' && event[field] % 1000 !== 0) {
      throw new InvitationError(field, `expected a whole second, found ${event[field]} ms`);
    }
  }
  if (event.end <= event.start) throw new InvitationError('end', 'expected an end after the start');
  if (!isTimeZone(event.timeZone)) {
    throw new InvitationError('timeZone', `expected an IANA zone, found ${JSON.stringify(event.timeZone)}`);
  }
}

function checkAddresses(event: Invitation): void {
  for (const field of ['organizer', 'attendee'] as const) {
    if (!/^[^\s\p{C}<>()[\],;:\\"@]+@[^\s\p{C}<>()[\],;:\\"@]+$/u.test(event[field].email)) {
      throw new InvitationError(field, 'expected one plain e-mail address');
    }
  }
  if (event.url && !/^https?:$/.test(URL.parse(event.url)?.protocol ?? '')) {
    throw new InvitationError('url', 'expected an http or https address');
  }
}

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { inClinic } from '../../../platform/database/in-clinic.ts';
import { type TestWorld, testWorld } from '../../../platform/database/testing.ts';
import { readAppointment } from './appointment.ts';
import { type BookInput, book } from './book.ts';
import type { Booking } from './booking.ts';
import { readCatalogue } from './catalogue.ts';
import { cancelAppointment, moveAppointment } from './change.ts';
import { readHold, takeHold } from './hold.ts';
import { freeStarts } from './search.ts';
import type { Wish } from './wish.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
/** 09:00 in Lisbon, `days` after Monday 2 March 2026. */
const nine = (days: number) => Date.UTC(2026, 2, 2 + days, 9);

let world: TestWorld;
let booking: Booking;
let firstVisit: Wish;

beforeAll(async () => {
  world = await testWorld();
  booking = { platform: world.platform, context: world.one.context, clinic: world.one.clinic };
  firstVisit = await wish('first-visit');
});
afterAll(() => world.close());

async function wish(slug: string, clinicianId: string | null = null): Promise<Wish> {
  const catalogue = await readCatalogue(world.one.context, world.one.clinic.catalogueVersion);
  const service = catalogue.serviceBySlug(slug);
  if (!service) throw new Error(`no service ${slug}`);
  return { service, siteId: service.mode === 'site' ? (world.one.ids.site ?? null) : null, clinicianId };
}

let keys = 0;
function input(start: number, changes: Partial<BookInput> = {}): BookInput {
  keys += 1;
  return {
    wish: firstVisit,
    start,
    person: {
      givenName: 'Ana',
      familyName: `Silva ${keys}`,
      birthDate: '1991-04-02',
      email: `ana${keys}@example.org`,
      phone: null,
    },
    idempotencyKey: `key ${keys}`,
    source: 'online',
    viewerZone: 'Europe/Berlin',
    ...changes,
  };
}

async function rows(table: 'claim' | 'mail' | 'appointment' | 'audit_event' | 'hold'): Promise<number> {
  return inClinic(world.one.context, async ({ tx }) => {
    const { n } = await tx
      .selectFrom(table)
      .select(({ fn }) => fn.countAll<string>().as('n'))
      .executeTakeFirstOrThrow();
    return Number(n);
  });
}

describe('booking', () => {
  it('claims a clinician and a room, queues the mail and its reminder, and is in the audit log', async () => {
    const before = {
      claims: await rows('claim'),
      mails: await rows('mail'),
      events: await rows('audit_event'),
    };
    const result = await book(booking, input(nine(2)));
    expect(result.ok).toBe(true);
    expect(await rows('claim')).toBe(before.claims + 2);
    expect(await rows('mail')).toBe(before.mails + 2);
    expect(await rows('audit_event')).toBe(before.events + 1);
  });

  it('gives the second visit of a day to whoever has less to do', async () => {
    const start = nine(3);
    const one = await book(booking, input(start));
    const two = await book(booking, input(start + 2 * HOUR));
    const [first, second] = await Promise.all(
      [one, two].map((result) =>
        readAppointment(world.one.context, world.one.clinic, result.ok ? result.appointmentId : ''),
      ),
    );
    expect(first?.resourceIds).not.toEqual(second?.resourceIds);
  });

  it('fills every free place of a time and then offers the nearest', async () => {
    const start = nine(4);
    const results = await Promise.all([1, 2, 3, 4, 5, 6].map(() => book(booking, input(start))));
    expect(results.filter((result) => result.ok)).toHaveLength(2);
    const refused = results.find((result) => !result.ok);
    expect(refused).toMatchObject({ ok: false, reason: 'taken' });
    expect(refused?.ok === false && refused.nearest.length).toBe(5);
  });

  it('books once, however often the same form arrives', async () => {
    const same = input(nine(7));
    const results = await Promise.all(Array.from({ length: 8 }, () => book(booking, same)));
    const ids = new Set(results.map((result) => (result.ok ? result.appointmentId : 'refused')));
    expect(ids.size).toBe(1);
    expect(results.filter((result) => result.ok && !result.repeated)).toHaveLength(1);
  });

  it('refuses a patient who comes too late, too early, off the grid or when closed', async () => {
    const reason = async (start: number) => {
      const result = await book(booking, input(start));
      return result.ok ? 'booked' : result.reason;
    };
    expect(await reason(world.clock.now() - HOUR)).toBe('past');
    expect(await reason(world.clock.now() + 15 * MINUTE)).toBe('lead');
    expect(await reason(nine(100))).toBe('horizon');
    expect(await reason(nine(8) + 7 * MINUTE)).toBe('grid');
    expect(await reason(nine(8) - 2 * HOUR)).toBe('closed');
  });

  it('lets staff book outside opening hours with a reason, but never over somebody', async () => {
    const early = nine(9) - 2 * HOUR;
    const desk = { source: 'desk', resourceIds: [world.one.ids.ines ?? ''] } as const;
    expect(await book(booking, input(early, desk))).toMatchObject({ ok: false, reason: 'closed' });
    const withReason = { ...desk, outsideHoursReason: 'Flies at noon' };
    expect(await book(booking, input(early, withReason))).toMatchObject({ ok: true });
    expect(await book(booking, input(early, withReason))).toMatchObject({ ok: false, reason: 'taken' });
  });

  it('finds the same patient only by name, birth date and address together', async () => {
    const person = {
      givenName: 'José',
      familyName: 'Núñez',
      birthDate: '1980-01-01',
      email: 'jose@example.org',
      phone: null,
    };
    const ids = [];
    for (const [hour, one] of [
      person,
      { ...person, givenName: 'JOSE' },
      { ...person, birthDate: '1981-01-01' },
    ].entries()) {
      const result = await book(booking, input(nine(10) + hour * HOUR, { person: one }));
      const appointment = await readAppointment(
        world.one.context,
        world.one.clinic,
        result.ok ? result.appointmentId : '',
      );
      ids.push(appointment?.patient.id);
    }
    expect(ids[0]).toBe(ids[1]);
    expect(ids[2]).not.toBe(ids[0]);
  });
});

describe('a hold', () => {
  it('keeps the time for its holder alone and becomes the appointment', async () => {
    const start = nine(14);
    const taken = await Promise.all(
      [1, 2, 3].map(() =>
        takeHold(
          world.one.context,
          world.one.clinic,
          { wish: firstVisit, start, viewerZone: null },
          world.clock.now(),
        ),
      ),
    );
    const held = taken.flatMap((result) => (result.ok ? [result.hold] : []));
    expect(held).toHaveLength(2);
    expect(await book(booking, input(start))).toMatchObject({ ok: false, reason: 'taken' });
    const booked = await book(booking, input(start, { holdId: held[0]?.id ?? null }));
    expect(booked.ok).toBe(true);
    expect(await readHold(world.one.context, held[0]?.id ?? '')).toBeNull();
  });

  it('that expired gives way to whoever comes first', async () => {
    const start = nine(15);
    const ask = { wish: await wish('first-visit', world.one.ids.ines ?? null), start, viewerZone: null };
    const taken = await takeHold(world.one.context, world.one.clinic, ask, world.clock.now());
    const holdId = taken.ok ? taken.hold.id : '';
    await inClinic(world.one.context, async ({ tx }) => {
      const past = new Date(Date.now() - 1000);
      await tx.updateTable('hold').set({ expires_at: past }).where('id', '=', holdId).execute();
      await tx.updateTable('claim').set({ expires_at: past }).where('hold_id', '=', holdId).execute();
    });
    expect(await readHold(world.one.context, holdId)).toBeNull();
    expect(await book(booking, input(start, { wish: ask.wish }))).toMatchObject({ ok: true });
    // The late holder's form is not lost: it is told, with other times.
    expect(await book(booking, input(start, { wish: ask.wish, holdId }))).toMatchObject({
      ok: false,
      reason: 'taken',
    });
  });

  it('for another time takes the place of the first', async () => {
    const ask = { wish: firstVisit, start: nine(16), viewerZone: null };
    const first = await takeHold(world.one.context, world.one.clinic, ask, world.clock.now());
    const holds = await rows('hold');
    const replaces = first.ok ? first.hold.id : null;
    const second = await takeHold(
      world.one.context,
      world.one.clinic,
      { ...ask, start: nine(16) + 15 * MINUTE, replaces },
      world.clock.now(),
    );
    expect(second.ok).toBe(true);
    expect(await rows('hold')).toBe(holds);
  });
});

describe('moving and cancelling', () => {
  it('gives up the old time exactly when the new one is certain', async () => {
    const start = nine(21);
    const booked = await book(booking, input(start));
    const id = booked.ok ? booked.appointmentId : '';
    expect(
      await moveAppointment(booking, { appointmentId: id, start: start + 15 * MINUTE, by: 'patient' }),
    ).toEqual({ ok: true });
    const after = await readAppointment(world.one.context, world.one.clinic, id);
    expect(after).toMatchObject({ start: start + 15 * MINUTE, sequence: 1 });
    expect(after?.resourceIds).toHaveLength(2);
  });

  it('keeps the old time when the new one is taken', async () => {
    const start = nine(22);
    const booked = await book(booking, input(start));
    await Promise.all([book(booking, input(start + 2 * HOUR)), book(booking, input(start + 2 * HOUR))]);
    const id = booked.ok ? booked.appointmentId : '';
    const moved = await moveAppointment(booking, {
      appointmentId: id,
      start: start + 2 * HOUR,
      by: 'patient',
    });
    expect(moved).toMatchObject({ ok: false, reason: 'taken' });
    expect(await readAppointment(world.one.context, world.one.clinic, id)).toMatchObject({
      start,
      sequence: 0,
    });
  });

  it('of two desks that move the same appointment, one is told that it changed', async () => {
    const start = nine(23);
    const booked = await book(booking, input(start));
    const id = booked.ok ? booked.appointmentId : '';
    const move = (hours: number) =>
      moveAppointment(booking, {
        appointmentId: id,
        start: start + hours * HOUR,
        by: 'clinic',
        expectedSequence: 0,
      });
    const results = await Promise.all([move(1), move(3)]);
    expect(results.filter((result) => result.ok)).toHaveLength(1);
    expect(results.find((result) => !result.ok)).toMatchObject({ reason: 'changed_meanwhile' });
  });

  it('through a hold that lies half over the old time', async () => {
    const start = nine(24);
    const asked = await wish('first-visit', world.one.ids.ines ?? null);
    const booked = await book(booking, input(start, { wish: asked }));
    const id = booked.ok ? booked.appointmentId : '';
    const hold = { wish: asked, start: start + 30 * MINUTE, viewerZone: null, movesAppointmentId: id };
    expect((await takeHold(world.one.context, world.one.clinic, hold, world.clock.now())).ok).toBe(true);
    // The held part is nobody else's.
    expect(await book(booking, input(start + 45 * MINUTE, { wish: asked }))).toMatchObject({
      ok: false,
      reason: 'taken',
    });
    const move = {
      appointmentId: id,
      start: start + 30 * MINUTE,
      clinicianId: asked.clinicianId,
      by: 'patient',
    } as const;
    expect(await moveAppointment(booking, move)).toEqual({ ok: true });
  });

  it('is free until the clinic’s notice and afterwards the clinic’s to do', async () => {
    const start = nine(25);
    const booked = await book(booking, input(start));
    const id = booked.ok ? booked.appointmentId : '';
    const now = world.clock.now();
    world.clock.set(start - 23 * HOUR);
    expect(await cancelAppointment(booking, { appointmentId: id, by: 'patient' })).toEqual({
      ok: false,
      reason: 'too_late',
    });
    expect(await cancelAppointment(booking, { appointmentId: id, by: 'clinic', reason: 'Ill' })).toEqual({
      ok: true,
      late: true,
    });
    expect(await cancelAppointment(booking, { appointmentId: id, by: 'clinic' })).toEqual({
      ok: false,
      reason: 'not_cancellable',
    });
    world.clock.set(now);
    expect(await book(booking, input(start))).toMatchObject({ ok: true });
  });
});

describe('what is offered', () => {
  it('is exactly what can be booked', async () => {
    const span = { start: nine(28) - 2 * HOUR, end: nine(28) + 10 * HOUR };
    const search = () => freeStarts(world.one.context, world.one.clinic, firstVisit, span, world.clock.now());
    let offered = await search();
    expect(offered.length).toBeGreaterThan(20);
    let booked = 0;
    while (offered.length > 0) {
      const next = offered[(booked * 7) % offered.length];
      if (!next) break;
      expect(await book(booking, input(next.start))).toMatchObject({ ok: true });
      booked += 1;
      offered = await search();
    }
    expect(booked).toBeGreaterThanOrEqual(14);
  });
});

import { describe, expect, it } from 'vitest';
import { at, day, details, get, id, post, useDesk, visit, world } from './desk-testing.ts';
import { createClinicWatch } from './live/clinic-watch.ts';

useDesk();

describe('the day', () => {
  it('shows each resource as a column with its visits and free times', async () => {
    const appointment = await visit(10);
    const page = await get('/desk?date=2026-03-02&site=harbour');
    expect(page.statusCode).toBe(200);
    expect(page.body).toContain('Monday 2 March');
    expect(page.body).toContain('Lisbon time, UTC+0');
    expect(page.body.match(new RegExp(`href="/desk/appointments/${appointment}"`, 'g'))).toHaveLength(2);
    expect(page.body).toContain('Free 9:00 to 10:00, new appointment for Ines Duarte');
  });

  it.each(['2026-02-30', 'yesterday', '', '9999-99-99'])('takes today for the date %j', async (date) => {
    expect((await get(`/desk?date=${date}`)).body).toContain('Monday 2 March');
  });

  it('leads whoever is not signed in to the sign-in page', async () => {
    const page = await get('/desk', null);
    expect([page.statusCode, page.headers.location]).toEqual([303, expect.stringContaining('/sign-in')]);
  });
});

describe('moving a visit', () => {
  it('keeps the room where it is free, and takes another where it is not', async () => {
    const moved = await visit(10);
    const before = (await details(moved))?.resourceIds ?? [];
    const room = before.find((one) => one !== id('ines')) ?? '';
    const inTheWay = room === id('room 1') ? 'room 1' : 'room 2';
    await post('/desk/blocks', {
      site: 'harbour',
      resources: [id(inTheWay)],
      label: 'Painting',
      date: '2026-03-02',
      from: '14:00',
      to: '15:00',
    });
    const fields = { from: id('ines'), to: id('ines'), sequence: '0' };
    const json = { accept: 'application/json' };
    const first = await post(`/desk/appointments/${moved}/move`, { ...fields, pick: `${at(11)}` }, json);
    expect([first.statusCode, first.json()]).toEqual([200, { ok: true, start: at(11) }]);
    expect(new Set((await details(moved))?.resourceIds)).toEqual(new Set(before));
    const second = await post(
      `/desk/appointments/${moved}/move`,
      { ...fields, sequence: '1', pick: `${at(14)}` },
      json,
    );
    expect(second.statusCode).toBe(200);
    expect((await details(moved))?.resourceIds).not.toContain(room);
  });

  it('goes to a colleague of the same kind, and back again by Undo', async () => {
    const moved = await visit(10);
    const before = (await details(moved))?.resourceIds ?? [];
    const there = { from: id('ines'), to: id('jonas'), sequence: '0', pick: `${at(10)}` };
    await post(`/desk/appointments/${moved}/move`, there, { accept: 'application/json' });
    expect((await details(moved))?.resourceIds).toContain(id('jonas'));
    const back = { resources: before.join(' '), sequence: '1', pick: `${at(10)}` };
    await post(`/desk/appointments/${moved}/move`, back, { accept: 'application/json' });
    expect(new Set((await details(moved))?.resourceIds)).toEqual(new Set(before));
  });

  it('is refused where somebody else is, with the nearest free times', async () => {
    const moved = await visit(10);
    await visit(12, 'ines', 'Berg');
    const fields = { from: id('ines'), to: id('ines'), pick: `${at(12, 15)}` };
    const refused = await post(`/desk/appointments/${moved}/move`, fields, { accept: 'application/json' });
    expect(refused.statusCode).toBe(409);
    expect(refused.json()).toMatchObject({ ok: false, reason: 'taken' });
    expect(refused.json().nearest.length).toBeGreaterThan(0);
    expect((await details(moved))?.start).toBe(at(10));
  });

  it('outside opening hours needs a reason', async () => {
    const moved = await visit(10);
    const fields = { from: id('ines'), to: id('ines'), date: '2026-03-02', time: '18:30' };
    const page = await post(`/desk/appointments/${moved}/move`, fields);
    expect([page.statusCode, page.body.includes('outside opening hours')]).toEqual([409, true]);
    const done = await post(`/desk/appointments/${moved}/move`, { ...fields, reason: 'Flight at noon' });
    expect([done.statusCode, done.headers.location]).toEqual([303, '/desk?date=2026-03-02&site=harbour']);
    expect(await details(moved)).toMatchObject({ start: at(18, 30), outsideHoursReason: 'Flight at noon' });
  });

  it('of what another desk has changed meanwhile is refused', async () => {
    const moved = await visit(10);
    const fields = { from: id('ines'), to: id('ines'), sequence: '0' };
    await post(`/desk/appointments/${moved}/move`, { ...fields, pick: `${at(11)}` });
    const late = await post(
      `/desk/appointments/${moved}/move`,
      { ...fields, pick: `${at(15)}` },
      { accept: 'application/json' },
    );
    expect([late.statusCode, late.json().reason]).toEqual([409, 'changed_meanwhile']);
  });
});

describe('what happens to a visit', () => {
  it('is noted: arrived, in the room, done', async () => {
    const appointment = await visit(10);
    for (const status of ['arrived', 'in_room', 'done']) {
      expect((await post(`/desk/appointments/${appointment}/status`, { status })).statusCode).toBe(303);
      expect((await details(appointment))?.status).toBe(status);
    }
  });

  it('is cancelled with a reason, and the time is free again', async () => {
    const appointment = await visit(10);
    await post(`/desk/appointments/${appointment}/cancel`, { reason: 'Ill' });
    expect(await details(appointment)).toMatchObject({ status: 'cancelled', cancelReason: 'Ill' });
    expect(await day()).toEqual([]);
    await visit(10, 'ines', 'Berg');
  });

  it('cannot be a status that does not exist', async () => {
    const appointment = await visit(10);
    expect((await post(`/desk/appointments/${appointment}/status`, { status: 'vanished' })).statusCode).toBe(
      422,
    );
  });
});

describe('live', () => {
  it('another desk hears of a change, and of nothing else', async () => {
    const watch = createClinicWatch(30);
    let heard = 0;
    const stop = watch.watch(world.one.context, () => {
      heard += 1;
    });
    await new Promise((resolve) => setTimeout(resolve, 150));
    await visit(10, 'ines', 'Almeida', world.other);
    const appointment = await visit(9);
    await expect.poll(() => heard).toBe(1);
    await get(`/desk/appointments/${appointment}`);
    await new Promise((resolve) => setTimeout(resolve, 150));
    expect(heard).toBe(1);
    await post(`/desk/appointments/${appointment}/status`, { status: 'arrived' });
    await expect.poll(() => heard).toBe(2);
    stop();
    watch.close();
  });
});

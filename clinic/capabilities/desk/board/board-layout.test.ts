import { startOfDay } from '@rectus/schedule';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { daySpan } from '../../../platform/web/wall-clock.ts';
import type { DayEntry } from '../../booking/index.ts';
import { type BoardResource, layOutBoard } from './board-layout.ts';

const HOUR = 3_600_000;
const LISBON = 'Europe/Lisbon';

const resource = (open: BoardResource['open']): BoardResource => ({
  id: 'ines',
  name: 'Ines Duarte',
  title: 'Physiotherapist',
  kinds: ['physiotherapist'],
  person: true,
  open,
});

const visit = (start: number, end: number, resourceIds = ['ines']): DayEntry => ({
  kind: 'appointment',
  id: `${start}`,
  start,
  end,
  resourceIds,
  label: 'Nora Almeida',
  serviceId: null,
  serviceName: 'First visit',
  status: 'booked',
  sequence: 0,
  expiresAt: null,
  patientId: null,
  siteId: null,
});

const lay = (date: string, zone: string, open: BoardResource['open'], entries: readonly DayEntry[] = []) =>
  layOutBoard({ day: daySpan(date, zone), zone, resources: [resource(open)], entries });

describe('the board of a day', () => {
  it('begins and ends with the full hours around the openings', () => {
    const midnight = startOfDay('2026-11-24', LISBON);
    const board = lay('2026-11-24', LISBON, [{ start: midnight + 8.5 * HOUR, end: midnight + 16.25 * HOUR }]);
    expect(board.hours.map((hour) => hour.label)).toEqual([
      '8:00',
      '9:00',
      '10:00',
      '11:00',
      '12:00',
      '13:00',
      '14:00',
      '15:00',
      '16:00',
    ]);
    expect(board.heightMin).toBe(9 * 60);
    expect(
      board.columns[0]?.items.map((item) => [item.kind, item.place.topMin, item.place.heightMin]),
    ).toEqual([
      ['closed', 0, 30],
      ['free', 30, 465],
      ['closed', 495, 45],
    ]);
  });

  it('shows a visit before opening time, and what is left of the free time around another', () => {
    const midnight = startOfDay('2026-11-24', LISBON);
    const at = (hour: number) => midnight + hour * HOUR;
    const board = lay(
      '2026-11-24',
      LISBON,
      [{ start: at(9), end: at(12) }],
      [visit(at(7), at(7.5)), visit(at(10), at(11))],
    );
    expect(board.hours[0]?.label).toBe('7:00');
    const kinds = board.columns[0]?.items.map((item) => `${item.kind} ${item.place.topMin}`);
    expect(kinds).toEqual(['closed 0', 'entry 0', 'free 120', 'entry 180', 'free 240']);
  });

  it('shows usual hours on a day on which nobody works', () => {
    const board = lay('2026-11-22', LISBON, []);
    expect([board.hours[0]?.label, board.hours.at(-1)?.label]).toEqual(['8:00', '17:00']);
    expect(board.columns[0]?.items).toMatchObject([{ kind: 'closed', place: { heightMin: 600 } }]);
  });

  it('has 23 hours and no 1:00 when the clocks go forward', () => {
    const board = lay('2026-03-29', LISBON, [daySpan('2026-03-29', LISBON)]);
    expect(board.heightMin).toBe(23 * 60);
    expect(board.hours.slice(0, 3)).toEqual([
      { topMin: 0, label: '0:00' },
      { topMin: 60, label: '2:00' },
      { topMin: 120, label: '3:00' },
    ]);
  });

  it('has 25 hours, and says which 1:00 is meant, when the clocks go back', () => {
    const board = lay('2026-10-25', LISBON, [daySpan('2026-10-25', LISBON)]);
    expect(board.heightMin).toBe(25 * 60);
    expect(board.hours.slice(0, 4).map((hour) => hour.label)).toEqual([
      '0:00',
      '1:00 UTC+1',
      '1:00 UTC+0',
      '2:00',
    ]);
  });

  it('keeps the hours right where the clock changes by half an hour', () => {
    const board = lay('2026-04-05', 'Australia/Lord_Howe', [daySpan('2026-04-05', 'Australia/Lord_Howe')]);
    expect(board.heightMin).toBe(24.5 * 60);
    expect(board.hours.map((hour) => hour.label.split(' ')[0])).toContain('23:00');
  });

  it('places everything inside the board, in order of time, whatever the day', () => {
    const zones = [LISBON, 'Europe/Berlin', 'America/St_Johns', 'Pacific/Apia', 'Asia/Kathmandu'];
    const days = fc
      .integer({ min: 0, max: 800 })
      .map((n) => new Date(Date.UTC(2026, 0, 1) + n * 24 * HOUR).toISOString().slice(0, 10));
    const spans = fc.array(fc.tuple(fc.integer({ min: -60, max: 1500 }), fc.integer({ min: 5, max: 300 })), {
      maxLength: 6,
    });
    fc.assert(
      fc.property(fc.constantFrom(...zones), days, spans, spans, (zone, date, open, visits) => {
        const { start } = daySpan(date, zone);
        const spanOf = ([from, length]: readonly [number, number]) => ({
          start: start + from * 60_000,
          end: start + (from + length) * 60_000,
        });
        const day = daySpan(date, zone);
        const inDay = open
          .map(spanOf)
          .map((one) => ({ start: Math.max(one.start, day.start), end: Math.min(one.end, day.end) }));
        const entries = visits.map(spanOf).map((one) => visit(one.start, one.end));
        const board = lay(
          date,
          zone,
          inDay.filter((one) => one.end > one.start),
          entries,
        );
        for (const { place } of board.columns[0]?.items ?? []) {
          expect(place.topMin).toBeGreaterThanOrEqual(0);
          expect(place.topMin + place.heightMin).toBeLessThanOrEqual(board.heightMin + 5);
        }
        expect(board.from).toBeGreaterThanOrEqual(day.start);
        expect(board.to).toBeLessThanOrEqual(day.end);
      }),
    );
  });
});

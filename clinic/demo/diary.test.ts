import { dateAt } from '@rectus/schedule';
import { describe, expect, test } from 'vitest';
import { type Diary, makeDiary } from './diary.ts';
import { openTimes } from './open-times.ts';
import { makePatients } from './patients.ts';
import type { ClinicPlan } from './plan.ts';
import { randomFrom } from './random.ts';
import { rectusClinic } from './rectus-clinic.ts';

const ID = '00000000-0000-4000-8000-000000000001';
const DAY = 86_400_000;

function diaryAt(now: number): { plan: ClinicPlan; diary: Diary } {
  const random = randomFrom(1);
  const plan = rectusClinic(random, ID, now);
  const patients = makePatients(random, plan.patientCount, dateAt(now, plan.timeZone), true);
  return { plan, diary: makeDiary(plan, random, patients, now) };
}

describe.each([
  '2026-11-24T11:18Z',
  '2026-11-22T03:00Z',
  '2027-03-28T00:59:59Z',
  '2026-10-25T01:30Z',
  '2026-12-31T23:30Z',
])('the diary as it stands at %s', (text) => {
  const now = Date.parse(text);
  const { plan, diary } = diaryAt(now);

  test('holds a month of appointments', () => {
    expect(diary.appointments.length).toBeGreaterThan(300);
    expect(diary.appointments.length).toBeLessThan(1_200);
  });

  test('claims nothing twice', () => {
    for (const { id } of plan.resources) {
      const spans = [
        ...diary.appointments
          .filter(({ resourceIds }) => resourceIds.includes(id))
          .map(({ start, claimedUntil }) => ({ start, end: claimedUntil })),
        ...diary.blocks.filter(({ resourceIds }) => resourceIds.includes(id)),
      ].sort((a, b) => a.start - b.start);
      spans.slice(1).forEach((span, index) => {
        expect(span.start).toBeGreaterThanOrEqual(spans[index]?.end ?? 0);
      });
    }
  });

  test('gives every visit what its service needs, within the hours of each', () => {
    const within = { start: now - 30 * DAY, end: now + 40 * DAY };
    const resources = new Map(plan.resources.map((resource) => [resource.id, resource]));
    for (const { service, siteId, start, end, resourceIds, status } of diary.appointments) {
      if (status === 'cancelled') continue;
      const used = resourceIds.flatMap((id) => resources.get(id) ?? []);
      expect(used.length).toBe(service.needs.reduce((sum, need) => sum + need.count, 0));
      for (const { kind } of service.needs) expect(used.some(({ kinds }) => kinds.includes(kind))).toBe(true);
      for (const resource of used) {
        const open = openTimes(plan, resource, siteId, within);
        expect(open.some((span) => span.start <= start && end <= span.end)).toBe(true);
      }
    }
  });

  test('says nothing about the future that only the past can know', () => {
    for (const { start, end, status, createdAt } of diary.appointments) {
      expect(createdAt).toBeLessThan(Math.min(now, start));
      if (end <= now) expect(status).toMatch(/^(done|no_show|cancelled)$/);
      else if (start <= now) expect(status).toMatch(/^(in_room|cancelled)$/);
      else expect(status).toMatch(/^(arrived|booked|cancelled)$/);
    }
  });

  test('lets nobody come for a first visit twice, or twice on a day', () => {
    const visits = Map.groupBy(diary.appointments, ({ patient }) => patient.id);
    for (const ofOne of visits.values()) {
      expect(ofOne.filter(({ service }) => service.slug.startsWith('first-visit')).length).toBeLessThan(2);
      const days = ofOne.map(({ start }) => dateAt(start, plan.timeZone));
      expect(new Set(days).size).toBe(days.length);
    }
  });

  test('thins out in the weeks to come', () => {
    const inWeek = (from: number) =>
      diary.appointments.filter(({ start }) => start >= now + from * DAY && start < now + (from + 7) * DAY)
        .length;
    expect(inWeek(1)).toBeGreaterThan(inWeek(8));
    expect(inWeek(8)).toBeGreaterThan(inWeek(15));
  });
});

test('the same moment gives the same diary', () => {
  const now = Date.parse('2026-11-24T11:18Z');
  expect(diaryAt(now).diary).toEqual(diaryAt(now).diary);
});

test('at noon on a working day somebody is in a room', () => {
  const statuses = diaryAt(Date.parse('2026-11-24T11:18Z')).diary.appointments.map(({ status }) => status);
  expect(statuses).toContain('in_room');
  expect(statuses).toContain('done');
  expect(statuses).toContain('no_show');
  expect(statuses).toContain('cancelled');
});

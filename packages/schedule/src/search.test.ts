import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  assign,
  daysWithStarts,
  firstStarts,
  freeStarts,
  freeStartsFromOpen,
  InvalidCountError,
  InvalidResourceError,
  InvalidServiceError,
  InvalidSpanError,
  isFreeStart,
  monthStarts,
  nearestStarts,
  openResources,
  type Resource,
  resourcesFreeAt,
  type Search,
  type Service,
  toInstant,
  toLocal,
  UnknownTimeZoneError,
  whyNotFree,
} from './index.ts';
import { clinics } from './testing/arbitrary.ts';
import { readings, slowStarts } from './testing/oracle.ts';

const MINUTE_MS = 60_000;
const LISBON = 'Europe/Lisbon';
const at = (local: string, zone = LISBON) => toInstant(local, zone);

const SERVICE: Service = {
  durationMin: 45,
  bufferBeforeMin: 0,
  bufferAfterMin: 15,
  leadMin: 120,
  horizonDays: 60,
  stepMin: 15,
  needs: [
    { kind: 'clinician', count: 1 },
    { kind: 'room', count: 1 },
  ],
};

const daily = (from: string, to: string, timeZone = LISBON) =>
  ([1, 2, 3, 4, 5, 6, 7] as const).map((weekday) => ({ weekday, from, to, timeZone }));

function resource(id: string, kinds: readonly string[], busy: readonly [string, string][] = []): Resource {
  const spans = busy.map(([from, to]) => ({ start: at(from), end: at(to) }));
  return { id, kinds, rules: daily('09:00', '12:00'), exceptions: [], busy: spans };
}

const monday = { start: at('2027-06-07T00:00'), end: at('2027-06-08T00:00') };

function search(resources: readonly Resource[], service: Partial<Service> = {}): Search {
  const now = at('2027-06-01T10:00');
  return { service: { ...SERVICE, ...service }, resources, timeZone: LISBON, now, within: monday };
}

const clocks = (starts: readonly { start: number }[], zone = LISBON) =>
  starts.map(({ start }) => {
    const { hour, minute } = toLocal(start, zone);
    return `${String(hour).padStart(2, '0')}:${String(minute).padStart(2, '0')}`;
  });

describe('free starts', () => {
  it('are those that a minute-by-minute search finds in random clinics around clock changes', () => {
    fc.assert(
      fc.property(clinics, ({ date, search: question }) => {
        const found = freeStarts(question);
        expect(found.map(({ start }) => start)).toEqual(
          slowStarts(question, readings(question.timeZone, date)),
        );
        for (const { start, end } of found)
          expect(end - start).toBe(question.service.durationMin * MINUTE_MS);
      }),
      { numRuns: 200 },
    );
  }, 30_000);

  it('are exactly the instants at which a start is free when asked one at a time', () => {
    fc.assert(
      fc.property(clinics, ({ search: question }) => {
        const { needs } = question.service;
        const offered = new Set(freeStarts(question).map(({ start }) => start));
        for (let start = question.within.start; start < question.within.end; start += 10 * MINUTE_MS) {
          expect(isFreeStart({ ...question, start })).toBe(offered.has(start));
          if (!offered.has(start)) continue;
          const ids = new Set(resourcesFreeAt({ ...question, start }));
          const candidates = question.resources.filter(({ id }) => ids.has(id));
          expect(
            assign({ needs, candidates: candidates.map((one) => ({ ...one, load: 0 })) }),
          ).not.toBeNull();
        }
      }),
      { numRuns: 60 },
    );
  }, 30_000);

  it('are the same when the opening hours were worked out beforehand, and whatever order busy spans come in', () => {
    fc.assert(
      fc.property(clinics, ({ search: question }) => {
        const { within, service } = question;
        const reach = { start: within.start, end: within.end + service.durationMin * MINUTE_MS };
        const backwards = question.resources.map((r) => ({ ...r, busy: [...r.busy].reverse() }));
        const opened = { ...question, resources: openResources(backwards, reach) };
        expect(freeStartsFromOpen(opened)).toEqual(freeStarts(question));
      }),
    );
  });

  it('leave the visit inside the opening hours, while its buffers may reach beyond them', () => {
    const starts = freeStarts(search([resource('ana', ['clinician']), resource('r1', ['room'])]));
    expect(clocks(starts)).toEqual([
      '09:00',
      '09:15',
      '09:30',
      '09:45',
      '10:00',
      '10:15',
      '10:30',
      '10:45',
      '11:00',
      '11:15',
    ]);
  });

  it('keep the buffers clear of what is booked already', () => {
    const busy: [string, string][] = [['2027-06-07T10:15', '2027-06-07T11:00']];
    const starts = freeStarts(search([resource('ana', ['clinician'], busy), resource('r1', ['room'])]));
    expect(clocks(starts)).toEqual(['09:00', '09:15', '11:00', '11:15']);
  });

  it('keep the buffer before the first start clear, too, when the search begins in the middle of a day', () => {
    const busy: [string, string][] = [['2027-06-07T09:00', '2027-06-07T10:00']];
    const staff = [resource('ana', ['clinician'], busy), resource('r1', ['room'])];
    const within = { start: at('2027-06-07T10:00'), end: at('2027-06-07T11:00') };
    const starts = freeStarts({ ...search(staff, { bufferBeforeMin: 20 }), within });
    expect(clocks(starts)).toEqual(['10:30', '10:45']);
    expect(whyNotFree({ ...search(staff, { bufferBeforeMin: 20 }), start: within.start })).toBe('busy');
  });

  it('mind neither empty busy spans nor those that lie within one another', () => {
    const empty: [string, string][] = [['2027-06-07T10:20', '2027-06-07T10:20']];
    const nested: [string, string][] = [
      ['2027-06-07T09:00', '2027-06-07T11:00'],
      ['2027-06-07T09:10', '2027-06-07T09:20'],
    ];
    const room = resource('r1', ['room']);
    expect(freeStarts(search([resource('ana', ['clinician'], empty), room]))).toHaveLength(10);
    expect(clocks(freeStarts(search([resource('ana', ['clinician'], nested), room])))).toEqual([
      '11:00',
      '11:15',
    ]);
  });

  it('need a second resource when one would have to serve two needs at once', () => {
    const everything = resource('ana', ['clinician', 'room']);
    expect(freeStarts(search([everything]))).toEqual([]);
    expect(freeStarts(search([everything, resource('r1', ['room'])]))).toHaveLength(10);
    expect(freeStarts(search([everything, resource('rui', ['clinician'])]))).toHaveLength(10);
  });

  it('are found among more than 32 resources, of one kind or of several', () => {
    const ids = Array.from({ length: 70 }, (_, index) => `p${index}`);
    const needs = [
      { kind: 'clinician', count: 69 },
      { kind: 'room', count: 1 },
    ];
    const staff = ids.map((id) => resource(id, ['clinician']));
    expect(freeStarts(search([...staff, resource('r', ['room'])], { needs }))).toHaveLength(10);
    const mixed = [...staff.slice(1), resource('p0', ['clinician', 'room'])];
    expect(freeStarts(search(mixed, { needs }))).toHaveLength(10);
    expect(freeStarts(search(mixed.slice(1), { needs }))).toEqual([]);
  });

  it('offer both passes of a repeated hour, and nothing in a skipped one', () => {
    const night = { ...resource('ana', ['clinician']), rules: daily('00:00', '03:00') };
    const question = {
      ...search([night], { needs: [{ kind: 'clinician', count: 1 }], stepMin: 30, durationMin: 30 }),
    };
    const on = (date: string, next: string) => {
      const within = { start: at(`${date}T00:00`), end: at(`${next}T00:00`) };
      return clocks(freeStarts({ ...question, now: within.start - 864e5, within }));
    };
    expect(on('2027-10-31', '2027-11-01')).toEqual([
      '00:00',
      '00:30',
      '01:00',
      '01:30',
      '01:00',
      '01:30',
      '02:00',
      '02:30',
    ]);
    expect(on('2027-03-28', '2027-03-29')).toEqual(['00:00', '00:30', '02:00', '02:30']);
  });
});

describe('a start that is not offered has a reason', () => {
  const staff = [
    resource('ana', ['clinician'], [['2027-06-07T09:00', '2027-06-07T10:00']]),
    resource('r1', ['room']),
  ];
  const why = (local: string, now = '2027-06-07T07:30') =>
    whyNotFree({ ...search(staff), now: at(now), start: at(local) });

  it('which is the first that applies', () => {
    expect(why('2027-06-07T07:15')).toBe('past');
    expect(why('2027-06-07T09:15')).toBe('lead');
    expect(why('2027-08-07T10:00')).toBe('horizon');
    expect(why('2027-06-07T10:01')).toBe('grid');
    expect(why('2027-06-07T11:30')).toBe('closed');
    expect(why('2027-06-07T09:45')).toBe('busy');
    expect(why('2027-06-07T10:00')).toBeNull();
    expect(why('2027-08-06T10:00')).toBeNull();
  });

  it('and the free resources of a time are named', () => {
    const free = (local: string) => resourcesFreeAt({ ...search(staff), start: at(local) });
    expect(free('2027-06-07T09:15')).toEqual(['r1']);
    expect(free('2027-06-07T10:00')).toEqual(['ana', 'r1']);
  });
});

describe('a month, the first few, the nearest', () => {
  const staff = [resource('ana', ['clinician']), resource('r1', ['room'])];

  it('a month shows every date, the full ones and the empty ones', () => {
    const now = at('2028-02-10T10:30');
    const month = monthStarts({ ...search(staff), now, month: '2028-02' });
    expect(month).toHaveLength(29);
    expect(month.map(({ starts }) => starts.length)).toEqual([...Array(10).fill(0), ...Array(19).fill(10)]);
    expect(month.at(-1)?.date).toBe('2028-02-29');
  });

  it('the year ends without a seam', () => {
    const now = at('2027-12-20T10:00');
    const within = { start: at('2027-12-30T00:00'), end: at('2028-01-03T00:00') };
    expect(daysWithStarts({ ...search(staff), now, within })).toEqual([
      { date: '2027-12-30', count: 10 },
      { date: '2027-12-31', count: 10 },
      { date: '2028-01-01', count: 10 },
      { date: '2028-01-02', count: 10 },
    ]);
  });

  it('counts of days and months agree with the starts themselves, in every zone', () => {
    fc.assert(
      fc.property(clinics, ({ date, search: question }) => {
        const counts = daysWithStarts(question);
        const starts = freeStarts(question);
        expect(counts.reduce((sum, { count }) => sum + count, 0)).toBe(starts.length);
        const wide = { ...question, service: { ...question.service, horizonDays: 1 } };
        const month = monthStarts({ ...wide, month: date.slice(0, 7) });
        const own = month.flatMap((day) => day.starts.map(({ start }) => [day.date, start]));
        const year = { start: question.now - 400 * 864e5, end: question.now + 400 * 864e5 };
        const all = freeStarts({ ...wide, within: year })
          .map(({ start }) => [toLocal(start, wide.timeZone).date, start] as const)
          .filter(([day]) => day.startsWith(date.slice(0, 7)));
        expect(own.sort()).toEqual(all.sort());
      }),
      { numRuns: 60 },
    );
  });

  it('the first few starts are the head of all starts up to the horizon', () => {
    fc.assert(
      fc.property(clinics, fc.integer({ min: 0, max: 40 }), ({ search: question }, count) => {
        const within = { start: question.now, end: question.now + 70 * 864e5 };
        expect(firstStarts({ ...question, count })).toEqual(
          freeStarts({ ...question, within }).slice(0, count),
        );
      }),
      { numRuns: 60 },
    );
  });

  it('the first few starts may begin later than now, and stop at the horizon', () => {
    const question = search(staff);
    expect(clocks(firstStarts({ ...question, from: at('2027-06-09T11:10'), count: 2 }))).toEqual([
      '11:15',
      '09:00',
    ]);
    expect(firstStarts({ ...question, count: 10_000 })).toHaveLength(60 * 10);
    const promptly = search(staff, { leadMin: 0 });
    expect(firstStarts({ ...promptly, count: 10_000 })).toHaveLength(6 + 60 * 10);
    expect(firstStarts({ ...question, resources: [], count: 5 })).toEqual([]);
    expect(() => firstStarts({ ...question, count: -1 })).toThrow(InvalidCountError);
  });

  it('the nearest starts are no further away than any that is left out', () => {
    const times = fc.uniqueArray(fc.integer({ min: 0, max: 100 }), { maxLength: 12 });
    fc.assert(
      fc.property(times, fc.integer({ min: -10, max: 110 }), fc.nat(14), (list, wanted, count) => {
        const starts = list.sort((a, b) => a - b).map((start) => ({ start, end: start + 1 }));
        const nearest = nearestStarts(starts, wanted, count);
        const byDistance = [...starts].sort(
          (a, b) => Math.abs(a.start - wanted) - Math.abs(b.start - wanted) || a.start - b.start,
        );
        expect(nearest).toEqual(byDistance.slice(0, count).sort((a, b) => a.start - b.start));
      }),
    );
  });
});

describe('a question that makes no sense is refused by name', () => {
  const staff = [resource('ana', ['clinician'])];

  it.each([
    { durationMin: 0 },
    { durationMin: Number.NaN },
    { bufferAfterMin: -1 },
    { leadMin: 0.5 },
    { horizonDays: 1e9 },
    { stepMin: 0 },
    { stepMin: 1441 },
    { needs: [] },
    { needs: [{ kind: '', count: 1 }] },
    { needs: [{ kind: 'room', count: 0 }] },
    { needs: [{ kind: 'room', count: 1, among: 'ana' as unknown as string[] }] },
  ])('service %o', (mistake) => {
    expect(() => freeStarts(search(staff, mistake))).toThrow(InvalidServiceError);
  });

  it('twins, unknown zones and spans that run backwards', () => {
    expect(() => freeStarts(search([...staff, ...staff]))).toThrow(InvalidResourceError);
    expect(() => freeStarts({ ...search(staff), timeZone: 'Lisbon' })).toThrow(UnknownTimeZoneError);
    expect(() => freeStarts({ ...search(staff), within: { start: 5, end: 4 } })).toThrow(InvalidSpanError);
    const backwards = [{ ...resource('ana', ['clinician']), busy: [{ start: 5, end: 4 }] }];
    expect(() => freeStarts(search(backwards))).toThrow(InvalidSpanError);
  });

  it('a need for more than there is finds nothing', () => {
    expect(freeStarts(search(staff, { needs: [{ kind: 'clinician', count: 1e9 }] }))).toEqual([]);
  });
});

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { copyDay, firstPlace, gridValues, readWeek, rowCount, rowField, type WeekSpan } from './week-grid.ts';

const HARBOUR = '11111111-1111-4111-8111-111111111111';
const MILL = '22222222-2222-4222-8222-222222222222';
const SITES = [HARBOUR, MILL];

/** Rows of one weekday: from, to, and optionally place and dates. */
function day(weekday: number, rows: readonly (readonly string[])[]): Record<string, string> {
  const values: Record<string, string> = {};
  rows.forEach(([from = '', to = '', place = `site ${HARBOUR}`, validFrom = '', validTo = ''], row) => {
    values[rowField('from', weekday, row)] = from;
    values[rowField('to', weekday, row)] = to;
    values[rowField('place', weekday, row)] = place;
    values[rowField('validFrom', weekday, row)] = validFrom;
    values[rowField('validTo', weekday, row)] = validTo;
  });
  return values;
}

function errorsOf(values: Record<string, string>): Readonly<Record<string, string>> {
  const result = readWeek(values, SITES);
  return result.ok ? {} : result.errors;
}

describe('a week of opening hours', () => {
  test('takes several spans a day, each at its own place', () => {
    const values = day(1, [
      ['8', '12:30', `both ${HARBOUR}`],
      ['13.30', '17:00', `site ${MILL}`],
      ['1930', '2100', 'video'],
    ]);
    expect(readWeek(values, SITES)).toEqual({
      ok: true,
      spans: [
        {
          weekday: 1,
          from: '08:00',
          to: '12:30',
          siteId: HARBOUR,
          telehealth: true,
          validFrom: null,
          validTo: null,
        },
        {
          weekday: 1,
          from: '13:30',
          to: '17:00',
          siteId: MILL,
          telehealth: false,
          validFrom: null,
          validTo: null,
        },
        {
          weekday: 1,
          from: '19:30',
          to: '21:00',
          siteId: null,
          telehealth: true,
          validFrom: null,
          validTo: null,
        },
      ],
    });
  });

  test('counts a row without times as removed', () => {
    expect(
      readWeek(
        day(3, [
          ['', ''],
          ['9', '10'],
          [' ', ''],
        ]),
        SITES,
      ),
    ).toMatchObject({
      ok: true,
      spans: [{ weekday: 3, from: '09:00' }],
    });
  });

  test('says at the field which two spans overlap', () => {
    expect(
      errorsOf(
        day(2, [
          ['8', '12'],
          ['13', '17'],
          ['11:45', '12:15', 'video'],
        ]),
      ),
    ).toEqual({
      [rowField('from', 2, 2)]: 'Tuesday: 11:45 to 12:15 overlaps 8:00 to 12:00',
    });
  });

  test('lets spans touch', () => {
    expect(
      errorsOf(
        day(2, [
          ['8', '12'],
          ['12', '17'],
        ]),
      ),
    ).toEqual({});
  });

  test('lets hours of the same time follow one another over the year', () => {
    const winter = ['8', '16', `site ${HARBOUR}`, '', '2027-03-31'];
    const summer = ['7', '15', `site ${HARBOUR}`, '2027-04-01', ''];
    expect(errorsOf(day(1, [winter, summer]))).toEqual({});
    const early = ['7', '15', `site ${HARBOUR}`, '2027-03-31', ''];
    expect(Object.keys(errorsOf(day(1, [winter, early])))).toEqual([rowField('from', 1, 1)]);
  });

  test.each([
    [['8', ''], rowField('to', 5, 0), /when it ends/],
    [['', '12'], rowField('from', 5, 0), /when it begins/],
    [['12', '8'], rowField('to', 5, 0), /after 12:00/],
    [['8', '8'], rowField('to', 5, 0), /after 8:00/],
    [['8', '25'], rowField('to', 5, 0), /when it ends/],
    [['8', '9', 'site elsewhere'], rowField('place', 5, 0), /where/],
    [['8', '9', 'video', '2027-02-29'], rowField('validFrom', 5, 0), /no date/],
    [['8', '9', 'video', '2027-03-02', '2027-03-01'], rowField('validTo', 5, 0), /not come before/],
  ])('refuses %j at the field %s', (row, field, message) => {
    expect(errorsOf(day(5, [row]))).toEqual({ [field]: expect.stringMatching(message) });
  });

  test('keeps a day for one more span at hand', () => {
    expect(
      rowCount(
        day(1, [
          ['8', '12'],
          ['13', '17'],
        ]),
        1,
      ),
    ).toBe(3);
    expect(rowCount({}, 1)).toBe(1);
  });

  test('copies a day over others and clears what stood there', () => {
    const values = {
      ...day(1, [['8', '12']]),
      ...day(2, [
        ['9', '10'],
        ['11', '12'],
      ]),
    };
    const result = readWeek(copyDay(values, 1, [2, 3]), SITES);
    expect(result.ok ? result.spans.map(({ weekday, from }) => [weekday, from]) : []).toEqual([
      [1, '08:00'],
      [2, '08:00'],
      [3, '08:00'],
    ]);
  });

  test('comes back from the page as it was', () => {
    const minutes = fc.integer({ min: 0, max: 95 }).map((quarter) => quarter * 15);
    const text = (value: number) =>
      `${String(Math.floor(value / 60)).padStart(2, '0')}:${String(value % 60).padStart(2, '0')}`;
    const span = fc
      .record({
        weekday: fc.integer({ min: 1, max: 7 }),
        from: minutes,
        length: fc.integer({ min: 1, max: 8 }),
        place: fc.constantFrom('video', `site ${HARBOUR}`, `both ${MILL}`),
        dates: fc.constantFrom(
          [null, null],
          ['2027-01-01', null],
          [null, '2027-12-31'],
          ['2027-01-01', '2027-02-01'],
        ),
      })
      .map(({ weekday, from, length, place, dates }): WeekSpan => {
        const [kind, siteId = null] = place.split(' ');
        return {
          weekday,
          from: text(from),
          to: text(Math.min(from + length * 15, 1440)),
          siteId,
          telehealth: kind !== 'site',
          validFrom: dates[0] ?? null,
          validTo: dates[1] ?? null,
        };
      });
    fc.assert(
      fc.property(fc.array(span, { maxLength: 8 }), (spans) => {
        const result = readWeek(gridValues(spans), SITES);
        const sorted = (list: readonly WeekSpan[]) =>
          list.map((one) => JSON.stringify(one, Object.keys(one).sort())).sort();
        if (result.ok) expect(sorted(result.spans)).toEqual(sorted(spans));
        else expect(Object.values(result.errors).every((message) => message.includes('overlaps'))).toBe(true);
      }),
    );
  });
});

test('another span is most likely worked where the first one is', () => {
  expect(firstPlace(day(4, [['9', '12', `both ${MILL}`]]))).toBe(`both ${MILL}`);
  expect(firstPlace({})).toBeUndefined();
});

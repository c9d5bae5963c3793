import { describe, expect, test } from 'vitest';
import { closureWhen, readClosure } from './closure-form.ts';

const SITE = '11111111-1111-4111-8111-111111111111';
const INES = '22222222-2222-4222-8222-222222222222';
const ROOM = '33333333-3333-4333-8333-333333333333';
const CHOICES = { siteIds: [SITE], resourceIds: [INES, ROOM] };

const closed = (changes: Record<string, string>) =>
  readClosure(
    { kind: 'closed', scope: 'clinic', firstDay: '2026-12-25', reason: 'Christmas', ...changes },
    CHOICES,
  );
const opened = (changes: Record<string, string>) =>
  readClosure(
    {
      kind: 'open',
      site: SITE,
      resources: `${INES}\n${ROOM}`,
      firstDay: '2026-12-05',
      firstTime: '9',
      lastTime: '13',
      ...changes,
    },
    CHOICES,
  );

describe('a closure', () => {
  test('of one whole day ends with the next midnight', () => {
    expect(closed({})).toMatchObject({
      ok: true,
      value: {
        about: [{ siteId: null, resourceId: null }],
        starts: '2026-12-25T00:00',
        ends: '2026-12-26T00:00',
        reason: 'Christmas',
      },
    });
  });

  test('counts its last day in, over the end of the year', () => {
    expect(closed({ firstDay: '2026-12-24', lastDay: '2026-12-31' })).toMatchObject({
      value: { starts: '2026-12-24T00:00', ends: '2027-01-01T00:00' },
    });
  });

  test('can begin and end within days', () => {
    expect(closed({ firstTime: '12.30', lastTime: '15', lastDay: '2026-12-26' })).toMatchObject({
      value: { starts: '2026-12-25T12:30', ends: '2026-12-26T15:00' },
    });
  });

  test.each([
    [{ scope: `site ${SITE}` }, { siteId: SITE, resourceId: null }],
    [{ scope: `resource ${INES}` }, { siteId: null, resourceId: INES }],
  ])('with %j is about that alone', (changes, about) => {
    expect(closed(changes)).toMatchObject({ value: { about: [about] } });
  });

  test.each([
    [{ scope: '' }, 'scope'],
    [{ scope: 'site elsewhere' }, 'scope'],
    [{ firstDay: '' }, 'firstDay'],
    [{ firstDay: '2027-02-29' }, 'firstDay'],
    [{ firstDay: '0001-01-01' }, 'firstDay'],
    [{ lastDay: '2026-12-24' }, 'lastDay'],
    [{ lastDay: '2028-12-24' }, 'lastDay'],
    [{ firstTime: 'noon' }, 'firstTime'],
    [{ firstTime: '24:00' }, 'firstTime'],
    [{ firstTime: '12:00', lastTime: '11:00' }, 'lastTime'],
    [{ reason: 'x'.repeat(121) }, 'reason'],
  ])('with %j is refused at the field', (changes, field) => {
    const result = closed(changes);
    expect(result.ok ? [] : Object.keys(result.errors)).toEqual([field]);
  });
});

describe('an extra opening', () => {
  test('opens everybody and everything that was ticked', () => {
    expect(opened({})).toMatchObject({
      ok: true,
      value: {
        about: [
          { siteId: SITE, resourceId: INES },
          { siteId: SITE, resourceId: ROOM },
        ],
        starts: '2026-12-05T09:00',
        ends: '2026-12-05T13:00',
      },
    });
  });

  test.each([
    [{ site: '' }, 'site'],
    [{ resources: '' }, 'resources'],
    [{ firstTime: '' }, 'firstTime'],
    [{ lastTime: '' }, 'lastTime'],
  ])('with %j is refused at the field', (changes, field) => {
    const result = opened(changes);
    expect(result.ok ? [] : Object.keys(result.errors)).toEqual([field]);
  });
});

test.each([
  ['2026-12-25T00:00', '2026-12-26T00:00', '25 December 2026'],
  ['2026-12-24T00:00', '2027-01-04T00:00', '24 December 2026 to 3 January 2027'],
  ['2027-05-04 12:00:00', '2027-05-04 15:30:00', '4 May 2027, 12:00 to 15:30'],
  ['2027-05-04T18:00', '2027-05-05T00:00', '4 May 2027, 18:00 to 24:00'],
  ['2027-05-04T18:00', '2027-05-06T09:00', '4 May 2027, 18:00 to 6 May 2027, 9:00'],
])('from %s to %s reads "%s"', (starts, ends, text) => {
  expect(closureWhen(starts, ends, 'en-GB')).toBe(text);
});

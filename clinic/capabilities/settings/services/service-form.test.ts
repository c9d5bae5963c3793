import { describe, expect, test } from 'vitest';
import { needField, readServiceForm, serviceValues } from './service-form.ts';

const SITE = '11111111-1111-4111-8111-111111111111';
const POSTED = {
  name: ' First  visit ',
  summary: 'We listen.',
  mode: 'site',
  price: '85,00',
  durationMin: '45',
  bufferBeforeMin: '0',
  bufferAfterMin: '5',
  stepMin: '15',
  lead: '1,5',
  horizonDays: '60',
  online: 'yes',
  position: '3',
  sites: SITE,
  [needField('physiotherapist')]: '1',
  [needField('room')]: '1',
  [needField('gait lab')]: '0',
};

const errorsOf = (changes: Record<string, string>) => {
  const form = readServiceForm({ ...POSTED, ...changes }, 'EUR', [SITE]);
  return form.ok ? {} : form.errors;
};

describe('a posted service', () => {
  test('is read with its price in cents and its notice in minutes', () => {
    const form = readServiceForm(POSTED, 'EUR', [SITE]);
    expect(form.ok && form.value).toMatchObject({
      priceMinor: 8500,
      leadMin: 90,
      siteIds: [SITE],
      needs: [
        { kind: 'physiotherapist', count: 1 },
        { kind: 'room', count: 1 },
      ],
    });
  });

  test('comes back from its own page unchanged', () => {
    const form = readServiceForm(POSTED, 'EUR', [SITE]);
    if (!form.ok) throw new Error('expected a service');
    const again = readServiceForm(serviceValues(form.value, 'EUR'), 'EUR', [SITE]);
    expect(again.ok && again.value).toEqual(form.value);
  });

  test('by video has no site', () => {
    const form = readServiceForm({ ...POSTED, mode: 'telehealth' }, 'EUR', [SITE]);
    expect(form.ok && form.value.siteIds).toEqual([]);
  });

  test.each([
    [{ name: ' ' }, 'name'],
    [{ name: 'x'.repeat(121) }, 'name'],
    [{ mode: 'elsewhere' }, 'mode'],
    [{ price: '85.005' }, 'price'],
    [{ durationMin: '4' }, 'durationMin'],
    [{ durationMin: '1e3' }, 'durationMin'],
    [{ stepMin: '0' }, 'stepMin'],
    [{ lead: '-1' }, 'lead'],
    [{ horizonDays: '366' }, 'horizonDays'],
    [{ sites: '' }, 'sites'],
    [{ sites: '22222222-2222-4222-8222-222222222222' }, 'sites'],
    [{ [needField('room')]: '9' }, needField('room')],
    [{ [needField('room')]: 'one' }, needField('room')],
  ])('with %j is refused at the field', (changes, field) => {
    expect(Object.keys(errorsOf(changes))).toEqual([field]);
  });

  test('that needs nobody and nothing is refused', () => {
    const none = { [needField('physiotherapist')]: '', [needField('room')]: '0' };
    expect(Object.values(errorsOf(none))).toEqual(['A visit needs at least one of these']);
  });

  test('with several mistakes names all of them at once', () => {
    expect(Object.keys(errorsOf({ name: '', price: 'free', [needField('room')]: 'x' })).sort()).toEqual([
      'name',
      needField('room'),
      'price',
    ]);
  });
});

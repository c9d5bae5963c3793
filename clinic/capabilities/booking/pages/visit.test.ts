import { describe, expect, it } from 'vitest';
import type { CatalogueResource } from '../core/catalogue.ts';
import { addressLine, personSlugs } from './visit.ts';

const person = (id: string, name: string, isPerson = true) =>
  ({ id, name, person: isPerson }) as CatalogueResource;

describe('how an address names a clinician', () => {
  it('without accents, capitals or spaces, in whatever script the name is written', () => {
    const resources = [
      person('1', 'Inês Duarte'),
      person('2', 'Владислав'),
      person('3', 'O’Brien-Smith, Dr.'),
    ];
    expect([...personSlugs({ resources }).values()]).toEqual([
      'ines-duarte',
      'владислав',
      'o-brien-smith-dr',
    ]);
  });

  it('so that namesakes differ, and rooms have no name at all', () => {
    const resources = [
      person('1', 'Ana Silva'),
      person('2', 'Ana Sílva'),
      person('3', 'Room 1', false),
      person('4', '…'),
    ];
    expect([...personSlugs({ resources })]).toEqual([
      ['1', 'ana-silva'],
      ['2', 'ana-silva-2'],
      ['4', '4'],
    ]);
  });
});

describe('an address line', () => {
  it('says the city once', () => {
    const site = { id: '', slug: '', name: '', timeZone: '', note: '', city: 'Lisbon' };
    expect(addressLine({ ...site, address: '1 Quay Street' })).toBe('1 Quay Street, Lisbon');
    expect(addressLine({ ...site, address: '1 Quay Street, Lisbon' })).toBe('1 Quay Street, Lisbon');
    expect(addressLine({ ...site, address: '' })).toBe('Lisbon');
  });
});

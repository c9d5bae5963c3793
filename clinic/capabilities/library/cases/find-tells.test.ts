import { describe, expect, it } from 'vitest';
import { findTells, type KnownOfPerson, openTells } from './find-tells.ts';

const EMIL: KnownOfPerson = {
  givenName: 'Emil',
  familyName: 'van der Núñez-Vogt',
  birthDate: '1994-05-03',
  email: 'emil@example.org',
  phone: '+49 30 23125 100',
  ids: ['US1001'],
  places: ['Lisbon', 'Harbour site'],
};
const kinds = (text: string) => findTells(text, EMIL).map(({ kind, found }) => `${kind}: ${found}`);

describe('the search for what tells whom a case is about', () => {
  it('finds names however they are written, whole and in parts', () => {
    expect(kinds('EMIL felt it. Mr Nunez and Vogt’s thigh.')).toEqual([
      'name: EMIL',
      'name: Nunez',
      'name: Vogt’s',
    ]);
  });

  it('leaves words alone that only contain a name or are a small part of one', () => {
    expect(kinds('A similar family of problems, seen by van or on der Heide.')).toEqual([]);
  });

  it('knows the day of birth among other dates', () => {
    expect(kinds('Born 3 May 1994, seen 2026-11-22 and on 22/11/26.')).toEqual([
      'birth-date: 3 May 1994',
      'date: 2026-11-22',
      'date: 22/11/26',
    ]);
    expect(
      kinds('Born 03.05.1994 or May 3rd, 1994 or 19940503.').every((one) => one.startsWith('birth-date')),
    ).toBe(true);
  });

  it('finds addresses, numbers and identifiers', () => {
    expect(kinds('Write to emil@example.org or +49 30 23125 100; exam US1001, 1.2.840.10008.5.1')).toEqual([
      'contact: emil@example.org',
      'name: emil',
      'contact: +49 30 23125 100',
      'id: US1001',
      'id: 1.2.840.10008.5.1',
    ]);
  });

  it('takes measures and spans of time for what they are', () => {
    expect(
      kinds('The gap grew from 6.2 mm to 24.8 mm in 1.4 s, seven weeks after birth, in 30 frames.'),
    ).toEqual([]);
  });

  it('lets a place stand when somebody looked at it, but never a name', () => {
    const tells = findTells('Emil of Lisbon.', EMIL);
    expect(openTells(tells, ['Lisbon', 'Emil']).map(({ found }) => found)).toEqual(['Emil']);
  });
});

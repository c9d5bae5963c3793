import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readForm } from '../../platform/web/form.ts';
import { personSchema, withBirthDate } from './person-form.ts';

const TODAY = '2026-11-22';
const MAYA = {
  givenName: 'Maya',
  familyName: 'Okafor',
  birthDay: '3',
  birthMonth: '9',
  birthYear: '1992',
  email: 'maya@example.org',
  phone: '',
};
const read = (changes: Record<string, unknown>) =>
  readForm(personSchema(TODAY), withBirthDate({ ...MAYA, ...changes } as Record<string, string>));
const errorAt = (changes: Record<string, unknown>) => {
  const form = read(changes);
  return form.ok ? {} : form.errors;
};

describe('a person’s details', () => {
  it('are taken as written', () => {
    const form = read({});
    expect(form.ok && form.value).toEqual({
      givenName: 'Maya',
      familyName: 'Okafor',
      birthDate: '1992-09-03',
      email: 'maya@example.org',
      phone: null,
    });
  });

  it.each(['李小龍', 'Владислав', 'अनन्या', 'مريم', 'Nguyễn Thị Ánh', 'O’Brien-Smith', 'X Æ A-12', '𠮷野'])(
    'a name may be in any script: %s',
    (name) => {
      const form = read({ familyName: name });
      expect(form.ok && form.value.familyName).toBe(name.normalize('NFC'));
    },
  );

  it('a name of 10,000 characters is refused at its field, and stays as typed', () => {
    const form = read({ familyName: 'a'.repeat(10_000) });
    expect(!form.ok && Object.keys(form.errors)).toEqual(['familyName']);
    expect(form.values.familyName).toHaveLength(10_000);
  });

  it('a name counts as people count: a hundred emoji are a hundred characters', () => {
    expect(read({ givenName: '👶'.repeat(100) }).ok).toBe(true);
    expect(errorAt({ givenName: '👶'.repeat(101) })).toHaveProperty('givenName');
  });

  it.each(['', '   ', 'Ma\nya', 'Ma\u202eya'])(
    'a name may not be empty or hold controls: %j',
    (givenName) => {
      expect(errorAt({ givenName })).toHaveProperty('givenName');
    },
  );

  it.each([
    'maya@example.org\nbcc: all@example.org',
    'maya@example.org\r\n',
    'maya',
    '',
    'a@b',
    '@example.org',
  ])('an e-mail address must be one address on one line: %j', (email) => {
    expect(Object.keys(errorAt({ email }))).toEqual(['email']);
  });

  it.each([
    ['29', '2', '2027', 'no such date'],
    ['29', '2', '2023', 'no such date'],
    ['31', '4', '1990', 'no such date'],
    ['3', '9', '92', 'no such date'],
    ['x', 'y', 'z', 'no such date'],
    ['23', '11', '2026', 'still to come'],
    ['1', '1', '1850', 'check the year'],
    ['', '', '', 'day, month and year'],
  ])('a birth date of %s/%s/%s is refused: %s', (birthDay, birthMonth, birthYear, message) => {
    expect(errorAt({ birthDay, birthMonth, birthYear }).birthDate).toMatch(new RegExp(message));
  });

  it('29 February of a leap year is a birthday', () => {
    const form = read({ birthDay: '29', birthMonth: '02', birthYear: '1992' });
    expect(form.ok && form.value.birthDate).toBe('1992-02-29');
  });

  it.each(['+351 21 000 0000', '(020) 7946-0000', '030/1234567'])(
    'a telephone number as written: %s',
    (phone) => {
      const form = read({ phone });
      expect(form.ok && form.value.phone).toBe(phone);
    },
  );

  it('a telephone number must be one', () => {
    expect(errorAt({ phone: 'call my mum' })).toHaveProperty('phone');
    expect(errorAt({ phone: '-----' })).toHaveProperty('phone');
  });

  it('nothing that can be typed makes the form fall over', () => {
    fc.assert(
      fc.property(
        fc.dictionary(fc.constantFrom(...Object.keys(MAYA)), fc.string({ unit: 'binary' })),
        (changes) => {
          expect(typeof read(changes).ok).toBe('boolean');
        },
      ),
    );
  });
});

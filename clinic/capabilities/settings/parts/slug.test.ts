import fc from 'fast-check';
import { expect, test } from 'vitest';
import { slugFor } from './slug.ts';

test('a name becomes a plain part of an address', () => {
  expect(slugFor('First visit', [], 60)).toBe('first-visit');
  expect(slugFor('Überprüfung: 3D gait', [], 60)).toBe('uberprufung-3d-gait');
});

test('a name that is taken gets a number', () => {
  expect(slugFor('Visit', ['visit', 'visit-2'], 60)).toBe('visit-3');
});

test('whatever the name, the database accepts the slug', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', maxLength: 120 }), (name) => {
      expect(slugFor(name, ['no-1'], 40)).toMatch(/^[a-z0-9-]{2,40}$/);
    }),
  );
});

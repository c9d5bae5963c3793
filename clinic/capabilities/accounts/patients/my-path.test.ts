import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { myPath, signInForMy } from './my-path.ts';

describe('the page after signing in', () => {
  it('is one of the patient’s own, with what it was asked for', () => {
    for (const path of ['/my', '/my?for=1', '/my/account', '/orders/abc.def?done=1'])
      expect(myPath(path)).toBe(path);
    expect(signInForMy('/my')).toBe('/my/sign-in');
    expect(signInForMy('/my/account?done=added')).toBe('/my/sign-in?next=%2Fmy%2Faccount%3Fdone%3Dadded');
  });

  it('is never anywhere else, whatever the link says', () => {
    const parts = fc.constantFrom(
      '/',
      '\\',
      '/my',
      '..',
      '//',
      'evil.example',
      '@',
      ':',
      '?',
      '#',
      '%2f',
      '\t',
      '/desk',
    );
    const wanted = fc.oneof(
      fc.string(),
      fc.webUrl(),
      fc.array(parts).map((list) => list.join('')),
    );
    fc.assert(
      fc.property(wanted, (text) => {
        const url = new URL(myPath(text), 'http://one.test');
        expect(url.origin).toBe('http://one.test');
        expect(url.pathname).toMatch(/^\/(my|orders)(\/|$)/);
        expect(url.pathname).not.toMatch(/^\/my\/sign-(in|out)(\/|$)/);
      }),
    );
  });
});

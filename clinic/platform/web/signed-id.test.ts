import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { openSignedId, signId } from './signed-id.ts';

const secret = 'a secret that only this test knows, and long';

describe('a signed id', () => {
  it('opens for its purpose and no other', () => {
    fc.assert(
      fc.property(fc.uuid(), (id) => {
        const signed = signId(secret, 'manage', id);
        expect(openSignedId(secret, 'manage', signed)).toBe(id);
        expect(openSignedId(secret, 'hold', signed)).toBeNull();
        expect(openSignedId('another secret', 'manage', signed)).toBeNull();
      }),
    );
  });

  it('that was changed anywhere, cut short or made up opens nothing', () => {
    const id = '01890000-0000-7000-8000-000000000000';
    const signed = signId(secret, 'manage', id);
    for (let at = 0; at < signed.length; at++) {
      const other = signed[at] === 'a' ? 'b' : 'a';
      expect(openSignedId(secret, 'manage', signed.slice(0, at) + other + signed.slice(at + 1))).not.toBe(id);
      expect(openSignedId(secret, 'manage', signed.slice(0, at))).toBeNull();
    }
    fc.assert(fc.property(fc.string(), (text) => openSignedId(secret, 'manage', text) === null));
  });
});

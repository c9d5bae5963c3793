import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createSeals } from './sealed.ts';

const SECRET = 'a secret that only tests know, long enough to be one';

describe('sealed text', () => {
  const seals = createSeals(SECRET, 'tests');

  it('opens to what was sealed, and looks different each time', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        const [one, other] = [seals.seal(value), seals.seal(value)];
        expect(seals.open(one)).toEqual(JSON.parse(JSON.stringify(value)));
        expect(one).not.toBe(other);
      }),
    );
  });

  it('stays shut for another purpose and under another secret', () => {
    const sealed = seals.seal('sk_test_secret');
    expect(createSeals(SECRET, 'other tests').open(sealed)).toBeNull();
    expect(createSeals(`${SECRET}!`, 'tests').open(sealed)).toBeNull();
  });

  it('stays shut when a single byte was changed or is missing', () => {
    const sealed = Buffer.from(seals.seal({ key: 'value' }), 'base64url');
    for (let at = 0; at < sealed.length; at++) {
      const changed = Buffer.from(sealed);
      changed[at] = (changed[at] ?? 0) ^ 1;
      expect(seals.open(changed.toString('base64url'))).toBeNull();
      expect(seals.open(sealed.subarray(0, at).toString('base64url'))).toBeNull();
    }
  });
});

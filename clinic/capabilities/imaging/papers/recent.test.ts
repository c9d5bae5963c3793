import { describe, expect, it } from 'vitest';
import { createRecent } from './recent.ts';

describe('things that were made lately', () => {
  const of = (made: string[]) => (key: string) => async () => {
    made.push(key);
    return key;
  };

  it('are made once, and the longest unused goes when there is no room', async () => {
    const made: string[] = [];
    const [make, recent] = [of(made), createRecent<string>(2, () => 1)];
    for (const key of ['a', 'b', 'a', 'c', 'a', 'b']) expect(await recent.get(key, make(key))).toBe(key);
    expect(made).toEqual(['a', 'b', 'c', 'b']);
  });

  it('are made once for all who ask at the same time, and again after a failure', async () => {
    const made: string[] = [];
    const recent = createRecent<string>(9, () => 1);
    await Promise.all([recent.get('a', of(made)('a')), recent.get('a', of(made)('a'))]);
    expect(made).toEqual(['a']);
    await expect(recent.get('x', () => Promise.reject(new Error('damaged')))).rejects.toThrow('damaged');
    expect(await recent.get('x', of(made)('x'))).toBe('x');
  });

  it('are not kept when one alone has no room', async () => {
    const made: string[] = [];
    const recent = createRecent<string>(3, (value) => value.length);
    for (let n = 0; n < 2; n++) await recent.get('long', of(made)('long'));
    expect(made).toEqual(['long', 'long']);
  });
});

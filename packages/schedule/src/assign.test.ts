import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { assign, type Candidate, InvalidResourceError, InvalidServiceError, type Need } from './index.ts';

const one = (id: string, kinds: readonly string[], load = 0): Candidate => ({ id, kinds, load });

/** Tries every way to fill the needs, one place after the other. */
function everyWay(needs: readonly Need[], candidates: readonly Candidate[]): Candidate[][] {
  const [need, ...rest] = needs.flatMap((n) => Array.from({ length: n.count }, () => ({ ...n, count: 1 })));
  if (need === undefined) return [[]];
  return candidates
    .filter((c) => c.kinds.includes(need.kind) && (need.among?.includes(c.id) ?? true))
    .flatMap((c) =>
      everyWay(
        rest,
        candidates.filter((other) => other !== c),
      ).map((way) => [c, ...way]),
    );
}

const kinds = fc.subarray(['clinician', 'sonographer', 'room'], { minLength: 1 });
const candidates = fc
  .array(fc.tuple(kinds, fc.nat(5)), { maxLength: 6 })
  .map((list) => list.map(([own, load], index) => one(`r${index}`, own, load)));
const needs = fc.array(
  fc.record(
    {
      kind: fc.constantFrom('clinician', 'sonographer', 'room'),
      count: fc.integer({ min: 1, max: 2 }),
      among: fc.subarray(['r0', 'r1', 'r2', 'r3']),
    },
    { requiredKeys: ['kind', 'count'] },
  ),
  { maxLength: 3 },
);

describe('assign', () => {
  it('finds a set of least load wherever there is any, with those who are wanted', () => {
    fc.assert(
      fc.property(needs, candidates, fc.subarray(['r0', 'r1', 'r2']), (need, list, wanted) => {
        const ways = everyWay(need, list).filter((way) => wanted.every((id) => way.some((c) => c.id === id)));
        const chosen = assign({ needs: need, candidates: list, wanted });
        const load = (ids: readonly string[]) =>
          list.filter(({ id }) => ids.includes(id)).reduce((sum, c) => sum + c.load, 0);
        const ids = ways.map((way) => way.map(({ id }) => id));
        if (ids.length === 0) {
          expect(chosen).toBeNull();
        } else {
          expect(ids).toContainEqual(chosen);
          expect(load(chosen ?? [])).toBe(Math.min(...ids.map(load)));
        }
      }),
      { numRuns: 500 },
    );
  });

  it('does not depend on the order in which candidates are given', () => {
    fc.assert(
      fc.property(needs, candidates, (need, list) => {
        const backwards = assign({ needs: need, candidates: [...list].reverse() });
        expect(backwards).toEqual(assign({ needs: need, candidates: list }));
      }),
    );
  });

  it('takes the least loaded clinician, and of equals the smaller id', () => {
    const staff = [one('c', ['clinician'], 1), one('b', ['clinician'], 1), one('a', ['clinician'], 3)];
    expect(assign({ needs: [{ kind: 'clinician', count: 1 }], candidates: staff })).toEqual(['b']);
    expect(assign({ needs: [{ kind: 'clinician', count: 2 }], candidates: staff })).toEqual(['b', 'c']);
  });

  it('leaves the only sonographer to the need that nobody else can meet', () => {
    const staff = [one('ana', ['clinician', 'sonographer'], 0), one('rui', ['clinician'], 9)];
    const both = [
      { kind: 'clinician', count: 1 },
      { kind: 'sonographer', count: 1 },
    ];
    expect(assign({ needs: both, candidates: staff })).toEqual(['rui', 'ana']);
  });

  it('says null when somebody wanted is not free, and nothing when nothing is needed', () => {
    const room = [{ kind: 'room', count: 1 }];
    expect(assign({ needs: room, candidates: [one('r1', ['room'])], wanted: ['r2'] })).toBeNull();
    expect(assign({ needs: [{ kind: 'room', count: 1e9 }], candidates: [one('r1', ['room'])] })).toBeNull();
    expect(assign({ needs: [], candidates: [] })).toEqual([]);
  });

  it('refuses needs and candidates that make no sense', () => {
    expect(() => assign({ needs: [{ kind: 'room', count: 0 }], candidates: [] })).toThrow(
      InvalidServiceError,
    );
    const twins = [one('a', []), one('a', [])];
    expect(() => assign({ needs: [], candidates: twins })).toThrow(InvalidResourceError);
    expect(() => assign({ needs: [], candidates: [one('a', [], Number.NaN)] })).toThrow(InvalidResourceError);
  });
});

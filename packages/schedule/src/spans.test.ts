import fc from 'fast-check';
import { expect, it } from 'vitest';
import { intersect, normalise, type Span, subtract, union } from './index.ts';

const spans = fc.array(
  fc.tuple(fc.nat(40), fc.nat(8)).map(([start, length]) => ({ start, end: start + length })),
  { maxLength: 8 },
);

const covers = (list: readonly Span[], point: number) => list.some((s) => s.start <= point && point < s.end);

function expectNormal(list: readonly Span[]): void {
  list.forEach((span, index) => {
    expect(span.end).toBeGreaterThan(span.start);
    expect(span.start).toBeGreaterThan(list[index - 1]?.end ?? -1);
  });
}

it('union, intersection and difference hold exactly the points they should', () => {
  fc.assert(
    fc.property(spans, spans, (rawA, rawB) => {
      const [a, b] = [normalise(rawA), normalise(rawB)];
      const results = [a, union(a, b), intersect(a, b), subtract(a, b)];
      results.forEach(expectNormal);
      for (let point = 0; point < 50; point++) {
        const [inA, inB] = [covers(rawA, point), covers(rawB, point)];
        const expected = [inA, inA || inB, inA && inB, inA && !inB];
        expect(results.map((result) => covers(result, point))).toEqual(expected);
      }
    }),
    { numRuns: 500 },
  );
});

it('the lists handed in stay as they were', () => {
  const list = Object.freeze([Object.freeze({ start: 5, end: 7 }), Object.freeze({ start: 1, end: 6 })]);
  expect(normalise(list)).toEqual([{ start: 1, end: 7 }]);
  expect(list[0]).toEqual({ start: 5, end: 7 });
});

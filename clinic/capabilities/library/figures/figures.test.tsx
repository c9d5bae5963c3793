import fc from 'fast-check';
import { renderToString } from 'preact-render-to-string';
import { describe, expect, it } from 'vitest';
import { type Point, point, smoothPath, tube } from '../../../platform/web/figures/geometry.ts';
import { jointsOf, outlinesOf } from './body.ts';
import * as figures from './index.ts';
import { MusclePanes } from './muscle-panes.tsx';

const angle = fc.double({ min: -90, max: 120, noNaN: true });
const pose = fc.record({
  shinDeg: angle,
  thighDeg: angle,
  trunkDeg: angle,
  round: fc.double({ min: 0, max: 30, noNaN: true }),
  upperArmDeg: angle,
  forearmDeg: angle,
});

const distance = (a: Point, b: Point) => Math.hypot(a.x - b.x, a.y - b.y);

describe('a drawn body', () => {
  it('keeps the length of its limbs in every pose', () => {
    fc.assert(
      fc.property(pose, (p) => {
        const j = jointsOf(p, point(100, 371));
        expect(distance(j.ankle, j.knee)).toBeCloseTo(81, 6);
        expect(distance(j.knee, j.hip)).toBeCloseTo(80.8, 6);
        expect(distance(j.shoulder, j.elbow)).toBeCloseTo(60, 6);
        expect(distance(j.elbow, j.wrist)).toBeCloseTo(49.5, 6);
      }),
    );
  });

  it('has finite outlines in every pose', () => {
    fc.assert(
      fc.property(pose, (p) => {
        const { parts, hair, arm } = outlinesOf(jointsOf(p, point(0, 0)));
        for (const path of [...parts, hair, ...arm]) expect(path).toMatch(/^M[-\d. CSZ]+Z$/);
      }),
    );
  });

  it('sits with the thigh level when the thigh stands at 90 degrees', () => {
    const j = jointsOf({ shinDeg: 0, thighDeg: 90, trunkDeg: 0, upperArmDeg: 0, forearmDeg: 0 }, point(0, 0));
    expect(j.hip.y).toBeCloseTo(j.knee.y, 6);
    expect(j.hip.x).toBeLessThan(j.knee.x);
  });
});

describe('paths', () => {
  it('pass through the points that they are given', () => {
    const path = smoothPath([point(0, 0), point(10, 5), point(20, 0)]);
    expect(path).toMatch(/^M0 0C.* 10 5S.* 20 0$/);
  });

  it('refuse a limb without a length', () => {
    expect(() => tube([{ at: point(0, 0), back: 1, front: 1 }])).toThrow('two centres');
  });
});

describe('the torn muscle', () => {
  it('shows gaps as wide as the numbers under it: five units for a millimetre', () => {
    const html = renderToString(<MusclePanes />);
    const drawn = [...html.matchAll(/d="M([\d.]+) 87v14M([\d.]+) 87v14/g)].map(
      ([, from, to]) => (Number(to) - Number(from)) / 5,
    );
    const written = [...html.matchAll(/<b>(\d+) mm<\/b>/g)].map(([, mm]) => Number(mm));
    expect(drawn).toEqual(written);
    expect(written).toEqual([6, 31]);
  });
});

describe.each(Object.entries(figures))('%s', (_name, Figure) => {
  const html = renderToString(<Figure />);

  it('is the same every time and holds no broken number', () => {
    expect(renderToString(<Figure />)).toBe(html);
    expect(html).not.toMatch(/NaN|undefined|Infinity/);
  });

  it('is described in words or left out of the reading order', () => {
    for (const [svg] of html.matchAll(/<svg[^>]*>/g))
      expect(svg).toMatch(/role="img"[^>]*aria-label="|aria-hidden="true"/);
  });
});

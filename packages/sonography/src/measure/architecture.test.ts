import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { place, spreadOf, wholePicture } from '../../testing/measuring.ts';
import type { MuscleLines } from '../muscle/muscle-lines.ts';
import type { Scale } from '../scale.ts';
import { measureArchitecture, wholeFascicle } from './architecture.ts';
import type { Place } from './place.ts';

interface Shape {
  readonly pennationDeg: number;
  readonly betaDeg: number;
  readonly thicknessMm: number;
  readonly scale?: Pick<Scale, 'lateral' | 'axial'>;
  readonly mirrored?: boolean;
  readonly error?: number;
}

/** Two parallel aponeuroses and a fascicle that rises to the right, made in tissue and put on the screen. */
function musclesLines(shape: Shape): MuscleLines {
  const { pennationDeg, betaDeg, thicknessMm, error = 0, scale = { lateral: 0.1, axial: 0.1 } } = shape;
  const rad = Math.PI / 180;
  const on = (lateral: number, axial: number): Place =>
    place((shape.mirrored ? 200 - lateral : lateral) / scale.lateral, axial / scale.axial, error);
  const upper = (u: number) => 60 - Math.tan(betaDeg * rad) * (u - 100);
  const height = thicknessMm / Math.cos(betaDeg * rad);
  const start = { u: 85, v: upper(85) + height };
  const alpha = (pennationDeg + betaDeg) * rad;
  const ordered = (places: Place[]) => (shape.mirrored ? places.reverse() : places);
  return {
    superficial: ordered([on(70, upper(70)), on(100, upper(100)), on(130, upper(130))]),
    deep: ordered([on(70, upper(70) + height), on(130, upper(130) + height)]),
    fascicles: [
      {
        from: on(start.u + 2 * Math.cos(alpha), start.v - 2 * Math.sin(alpha)),
        to: on(start.u + 12 * Math.cos(alpha), start.v - 12 * Math.sin(alpha)),
      },
    ],
  };
}

const shapes = fc.record({
  pennationDeg: fc.double({ min: 6, max: 50, noNaN: true }),
  betaDeg: fc.double({ min: -15, max: 15, noNaN: true }),
  thicknessMm: fc.double({ min: 8, max: 40, noNaN: true }),
  scale: fc.record({
    lateral: fc.double({ min: 0.11, max: 0.3, noNaN: true }),
    axial: fc.double({ min: 0.06, max: 0.3, noNaN: true }),
  }),
  mirrored: fc.boolean(),
});

describe('the architecture of a muscle', () => {
  test('is what it was made with, in any scale, and mirrored too', () => {
    fc.assert(
      fc.property(shapes, (shape) => {
        const measured = measureArchitecture(wholePicture(shape.scale), musclesLines(shape));
        expect(measured.pennation.value).toBeCloseTo(shape.pennationDeg, 6);
        expect(measured.thickness.value).toBeCloseTo(shape.thicknessMm, 6);
        const length = shape.thicknessMm / Math.sin((shape.pennationDeg * Math.PI) / 180);
        expect(measured.fascicleLength.value).toBeCloseTo(length, 5);
        expect(measured.aponeurosisAngle.value).toBeCloseTo(shape.betaDeg, 6);
      }),
    );
  });

  test('has errors as random drawing shows them', () => {
    const shape = { pennationDeg: 20, betaDeg: -5, thicknessMm: 20, error: 1.5 };
    const scale = { lateral: 0.1, axial: 0.1, relativeError: 0.01 };
    const lines = musclesLines(shape);
    const measured = measureArchitecture(wholePicture(scale), lines);
    const places = [
      ...lines.superficial,
      ...lines.deep,
      ...lines.fascicles.flatMap((one) => [one.from, one.to]),
    ];
    const again = (moved: readonly Place[], drawn: Scale) =>
      measureArchitecture(wholePicture(drawn), {
        superficial: moved.slice(0, 3),
        deep: moved.slice(3, 5),
        fascicles: [{ from: moved[5] as Place, to: moved[6] as Place }],
      });
    for (const name of ['pennation', 'fascicleLength', 'thickness'] as const) {
      const spread = spreadOf(places, scale, (moved, drawn) => again(moved, drawn)[name].value, 600);
      expect(measured[name].standardError / spread, name).toBeGreaterThan(0.87);
      expect(measured[name].standardError / spread, name).toBeLessThan(1.13);
    }
  });

  test('says what share of a fascicle lies outside of what was seen', () => {
    const lines = musclesLines({ pennationDeg: 20, betaDeg: 0, thicknessMm: 20 });
    const [fascicle] = lines.fascicles;
    const [start, end] = wholeFascicle(lines, fascicle as (typeof lines.fascicles)[0], {
      lateral: 0.1,
      axial: 0.1,
      relativeError: 0,
    });
    const half = (start.x + end.x) / 2;
    const picture = { left: 0, top: 0, right: half, bottom: 1_999 };
    expect(measureArchitecture(wholePicture(), lines).extrapolatedShare).toBe(0);
    expect(measureArchitecture(wholePicture(), lines, picture).extrapolatedShare).toBeCloseTo(0.5, 2);
  });

  test('a fascicle along the aponeurosis has no length', () => {
    const lines = musclesLines({ pennationDeg: 0.2, betaDeg: 3, thicknessMm: 20 });
    expect(() => measureArchitecture(wholePicture(), lines)).toThrow('runs along');
  });

  test('several fascicles are averaged', () => {
    const one = musclesLines({ pennationDeg: 18, betaDeg: 2, thicknessMm: 20 });
    const two = musclesLines({ pennationDeg: 24, betaDeg: 2, thicknessMm: 20 });
    const both = { ...one, fascicles: [...one.fascicles, ...two.fascicles] };
    expect(measureArchitecture(wholePicture(), both).pennation.value).toBeCloseTo(21, 6);
  });
});

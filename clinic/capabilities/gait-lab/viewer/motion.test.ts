import { SIDES } from '@rectus/gait';
import { describe, expect, it } from 'vitest';
import { simulatedMotion } from '../testing/simulated-session.ts';
import { placeFigures } from './figures.ts';
import { cyclePercent, forceAt, legPoint, pointAt } from './motion.ts';

const motion = simulatedMotion();

describe('the motion of a walk', () => {
  it('is told in whole millimetres, at most fifty times a second, and walks forwards', () => {
    expect(motion.rateHz).toBeLessThanOrEqual(50);
    expect(motion.xyzMm.every((value) => value === null || Number.isInteger(value))).toBe(true);
    const [first, last] = [0, motion.frames - 1].map((frame) => pointAt(motion, 'left hip', frame)?.[0] ?? 0);
    expect((last ?? 0) - (first ?? 0)).toBeGreaterThan(1000);
  });

  it('has the left leg to the left, and knees between hips and ankles', () => {
    const at = (point: string) => pointAt(motion, point, 20) ?? [0, 0, 0];
    expect(at('left hip')[1]).toBeGreaterThan(at('right hip')[1]);
    for (const side of SIDES) {
      const [hip, knee, ankle] = ['hip', 'knee', 'ankle'].map((point) => at(legPoint(side, point))[2] ?? 0);
      expect(hip).toBeGreaterThan(knee ?? 0);
      expect(knee).toBeGreaterThan(ankle ?? 0);
    }
  });

  it('shows a force about as great as the body, where a foot stands on a plate', () => {
    const upwards = SIDES.flatMap((side) =>
      Array.from(
        { length: motion.frames },
        (_, frame) => forceAt(motion, side, frame)?.percentOfWeight[2] ?? 0,
      ),
    );
    expect(Math.max(...upwards)).toBeGreaterThan(90);
    expect(Math.max(...upwards)).toBeLessThan(150);
  });

  it('knows how far each leg is in its own cycle, and nothing outside of its strides', () => {
    const [stride] = motion.cycles.left;
    const { start = 0, end = 0 } = stride ?? {};
    expect(cyclePercent(motion, 'left', (start + end) / 2)).toBeCloseTo(50, 9);
    expect(cyclePercent(motion, 'left', -1)).toBeNull();
  });
});

it('a row of figures stands on its floor and within its picture', () => {
  const figures = placeFigures(motion, { width: 720, height: 250 });
  const frame = figures?.frames[3] ?? 0;
  const [x = 0, y = 0] =
    figures
      ?.put(pointAt(motion, 'right ankle', frame) ?? [0, 0, 0])
      .split(' ')
      .map(Number) ?? [];
  expect(figures?.frames).toHaveLength(8);
  expect(x > 0 && x < 720 && y > 150 && y < (figures?.floor ?? 0)).toBe(true);
});

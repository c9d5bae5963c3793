import { expect, it } from 'vitest';
import { leastAxialErrorPx, leastDelayError } from './limit.ts';

const signal = { centreHz: 5e6, bandwidth: 0.6, windowSeconds: 2e-6, correlation: 0.95, snr: 10 };

it('the limit of a delay is nought for the very same signal, and grows with noise and with less correlation', () => {
  expect(leastDelayError({ ...signal, correlation: 1, snr: Number.POSITIVE_INFINITY })).toBe(0);
  const usual = leastDelayError(signal);
  expect(leastDelayError({ ...signal, correlation: 0.9 })).toBeGreaterThan(usual);
  expect(leastDelayError({ ...signal, snr: 3 })).toBeGreaterThan(usual);
});

it('four times as long a window halves it, and so it is with the pixels of a phantom', () => {
  const usual = leastDelayError(signal);
  expect(leastDelayError({ ...signal, windowSeconds: 8e-6 })).toBeCloseTo(usual / 2, 15);
  expect(leastAxialErrorPx(0.1, 0.95, 20)).toBeGreaterThan(0.005);
  expect(leastAxialErrorPx(0.1, 0.95, 20)).toBeLessThan(0.03);
});

import { describe, expect, test } from 'vitest';
import { normally, place, wholePicture } from '../../testing/measuring.ts';
import { mm } from '../units.ts';
import { abdominalActivation } from './abdominal-wall.ts';
import { measureInterRecti } from './inter-recti.ts';

const layers = (transversus: number, internalOblique: number, externalOblique: number, error = 0.1) => ({
  transversus: { value: mm(transversus), standardError: mm(error) },
  internalOblique: { value: mm(internalOblique), standardError: mm(error) },
  externalOblique: { value: mm(externalOblique), standardError: mm(error) },
});

describe('drawing in', () => {
  test('gives the ratio, the change in per cent and the preferential activation of transversus', () => {
    const activation = abdominalActivation(layers(4, 8, 8), layers(7.6, 8.4, 8));
    expect(activation.activationRatio.transversus.value).toBeCloseTo(1.9, 12);
    expect(activation.changePercent.transversus.value).toBeCloseTo(90, 9);
    expect(activation.preferentialActivation.value).toBeCloseTo(7.6 / 24 - 0.2, 12);
  });

  test('has errors as random drawing shows them', () => {
    const random = normally(11);
    const drawn = Array.from({ length: 4_000 }, () => {
      const off = () => 0.2 * random();
      const rest = layers(4 + off(), 8 + off(), 8 + off());
      return abdominalActivation(rest, layers(7 + off(), 8.4 + off(), 8 + off()));
    });
    const spread = (values: number[]) => {
      const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
      return Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length);
    };
    const said = abdominalActivation(layers(4, 8, 8, 0.2), layers(7, 8.4, 8, 0.2));
    const ratio = spread(drawn.map((one) => one.activationRatio.transversus.value));
    const preferential = spread(drawn.map((one) => one.preferentialActivation.value));
    expect(said.activationRatio.transversus.standardError / ratio).toBeCloseTo(1, 1);
    expect(said.preferentialActivation.standardError / preferential).toBeCloseTo(1, 1);
  });

  test('in one clip owes nothing to the scale', () => {
    const calibrated = (value: number) => ({ value: mm(value), standardError: mm(0.02 * value) });
    const wall = (thickness: number) => ({
      transversus: calibrated(thickness),
      internalOblique: calibrated(8),
      externalOblique: calibrated(8),
    });
    const { activationRatio } = abdominalActivation(wall(4), wall(7), 0.02);
    expect(activationRatio.transversus.standardError).toBeCloseTo(0, 9);
  });

  test('from a layer of nought is refused', () => {
    expect(() => abdominalActivation(layers(0, 8, 8), layers(4, 8, 8))).toThrow('no ratio');
  });
});

test('an inter-recti distance keeps site, breath and task beside it', () => {
  const measured = measureInterRecti(wholePicture(), [place(100, 200, 1), place(320, 200, 1)], {
    site: { landmark: 'umbilicus', fromLandmarkMm: mm(30) },
    breath: 'end-expiration',
    task: 'curl-up',
  });
  expect(measured.distance.value).toBeCloseTo(22, 9);
  expect(measured.distance.standardError).toBeCloseTo(0.1 * Math.SQRT2, 6);
  expect(measured).toMatchObject({
    breath: 'end-expiration',
    task: 'curl-up',
    site: { landmark: 'umbilicus' },
  });
});

import { withStiffKnee } from '@rectus/gait';
import { describe, expect, it } from 'vitest';
import { simulatedReport } from '../testing/simulated-session.ts';
import { drawnMeasure, PLAIN_MEASURES } from './measures.ts';

const stiff = simulatedReport(withStiffKnee('left'), 1);
const usual = simulatedReport(undefined, 11);

describe('a number that a patient sees', () => {
  it('stands alone in a first session', () => {
    const speed = drawnMeasure('speed', usual, null);
    expect(speed?.lines).toEqual([{ side: null, now: expect.closeTo(1.2, 1), before: null, verdict: null }]);
    expect(speed?.typical?.least).toBeLessThan(speed?.typical?.greatest ?? 0);
  });

  it('is the speed of both legs’ strides, as in the clinician’s report', () => {
    const { left, right } = usual.spatioTemporal.speedMPerS;
    const mean = ((left?.mean ?? Number.NaN) + (right?.mean ?? Number.NaN)) / 2;
    expect(drawnMeasure('speed', usual, stiff)?.lines[0]?.now).toBeCloseTo(mean, 9);
  });

  it('tells a change beyond the published error, and one that is within it', () => {
    const knee = drawnMeasure('knee-swing', usual, stiff);
    expect(knee?.lines.map(({ side, verdict }) => [side, verdict])).toEqual([
      ['left', 'beyond-error'],
      ['right', 'within-error'],
    ]);
    const [left] = knee?.lines ?? [];
    expect((left?.now ?? 0) - (left?.before ?? 0)).toBeGreaterThan(5);
  });

  it('never calls a change greater than error where no error is published', () => {
    for (const id of ['speed', 'step-length', 'trunk-forward'] as const) {
      const verdicts = drawnMeasure(id, usual, stiff)?.lines.map(({ verdict }) => verdict);
      expect(verdicts).not.toContain('beyond-error');
      expect(verdicts).not.toContain(null);
    }
  });

  it('is unchanged against itself', () => {
    for (const id of PLAIN_MEASURES)
      for (const line of drawnMeasure(id, usual, usual)?.lines ?? [])
        expect(line).toMatchObject({ before: line.now, verdict: 'within-error' });
  });

  it('lies within its drawing, however far it is from others', () => {
    for (const id of PLAIN_MEASURES) {
      const measure = drawnMeasure(id, stiff, usual);
      for (const { now, before } of measure?.lines ?? [])
        for (const value of [now, before ?? now]) {
          expect(value).toBeGreaterThanOrEqual(measure?.from ?? Number.NaN);
          expect(value).toBeLessThanOrEqual(measure?.to ?? Number.NaN);
        }
    }
  });

  it('is left out where it was not measured', () => {
    const { curves, ...rest } = usual;
    expect(drawnMeasure('trunk-forward', { ...rest, curves: [] }, null)).toBeNull();
    expect(curves.length).toBeGreaterThan(0);
  });
});

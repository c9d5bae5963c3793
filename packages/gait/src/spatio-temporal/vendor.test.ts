import { numbersOf, textsOf } from '@rectus/c3d';
import { expect, test } from 'vitest';
import { describeWith } from '../../testing/describe-with.ts';
import { hasSharedData, readTrial } from '../../testing/shared-data.ts';
import { cutStrides } from '../cycles/stride.ts';
import { findEvents } from '../events/find.ts';
import { recordingOf } from '../recording-of-file.ts';
import { SIDES } from '../side.ts';
import { type SpatioTemporal, spatioTemporal } from './parameters.ts';

/** Our value of each of the vendor's names. */
const NAMES: Readonly<Record<string, (values: SpatioTemporal) => number | null>> = {
  Cadence: (values) => values.cadencePerMin,
  'Walking Speed': (values) => values.speedMPerS,
  'Stride Time': (values) => values.strideTimeS,
  'Step Time': (values) => values.stepTimeS,
  'Opposite Foot Off': (values) => values.oppositeFootOffPercent,
  'Opposite Foot Contact': (values) => values.oppositeFootStrikePercent,
  'Foot Off': (values) => values.footOffPercent,
  'Single Support': (values) => values.singleSupportS,
  'Double Support': (values) => values.doubleSupportS,
  'Stride Length': (values) => values.strideLengthM,
  'Step Length': (values) => values.stepLengthM,
};

describeWith(hasSharedData(), 'step and stride of a real walk', () => {
  const trial = readTrial('PiG_Motion-FlatFoot-Full.c3d');
  const recording = recordingOf(trial);
  const { chosen, contacts } = findEvents(recording);
  const { strides } = cutStrides(chosen, contacts);
  const names = textsOf(trial.groups, 'ANALYSIS', 'NAMES');
  const contexts = textsOf(trial.groups, 'ANALYSIS', 'CONTEXTS');
  const values = numbersOf(trial.groups, 'ANALYSIS', 'VALUES');

  test('are those of the vendor: the first stride of each side with all its events', () => {
    let compared = 0;
    for (const side of SIDES) {
      const stride = strides[side].find((one) => one.oppositeFootOffS !== null && one.footOffS !== null);
      if (!stride) throw new Error(`no whole stride of the ${side}`);
      const ours = spatioTemporal(recording, stride);
      for (const [name, pick] of Object.entries(NAMES)) {
        const index = names.findIndex(
          (one, place) => one === name && contexts[place]?.toLowerCase() === side,
        );
        // Lengths within a tenth of a millimetre: theirs are told in space, ours along the floor.
        const digits = name.endsWith('Length') || name.endsWith('Speed') ? 3.9 : 4;
        expect(pick(ours), `${side} ${name}`).toBeCloseTo(values[index] ?? Number.NaN, digits);
        compared++;
      }
    }
    expect(compared).toBe(22);
  });

  test('a foot stands beside the line of the other by a hand or so', () => {
    for (const side of SIDES)
      for (const stride of strides[side]) {
        const { stepWidthM } = spatioTemporal(recording, stride);
        if (stepWidthM !== null) expect(stepWidthM).toBeGreaterThan(0.02);
        if (stepWidthM !== null) expect(stepWidthM).toBeLessThan(0.2);
      }
  });
});

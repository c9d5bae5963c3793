import { describe, expect, it } from 'vitest';
import { channelAt, indexOfLabel, timeOfFrameS, trajectoryOf } from './content.ts';
import type { Parameter } from './parameters.ts';
import { readC3d } from './read.ts';
import { changed, group, rawFile, soundGroups } from './testing/raw-file.ts';
import { integerParameter, realParameter, textParameter } from './write-parameters.ts';

const { point, analog } = soundGroups();
type Changes = Readonly<Record<string, Parameter | null>>;

const groupsWith = (pointChanges: Changes, analogChanges: Changes = {}) => [
  group(1, 'POINT', changed(point, pointChanges)),
  group(2, 'ANALOG', changed(analog, analogChanges)),
];

/** Bytes of 16-bit numbers, little-endian. */
function words(...values: number[]): Uint8Array {
  return new Uint8Array(Int16Array.from(values).buffer);
}

describe('points', () => {
  it('are reals as they stand, with residual and cameras from the fourth word', () => {
    const word = (3 << 8) | 8;
    const data = [1.5, -2.5, 3.25, word, 0, 0, 0, -1, 0, 0];
    const { markers } = readC3d(
      rawFile({ words: { 5: 1 }, data, groups: groupsWith({ FRAMES: integerParameter('FRAMES', [1], []) }) }),
    );
    expect(trajectoryOf(markers, 'LASI')).toEqual({
      xyz: Float64Array.of(1.5, -2.5, 3.25),
      residuals: Float32Array.of(8 * 0.5),
      cameras: Uint8Array.of(3),
    });
  });

  it('are no numbers where they were not measured, never zero', () => {
    const { markers } = readC3d(rawFile({ words: { 5: 1 }, data: [1, 2, 3, -1, 4, 5, 6, 0, 0, 0] }));
    expect([...(trajectoryOf(markers, 'LASI')?.xyz ?? [])]).toEqual([Number.NaN, Number.NaN, Number.NaN]);
    expect(trajectoryOf(markers, 'LASI')?.residuals).toEqual(Float32Array.of(-1));
    expect(trajectoryOf(markers, 'RASI')?.xyz).toEqual(Float64Array.of(4, 5, 6));
  });

  it('are integers times the scale in integer form', () => {
    const data = words(100, -200, 300, 4, 1, 2, 3, -1, 5, -5);
    const bytes = rawFile({
      scale: 0.5,
      words: { 5: 1 },
      data,
      groups: groupsWith({ SCALE: realParameter('SCALE', [0.5], []) }),
    });
    const { markers, storage } = readC3d(bytes);
    expect(storage).toBe('integer');
    expect(trajectoryOf(markers, 'LASI')).toMatchObject({
      xyz: Float64Array.of(50, -100, 150),
      residuals: Float32Array.of(2),
    });
    expect(trajectoryOf(markers, 'RASI')?.xyz[0]).toBeNaN();
  });

  it('keep their unit, and angles among them stay angles', () => {
    const changes = {
      UNITS: textParameter('UNITS', ['mete'], []),
      LABELS: textParameter('LABELS', ['Ana:LASI', 'Ana:LKneeAngles']),
      ANGLES: textParameter('ANGLES', ['Ana:LKneeAngles']),
      ANGLE_UNITS: textParameter('ANGLE_UNITS', ['deg'], []),
    };
    const { markers, modelOutputs } = readC3d(rawFile({ groups: groupsWith(changes) }));
    expect(markers).toMatchObject({ labels: ['Ana:LASI'], unit: 'mete', mmPerUnit: 1000 });
    expect(modelOutputs).toHaveLength(1);
    expect(modelOutputs[0]).toMatchObject({
      kind: 'angle',
      group: 'ANGLES',
      unit: 'deg',
      labels: ['Ana:LKneeAngles'],
    });
    expect(modelOutputs[0]?.values.subarray(0, 3)).toEqual(Float64Array.of(4, 5, 6));
    expect(indexOfLabel(markers, 'LASI')).toBe(0);
    expect(trajectoryOf(markers, 'LKneeAngles')).toBeNull();
  });

  it('belong to lists of outputs that TYPE_GROUPS names beside the usual ones', () => {
    const changes = {
      REACTIONS: textParameter('REACTIONS', ['RASI']),
      REACTION_UNITS: textParameter('REACTION_UNITS', ['N/kg'], []),
      TYPE_GROUPS: textParameter('TYPE_GROUPS', ['REACTIONS', 'REACTION'], [2, 1]),
    };
    const { modelOutputs } = readC3d(rawFile({ groups: groupsWith(changes) }));
    expect(modelOutputs[0]).toMatchObject({
      kind: 'other',
      group: 'REACTIONS',
      unit: 'N/kg',
      labels: ['RASI'],
    });
  });
});

describe('analog channels', () => {
  it('are (stored − offset) × scale × general scale', () => {
    const changes = {
      GEN_SCALE: realParameter('GEN_SCALE', [0.5], []),
      SCALE: realParameter('SCALE', [2, 10]),
      OFFSET: integerParameter('OFFSET', [1, -1]),
    };
    const file = readC3d(rawFile({ groups: groupsWith({}, changes) }));
    expect([channelAt(file.analog, 0)[0], channelAt(file.analog, 1)[0]]).toEqual([-0.5, 2.5]);
    expect(file.analog).toMatchObject({ rateHz: 100, samples: 3, units: ['V', 'V'] });
  });

  it('count from 0 to 65535, offsets too, where the format is unsigned', () => {
    const changes = {
      FORMAT: textParameter('FORMAT', ['UNSIGNED'], []),
      OFFSET: integerParameter('OFFSET', [-32768, -32768]),
    };
    const data = words(0, 0, 1, 0, 0, 0, 1, 0, -32768, -1);
    const groups = groupsWith({ SCALE: realParameter('SCALE', [0.5], []) }, changes);
    const { analog: channels } = readC3d(rawFile({ scale: 0.5, words: { 5: 1 }, data, groups }));
    expect(channels.offsets).toEqual([32768, 32768]);
    expect([...channels.values]).toEqual([0, 32767]);
  });
});

describe('events', () => {
  const parameters = [
    integerParameter('USED', [2], []),
    textParameter('LABELS', ['Foot Strike', 'Foot Off']),
    textParameter('CONTEXTS', ['Left', 'Right']),
    textParameter('SUBJECTS', ['Ana', 'Ana']),
    realParameter('TIMES', [1, 2.5, 0, 0.75], [2, 2]),
  ];

  it('of the group have context, subject, and a time in minutes and seconds', () => {
    const { events } = readC3d(rawFile({ groups: [...groupsWith({}), group(3, 'EVENT', parameters)] }));
    expect(events).toMatchObject([
      { source: 'event-group', label: 'Foot Strike', context: 'Left', subject: 'Ana', timeS: 62.5 },
      { source: 'event-group', label: 'Foot Off', context: 'Right', subject: 'Ana', timeS: 0.75 },
    ]);
  });

  it('of the header are read beside them, with two letters in the oldest files', () => {
    const bytes = rawFile({ words: { 150: 0, 151: 2 } });
    const view = new DataView(bytes.buffer);
    view.setFloat32(304, 0.5, true);
    view.setFloat32(308, 1.25, true);
    bytes.set([1, 0], 376);
    bytes.set(new TextEncoder().encode('HSTO'), 396);
    expect(readC3d(bytes).events).toMatchObject([
      { source: 'header', label: 'HS', timeS: 0.5, displayed: true },
      { source: 'header', label: 'TO', timeS: 1.25, displayed: false },
    ]);
  });

  it('are timed on the scale of the frames, which need not begin at the first', () => {
    const { firstFrame, rateHz } = readC3d(rawFile({ words: { 4: 148, 5: 150 } }));
    expect(timeOfFrameS({ firstFrame, rateHz }, 0)).toBeCloseTo(1.47, 10);
    expect(timeOfFrameS({ firstFrame, rateHz }, 2)).toBeCloseTo(1.49, 10);
  });
});

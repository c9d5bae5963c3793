import { describe, expect, it } from 'vitest';
import { allocationLimit } from './budget.ts';
import { C3dError, type C3dErrorCode } from './errors.ts';
import { readC3d } from './read.ts';
import { changed, group, rawFile, soundGroups } from './testing/raw-file.ts';
import { integerParameter, realParameter } from './write-parameters.ts';

function refusal(bytes: Uint8Array): C3dError {
  try {
    readC3d(bytes);
  } catch (error) {
    if (error instanceof C3dError) return error;
    throw error;
  }
  throw new Error('It was read.');
}

const { point, analog } = soundGroups();
const withPoint = (name: string, value: number) => {
  const parameters = changed(point, { [name]: realParameter(name, [value], []) });
  return [group(1, 'POINT', parameters), group(2, 'ANALOG', analog)];
};

describe('files that cannot be trusted', () => {
  const cases: [string, Uint8Array, C3dErrorCode, number][] = [
    ['nothing at all', new Uint8Array(0), 'not-c3d', 1],
    ['something else', new TextEncoder().encode('ISO-10303-21; and more'), 'not-c3d', 1],
    ['a header alone', rawFile().slice(0, 512), 'not-c3d', 0],
    [
      'a processor of the future',
      (() => {
        const bytes = rawFile();
        bytes[515] = 87;
        return bytes;
      })(),
      'unknown-processor',
      515,
    ],
    ['parameters without data', rawFile().slice(0, 3 * 512), 'no-frames', 1536],
    [
      'data that starts beyond the file',
      rawFile({ words: { 9: 900 }, groups: [group(1, 'POINT', [])] }),
      'no-frames',
      16,
    ],
  ];
  it.each(cases)('%s are refused, and the byte is named', (_, bytes, code, byte) => {
    expect(refusal(bytes)).toMatchObject({ code, byte });
  });

  it('are refused without a scale, and the parameter is named', () => {
    const error = refusal(rawFile({ scale: 0, groups: withPoint('SCALE', 0) }));
    expect(error).toMatchObject({ code: 'scale', group: 'POINT', parameter: 'SCALE' });
    expect(error.byte).toBeGreaterThan(512);
    expect(error.message).toMatch(/^POINT:SCALE, byte \d+: expected a scale/);
  });

  it('are refused without a frame rate', () => {
    const error = refusal(rawFile({ rateHz: -1, groups: withPoint('RATE', Number.NaN) }));
    expect(error).toMatchObject({ code: 'rate', group: 'POINT', parameter: 'RATE' });
  });

  it('are refused when a frame is empty', () => {
    const none = [
      group(1, 'POINT', changed(point, { USED: integerParameter('USED', [0], []) })),
      group(2, 'ANALOG', changed(analog, { USED: integerParameter('USED', [0], []) })),
    ];
    expect(refusal(rawFile({ words: { 2: 0, 3: 0 }, groups: none }))).toMatchObject({ code: 'frame-layout' });
  });

  it('do not make the reader take more memory than their true size allows', () => {
    // Records of a name, no value and nothing else cost far more in memory than in the file.
    const tiny = Array.from({ length: 9000 }, (_, index) => integerParameter(index.toString(36), [0], []));
    const bytes = rawFile({ groups: [group(1, 'POINT', point), group(2, 'SPARE', tiny)] });
    const error = refusal(bytes);
    expect(error.code).toBe('too-large');
    expect(error.expected).toContain(String(allocationLimit(bytes.length)));
  });
});

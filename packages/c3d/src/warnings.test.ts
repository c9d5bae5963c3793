import { describe, expect, it } from 'vitest';
import type { Parameter } from './parameters.ts';
import { readC3d } from './read.ts';
import { changed, group, rawFile, soundGroups } from './testing/raw-file.ts';
import type { WarningCode } from './warnings.ts';
import { integerParameter, realParameter, textParameter } from './write-parameters.ts';

const { point, analog } = soundGroups();

/** A file whose groups POINT and ANALOG are changed, with other groups beside them. */
function file(
  pointChanges: Readonly<Record<string, Parameter | null>>,
  analogChanges: Readonly<Record<string, Parameter | null>> = {},
  others: readonly (readonly [string, readonly Parameter[]])[] = [],
): Uint8Array {
  const more = others.map(([name, parameters], index) => group(index + 3, name, parameters));
  const groups = [
    group(1, 'POINT', changed(point, pointChanges)),
    group(2, 'ANALOG', changed(analog, analogChanges)),
    ...more,
  ];
  return rawFile({ groups });
}

/** Where a text stands in a file of ASCII names. */
function placeOf(bytes: Uint8Array, text: string): number {
  return Array.from(bytes, (byte) => String.fromCharCode(byte))
    .join('')
    .indexOf(text);
}

function patched(bytes: Uint8Array, at: number, ...values: number[]): Uint8Array {
  bytes.set(values, at);
  return bytes;
}

const plate = (
  changes: Readonly<Record<string, Parameter | null>>,
): readonly [string, readonly Parameter[]] => [
  'FORCE_PLATFORM',
  changed(
    [
      integerParameter('USED', [1], []),
      integerParameter('TYPE', [1]),
      integerParameter('CHANNEL', [1, 2, 1, 2, 1, 2], [6, 1]),
      realParameter('CORNERS', [1, 1, 0, 0, 1, 0, 0, 0, 0, 1, 0, 0], [3, 4, 1]),
      realParameter('ORIGIN', [0, 0, -1], [3, 1]),
    ],
    changes,
  ),
];

/** For every deviation a file that has it: this record cannot leave one out. */
const files: Readonly<Record<WarningCode, () => Uint8Array>> = {
  'section-length': () => patched(rawFile(), 514, 0),
  'parameters-cut-short': () => {
    const bytes = rawFile();
    // The pointer of EMG labels, the last parameter, is made to lead far into the data.
    const at = placeOf(bytes.subarray(placeOf(bytes, 'GEN_SCALE')), 'LABELS') + placeOf(bytes, 'GEN_SCALE');
    return patched(bytes, at + 6, 0xff, 0x7f);
  },
  'parameter-offset': () => {
    const bytes = file({ COMMENT: textParameter('COMMENT', ['free'], []) });
    // The length of the description is made one larger than the record has room for.
    return patched(bytes, placeOf(bytes, 'COMMENT') + 'COMMENT'.length + 2 + 1 + 1 + 1 + 4, 1);
  },
  'parameter-overrun': () => {
    const bytes = file({ SPARE: integerParameter('SPARE', [1, 2, 3]) });
    return patched(bytes, placeOf(bytes, 'SPARE') + 'SPARE'.length + 4, 200);
  },
  'parameter-type': () => {
    const bytes = file({ SPARE: integerParameter('SPARE', [1, 2, 3]) });
    return patched(bytes, placeOf(bytes, 'SPARE') + 'SPARE'.length + 2, 3);
  },
  'group-undefined': () => {
    const bytes = file({ SPARE: integerParameter('SPARE', [1]) });
    return patched(bytes, placeOf(bytes, 'SPARE') - 1, 9);
  },
  'duplicate-name': () => file({}, {}, [['ANALOG', []]]),
  'misspelt-name': () => file({}, { OFFSET: null, OFFSETS: integerParameter('OFFSETS', [0, 0]) }),
  'parameter-missing': () => file({ RATE: null }),
  'point-count': () => file({ USED: integerParameter('USED', [7], []) }),
  'analog-count': () => file({}, { USED: integerParameter('USED', [3], []) }),
  'frame-count': () => file({ FRAMES: integerParameter('FRAMES', [2], []) }),
  'rate-mismatch': () => file({ RATE: realParameter('RATE', [120], []) }),
  'scale-mismatch': () => file({ SCALE: realParameter('SCALE', [-0.25], []) }),
  'data-start': () => file({ DATA_START: integerParameter('DATA_START', [9], []) }),
  'data-truncated': () => rawFile().slice(0, -4),
  'data-left-over': () => rawFile({ data: new Uint8Array(40 * 30) }),
  'labels-missing': () => file({ LABELS: textParameter('LABELS', ['LASI']) }),
  'labels-duplicate': () => file({ LABELS: textParameter('LABELS', ['LASI', 'LASI']) }),
  'unit-unknown': () => file({ UNITS: textParameter('UNITS', ['ells'], []) }),
  'not-finite': () => rawFile({ data: [Number.NaN, ...new Array<number>(29).fill(1)] }),
  'points-at-origin': () => rawFile({ data: new Array<number>(30).fill(0) }),
  'output-by-name': () => file({ LABELS: textParameter('LABELS', ['LASI', 'LKneeAngles']) }),
  'output-without-point': () => file({ ANGLES: textParameter('ANGLES', ['RKneeAngles']) }),
  'analog-scaling': () => file({}, { SCALE: realParameter('SCALE', [1]) }),
  'analog-format': () => file({}, { FORMAT: textParameter('FORMAT', ['FLOATING'], []) }),
  'events-incomplete': () => file({}, {}, [['EVENT', [integerParameter('USED', [2], [])]]]),
  'plate-left-out': () => file({}, {}, [plate({ CORNERS: null })]),
  'plate-origin-sign': () => file({}, {}, [plate({ ORIGIN: realParameter('ORIGIN', [0, 0, 40], [3, 1]) })]),
  'rotations-incomplete': () =>
    file({}, {}, [
      ['ROTATION', [integerParameter('USED', [5], []), integerParameter('DATA_START', [4], [])]],
    ]),
};

describe('files that leave the standard', () => {
  it('are free of warnings when they do not', () => {
    expect(readC3d(rawFile()).warnings).toEqual([]);
    expect(readC3d(file({}, {}, [plate({})])).warnings).toEqual([]);
  });

  it.each(Object.entries(files))('are read with the warning %s', (code, build) => {
    const { warnings, markers } = readC3d(build());
    expect(warnings.map((warning) => warning.code)).toContain(code);
    expect(warnings.every(({ message }) => message.length > 10)).toBe(true);
    expect(markers.frames).toBeGreaterThan(0);
  });

  it('say where the deviation stands', () => {
    const [warning] = readC3d(file({ SCALE: realParameter('SCALE', [-0.25], []) })).warnings;
    expect(warning).toMatchObject({ code: 'scale-mismatch', group: 'POINT', parameter: 'SCALE' });
    expect(warning?.byte).toBeGreaterThan(512);
  });

  it('keep what can be read of a parameter that is too long', () => {
    const { groups } = readC3d(files['parameter-overrun']());
    const spare = groups[0]?.parameters.find(({ name }) => name === 'SPARE');
    expect(spare?.values).toEqual(Int16Array.of(1, 2, 3));
  });

  it('take the header where POINT and ANALOG are missing altogether', () => {
    const { warnings, markers, analog: channels } = readC3d(rawFile({ groups: [group(1, 'TRIAL', [])] }));
    expect(markers.labels).toEqual(['Point 1', 'Point 2']);
    expect(channels.labels).toEqual(['Channel 1', 'Channel 2']);
    expect(new Set(warnings.map(({ code }) => code))).toEqual(
      new Set(['parameter-missing', 'labels-missing', 'unit-unknown', 'analog-scaling']),
    );
  });
});

import { type DicomElement, WRITTEN_SYNTAX, writeDicomFile } from '../src/dicom-write/index.ts';

const text = (tag: number, vr: string, value: string): DicomElement => ({ tag, vr, value });
const numbers = (tag: number, vr: string, ...value: readonly number[]): DicomElement => ({ tag, vr, value });

export const WIDTH = 40;
export const HEIGHT = 30;

/** What a region of a made file says; the rest is as machines write it. */
export interface MadeRegion {
  readonly format?: number;
  readonly type?: number;
  readonly bounds?: readonly [left: number, top: number, right: number, bottom: number];
  readonly units?: readonly [x: number, y: number];
  readonly deltas?: readonly [x: number, y: number];
}

/** A region as an item of the sequence. */
export function regionItem({
  format = 1,
  type = 1,
  bounds = [0, 0, WIDTH - 1, HEIGHT - 1],
  units = [3, 3],
  deltas = [0.01, 0.01],
}: MadeRegion): DicomElement[] {
  return [
    numbers(0x00186012, 'US', format),
    numbers(0x00186014, 'US', type),
    ...bounds.map((bound, index) => numbers(0x00186018 + 2 * index, 'UL', bound)),
    numbers(0x00186024, 'US', units[0]),
    numbers(0x00186026, 'US', units[1]),
    numbers(0x0018602c, 'FD', deltas[0]),
    numbers(0x0018602e, 'FD', deltas[1]),
  ];
}

export interface MadeFile {
  readonly frames?: number;
  readonly regions?: readonly MadeRegion[];
  /** In the place of, or beside, those that every file has. */
  readonly elements?: readonly DicomElement[];
  readonly pixels?: Uint8Array;
}

/** A small grey DICOM file, native and little endian. */
export function madeDicom({ frames = 1, regions = [], elements = [], pixels }: MadeFile = {}): Uint8Array {
  const usual: DicomElement[] = [
    text(0x00080016, 'UI', '1.2.840.10008.5.1.4.1.1.3.1'),
    text(0x00080018, 'UI', '2.25.1'),
    text(0x00080060, 'CS', 'US'),
    text(0x0020000d, 'UI', '2.25.2'),
    text(0x0020000e, 'UI', '2.25.3'),
    numbers(0x00280002, 'US', 1),
    text(0x00280004, 'CS', 'MONOCHROME2'),
    text(0x00280008, 'IS', String(frames)),
    numbers(0x00280010, 'US', HEIGHT),
    numbers(0x00280011, 'US', WIDTH),
    numbers(0x00280100, 'US', 8),
    numbers(0x00280101, 'US', 8),
    numbers(0x00280102, 'US', 7),
    numbers(0x00280103, 'US', 0),
    ...(regions.length > 0 ? [{ tag: 0x00186011, vr: 'SQ', value: { items: regions.map(regionItem) } }] : []),
    { tag: 0x7fe00010, vr: 'OB', value: pixels ?? new Uint8Array(WIDTH * HEIGHT * frames) },
  ];
  const given = new Set(elements.map(({ tag }) => tag));
  const all = [
    ...usual.filter(({ tag }) => !given.has(tag)),
    ...elements.filter(({ value }) => value !== ''),
  ];
  return writeDicomFile(all, WRITTEN_SYNTAX['explicit-little']);
}

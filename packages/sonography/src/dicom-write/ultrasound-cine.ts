import type { Clip, Region } from '../clip.ts';
import { SonographyError } from '../sonography-error.ts';
import { type DicomElement, decimalString } from './element.ts';
import { WRITTEN_SYNTAX, writeDicomFile } from './file.ts';
import type { EncodeJpegLs } from './jpeg-ls.ts';
import { encodeRunLengths } from './run-length.ts';
import { uidOf } from './uid.ts';

/** Whose examination a written clip is, and how it is stored. */
export interface CineOptions {
  /** The identifiers of study, series and instance follow from these; the same texts, the same identifiers. */
  readonly study: string;
  readonly series: string;
  readonly instance: string;
  /** Numbers of the series and the instance (default 1). */
  readonly seriesNumber?: number;
  readonly instanceNumber?: number;
  /** `Family^Given` (default SIMULATED^NOBODY). */
  readonly patientName?: string;
  readonly patientId?: string;
  /** `YYYYMMDD`. */
  readonly birthDate?: string;
  /** The number of the order that it answers. */
  readonly accession?: string;
  /** The Study Instance UID that a worklist handed out, instead of one that follows from `study`. */
  readonly studyUid?: string;
  /** `YYYYMMDD` and `HHMMSS`; without them the file does not say. */
  readonly date?: string;
  readonly time?: string;
  readonly description?: string;
  /** `L` or `R`. */
  readonly laterality?: 'L' | 'R';
  /** How pixels are stored (default explicit-little: as they are). For JPEG-LS, give the encoder. */
  readonly pixels?: 'explicit-little' | 'explicit-big' | 'rle' | { readonly jpegLs: EncodeJpegLs };
  /** What a simulated clip must say of itself (default true: patient, device and image are marked). */
  readonly simulated?: boolean;
  readonly onFrame?: (done: number, of: number) => void;
}

const MULTI_FRAME = '1.2.840.10008.5.1.4.1.1.3.1';
const SINGLE_FRAME = '1.2.840.10008.5.1.4.1.1.6.1';
const FRAME_TIME = 0x00181063;
const FRAME_TIME_VECTOR = 0x00181065;
const MM_PER_CM = 10;
const CENTIMETRES = 3;

/**
 * A clip as a DICOM file: Ultrasound (Multi-frame) Image, 8-bit MONOCHROME2, with its calibrated regions in cm and
 * its frame times (one step where they are even, a vector where not).
 *
 * Source: DICOM PS3.3 A.7 and A.6, C.8.5.5 (region calibration), C.7.6.5 (cine).
 * @throws SonographyError where a frame cannot be decoded, or an option cannot stand in a file
 */
export async function writeUltrasoundCine(clip: Clip, options: CineOptions): Promise<Uint8Array> {
  const { pixels = 'explicit-little' } = options;
  const syntax = WRITTEN_SYNTAX[typeof pixels === 'object' ? 'jpeg-ls' : pixels];
  return writeDicomFile(
    [
      ...identity(clip, options),
      ...timing(clip.times),
      ...regionElements(clip.regions),
      ...pixelModule(clip),
      { tag: 0x7fe00010, vr: 'OB', value: await pixelValue(clip, options) },
    ],
    syntax,
  );
}

async function pixelValue(clip: Clip, { pixels = 'explicit-little', onFrame }: CineOptions) {
  const { width, height, frameCount } = clip;
  const native = pixels === 'explicit-little' || pixels === 'explicit-big';
  const whole = new Uint8Array(native ? width * height * frameCount : 0);
  const fragments: Uint8Array[] = [];
  for (let n = 0; n < frameCount; n++) {
    const frame = await clip.frame(n);
    if (frame.width !== width || frame.height !== height)
      throw new SonographyError(
        'bad-argument',
        `Frame ${n} is ${frame.width} × ${frame.height}, unlike the clip.`,
      );
    if (native) whole.set(frame.luma, n * width * height);
    else fragments.push(typeof pixels === 'object' ? pixels.jpegLs(frame) : encodeRunLengths(frame));
    onFrame?.(n + 1, frameCount);
  }
  return native ? whole : { fragments };
}

function identity(clip: Clip, options: CineOptions): DicomElement[] {
  const { study, series, instance, simulated = true, date = '', time = '' } = options;
  const text = (tag: number, vr: string, value: string): DicomElement => ({ tag, vr, value });
  for (const given of [options.patientName, options.patientId, options.description, options.accession])
    if (given && /[\\\p{Cc}]/u.test(given))
      throw new SonographyError(
        'bad-argument',
        'A name or description holds a backslash or a control character.',
      );
  if (![date, options.birthDate ?? ''].every((day) => /^(\d{8})?$/.test(day)) || !/^(\d{6})?$/.test(time))
    throw new SonographyError('bad-argument', 'A date is YYYYMMDD and a time HHMMSS.');
  const elements = [
    text(0x00080005, 'CS', 'ISO_IR 192'),
    text(0x00080008, 'CS', 'ORIGINAL\\PRIMARY\\\\0001'),
    text(0x00080016, 'UI', clip.frameCount > 1 ? MULTI_FRAME : SINGLE_FRAME),
    text(0x00080018, 'UI', uidOf(`${study}/${series}/${instance}`)),
    text(0x00080020, 'DA', date),
    text(0x00080023, 'DA', date),
    text(0x00080030, 'TM', time),
    text(0x00080033, 'TM', time),
    text(0x00080050, 'SH', options.accession ?? ''),
    text(0x00080060, 'CS', 'US'),
    text(0x00080070, 'LO', simulated ? 'Rectus (simulated)' : ''),
    text(0x00080090, 'PN', ''),
    text(0x0008103e, 'LO', options.description ?? ''),
    text(0x00081090, 'LO', simulated ? 'Phantom' : ''),
    text(0x00100010, 'PN', options.patientName ?? 'SIMULATED^NOBODY'),
    text(0x00100020, 'LO', options.patientId ?? 'SIMULATED'),
    text(0x00100030, 'DA', options.birthDate ?? ''),
    text(0x00100040, 'CS', ''),
    text(0x0020000d, 'UI', options.studyUid ?? uidOf(study)),
    text(0x0020000e, 'UI', uidOf(`${study}/${series}`)),
    text(0x00200010, 'SH', ''),
    text(0x00200011, 'IS', String(options.seriesNumber ?? 1)),
    text(0x00200013, 'IS', String(options.instanceNumber ?? 1)),
    text(0x00280301, 'CS', 'NO'),
    text(0x00282110, 'CS', '00'),
  ];
  if (options.laterality) elements.push(text(0x00200060, 'CS', options.laterality));
  if (simulated)
    elements.push(
      text(0x00104000, 'LT', 'Simulated: nobody was examined for these pictures.'),
      text(0x00280300, 'CS', 'YES'),
    );
  return elements;
}

/** One step for all frames where they are even to a microsecond; else each frame's own. */
function timing(times: Float64Array): DicomElement[] {
  if (times.length < 2) return [];
  const steps = times.slice(1).map((time, n) => 1000 * (time - (times[n] ?? 0)));
  const mean = steps.reduce((sum, one) => sum + one, 0) / steps.length;
  const even = mean > 0 && steps.every((step) => Math.abs(step - mean) < 1e-3);
  const pointer = even ? FRAME_TIME : FRAME_TIME_VECTOR;
  return [
    { tag: 0x00280009, vr: 'AT', value: [pointer] },
    {
      tag: pointer,
      vr: 'DS',
      value: even ? decimalString(mean) : ['0', ...[...steps].map((step) => decimalString(step))].join('\\'),
    },
    ...(mean > 0 ? [{ tag: 0x00180040, vr: 'IS', value: String(Math.round(1000 / mean)) }] : []),
  ];
}

/** Regions in which nothing may be measured have no calibration to write. */
function regionElements(regions: readonly Region[]): DicomElement[] {
  const items = regions.flatMap((region) => (region.scale ? [regionItem(region, region.scale)] : []));
  return items.length > 0 ? [{ tag: 0x00186011, vr: 'SQ', value: { items } }] : [];
}

function regionItem(region: Region, scale: NonNullable<Region['scale']>): DicomElement[] {
  const number = (tag: number, vr: string, value: number): DicomElement => ({ tag, vr, value: [value] });
  return [
    number(0x00186012, 'US', 1),
    number(0x00186014, 'US', region.kind === 'colour-flow' ? 2 : 1),
    number(0x00186016, 'UL', 0),
    number(0x00186018, 'UL', region.left),
    number(0x0018601a, 'UL', region.top),
    number(0x0018601c, 'UL', region.right),
    number(0x0018601e, 'UL', region.bottom),
    number(0x00186024, 'US', CENTIMETRES),
    number(0x00186026, 'US', CENTIMETRES),
    number(0x0018602c, 'FD', scale.lateral / MM_PER_CM),
    number(0x0018602e, 'FD', scale.axial / MM_PER_CM),
  ];
}

function pixelModule(clip: Clip): DicomElement[] {
  const short = (tag: number, value: number): DicomElement => ({ tag, vr: 'US', value: [value] });
  return [
    short(0x00280002, 1),
    { tag: 0x00280004, vr: 'CS', value: 'MONOCHROME2' },
    ...(clip.frameCount > 1 ? [{ tag: 0x00280008, vr: 'IS', value: String(clip.frameCount) }] : []),
    short(0x00280010, clip.height),
    short(0x00280011, clip.width),
    short(0x00280100, 8),
    short(0x00280101, 8),
    short(0x00280102, 7),
    short(0x00280103, 0),
  ];
}

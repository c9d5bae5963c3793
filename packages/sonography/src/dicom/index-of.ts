import type { Region } from '../clip.ts';
import { SonographyError } from '../sonography-error.ts';
import { type DicomFile, parseFile, textOf } from './data-set.ts';
import { type FrameBytes, findFrames } from './frame-bytes.ts';
import { type Identity, knownIdentity, missingIdentity } from './identity.ts';
import { type Layout, readLayout } from './layout.ts';
import { type DicomFacts, factsOf } from './read.ts';
import { readRegions } from './regions.ts';
import { TAG } from './tags.ts';
import { readTiming, type Timing } from './timing.ts';
import { DEFLATED } from './transfer-syntax.ts';
import type { ReadWarning } from './warnings.ts';

/** What a DICOM file is, and where its pictures lie in it, without a pixel decoded. */
export interface DicomIndex {
  /** Each null where the file lacks it or writes it wrongly. */
  readonly uids: Readonly<Record<keyof Identity, string | null>>;
  /** The names of those that are missing. */
  readonly missing: readonly (keyof Identity)[];
  /** Null where there are no pictures that could be served; `problem` says why. */
  readonly pictures: PicturesIndex | null;
  readonly problem: IndexProblem | null;
  /** Whose the file says it is, and of which order. */
  readonly accession: string | null;
  readonly transferSyntax: { readonly uid: string; readonly name: string };
  /**
   * Where in the file its data set begins. What stands before it is of the file and not of the picture: who wrote it, by
   * which door it came.
   */
  readonly dataStart: number;
  readonly warnings: readonly ReadWarning[];
}

/** The pictures of a file. */
export interface PicturesIndex {
  readonly width: number;
  readonly height: number;
  /** Seconds from the first frame. */
  readonly times: readonly number[];
  readonly timing: Timing['source'];
  readonly regions: readonly Region[];
  readonly about: DicomFacts;
  /**
   * For each frame where its bytes lie in the file: offset, length, and again for every further piece. As many as there
   * are frames.
   */
  readonly frameIndex: readonly (readonly number[])[];
}

export interface IndexProblem {
  /** `unsupported` where it is stored as nothing here decodes, or so that frames have no place of their own in it. */
  readonly code: 'cut-off' | 'no-pictures' | 'unsupported' | 'damaged';
  /** One sentence for people. */
  readonly message: string;
}

/**
 * Where everything lies in a DICOM file. What is wrong with its pictures is said in `problem`, so that the file can be
 * named all the same.
 *
 * @throws SonographyError where the bytes are no DICOM file, or broken before its first identifiers
 */
export async function indexDicom(bytes: Uint8Array): Promise<DicomIndex> {
  const file = await parseFile(bytes);
  const warnings = [...file.warnings];
  const found = picturesOf(file, warnings);
  const isProblem = 'code' in found;
  return {
    uids: knownIdentity(file.data),
    missing: missingIdentity(file.data),
    pictures: isProblem ? null : found,
    problem: isProblem ? found : null,
    accession: textOf(file.data, TAG.accession) ?? null,
    transferSyntax: { uid: file.syntax.uid, name: file.syntax.name },
    dataStart: file.dataStart,
    warnings,
  };
}

function picturesOf(file: DicomFile, warnings: ReadWarning[]): PicturesIndex | IndexProblem {
  const wasCut = file.warnings.some(({ code }) => code === 'truncated') || lacksItsPixels(file);
  try {
    const layout = readLayout(file.data);
    const frames = findFrames(file, layout);
    if (wasCut || isCutBetweenFrames(file, layout, frames)) return cutOff(layout, frames);
    return unsupported(file) ?? describe(file, layout, frames, warnings);
  } catch (error) {
    if (!(error instanceof SonographyError)) throw error;
    if (wasCut || error.code === 'truncated') return cutOff(null, null);
    const codes = { 'not-this-format': 'no-pictures', unsupported: 'unsupported' } as const;
    return {
      code: codes[error.code as keyof typeof codes] ?? 'damaged',
      message: error.message,
    };
  }
}

/** PS3.4 B.5: ultrasound pictures and clips, which cannot be without pixels. */
const PICTURE_CLASSES = new Set(['1.2.840.10008.5.1.4.1.1.6.1', '1.2.840.10008.5.1.4.1.1.3.1']);

/** A stream that broke exactly between two elements. */
function lacksItsPixels({ data }: DicomFile): boolean {
  return !data.elements[TAG.pixels] && PICTURE_CLASSES.has(textOf(data, TAG.sopClass) ?? '');
}

/** A stream that broke between two compressed frames leaves whole frames, and nothing that closes them. */
function isCutBetweenFrames({ data, warnings }: DicomFile, layout: Layout, frames: FrameBytes): boolean {
  const isOpen = warnings.some(({ code, message }) => code === 'parser' && /delimiter/.test(message));
  return isOpen && data.elements[TAG.pixels]?.fragments !== undefined && frames.count < layout.frames;
}

function cutOff(layout: Layout | null, frames: FrameBytes | null): IndexProblem {
  const whole =
    layout && frames ? `${frames.count} of its ${layout.frames} frames are whole` : 'no frame is whole';
  return { code: 'cut-off', message: `The file ends before it should: ${whole}. Send it again.` };
}

function unsupported({ syntax }: DicomFile): IndexProblem | null {
  if (syntax.uid === DEFLATED)
    return {
      code: 'unsupported',
      message: 'The file is deflated as a whole, so its frames cannot be found in it. Send it inflated.',
    };
  if (syntax.pictures === null)
    return { code: 'unsupported', message: `Pictures stored as ${syntax.name} are not read.` };
  return null;
}

function describe(
  file: DicomFile,
  layout: Layout,
  frames: FrameBytes,
  warnings: ReadWarning[],
): PicturesIndex {
  if (frames.count < layout.frames)
    warnings.push({
      code: 'frames-missing',
      message: `The file says ${layout.frames} frames; ${frames.count} are there.`,
    });
  const timing = readTiming(file.data, frames.count, warnings);
  return {
    width: layout.width,
    height: layout.height,
    times: [...timing.times],
    timing: timing.source,
    regions: readRegions(file.data, layout, warnings),
    about: factsOf(file, layout, warnings),
    frameIndex: Array.from({ length: frames.count }, (_, index) => frames.rangeOf(index)),
  };
}

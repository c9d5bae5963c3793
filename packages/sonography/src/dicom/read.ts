import type { Clip } from '../clip.ts';
import type { Codecs } from '../codecs/codecs.ts';
import type { Picture } from '../codecs/picture.ts';
import { lumaOf } from '../codecs/picture-luma.ts';
import { SonographyError } from '../sonography-error.ts';
import { type DicomFile, parseFile, textOf } from './data-set.ts';
import { type FrameBytes, findFrames } from './frame-bytes.ts';
import { type Identity, identityOf, missingIdentity } from './identity.ts';
import { type Layout, readLayout } from './layout.ts';
import { decodedText } from './names.ts';
import { frameDecoder } from './pixels.ts';
import { readRegions } from './regions.ts';
import { TAG } from './tags.ts';
import { readTiming, type Timing } from './timing.ts';
import type { ReadWarning } from './warnings.ts';

/** A clip or still from a DICOM file, with what else the file tells. */
export interface DicomClip extends Clip {
  readonly timing: Timing['source'];
  /** Null where the file lacks one of its identifiers: it can be looked at, and must not be stored as known. */
  readonly identity: Identity | null;
  readonly about: DicomFacts;
  readonly warnings: readonly ReadWarning[];
  /** The frame as it looks: eight bits, grey or red, green and blue. */
  readonly picture: (index: number) => Promise<Picture>;
  /** The frame's bytes as they are stored, to be passed on without decoding. */
  readonly storedFrame: (index: number) => Uint8Array;
}

/** What a file says about where it comes from; each is null where it does not say. */
export interface DicomFacts {
  readonly modality: string | null;
  readonly manufacturer: string | null;
  readonly model: string | null;
  /** Family name, given name, and so on, divided by carets. */
  readonly patientName: string | null;
  readonly patientId: string | null;
  /** YYYYMMDD. */
  readonly birthDate: string | null;
  readonly studyDate: string | null;
  /** Whether writing about the person is part of the picture; null where the file does not say. */
  readonly burnedIn: boolean | null;
  readonly transferSyntax: { readonly uid: string; readonly name: string };
  readonly photometric: string;
}

/**
 * Reads an ultrasound clip or still from the bytes of a DICOM file. Frames are decoded when they are asked for.
 *
 * @throws SonographyError where the file is none, has no pictures, or stores them in a way that is not read
 */
export async function readDicom(bytes: Uint8Array, codecs: Codecs): Promise<DicomClip> {
  const file = await parseFile(bytes);
  const layout = readLayout(file.data);
  const frames = findFrames(file, layout);
  const decode = frameDecoder(file, layout, codecs);
  const warnings = [...file.warnings];
  if (frames.count < layout.frames)
    warnings.push({
      code: 'frames-missing',
      message: `The file says ${layout.frames} frames; ${frames.count} are there.`,
    });
  if (missingIdentity(file.data).length > 0)
    warnings.push({
      code: 'missing-identity',
      message: 'The file lacks identifiers that every picture must have.',
    });
  const about = factsOf(file, layout, warnings);
  const timing = readTiming(file.data, frames.count, warnings);
  const regions = readRegions(file.data, layout, warnings);
  const picture = async (index: number) => decode(storedFrame(frames, index));
  return {
    width: layout.width,
    height: layout.height,
    frameCount: frames.count,
    times: timing.times,
    timing: timing.source,
    ...{ regions, about, warnings, picture },
    identity: missingIdentity(file.data).length > 0 ? null : identityOf(file.data),
    frame: async (index) => lumaOf(await picture(index)),
    storedFrame: (index) => storedFrame(frames, index),
  };
}

function storedFrame(frames: FrameBytes, index: number): Uint8Array {
  if (!Number.isInteger(index) || index < 0 || index >= frames.count)
    throw new SonographyError('no-such-frame', `There is no frame ${index}: the clip has ${frames.count}.`);
  return frames.bytesOf(index);
}

/** What a file says of where it comes from; a text that was hard to read is added to the warnings. */
export function factsOf(file: DicomFile, layout: Layout, warnings: ReadWarning[]): DicomFacts {
  const { data, syntax } = file;
  const text = (tag: string) => textOf(data, tag) ?? null;
  const name = decodedText(file, TAG.patientName);
  if (name && !name.sure)
    warnings.push({
      code: 'character-set',
      message:
        'The file writes its texts in a character set that it does not name rightly; names may look wrong.',
    });
  const burned = text(TAG.burnedIn);
  return {
    modality: text(TAG.modality),
    manufacturer: text(TAG.manufacturer),
    model: text(TAG.model),
    patientName: name?.text || null,
    patientId: text(TAG.patientId),
    birthDate: text(TAG.birthDate),
    studyDate: text(TAG.studyDate),
    burnedIn: burned === null ? null : burned === 'YES',
    transferSyntax: { uid: syntax.uid, name: syntax.name },
    photometric: layout.photometric,
  };
}

import { MOST_PIXELS } from '../codecs/decode-picture.ts';
import { SonographyError } from '../sonography-error.ts';
import { type DataSet, numbersOf, shortOf, textOf } from './data-set.ts';
import { TAG } from './tags.ts';

/** How the samples of a picture are laid out. */
export interface Layout {
  readonly width: number;
  readonly height: number;
  readonly channels: number;
  readonly photometric: string;
  /** Channels stand plane after plane. */
  readonly byPlane: boolean;
  readonly bitsAllocated: number;
  readonly bitsStored: number;
  readonly signed: boolean;
  /** As the file says; what is really there may be fewer. */
  readonly frames: number;
}

/**
 * Reads how the pictures of a file are laid out.
 *
 * @throws SonographyError where there are none, or of a kind that no ultrasound machine writes
 */
export function readLayout(data: DataSet): Layout {
  if (!data.elements[TAG.pixels]) {
    const what = textOf(data, TAG.modality) === 'SR' ? 'This is a structured report' : 'This file';
    throw new SonographyError('not-this-format', `${what}: there are no pictures in it.`);
  }
  const [width = 0, height = 0] = [shortOf(data, TAG.columns), shortOf(data, TAG.rows)];
  if (width < 1 || height < 1 || width * height > MOST_PIXELS)
    throw new SonographyError('corrupt', `The file says that its pictures are ${width} × ${height} pixels.`);
  const channels = shortOf(data, TAG.samples) ?? 1;
  const bitsAllocated = shortOf(data, TAG.bitsAllocated) ?? 8;
  if ((channels !== 1 && channels !== 3) || (bitsAllocated !== 8 && bitsAllocated !== 16))
    throw new SonographyError(
      'unsupported',
      `Pictures of ${channels} channels with ${bitsAllocated} bits are not read.`,
    );
  const [frames = 1] = numbersOf(data, TAG.frames);
  const bitsStored = shortOf(data, TAG.bitsStored) ?? bitsAllocated;
  return {
    ...{ width, height, channels, bitsAllocated },
    photometric: textOf(data, TAG.photometric) ?? (channels === 3 ? 'RGB' : 'MONOCHROME2'),
    byPlane: shortOf(data, TAG.planar) === 1,
    bitsStored: bitsStored >= 1 && bitsStored <= bitsAllocated ? bitsStored : bitsAllocated,
    signed: shortOf(data, TAG.signed) === 1,
    frames: Number.isInteger(frames) && frames >= 1 ? frames : 1,
  };
}

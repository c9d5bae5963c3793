import type { CodecName } from '../codecs/codecs.ts';

/** How the bytes of a file are laid out. */
export interface TransferSyntax {
  readonly uid: string;
  readonly name: string;
  readonly bigEndian: boolean;
  readonly explicit: boolean;
  /** How pictures are stored: as they are, run-length encoded, or by a codec; null for one that we cannot decode. */
  readonly pictures: 'native' | 'rle' | CodecName | null;
}

export const IMPLICIT = '1.2.840.10008.1.2';
export const EXPLICIT = '1.2.840.10008.1.2.1';
/** What was deflated is parsed, and written, as it was inside. */
export const DEFLATED = '1.2.840.10008.1.2.1.99';

const known = new Map(
  (
    [
      ['1.2.840.10008.1.2', 'Implicit VR little endian', 'native'],
      ['1.2.840.10008.1.2.1', 'Explicit VR little endian', 'native'],
      ['1.2.840.10008.1.2.1.99', 'Deflated explicit VR little endian', 'native'],
      ['1.2.840.10008.1.2.2', 'Explicit VR big endian', 'native'],
      ['1.2.840.10008.1.2.5', 'RLE lossless', 'rle'],
      ['1.2.840.10008.1.2.4.50', 'JPEG baseline', 'jpeg'],
      ['1.2.840.10008.1.2.4.51', 'JPEG extended', 'jpeg'],
      ['1.2.840.10008.1.2.4.57', 'JPEG lossless', 'jpeg-lossless'],
      ['1.2.840.10008.1.2.4.70', 'JPEG lossless, first-order prediction', 'jpeg-lossless'],
      ['1.2.840.10008.1.2.4.80', 'JPEG-LS lossless', 'jpeg-ls'],
      ['1.2.840.10008.1.2.4.81', 'JPEG-LS near-lossless', 'jpeg-ls'],
      ['1.2.840.10008.1.2.4.90', 'JPEG 2000 lossless', 'jpeg-2000'],
      ['1.2.840.10008.1.2.4.91', 'JPEG 2000', 'jpeg-2000'],
      ['1.2.840.10008.1.2.4.100', 'MPEG-2 main profile', null],
      ['1.2.840.10008.1.2.4.102', 'MPEG-4 AVC/H.264', null],
      ['1.2.840.10008.1.2.4.103', 'MPEG-4 AVC/H.264, BD-compatible', null],
    ] as const
  ).map(([uid, name, pictures]): [string, TransferSyntax] => [
    uid,
    {
      uid,
      name,
      pictures,
      bigEndian: uid === '1.2.840.10008.1.2.2',
      explicit: uid !== '1.2.840.10008.1.2',
    },
  ]),
);

/** The UIDs of every transfer syntax whose pictures we decode. */
export const READ_SYNTAXES: readonly string[] = [...known.values()]
  .filter(({ pictures }) => pictures !== null)
  .map(({ uid }) => uid);

/** Source: DICOM PS3.5 annex A, PS3.6 annex A. An unknown one is taken as explicit little endian, its pictures as unreadable. */
export function transferSyntaxOf(uid: string): TransferSyntax {
  return known.get(uid) ?? { uid, name: uid, bigEndian: false, explicit: true, pictures: null };
}

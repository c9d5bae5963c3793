import { concat } from '../concat.ts';
import { SonographyError } from '../sonography-error.ts';
import { type DicomElement, writeDataSet } from './element.ts';
import { uidOf } from './uid.ts';

/** The transfer syntaxes that we write. */
export const WRITTEN_SYNTAX = {
  'explicit-little': '1.2.840.10008.1.2.1',
  'explicit-big': '1.2.840.10008.1.2.2',
  rle: '1.2.840.10008.1.2.5',
  'jpeg-ls': '1.2.840.10008.1.2.4.80',
} as const;

const PREAMBLE = 128;
/** Names this program as the one that wrote a file. */
const IMPLEMENTATION_UID = uidOf('rectus sonography, dicom-write');
const IMPLEMENTATION_NAME = 'RECTUS_SONO_1';
const SOP_CLASS = 0x00080016;
const SOP_INSTANCE = 0x00080018;
const BIG_ENDIAN = '1.2.840.10008.1.2.2';

/**
 * A DICOM file: preamble, meta information, data set. Elements of group 2 are made here; those given are left out.
 *
 * @param transferSyntax its UID; anything but implicit and deflated. Bytes given as values are in its byte order.
 * Source: DICOM PS3.10 section 7.1.
 * @throws SonographyError (missing-identity) where the elements do not name their class and instance
 */
export function writeDicomFile(elements: readonly DicomElement[], transferSyntax: string): Uint8Array {
  const textOf = (tag: number) => {
    const value = elements.find((one) => one.tag === tag)?.value;
    const text = value instanceof Uint8Array ? new TextDecoder().decode(value) : value;
    // biome-ignore lint/suspicious/noControlCharactersInRegex: UIDs are padded with a zero byte
    return typeof text === 'string' ? text.replace(/\u0000$/, '') : '';
  };
  const [sopClass, sopInstance] = [textOf(SOP_CLASS), textOf(SOP_INSTANCE)];
  if (!sopClass || !sopInstance)
    throw new SonographyError(
      'missing-identity',
      'A DICOM file needs the UIDs of its class and its instance.',
    );
  const body = writeDataSet(
    elements.filter(({ tag }) => tag >>> 16 !== 2),
    transferSyntax === BIG_ENDIAN,
  );
  return withMeta({ sopClass, sopInstance, transferSyntax }, [body]);
}

/** By what a file is known before it is read. */
export interface MetaFacts {
  readonly sopClass: string;
  readonly sopInstance: string;
  readonly transferSyntax: string;
}

/** Preamble and meta information, followed by the parts of a data set that is laid out already. */
export function withMeta(facts: MetaFacts, dataSet: readonly Uint8Array[]): Uint8Array {
  const rest = writeDataSet([
    { tag: 0x00020001, vr: 'OB', value: [0, 1] },
    { tag: 0x00020002, vr: 'UI', value: facts.sopClass },
    { tag: 0x00020003, vr: 'UI', value: facts.sopInstance },
    { tag: 0x00020010, vr: 'UI', value: facts.transferSyntax },
    { tag: 0x00020012, vr: 'UI', value: IMPLEMENTATION_UID },
    { tag: 0x00020013, vr: 'SH', value: IMPLEMENTATION_NAME },
  ]);
  const length = writeDataSet([{ tag: 0x00020000, vr: 'UL', value: [rest.length] }]);
  return concat([new Uint8Array(PREAMBLE), new TextEncoder().encode('DICM'), length, rest, ...dataSet]);
}

import { concat } from '../concat.ts';
import { type DicomElement, LONG_FORMS, writeDataSet } from '../dicom-write/element.ts';
import { type MetaFacts, withMeta } from '../dicom-write/file.ts';
import type { TransferSyntax } from './transfer-syntax.ts';

/** How elements are laid out. */
export type Form = Pick<TransferSyntax, 'explicit' | 'bigEndian'>;

export const EXPLICIT_LITTLE: Form = { explicit: true, bigEndian: false };

/** An element with its bytes, copied from a file or made anew. */
export interface EncodedElement {
  /** As dicom-parser spells it: `x00100010`. */
  readonly tag: string;
  readonly bytes: Uint8Array;
}

/** An element laid out as the rest of a file is. */
export function encoded(tag: string, vr: string, value: DicomElement['value'], form: Form): EncodedElement {
  const element = writeDataSet([{ tag: Number.parseInt(tag.slice(1), 16), vr, value }], form.bigEndian);
  if (form.explicit) return { tag, bytes: element };
  // Without a representation there is room for a length of four bytes: PS3.5 7.1.3.
  const body = element.subarray(LONG_FORMS.has(vr) ? 12 : 8);
  const header = element.slice(0, 8);
  new DataView(header.buffer).setUint32(4, body.length, !form.bigEndian);
  return { tag, bytes: concat([header, body]) };
}

/** A file of elements in the order of their tags. */
export function fileOf(facts: MetaFacts, elements: readonly EncodedElement[]): Uint8Array {
  const sorted = elements.toSorted((a, b) => (a.tag < b.tag ? -1 : 1));
  return withMeta(
    facts,
    sorted.map(({ bytes }) => bytes),
  );
}

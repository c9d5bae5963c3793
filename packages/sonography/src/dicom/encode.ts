import type { TransferSyntax } from './transfer-syntax.ts';

/** An element to be written. */
export interface NewElement {
  /** As dicom-parser spells it: `x00100010`. */
  readonly tag: string;
  readonly vr: string;
  readonly value: Uint8Array;
}

type Form = Pick<TransferSyntax, 'explicit' | 'bigEndian'>;

export const EXPLICIT_LITTLE: Form = { explicit: true, bigEndian: false };
const LONG_FORMS = new Set(['OB', 'OW', 'SQ', 'UN', 'UT']);

/** An element's bytes. A value of odd length is padded as its representation asks: PS3.5 7.1 and 6.2. */
export function encodeElement({ tag, vr, value }: NewElement, { explicit, bigEndian }: Form): Uint8Array {
  const isLong = !explicit || LONG_FORMS.has(vr);
  const header = explicit && isLong ? 12 : 8;
  const length = value.length + (value.length % 2);
  const bytes = new Uint8Array(header + length);
  const view = new DataView(bytes.buffer);
  view.setUint16(0, Number.parseInt(tag.slice(1, 5), 16), !bigEndian);
  view.setUint16(2, Number.parseInt(tag.slice(5, 9), 16), !bigEndian);
  if (explicit) bytes.set([vr.charCodeAt(0), vr.charCodeAt(1)], 4);
  if (!explicit) view.setUint32(4, length, !bigEndian);
  else if (isLong) view.setUint32(8, length, !bigEndian);
  else view.setUint16(6, length, !bigEndian);
  if (length > value.length && vr !== 'UI' && vr !== 'OB') bytes[bytes.length - 1] = 0x20;
  bytes.set(value, header);
  return bytes;
}

/** A text element; the text is ASCII, or UTF-8 where the file says so. */
export function textElement(tag: string, vr: string, text: string): NewElement {
  return { tag, vr, value: new TextEncoder().encode(text) };
}

/** An element of one unsigned number of 16 bits. */
export function shortElement(tag: string, value: number, { bigEndian }: Form): NewElement {
  const bytes = new Uint8Array(2);
  new DataView(bytes.buffer).setUint16(0, value, !bigEndian);
  return { tag, vr: 'US', value: bytes };
}

/** What the file is known by in its meta information. */
export interface MetaFacts {
  readonly sopClass: string;
  readonly instance: string;
  readonly transferSyntax: string;
}

/** Of files that this program writes: a UUID as PS3.5 B.2 allows. */
export const IMPLEMENTATION_UID = '2.25.235813059274830958101763092147205548131';
const IMPLEMENTATION_NAME = 'RECTUS_1';
const PREAMBLE = 128;

/** Preamble and meta information, then the data set: PS3.10 7.1. */
export function part10(facts: MetaFacts, dataSet: readonly Uint8Array[]): Uint8Array {
  const meta = [
    { tag: 'x00020001', vr: 'OB', value: new Uint8Array([0, 1]) },
    textElement('x00020002', 'UI', facts.sopClass),
    textElement('x00020003', 'UI', facts.instance),
    textElement('x00020010', 'UI', facts.transferSyntax),
    textElement('x00020012', 'UI', IMPLEMENTATION_UID),
    textElement('x00020013', 'SH', IMPLEMENTATION_NAME),
  ].map((one) => encodeElement(one, EXPLICIT_LITTLE));
  const length = new Uint8Array(4);
  new DataView(length.buffer).setUint32(0, sizeOf(meta), true);
  const group = encodeElement({ tag: 'x00020000', vr: 'UL', value: length }, EXPLICIT_LITTLE);
  const preamble = new Uint8Array(PREAMBLE + 4);
  preamble.set(new TextEncoder().encode('DICM'), PREAMBLE);
  return joined([preamble, group, ...meta, ...dataSet]);
}

export function sizeOf(parts: readonly Uint8Array[]): number {
  return parts.reduce((sum, part) => sum + part.length, 0);
}

/** Several pieces in one. */
export function joined(parts: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(sizeOf(parts));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

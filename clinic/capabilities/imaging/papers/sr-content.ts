import { type DicomElement, decimalString } from '@rectus/sonography';

/** A coded concept: value, coding scheme, and its meaning for people. */
export interface Code {
  readonly value: string;
  readonly scheme: string;
  readonly meaning: string;
}

/** One item of a structured report's content tree, with what stands below it. */
export interface ContentItem {
  readonly relation: Relation | null;
  readonly type: 'CONTAINER' | 'CODE' | 'TEXT' | 'NUM' | 'PNAME' | 'UIDREF' | 'IMAGE' | 'SCOORD' | 'DATETIME';
  readonly concept: Code | null;
  readonly value: readonly DicomElement[];
  readonly children: readonly ContentItem[];
}

export type Relation =
  | 'CONTAINS'
  | 'HAS CONCEPT MOD'
  | 'HAS OBS CONTEXT'
  | 'HAS ACQ CONTEXT'
  | 'HAS PROPERTIES'
  | 'INFERRED FROM'
  | 'SELECTED FROM';

/** A picture of a file; frames are counted from 1, and left out for a file of one. */
export interface ImageReference {
  readonly sopClass: string;
  readonly sopUid: string;
  readonly frameNumber: number | null;
}

/** Longest plain code value, and longest meaning (PS3.5 6.2: SH, LO). */
const LONGEST_VALUE = 16;
const LONGEST_MEANING = 64;

export const element = (tag: number, vr: string, value: DicomElement['value']): DicomElement => ({
  tag,
  vr,
  value,
});

/** A text of one value: no backslash, which would divide it, and nothing that cannot be printed. */
export function plain(text: string, longest = LONGEST_MEANING): string {
  const one = text
    .replace(/\\/g, '/')
    .replace(/\p{Cc}+/gu, ' ')
    .trim();
  const letters = [...one];
  return letters.length <= longest ? one : `${letters.slice(0, longest - 3).join('')}...`;
}

/** A code as a sequence of one item. A value longer than sixteen characters stands in an element of its own. PS3.3 8.8. */
export function codeSequence(tag: number, code: Code): DicomElement {
  const isLong = code.value.length > LONGEST_VALUE;
  return element(tag, 'SQ', {
    items: [
      [
        isLong ? element(0x00080119, 'UC', code.value) : element(0x00080100, 'SH', code.value),
        element(0x00080102, 'SH', code.scheme),
        element(0x00080104, 'LO', plain(code.meaning)),
      ],
    ],
  });
}

const item = (
  relation: Relation | null,
  type: ContentItem['type'],
  concept: Code | null,
  value: readonly DicomElement[],
  children: readonly ContentItem[] = [],
): ContentItem => ({ relation, type, concept, value, children });

export const container = (
  relation: Relation | null,
  concept: Code,
  children: readonly ContentItem[],
): ContentItem => item(relation, 'CONTAINER', concept, [element(0x0040a050, 'CS', 'SEPARATE')], children);

export const text = (relation: Relation, concept: Code, words: string): ContentItem =>
  item(relation, 'TEXT', concept, [element(0x0040a160, 'UT', words.replace(/\r\n?|\n/g, '\r\n'))]);

export const code = (
  relation: Relation,
  concept: Code,
  value: Code,
  children: readonly ContentItem[] = [],
): ContentItem => item(relation, 'CODE', concept, [codeSequence(0x0040a168, value)], children);

export const personName = (relation: Relation, concept: Code, name: string): ContentItem =>
  item(relation, 'PNAME', concept, [element(0x0040a123, 'PN', name)]);

export const uid = (relation: Relation, concept: Code, value: string): ContentItem =>
  item(relation, 'UIDREF', concept, [element(0x0040a124, 'UI', value)]);

/** A number with its unit, as a decimal string and, where that has fewer digits, exactly. PS3.3 C.18.1. */
export function num(
  relation: Relation,
  concept: Code,
  measured: { readonly value: number; readonly unit: Code },
  children: readonly ContentItem[] = [],
): ContentItem {
  const value = [
    element(0x0040a300, 'SQ', {
      items: [
        [
          codeSequence(0x004008ea, measured.unit),
          element(0x0040a161, 'FD', [measured.value]),
          element(0x0040a30a, 'DS', decimalString(measured.value)),
        ],
      ],
    }),
  ];
  return item(relation, 'NUM', concept, value, children);
}

export function image(
  relation: Relation,
  concept: Code | null,
  reference: ImageReference,
  children: readonly ContentItem[] = [],
): ContentItem {
  const value = [element(0x00081199, 'SQ', { items: [referenceElements(reference)] })];
  return item(relation, 'IMAGE', concept, value, children);
}

/** Class and instance of a picture, and which frame of it. */
export function referenceElements({ sopClass, sopUid, frameNumber }: ImageReference): DicomElement[] {
  return [
    element(0x00081150, 'UI', sopClass),
    element(0x00081155, 'UI', sopUid),
    ...(frameNumber === null ? [] : [element(0x00081160, 'IS', String(frameNumber))]),
  ];
}

/**
 * Places in a picture, in px of the stored frame. The standard counts from the corner of the first pixel and we count
 * from its middle, so that half a pixel is added. PS3.3 C.18.6.1.1.
 */
export function coordinates(
  relation: Relation,
  concept: Code | null,
  shape: 'POINT' | 'MULTIPOINT' | 'POLYLINE',
  places: readonly { readonly x: number; readonly y: number }[],
  picture: ImageReference,
): ContentItem {
  const data = places.flatMap(({ x, y }) => [x + 0.5, y + 0.5]);
  const value = [element(0x00700022, 'FL', data), element(0x00700023, 'CS', shape)];
  return item(relation, 'SCOORD', concept, value, [image('SELECTED FROM', null, picture)]);
}

/** The elements of an item, its children within it. */
export function itemElements({ relation, type, concept, value, children }: ContentItem): DicomElement[] {
  return [
    ...(relation ? [element(0x0040a010, 'CS', relation)] : []),
    element(0x0040a040, 'CS', type),
    ...(concept ? [codeSequence(0x0040a043, concept)] : []),
    ...value,
    ...(children.length > 0
      ? [element(0x0040a730, 'SQ', { items: children.map((child) => itemElements(child)) })]
      : []),
  ];
}

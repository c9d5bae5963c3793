import { LONG_FORMS } from '../dicom-write/element.ts';
import type { DicomFile, Element } from './data-set.ts';

/** A top-level element with all of its bytes: header, value, and what closes it. */
export interface ElementRange {
  readonly tag: string;
  readonly element: Element;
  readonly start: number;
  readonly end: number;
}

/** Where each element of the data set lies, in the file's order; the meta information is not among them. */
export function elementRanges({ data, bytes, syntax }: DicomFile): readonly ElementRange[] {
  const inOrder = Object.entries(data.elements)
    .filter(([tag]) => !tag.startsWith('x0002'))
    .map(([tag, element]) => ({
      tag,
      element,
      start: element.dataOffset - headerLength(element, syntax.explicit),
    }))
    .sort((a, b) => a.start - b.start);
  return inOrder.map((one, index) => ({
    ...one,
    end: inOrder[index + 1]?.start ?? endOf(one.element, bytes),
  }));
}

function headerLength({ vr }: Element, explicit: boolean): number {
  return explicit && vr !== undefined && LONG_FORMS.has(vr) ? 12 : 8;
}

function endOf(element: Element, bytes: Uint8Array): number {
  return element.hadUndefinedLength
    ? bytes.length
    : Math.min(bytes.length, element.dataOffset + element.length);
}

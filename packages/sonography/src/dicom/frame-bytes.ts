import { concat } from '../concat.ts';
import { SonographyError } from '../sonography-error.ts';
import type { DicomFile, Element } from './data-set.ts';
import type { Layout } from './layout.ts';
import { TAG } from './tags.ts';

/** The stored bytes of each frame, compressed or not. */
export interface FrameBytes {
  /** Frames that are really there. */
  readonly count: number;
  readonly bytesOf: (index: number) => Uint8Array;
  /** Where a frame lies: offset and length, and again for every further piece that it was stored in. */
  readonly rangeOf: (index: number) => readonly number[];
}

type Fragment = NonNullable<Element['fragments']>[number];

/**
 * Where the frames of a file lie. Nothing is copied but a frame that was stored in several pieces.
 *
 * @throws SonographyError where not even the first frame is there
 */
export function findFrames(file: DicomFile, layout: Layout): FrameBytes {
  const element = file.data.elements[TAG.pixels];
  const found =
    element?.encapsulatedPixelData || element?.fragments
      ? inFragments(file, element, layout.frames)
      : inOneBlock(file, element, layout);
  if (found.count < 1) throw new SonographyError('truncated', 'The file ends before its first picture does.');
  return found;
}

function inOneBlock({ bytes }: DicomFile, element: Element | undefined, layout: Layout): FrameBytes {
  const perPixel = layout.photometric === 'YBR_FULL_422' ? 2 : layout.channels;
  const length = layout.width * layout.height * perPixel * (layout.bitsAllocated / 8);
  const start = element?.dataOffset ?? bytes.length;
  const end = Math.min(bytes.length, start + (element?.length ?? 0));
  return {
    count: Math.min(layout.frames, Math.floor((end - start) / length)),
    bytesOf: (index) => bytes.subarray(start + index * length, start + (index + 1) * length),
    rangeOf: (index) => [start + index * length, length],
  };
}

function inFragments({ bytes }: DicomFile, element: Element, frames: number): FrameBytes {
  const fragments = (element.fragments ?? []).filter(
    ({ position, length }) => length > 0 && position + length <= bytes.length,
  );
  const groups = groupFragments(bytes, element, fragments, frames);
  return {
    count: Math.min(frames, groups.length),
    bytesOf: (index) => joined(bytes, groups[index] ?? []),
    rangeOf: (index) => (groups[index] ?? []).flatMap(({ position, length }) => [position, length]),
  };
}

/** Which fragments make a frame: by the offset table, by their number, or by how compressed pictures begin. */
function groupFragments(
  bytes: Uint8Array,
  { basicOffsetTable = [] }: Element,
  fragments: readonly Fragment[],
  frames: number,
): readonly (readonly Fragment[])[] {
  if (fragments.length === frames) return fragments.map((one) => [one]);
  const starts = new Set(basicOffsetTable);
  const isTable =
    starts.size === frames && fragments.filter(({ offset }) => starts.has(offset)).length === frames;
  const begins = isTable
    ? (one: Fragment) => starts.has(one.offset)
    : (one: Fragment) => startsPicture(bytes, one.position);
  if (frames === 1 && !isTable) return fragments.length > 0 ? [fragments] : [];
  const groups: Fragment[][] = [];
  for (const one of fragments) {
    if (begins(one) || groups.length === 0) groups.push([one]);
    else groups.at(-1)?.push(one);
  }
  return groups;
}

function startsPicture(bytes: Uint8Array, at: number): boolean {
  return bytes[at] === 0xff && (bytes[at + 1] === 0xd8 || bytes[at + 1] === 0x4f);
}

function joined(bytes: Uint8Array, fragments: readonly Fragment[]): Uint8Array {
  const [first] = fragments;
  if (first && fragments.length === 1) return bytes.subarray(first.position, first.position + first.length);
  return concat(fragments.map(({ position, length }) => bytes.subarray(position, position + length)));
}

import { decodeText } from './character-sets.ts';
import { type DicomFile, textOf } from './data-set.ts';
import { TAG } from './tags.ts';

/** A text of the file in its character set; `sure` is false where the set is unknown and Latin was taken. */
export function decodedText(
  { data, bytes }: DicomFile,
  tag: string,
): { readonly text: string; readonly sure: boolean } | null {
  const element = data.elements[tag];
  if (!element || element.length === 0) return null;
  const raw = bytes.subarray(element.dataOffset, element.dataOffset + element.length);
  const sets = (textOf(data, TAG.characterSet) ?? '').split('\\').map((set) => set.trim());
  const { text, sure } = decodeText(raw, sets);
  return { text: text.replaceAll('\0', '').trim(), sure };
}

import { type DicomFile, textOf } from './data-set.ts';
import { TAG } from './tags.ts';

/** Character sets by their DICOM terms, as encodings of the WHATWG standard. Source: DICOM PS3.3 C.12.1.1.2. */
const encodings: Readonly<Record<string, string>> = {
  '': 'utf-8',
  'ISO_IR 6': 'utf-8',
  'ISO_IR 192': 'utf-8',
  'ISO_IR 100': 'iso-8859-1',
  'ISO_IR 101': 'iso-8859-2',
  'ISO_IR 109': 'iso-8859-3',
  'ISO_IR 110': 'iso-8859-4',
  'ISO_IR 144': 'iso-8859-5',
  'ISO_IR 127': 'iso-8859-6',
  'ISO_IR 126': 'iso-8859-7',
  'ISO_IR 138': 'iso-8859-8',
  'ISO_IR 148': 'iso-8859-9',
  'ISO_IR 203': 'iso-8859-15',
  'ISO_IR 166': 'windows-874',
  'ISO_IR 13': 'shift_jis',
  GB18030: 'gb18030',
  GBK: 'gbk',
  'ISO 2022 IR 13': 'shift_jis',
  'ISO 2022 IR 87': 'iso-2022-jp',
  'ISO 2022 IR 149': 'euc-kr',
  'ISO 2022 IR 58': 'gb18030',
};

/** A text of the file in its character set; `sure` is false where the set is unknown and Latin was taken. */
export function decodedText(
  { data, bytes }: DicomFile,
  tag: string,
): { readonly text: string; readonly sure: boolean } | null {
  const element = data.elements[tag];
  if (!element || element.length === 0) return null;
  const raw = bytes.subarray(element.dataOffset, element.dataOffset + element.length);
  const sets = (textOf(data, TAG.characterSet) ?? '').split('\\').map((set) => set.trim());
  // Several sets switch by escape sequences; the first that is not plain ASCII decides the encoding.
  const set = sets.find((one) => one !== '' && one !== 'ISO_IR 6' && one !== 'ISO 2022 IR 6') ?? '';
  const encoding = encodings[set] ?? encodings[set.replace('ISO 2022 IR', 'ISO_IR')];
  const text = encoding === undefined ? null : strictly(encoding, raw);
  const trimmed = (value: string) => value.replaceAll('\0', '').trim();
  return text === null
    ? { text: trimmed(strictly('utf-8', raw) ?? new TextDecoder('iso-8859-1').decode(raw)), sure: false }
    : { text: trimmed(text), sure: true };
}

function strictly(encoding: string, bytes: Uint8Array): string | null {
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes);
  } catch {
    return null;
  }
}

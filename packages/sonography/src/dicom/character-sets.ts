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
  'ISO 2022 IR 159': 'iso-2022-jp',
  'ISO 2022 IR 149': 'euc-kr',
  'ISO 2022 IR 58': 'gb18030',
};

const ESCAPE = 0x1b;

/** How the bytes after an escape sequence are read. Source: DICOM PS3.3 tables C.12-3 and C.12-4. */
const escapes: readonly (readonly [sequence: string, read: (bytes: Uint8Array) => string | null])[] = [
  ['(B', (bytes) => strictly('utf-8', bytes)],
  ['(J', (bytes) => strictly('shift_jis', bytes)],
  [')I', (bytes) => strictly('shift_jis', bytes)],
  ['$B', (bytes) => strictly('euc-jp', raised(bytes))],
  ['$(D', (bytes) => strictly('euc-jp', raised(bytes, 0x8f))],
  ['$)C', (bytes) => strictly('euc-kr', bytes)],
  ['$)A', (bytes) => strictly('gb18030', bytes)],
  ['-A', (bytes) => strictly('iso-8859-1', bytes)],
  ['-B', (bytes) => strictly('iso-8859-2', bytes)],
  ['-C', (bytes) => strictly('iso-8859-3', bytes)],
  ['-D', (bytes) => strictly('iso-8859-4', bytes)],
  ['-L', (bytes) => strictly('iso-8859-5', bytes)],
  ['-G', (bytes) => strictly('iso-8859-6', bytes)],
  ['-F', (bytes) => strictly('iso-8859-7', bytes)],
  ['-H', (bytes) => strictly('iso-8859-8', bytes)],
  ['-M', (bytes) => strictly('iso-8859-9', bytes)],
  ['-b', (bytes) => strictly('iso-8859-15', bytes)],
  ['-T', (bytes) => strictly('windows-874', bytes)],
];

/**
 * Text in the character sets that a data set names, with the escape sequences that switch between them.
 *
 * @param sets the value of Specific Character Set (0008,0005), one entry for each of its values
 * @returns `sure` is false where the set is unknown or the bytes are none of it; UTF-8 or Latin was taken then
 */
export function decodeText(
  bytes: Uint8Array,
  sets: readonly string[],
): { readonly text: string; readonly sure: boolean } {
  const read = bytes.includes(ESCAPE) ? switching(bytes, sets) : plain(bytes, sets);
  if (read !== null) return { text: read, sure: true };
  return { text: strictly('utf-8', bytes) ?? new TextDecoder('iso-8859-1').decode(bytes), sure: false };
}

/** The first set that is not plain ASCII decides where nothing switches. */
function plain(bytes: Uint8Array, sets: readonly string[]): string | null {
  const set = sets.find((one) => one !== '' && one !== 'ISO_IR 6' && one !== 'ISO 2022 IR 6') ?? '';
  const encoding = encodings[set] ?? encodings[set.replace('ISO 2022 IR', 'ISO_IR')];
  return encoding === undefined ? null : strictly(encoding, bytes);
}

function switching(bytes: Uint8Array, sets: readonly string[]): string | null {
  let text = '';
  let [start, read] = [0, (part: Uint8Array) => plain(part, sets.slice(0, 1))];
  for (let at = bytes.indexOf(ESCAPE); ; at = bytes.indexOf(ESCAPE, start)) {
    const part = read(bytes.subarray(start, at < 0 ? bytes.length : at));
    if (part === null) return null;
    text += part;
    if (at < 0) return text;
    const after = String.fromCharCode(...bytes.subarray(at + 1, at + 4));
    const found = escapes.find(([sequence]) => after.startsWith(sequence));
    if (!found) return null;
    start = at + 1 + found[0].length;
    read = found[1];
  }
}

/** Two-byte characters of seven bits as EUC writes them; what stands below (spaces, line ends) is left as it is. */
function raised(bytes: Uint8Array, prefix?: number): Uint8Array {
  const out: number[] = [];
  for (let at = 0; at < bytes.length; at++) {
    const [one = 0, two] = [bytes[at], bytes[at + 1]];
    if (one <= 0x20 || two === undefined) {
      out.push(one);
      continue;
    }
    if (prefix !== undefined) out.push(prefix);
    out.push(one | 0x80, two | 0x80);
    at += 1;
  }
  return Uint8Array.from(out);
}

function strictly(encoding: string, bytes: Uint8Array): string | null {
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes);
  } catch {
    return null;
  }
}

const utf8 = new TextDecoder('utf-8', { fatal: true });
const encoder = new TextEncoder();

/**
 * Text of a file without the blanks and zeros that pad it. The standard wants ASCII, newer programs write UTF-8 and
 * older ones Latin-1, so bytes that are no UTF-8 are read as Latin-1.
 */
export function decodeText(bytes: Uint8Array): string {
  let end = bytes.length;
  while (end > 0 && ((bytes[end - 1] as number) === 0x20 || (bytes[end - 1] as number) === 0)) end -= 1;
  const used = bytes.subarray(0, end);
  try {
    return utf8.decode(used);
  } catch {
    return Array.from(used, (byte) => String.fromCharCode(byte)).join('');
  }
}

export function encodeText(text: string): Uint8Array {
  return encoder.encode(text);
}

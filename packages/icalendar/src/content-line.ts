/** Octets in one line of iCalendar text, its line break left out (RFC 5545, section 3.1). */
const MAX_OCTETS = 75;

/** Parameters of a property, in the order in which they are written. */
export type Parameters = Readonly<Record<string, string>>;

/**
 * One content line, folded and ended with CRLF: `NAME;PARAM=…:value`.
 *
 * The value must already be in the form of its type; free text goes through {@link escapeText} first. As a
 * second guard against injected lines, a value that still holds a line break throws a RangeError.
 */
export function contentLine(name: string, value: string, parameters: Parameters = {}): string {
  const written = Object.entries(parameters).map(([key, text]) => `;${key}=${parameterValue(text)}`);
  const line = `${name}${written.join('')}:${value}`;
  if (/[\r\n]/.test(line)) throw new RangeError(`The value of ${name} holds a line break.`);
  return fold(line);
}

/** Free text as a TEXT value (RFC 5545, section 3.3.11): backslash, semicolon, comma and newline escaped. */
export function escapeText(text: string): string {
  return withoutControls(text)
    .replace(/[\\;,]/g, (mark) => `\\${mark}`)
    .replaceAll('\n', '\\n');
}

/**
 * Free text as a parameter value: carets, double quotes and newlines in the caret form of RFC 6868, the whole
 * in double quotes where it holds a comma, semicolon or colon.
 */
export function parameterValue(text: string): string {
  const careted = withoutControls(text).replaceAll('^', '^^').replaceAll('"', "^'").replaceAll('\n', '^n');
  return /[,;:]/.test(careted) ? `"${careted}"` : careted;
}

/**
 * The text with every kind of line break as `\n` and no other control character but the tab; halves of
 * surrogate pairs become U+FFFD, because they have no form in UTF-8.
 */
export function withoutControls(text: string): string {
  return text
    .toWellFormed()
    .replace(/\r\n?|[\u0085\u2028\u2029]/g, '\n')
    .replace(/[^\P{Cc}\t\n]/gu, '');
}

/** Breaks a line after at most 75 octets, between characters, never inside the bytes of one. */
function fold(line: string): string {
  let folded = '';
  let octets = 0;
  for (const character of line) {
    const size = utf8Octets(character);
    if (octets + size > MAX_OCTETS) {
      folded += '\r\n ';
      octets = 1;
    }
    folded += character;
    octets += size;
  }
  return `${folded}\r\n`;
}

/** How many octets one character takes in UTF-8. */
function utf8Octets(character: string): number {
  const code = character.codePointAt(0) ?? 0;
  if (code < 0x80) return 1;
  if (code < 0x800) return 2;
  return code < 0x10000 ? 3 : 4;
}

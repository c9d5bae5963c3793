import { MultipartError } from './multipart-error.ts';

/** One part of a multipart body, on its way. */
export interface Part {
  /** By their names in small letters. */
  readonly headers: ReadonlyMap<string, string>;
  /** Its bytes, once, as they come; the end of it is the boundary, and nothing else. */
  readonly body: AsyncIterable<Buffer>;
}

const CRLF = Buffer.from('\r\n');
const HEADERS_END = Buffer.from('\r\n\r\n');
const MOST_HEADERS = 16 * 1024;
const MOST_PREAMBLE = 64 * 1024;

/**
 * The parts of a multipart body, one after the other, while it comes: memory holds a piece of it as it arrived, never a
 * part. What a reader leaves of a part is skipped.
 *
 * Source: RFC 2046 section 5.1.1.
 * @param boundary as Content-Type gives it, without quotes
 * @throws MultipartError from the iterator or from a part's body, where the body ends early or is no multipart body
 */
export async function* partsOf(body: AsyncIterable<Uint8Array>, boundary: string): AsyncGenerator<Part> {
  const delimiter = Buffer.from(`\r\n--${boundary}`);
  // The first boundary may stand at the very beginning, without the line end that belongs to those after it.
  const source = cursorOf(body, CRLF);
  let preamble = 0;
  for await (const piece of source.until(delimiter)) {
    preamble += piece.length;
    if (preamble > MOST_PREAMBLE)
      throw new MultipartError('malformed', 'The body does not begin with its boundary.');
  }
  while (!(await source.isNext('--'))) {
    const headers = headersIn(await source.block(HEADERS_END, MOST_HEADERS));
    const bytes = source.until(delimiter);
    yield { headers, body: bytes };
    for await (const _ of bytes);
  }
}

/** A place in a body that comes in pieces. */
interface Cursor {
  /** Everything up to `end`, which is passed over. Whoever stops reading may go on later. */
  until(end: Buffer): AsyncIterable<Buffer>;
  /** The same at once, no more than `most` bytes. */
  block(end: Buffer, most: number): Promise<Buffer>;
  /** Whether this comes next; it is not passed over. */
  isNext(text: string): Promise<boolean>;
}

function cursorOf(body: AsyncIterable<Uint8Array>, before: Buffer): Cursor {
  const pieces = body[Symbol.asyncIterator]();
  let rest = before;
  const read = async (): Promise<Buffer | null> => {
    const { done, value } = await pieces.next();
    return done ? null : Buffer.from(value.buffer, value.byteOffset, value.byteLength);
  };
  /** Has at least so many bytes in `rest`. */
  const need = async (count: number) => {
    while (rest.length < count) {
      const more = await read();
      if (!more) throw new MultipartError('cut-off', 'The body ends in the middle of a part.');
      rest = rest.length === 0 ? more : Buffer.concat([rest, more]);
    }
  };
  /** The next piece before `end`, or null once `end` was passed. */
  const nextBefore = async (end: Buffer): Promise<Buffer | null> => {
    await need(end.length);
    const at = rest.indexOf(end);
    if (at === 0) {
      rest = rest.subarray(end.length);
      return null;
    }
    // What could be the beginning of `end` waits for what comes after it.
    const sure = at > 0 ? at : startOfEnd(rest, end);
    const piece = rest.subarray(0, sure);
    rest = rest.subarray(sure);
    if (sure > 0) return piece;
    await need(rest.length + 1);
    return nextBefore(end);
  };
  const until = (end: Buffer): AsyncIterable<Buffer> => {
    let isOver = false;
    const next = async (): Promise<IteratorResult<Buffer>> => {
      const piece = isOver ? null : await nextBefore(end);
      isOver = piece === null;
      return piece ? { done: false, value: piece } : { done: true, value: undefined };
    };
    // Without `return`, so that whoever breaks off leaves the rest to be skipped.
    return { [Symbol.asyncIterator]: () => ({ next }) };
  };
  return {
    until,
    async block(end, most) {
      const found: Buffer[] = [];
      let size = 0;
      for await (const piece of until(end)) {
        size += piece.length;
        if (size > most) throw new MultipartError('malformed', 'The headers of a part are too long.');
        found.push(piece);
      }
      return Buffer.concat(found);
    },
    async isNext(text) {
      await need(text.length);
      return rest.toString('latin1', 0, text.length) === text;
    },
  };
}

/** From where on the bytes are the beginning of `end`; their length where they are not. */
function startOfEnd(bytes: Buffer, end: Buffer): number {
  const from = Math.max(0, bytes.length - end.length + 1);
  for (let at = bytes.indexOf(end[0] ?? 0, from); at >= 0; at = bytes.indexOf(end[0] ?? 0, at + 1))
    if (bytes.compare(end, 0, bytes.length - at, at) === 0) return at;
  return bytes.length;
}

/** The lines after a boundary: what is left of its own line, then headers, long ones folded. */
function headersIn(block: Buffer): ReadonlyMap<string, string> {
  const [padding = '', ...lines] = block
    .toString('latin1')
    .replace(/\r\n[ \t]+/g, ' ')
    .split('\r\n');
  if (padding.trim() !== '')
    throw new MultipartError(
      'malformed',
      'A boundary is followed by something else than the end of its line.',
    );
  const headers = new Map<string, string>();
  for (const line of lines) {
    const colon = line.indexOf(':');
    if (colon < 1) throw new MultipartError('malformed', 'A header of a part has no name.');
    headers.set(line.slice(0, colon).trim().toLowerCase(), line.slice(colon + 1).trim());
  }
  return headers;
}

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Part, partsOf } from './parts-of.ts';

const BOUNDARY = 'the-edge';
const CRLF = '\r\n';

interface Given {
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
}

function written(parts: readonly Given[], preamble = ''): Buffer {
  const chunks: (string | Uint8Array)[] = [preamble];
  for (const [n, { headers, body }] of parts.entries()) {
    chunks.push(`${n > 0 || preamble ? CRLF : ''}--${BOUNDARY}${CRLF}`);
    for (const [name, value] of Object.entries(headers)) chunks.push(`${name}: ${value}${CRLF}`);
    chunks.push(CRLF, body);
  }
  chunks.push(`${CRLF}--${BOUNDARY}--${CRLF}after the end`);
  return Buffer.concat(chunks.map((chunk) => Buffer.from(chunk as Uint8Array)));
}

async function* inPieces(bytes: Buffer, sizes: readonly number[]): AsyncGenerator<Uint8Array> {
  for (let at = 0, n = 0; at < bytes.length; n += 1) {
    const size = sizes[n % sizes.length] ?? 1;
    yield bytes.subarray(at, at + size);
    at += size;
  }
}

async function read(part: Part): Promise<Buffer> {
  const pieces: Buffer[] = [];
  for await (const piece of part.body) pieces.push(piece);
  return Buffer.concat(pieces);
}

async function readAll(bytes: Buffer, sizes: readonly number[] = [7]): Promise<readonly string[]> {
  const found: string[] = [];
  for await (const part of partsOf(inPieces(bytes, sizes), BOUNDARY))
    found.push((await read(part)).toString('latin1'));
  return found;
}

/** Bytes that like to look like a boundary. */
const bodies = fc
  .array(
    fc.constantFrom(
      '\r',
      '\n',
      '-',
      '--',
      '\r\n',
      '\r\n-',
      '\r\n--',
      '\r\n--the-',
      '\r\n--the-edg',
      'the-edge',
      'x',
      '\0',
    ),
  )
  .map((words) => Buffer.from(words.join(''), 'latin1'))
  .filter((body) => !`\r\n${body.toString('latin1')}`.includes(`\r\n--${BOUNDARY}`));
const partsGiven = fc.array(
  fc.record({
    headers: fc.constantFrom({}, { 'Content-Type': 'application/dicom' }, { A: '1', B: 'two: 2' }),
    body: bodies,
  }),
  { minLength: 1, maxLength: 5 },
);
const sizes = fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 1, maxLength: 6 });

describe('a body of several parts', () => {
  it('gives back every part as it was written, in whatever pieces it comes', async () => {
    await fc.assert(
      fc.asyncProperty(
        partsGiven,
        sizes,
        fc.constantFrom('', 'read this first'),
        async (parts, pieces, preamble) => {
          const found: Given[] = [];
          for await (const part of partsOf(inPieces(written(parts, preamble), pieces), BOUNDARY))
            found.push({ headers: Object.fromEntries(part.headers), body: await read(part) });
          expect(found.map(({ body }) => body.toString('latin1'))).toEqual(
            parts.map(({ body }) => Buffer.from(body).toString('latin1')),
          );
          expect(found.map(({ headers }) => headers)).toEqual(
            parts.map(({ headers }) =>
              Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value])),
            ),
          );
        },
      ),
    );
  });

  it('that is cut off anywhere gives the whole parts before, then says so', async () => {
    const whole = ['first', '', 'a third one\r\n--almost'];
    const bytes = written(whole.map((text) => ({ headers: { A: 'b' }, body: Buffer.from(text) })));
    const end = bytes.length - `--${CRLF}after the end`.length;
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 0, max: end }), sizes, async (at, pieces) => {
        const found: string[] = [];
        const reading = (async () => {
          for await (const part of partsOf(inPieces(bytes.subarray(0, at), pieces), BOUNDARY))
            found.push((await read(part)).toString());
        })();
        await expect(reading).rejects.toMatchObject({ name: 'MultipartError', problem: 'cut-off' });
        expect(whole.slice(0, found.length)).toEqual(found);
      }),
    );
  });

  it('of which a part is left unread goes on with the next', async () => {
    const parts = ['one', 'two', 'three'].map((text) => ({
      headers: {},
      body: Buffer.from(text.repeat(50)),
    }));
    const found: string[] = [];
    for await (const part of partsOf(inPieces(written(parts), [5]), BOUNDARY)) {
      for await (const piece of part.body) {
        found.push(piece.toString());
        break;
      }
    }
    expect(found.map((text) => text.slice(0, 2))).toEqual(['on', 'tw', 'th']);
  });

  it('may pad its boundaries and fold its headers', async () => {
    const bytes = Buffer.from(
      `--${BOUNDARY} \t${CRLF}Content-Type: multipart/x;${CRLF} charset=y${CRLF}${CRLF}body${CRLF}--${BOUNDARY}--`,
    );
    for await (const part of partsOf(inPieces(bytes, [3]), BOUNDARY)) {
      expect(part.headers.get('content-type')).toBe('multipart/x; charset=y');
      expect((await read(part)).toString()).toBe('body');
    }
  });

  it('is refused where it is none', async () => {
    const long = 'x'.repeat(70_000);
    for (const wrong of [
      long,
      `--${BOUNDARY}${CRLF}no colon${CRLF}${CRLF}`,
      `--${BOUNDARY}and more${CRLF}${CRLF}`,
    ])
      await expect(readAll(Buffer.from(wrong), [1_000])).rejects.toMatchObject({ problem: 'malformed' });
  });

  it('of hundreds of megabytes is never held in memory', async () => {
    const piece = Buffer.alloc(64 * 1024, '\r\n--the-edg');
    const count = 3_200;
    const body = (async function* () {
      yield Buffer.from(`--${BOUNDARY}${CRLF}${CRLF}`);
      for (let n = 0; n < count; n++) yield piece;
      yield Buffer.from(`!${CRLF}--${BOUNDARY}--`);
    })();
    let [read, most] = [0, 0];
    for await (const part of partsOf(body, BOUNDARY))
      for await (const bytes of part.body) {
        read += bytes.length;
        most = Math.max(most, bytes.buffer.byteLength);
      }
    expect(read).toBe(count * piece.length + 1);
    expect(most).toBeLessThan(1024 * 1024);
  });
});

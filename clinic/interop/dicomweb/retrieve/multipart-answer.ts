import { Readable } from 'node:stream';

/** One part of an answer: what it is, how long, and its bytes when it is its turn. */
export interface AnswerPart {
  readonly headers: Readonly<Record<string, string>>;
  readonly length: number;
}

/** A multipart/related body whose length is known before it is made. Source: RFC 2387. */
export interface MultipartAnswer {
  readonly contentType: string;
  readonly length: number;
  /** What stands before each part. */
  readonly heads: readonly Buffer[];
  readonly tail: Buffer;
}

/** @param boundary must not occur in the parts: take a hash of them */
export function multipartAnswer(
  type: string,
  boundary: string,
  parts: readonly AnswerPart[],
): MultipartAnswer {
  const heads = parts.map(({ headers, length }, n) => {
    const lines = Object.entries({ ...headers, 'Content-Length': String(length) }).map(
      ([name, value]) => `${name}: ${value}`,
    );
    return Buffer.from(`${n > 0 ? '\r\n' : ''}--${boundary}\r\n${lines.join('\r\n')}\r\n\r\n`, 'latin1');
  });
  const tail = Buffer.from(`${parts.length > 0 ? '\r\n' : ''}--${boundary}--\r\n`);
  const bytes = [...heads, tail].reduce((sum, { length }) => sum + length, 0);
  return {
    contentType: `multipart/related; type="${type}"; boundary=${boundary}`,
    length: parts.reduce((sum, { length }) => sum + length, bytes),
    ...{ heads, tail },
  };
}

/** The body as it is sent: each part is opened when it is its turn. */
export function streamOf(
  { heads, tail }: MultipartAnswer,
  open: (part: number) => AsyncIterable<Uint8Array>,
): Readable {
  return Readable.from(
    (async function* () {
      for (const [n, head] of heads.entries()) {
        yield head;
        yield* open(n);
      }
      yield tail;
    })(),
    { objectMode: false },
  );
}

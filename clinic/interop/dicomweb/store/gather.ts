/** What of a part was gathered, and what is still to come. */
export interface Gathered {
  /** All of it, where it is no longer than was asked for. */
  readonly whole: Buffer | null;
  /** All of it, from its beginning, once. */
  readonly body: AsyncIterable<Buffer>;
}

/** Reads a body to its end where that comes within `most` bytes: what is small is written and looked into in one go. */
export async function gather(body: AsyncIterable<Buffer>, most: number): Promise<Gathered> {
  const pieces: Buffer[] = [];
  let size = 0;
  for await (const piece of body) {
    pieces.push(piece);
    size += piece.length;
    if (size > most) return { whole: null, body: joined(pieces, body) };
  }
  const whole = Buffer.concat(pieces);
  return { whole, body: joined([whole], []) };
}

async function* joined(
  first: readonly Buffer[],
  rest: AsyncIterable<Buffer> | readonly Buffer[],
): AsyncGenerator<Buffer> {
  yield* first;
  yield* rest;
}

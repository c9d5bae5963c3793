/**
 * The tar format (POSIX ustar) as far as back-ups need it: plain files, written and read as streams. Any `tar`
 * program can list and unpack what is written here.
 */
const block = 512;

/** A tar stream that is cut off or altered; `at` is the byte offset of the entry. */
export class TarError extends Error {
  override readonly name = 'TarError';
}

/** The header block of one file. Paths of up to 255 bytes fit when a slash lies in the right place. */
export function tarHeader(path: string, bytes: number, modified: Date): Buffer {
  const [prefix, name] = splitPath(path);
  const header = Buffer.alloc(block);
  header.write(name, 0);
  header.write('0000600\0', 100);
  header.write('0000000\0', 108);
  header.write('0000000\0', 116);
  writeNumber(header, 124, bytes);
  writeNumber(header, 136, Math.floor(modified.getTime() / 1000));
  header.write('0', 156);
  header.write('ustar\x0000', 257);
  header.write(prefix, 345);
  header.write(`${checksum(header).toString(8).padStart(6, '0')}\0 `, 148);
  return header;
}

/** What fills the last block of a file. */
export function tarPadding(bytes: number): Buffer {
  return Buffer.alloc((block - (bytes % block)) % block);
}

/** Two empty blocks end an archive; without them it was cut off. */
export const tarEnd: Buffer = Buffer.alloc(2 * block);

export interface TarEntry {
  readonly path: string;
  readonly bytes: number;
  /** Must be read to its end before the next entry is asked for. */
  readonly body: AsyncIterable<Buffer>;
}

/**
 * Reads the files of a tar stream one after the other.
 * @throws TarError when a header is wrong or the stream ends early
 */
export async function* readTar(source: AsyncIterable<Buffer>): AsyncGenerator<TarEntry> {
  const input = new BlockReader(source);
  for (;;) {
    const header = await input.take(block);
    if (header.every((byte) => byte === 0)) return;
    const written = Number.parseInt(header.toString('latin1', 148, 156), 8);
    if (written !== checksum(header)) throw new TarError('an entry’s header is wrong');
    const bytes = readNumber(header, 124);
    const path = [readText(header, 345, 155), readText(header, 0, 100)]
      .filter((text) => text !== '')
      .join('/');
    yield { path, bytes, body: input.stream(bytes) };
    await input.take((block - (bytes % block)) % block);
  }
}

class BlockReader {
  #source: AsyncIterator<Buffer>;
  #pending: Buffer = Buffer.alloc(0);

  constructor(source: AsyncIterable<Buffer>) {
    this.#source = source[Symbol.asyncIterator]();
  }

  async take(bytes: number): Promise<Buffer> {
    const parts: Buffer[] = [];
    for await (const part of this.stream(bytes)) parts.push(part);
    return Buffer.concat(parts);
  }

  async *stream(bytes: number): AsyncGenerator<Buffer> {
    for (let left = bytes; left > 0; ) {
      if (this.#pending.length === 0) {
        const next = await this.#source.next();
        if (next.done) throw new TarError('it ends too early');
        this.#pending = next.value;
      }
      const part = this.#pending.subarray(0, left);
      this.#pending = this.#pending.subarray(part.length);
      left -= part.length;
      if (part.length > 0) yield part;
    }
  }
}

function splitPath(path: string): [prefix: string, name: string] {
  if (Buffer.byteLength(path) <= 100) return ['', path];
  for (let at = path.indexOf('/'); at > 0; at = path.indexOf('/', at + 1)) {
    const [prefix, name] = [path.slice(0, at), path.slice(at + 1)];
    if (Buffer.byteLength(name) <= 100 && Buffer.byteLength(prefix) <= 155) return [prefix, name];
  }
  throw new TarError(`the path ${path} is too long for a back-up`);
}

/** Eleven octal digits hold sizes up to 8 GiB; beyond, the number stands in binary behind a set top bit. */
function writeNumber(header: Buffer, at: number, value: number): void {
  if (value < 8 ** 11) {
    header.write(`${value.toString(8).padStart(11, '0')}\0`, at);
    return;
  }
  header.writeUInt8(0x80, at);
  header.writeBigUInt64BE(BigInt(value), at + 4);
}

function readNumber(header: Buffer, at: number): number {
  if (header.readUInt8(at) === 0x80) return Number(header.readBigUInt64BE(at + 4));
  return Number.parseInt(header.toString('latin1', at, at + 12), 8);
}

function readText(header: Buffer, at: number, length: number): string {
  const field = header.subarray(at, at + length);
  const end = field.indexOf(0);
  return field.toString('utf8', 0, end === -1 ? length : end);
}

/** The sum of all bytes, the checksum's own field counted as spaces. */
function checksum(header: Buffer): number {
  let sum = 8 * 0x20;
  header.forEach((byte, index) => {
    if (index < 148 || index >= 156) sum += byte;
  });
  return sum;
}

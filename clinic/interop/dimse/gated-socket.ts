import type { Socket } from 'node:net';
import { Duplex } from 'node:stream';
import { createPduFraming, PduError } from './pdu-framing.ts';

/** A data set beside no file, such as a question to the worklist, may be so long. */
const SMALL_DATA_SET = 256 * 1024;

/**
 * A connection of which only whole, well-formed protocol data units come through. Anything else ends it. The library
 * behind it keeps commands and questions in memory for as long as they grow, so what is no file is short here.
 */
export class GatedSocket extends Duplex {
  readonly #socket: Socket;
  #dataBytes = 0;
  #file = false;

  constructor(socket: Socket) {
    super({ allowHalfOpen: false });
    this.#socket = socket;
    const framing = createPduFraming();
    socket.on('data', (chunk: Buffer) => {
      try {
        for (const pdu of framing.take(chunk)) {
          this.#dataBytes += pdu.data;
          // Who reads it says at once whether it begins a file.
          if (!this.push(pdu.bytes)) socket.pause();
          if (!this.#file && this.#dataBytes > SMALL_DATA_SET) throw new PduError('Too much beside a file.');
        }
      } catch {
        this.destroy();
      }
    });
    socket.on('end', () => this.push(null));
    socket.on('close', () => this.destroy());
    socket.on('error', () => this.destroy());
    socket.on('timeout', () => this.emit('timeout'));
  }

  /** From now on a file comes, as long as whoever takes it allows. */
  fileBegins(): void {
    this.#file = true;
  }

  /** The file is here: what follows is short again. */
  fileEnds(): void {
    this.#file = false;
    this.#dataBytes = 0;
  }

  /** A message that is no file has ended. */
  messageEnds(): void {
    this.#dataBytes = 0;
  }

  setTimeout(ms: number): this {
    this.#socket.setTimeout(ms);
    return this;
  }

  override _read(): void {
    this.#socket.resume();
  }

  override _write(chunk: Buffer, _encoding: BufferEncoding, done: (error?: Error | null) => void): void {
    this.#socket.write(chunk, done);
  }

  override _final(done: (error?: Error | null) => void): void {
    this.#socket.end(done);
  }

  override _destroy(error: Error | null, done: (error?: Error | null) => void): void {
    this.#socket.destroy();
    done(error);
  }
}

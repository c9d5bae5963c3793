import { PassThrough, Writable } from 'node:stream';
import { type MetaFacts, withMeta } from '@rectus/sonography';
import type { FileStore } from '../../platform/files/index.ts';

/** The longest file that a machine may send. */
export const LARGEST_FILE = 512 * 1024 * 1024;
/** Bytes that may wait for the disk before the sender has to. */
const MOST_WAITING = 4 * 1024 * 1024;

/**
 * A data set on its way from a machine into a draft, byte for byte as it was sent, behind a head that says what it is.
 * Where the draft cannot be written any more the rest is taken and dropped, so that the sender can be told.
 */
export class IncomingFile extends Writable {
  readonly draft: string;
  readonly facts: MetaFacts;
  /** The draft's length once all of it is on the disk. Rejects where it broke off or could not be kept. */
  readonly stored: Promise<number>;
  readonly #body = new PassThrough({ highWaterMark: MOST_WAITING / 4 });
  #go: (() => void) | null = null;

  constructor(files: FileStore, draft: string, facts: MetaFacts, limit = LARGEST_FILE) {
    // Never "full" to the library, which would mix up units that come while it waits: the connection is paused instead.
    super({ highWaterMark: Number.MAX_SAFE_INTEGER });
    this.draft = draft;
    this.facts = facts;
    this.stored = files.append(draft, 0, behindHead(facts, this.#body, limit), Number.MAX_SAFE_INTEGER);
    this.stored.catch(() => {});
    const go = () => {
      const next = this.#go;
      this.#go = null;
      next?.();
    };
    this.#body.on('drain', go);
    this.#body.on('close', go);
    this.#body.on('error', go);
    this.on('error', () => {});
  }

  /** Whether so much waits for the disk that the sender should wait too. */
  get full(): boolean {
    return this.writableLength > MOST_WAITING;
  }

  override _write(chunk: Buffer, _encoding: BufferEncoding, done: (error?: Error | null) => void): void {
    const taken = () => {
      done();
      if (!this.full) this.emit('roomy');
    };
    if (this.#body.destroyed || this.#body.write(chunk)) taken();
    else this.#go = taken;
  }

  override _final(done: (error?: Error | null) => void): void {
    this.#body.end();
    done();
  }

  override _destroy(error: Error | null, done: (error?: Error | null) => void): void {
    // Also after its end: what is written already stays, what is not never comes.
    if (!this.writableFinished) this.#body.destroy(error ?? new Error('The connection broke.'));
    done(null);
  }
}

/** Of what is too long so much is kept that its length shows it; the rest is taken and dropped. */
async function* behindHead(facts: MetaFacts, body: PassThrough, limit: number): AsyncGenerator<Uint8Array> {
  const head = withMeta(facts, []);
  yield head;
  let size = head.length;
  for await (const chunk of body as AsyncIterable<Uint8Array>) {
    if (size > limit) continue;
    size += chunk.length;
    yield chunk;
  }
}

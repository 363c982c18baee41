import { S3Error } from './s3-error.ts';

const MAX_LINE_BYTES = 8192;

/** Reads lines and counted bytes from a stream of buffers without ever holding more than one chunk and a line. */
export class ByteReader {
  readonly #source: AsyncIterator<Buffer>;
  #rest: Buffer = Buffer.alloc(0);

  constructor(source: AsyncIterable<Buffer>) {
    this.#source = source[Symbol.asyncIterator]();
  }

  /** The next line without its end; undefined at the end of the stream. */
  async line(): Promise<string | undefined> {
    for (;;) {
      const end = this.#rest.indexOf('\r\n');
      if (end >= 0) return this.#take(end, 2).toString('latin1');
      if (this.#rest.length > MAX_LINE_BYTES) throw incomplete();
      if (!(await this.#fill()))
        return this.#rest.length === 0 ? undefined : this.#take(this.#rest.length, 0).toString();
    }
  }

  /** Exactly `count` bytes, in pieces. Throws `IncompleteBody` when the stream ends before. */
  async *bytes(count: number): AsyncGenerator<Buffer> {
    let left = count;
    while (left > 0) {
      if (this.#rest.length === 0 && !(await this.#fill())) throw incomplete();
      const piece = this.#take(Math.min(left, this.#rest.length), 0);
      left -= piece.length;
      yield piece;
    }
  }

  /** Lets go of the source without ending it, so that an answer can still be given to a sender in mid-body. */
  async release(): Promise<void> {
    await this.#source.return?.();
  }

  /** Reads away what is left. */
  async drain(): Promise<void> {
    this.#rest = Buffer.alloc(0);
    while (await this.#fill()) this.#rest = Buffer.alloc(0);
  }

  #take(length: number, skip: number): Buffer {
    const taken = this.#rest.subarray(0, length);
    this.#rest = this.#rest.subarray(length + skip);
    return taken;
  }

  async #fill(): Promise<boolean> {
    const next = await this.#source.next();
    if (next.done === true) return false;
    this.#rest = this.#rest.length === 0 ? next.value : Buffer.concat([this.#rest, next.value]);
    return true;
  }
}

function incomplete(): S3Error {
  return new S3Error(
    'IncompleteBody',
    'You did not provide the number of bytes specified by the Content-Length HTTP header.',
  );
}

import { Readable } from 'node:stream';
import { createGzip } from 'node:zlib';
import { AppError } from '../errors/app-error.ts';

/** Shorter texts are answered as they are. */
const PLAIN_BYTES = 1_000_000;
/** Lambda takes 6 MB of answer, of which JSON makes more than the text has, and Base64 a third more than the bytes. */
const MOST_PLAIN_BYTES = 4_500_000;
const MOST_PACKED_BYTES = 4_300_000;

/** The part of an answer that a text makes up. */
export interface TextBody {
  readonly body: string;
  readonly isBase64Encoded?: true;
  readonly headers?: Readonly<Record<string, string>>;
}

/**
 * A text that is made piece by piece. From a megabyte on it is packed while it is made, for clients that unpack, so
 * that neither its length nor the memory of the function grows with it.
 * @throws AppError `too_large` for more than an answer can carry
 */
export async function textOfPieces(pieces: AsyncIterable<string>, acceptEncoding = ''): Promise<TextBody> {
  const source = pieces[Symbol.asyncIterator]();
  const begun: string[] = [];
  let bytes = 0;
  const packs = /\bgzip\b/i.test(acceptEncoding);
  for (let next = await source.next(); next.done !== true; next = await source.next()) {
    begun.push(next.value);
    bytes += Buffer.byteLength(next.value);
    if (packs && bytes > PLAIN_BYTES) return packed(begun, source);
    if (bytes > MOST_PLAIN_BYTES) throw tooLarge();
  }
  return { body: begun.join(''), headers: { Vary: 'Accept-Encoding' } };
}

async function packed(begun: readonly string[], rest: AsyncIterator<string>): Promise<TextBody> {
  async function* all() {
    yield* begun;
    for (let next = await rest.next(); next.done !== true; next = await rest.next()) yield next.value;
  }
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of Readable.from(all()).compose(createGzip()) as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes > MOST_PACKED_BYTES) throw tooLarge();
    chunks.push(chunk);
  }
  const headers = { 'Content-Encoding': 'gzip', Vary: 'Accept-Encoding' };
  return { body: Buffer.concat(chunks).toString('base64'), isBase64Encoded: true, headers };
}

function tooLarge(): AppError {
  return new AppError('too_large', 'La respuesta es demasiado grande. Pide menos datos de una vez.');
}

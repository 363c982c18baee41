import { createHash } from 'node:crypto';
import { hmac, scopeText, sha256Hex } from '../aws-json/sigv4.ts';
import { sameText, type VerifiedSignature } from '../aws-json/verify-signature.ts';
import { ByteReader } from './byte-reader.ts';
import { S3Error } from './s3-error.ts';

/** How an aws-chunked body is read. */
export interface ChunkedBody {
  readonly source: AsyncIterable<Buffer>;
  /** The request's own signature when every chunk is signed (`STREAMING-AWS4-HMAC-SHA256-…`). */
  readonly seed: VerifiedSignature | undefined;
  /** Receives the trailing headers, lower-case names, after the last byte. */
  readonly onTrailers: (trailers: Readonly<Record<string, string>>) => void;
}

const EMPTY_HASH = sha256Hex('');
const TRAILER_SIGNATURE = 'x-amz-trailer-signature';

/**
 * Decodes the aws-chunked content encoding (Signature Version 4 documentation, "chunked upload"), signed or not,
 * with or without trailing headers. Throws `SignatureDoesNotMatch` for a wrong chunk, `IncompleteBody` for a cut one.
 */
export async function* decodeAwsChunked(body: ChunkedBody): AsyncGenerator<Buffer> {
  const reader = new ByteReader(body.source);
  try {
    yield* decode(reader, body);
  } finally {
    await reader.release();
  }
}

async function* decode(reader: ByteReader, body: ChunkedBody): AsyncGenerator<Buffer> {
  const signatures = body.seed === undefined ? undefined : chunkSignatures(body.seed);
  for (;;) {
    const { size, signature } = readChunkHead(await reader.line());
    const hash = createHash('sha256');
    for await (const piece of reader.bytes(size)) {
      hash.update(piece);
      yield piece;
    }
    signatures?.verifyChunk(hash.digest('hex'), signature);
    if (size === 0) break;
    if ((await reader.line()) !== '') throw malformedChunk();
  }
  const trailers = await readTrailers(reader);
  await reader.drain();
  if (Object.keys(trailers).length > 0) signatures?.verifyTrailers(trailers);
  body.onTrailers(trailers);
}

function readChunkHead(line: string | undefined): { size: number; signature: string } {
  const match = /^([0-9a-f]{1,12})(?:;chunk-signature=([0-9a-f]{64}))?$/i.exec(line ?? '');
  if (match === null) throw malformedChunk();
  return { size: Number.parseInt(match[1] ?? '', 16), signature: match[2] ?? '' };
}

async function readTrailers(reader: ByteReader): Promise<Record<string, string>> {
  const trailers: Record<string, string> = {};
  for (let line = await reader.line(); line !== undefined && line !== ''; line = await reader.line()) {
    const colon = line.indexOf(':');
    if (colon < 1) throw malformedChunk();
    trailers[line.slice(0, colon).trim().toLowerCase()] = line.slice(colon + 1).trim();
  }
  return trailers;
}

/** Each signature covers the one before it, so that chunks cannot be dropped or swapped. */
function chunkSignatures(seed: VerifiedSignature) {
  let previous = seed.signature;

  function verify(kind: string, parts: readonly string[], given: string): void {
    const text = [kind, seed.timestamp, scopeText(seed.scope), previous, ...parts].join('\n');
    const expected = hmac(seed.signingKey, text).toString('hex');
    if (!sameText(expected, given)) {
      throw new S3Error('SignatureDoesNotMatch', 'The signature of a chunk does not match.');
    }
    previous = expected;
  }

  return {
    verifyChunk: (contentHash: string, given: string) =>
      verify('AWS4-HMAC-SHA256-PAYLOAD', [EMPTY_HASH, contentHash], given),
    verifyTrailers: (trailers: Readonly<Record<string, string>>) => {
      const covered = Object.entries(trailers)
        .filter(([name]) => name !== TRAILER_SIGNATURE)
        .sort(([a], [b]) => (a < b ? -1 : 1))
        .map(([name, value]) => `${name}:${value}\n`)
        .join('');
      verify('AWS4-HMAC-SHA256-TRAILER', [sha256Hex(covered)], trailers[TRAILER_SIGNATURE] ?? '');
    },
  };
}

function malformedChunk(): S3Error {
  return new S3Error('IncompleteBody', 'The body is not in the aws-chunked encoding it is announced in.');
}

import { createHash } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type { VerifiedSignature } from '../aws-json/verify-signature.ts';
import { decodeAwsChunked } from './aws-chunked.ts';
import type { BlobStore } from './blob-store.ts';
import { type Checksum, checksumHeader, type DeclaredChecksum, declaredChecksum, startChecksum } from './checksum.ts';
import { S3Error } from './s3-error.ts';

/** A body that arrived whole and is stored, but belongs to no object yet. */
export interface ReceivedPayload {
  readonly blob: string;
  readonly size: number;
  /** Hex. */
  readonly md5: string;
  readonly checksum: Checksum | undefined;
}

/** What is known of a body before it arrives. */
export interface ExpectedPayload {
  readonly source: AsyncIterable<Buffer>;
  /** Bytes after decoding; unknown for a form's file. */
  readonly size?: number | undefined;
  /** Hex SHA-256 that was signed. */
  readonly sha256?: string | undefined;
  /** Base64, from `Content-MD5`. */
  readonly md5?: string | undefined;
  readonly checksum?: DeclaredChecksum | undefined;
  /** Headers that followed the body, once it has been read. */
  readonly trailers?: () => Readonly<Record<string, string>>;
  /** Called with the bytes so far; may throw to refuse more. */
  readonly onProgress?: (bytes: number) => void;
}

/** The largest single PUT of S3: 5 GiB. */
const MAX_PUT_BYTES = 5 * 1024 ** 3;

/**
 * Stores a body while checking all that was promised about it. On any mismatch the bytes are dropped and an
 * {@link S3Error} says which promise was broken (`BadDigest`, `IncompleteBody`, `XAmzContentSHA256Mismatch` …).
 */
export async function storePayload(expected: ExpectedPayload, blobs: BlobStore): Promise<ReceivedPayload> {
  const writer = await blobs.create();
  const md5 = createHash('md5');
  const sha256 = expected.sha256 === undefined ? undefined : createHash('sha256');
  const checksum = expected.checksum === undefined ? undefined : startChecksum(expected.checksum.algorithm);
  let size = 0;
  try {
    for await (const chunk of expected.source) {
      size += chunk.length;
      expected.onProgress?.(size);
      md5.update(chunk);
      sha256?.update(chunk);
      checksum?.update(chunk);
      await writer.write(chunk);
    }
    const digest = md5.digest();
    checkPromises(expected, { size, md5: digest.toString('base64'), sha256: sha256?.digest('hex') });
    const value = checkChecksum(expected, checksum?.digest());
    return { blob: await writer.finish(), size, md5: digest.toString('hex'), checksum: value };
  } catch (error) {
    await writer.discard();
    throw error;
  }
}

function checkPromises(expected: ExpectedPayload, got: { size: number; md5: string; sha256: string | undefined }) {
  if (expected.size !== undefined && expected.size !== got.size) {
    throw new S3Error(
      'IncompleteBody',
      'You did not provide the number of bytes specified by the Content-Length HTTP header.',
    );
  }
  if (expected.sha256 !== got.sha256) {
    throw new S3Error(
      'XAmzContentSHA256Mismatch',
      "The provided 'x-amz-content-sha256' header does not match what was computed.",
    );
  }
  if (expected.md5 !== undefined && expected.md5 !== got.md5) {
    throw new S3Error('BadDigest', 'The Content-MD5 you specified did not match what we received.');
  }
}

function checkChecksum(expected: ExpectedPayload, computed: string | undefined): Checksum | undefined {
  if (expected.checksum === undefined || computed === undefined) return undefined;
  const { algorithm } = expected.checksum;
  const promised = expected.checksum.value ?? expected.trailers?.()[checksumHeader(algorithm)];
  if (promised !== computed) {
    throw new S3Error('BadDigest', `The ${algorithm} you specified did not match the calculated checksum.`);
  }
  return { algorithm, value: computed, type: 'FULL_OBJECT' };
}

/**
 * Reads what a PUT announces about its body: the signed hash or one of the `STREAMING-…` modes, the decoded length,
 * `Content-MD5` and checksums. `signature` is the request's own; signed chunks continue it.
 */
export function expectPayload(
  request: IncomingMessage,
  headers: Readonly<Record<string, string>>,
  signature: VerifiedSignature,
): ExpectedPayload {
  const mode = headers['x-amz-content-sha256'] ?? 'UNSIGNED-PAYLOAD';
  const chunked = mode.startsWith('STREAMING-');
  const source = request.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>;
  let trailers: Readonly<Record<string, string>> = {};
  return {
    source: chunked
      ? decodeAwsChunked({
          source,
          seed: mode.startsWith('STREAMING-AWS4-HMAC-SHA256-PAYLOAD') ? signature : undefined,
          onTrailers: (read) => {
            trailers = read;
          },
        })
      : source,
    size: announcedSize(headers, chunked),
    sha256: chunked || mode === 'UNSIGNED-PAYLOAD' ? undefined : mode,
    md5: contentMd5(headers),
    checksum: declaredChecksum(headers),
    trailers: () => trailers,
  };
}

function announcedSize(headers: Readonly<Record<string, string>>, chunked: boolean): number {
  const text = headers[chunked ? 'x-amz-decoded-content-length' : 'content-length'];
  if (text === undefined || !/^\d+$/.test(text)) {
    throw new S3Error('MissingContentLength', 'You must provide the Content-Length HTTP header.');
  }
  const size = Number(text);
  if (size > MAX_PUT_BYTES) {
    throw new S3Error('EntityTooLarge', 'Your proposed upload exceeds the maximum allowed size', {
      ProposedSize: text,
      MaxSizeAllowed: String(MAX_PUT_BYTES),
    });
  }
  return size;
}

function contentMd5(headers: Readonly<Record<string, string>>): string | undefined {
  const text = headers['content-md5'];
  if (text !== undefined && Buffer.from(text, 'base64').length !== 16) {
    throw new S3Error('InvalidDigest', 'The Content-MD5 you specified was invalid.');
  }
  return text;
}

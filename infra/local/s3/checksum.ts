import { createHash } from 'node:crypto';
import { crc32 } from 'node:zlib';
import { crc32c } from './crc32c.ts';
import { crc64Nvme } from './crc64-nvme.ts';
import { S3Error } from './s3-error.ts';

/** The algorithms of the `x-amz-checksum-*` headers that the emulator computes. */
const CHECKSUM_ALGORITHMS = ['CRC32', 'CRC32C', 'CRC64NVME', 'SHA1', 'SHA256', 'SHA512', 'MD5'] as const;
export type ChecksumAlgorithm = (typeof CHECKSUM_ALGORITHMS)[number];

/** A checksum kept with an object; `COMPOSITE` is a checksum of the parts' checksums, with `-<parts>` behind it. */
export interface Checksum {
  readonly algorithm: ChecksumAlgorithm;
  /** Base64. */
  readonly value: string;
  readonly type: 'FULL_OBJECT' | 'COMPOSITE';
}

/** A checksum in the making. */
export interface RunningChecksum {
  update(chunk: Buffer): void;
  /** Base64; call once. */
  digest(): string;
}

export function startChecksum(algorithm: ChecksumAlgorithm): RunningChecksum {
  if (algorithm === 'CRC32') return runningCrc32(crc32);
  if (algorithm === 'CRC32C') return runningCrc32(crc32c);
  if (algorithm === 'CRC64NVME') return runningCrc64();
  const hash = createHash(algorithm.toLowerCase());
  return { update: (chunk) => void hash.update(chunk), digest: () => hash.digest('base64') };
}

function runningCrc32(advance: (chunk: Buffer, previous: number) => number): RunningChecksum {
  let crc = 0;
  return {
    update: (chunk) => {
      crc = advance(chunk, crc);
    },
    digest: () => words(crc),
  };
}

function runningCrc64(): RunningChecksum {
  let crc = { high: 0, low: 0 };
  return {
    update: (chunk) => {
      crc = crc64Nvme(chunk, crc);
    },
    digest: () => words(crc.high, crc.low),
  };
}

function words(...values: readonly number[]): string {
  const bytes = Buffer.alloc(values.length * 4);
  values.forEach((value, index) => {
    bytes.writeUInt32BE(value, index * 4);
  });
  return bytes.toString('base64');
}

export function checksumHeader(algorithm: ChecksumAlgorithm): string {
  return `x-amz-checksum-${algorithm.toLowerCase()}`;
}

/** What the sender promised: a value, or (undefined) one that will follow in the trailer. */
export interface DeclaredChecksum {
  readonly algorithm: ChecksumAlgorithm;
  readonly value: string | undefined;
}

const NOT_A_VALUE = new Set(['x-amz-checksum-algorithm', 'x-amz-checksum-mode', 'x-amz-checksum-type']);

/**
 * Reads the checksum a request declares in its headers (or the fields of a form), or announces in `x-amz-trailer`.
 * Throws `NotImplemented` for an algorithm that is not computed here, `InvalidRequest` for two at once.
 */
export function declaredChecksum(headers: Readonly<Record<string, string>>): DeclaredChecksum | undefined {
  const declared = Object.entries(headers)
    .filter(([name]) => name.startsWith('x-amz-checksum-') && !NOT_A_VALUE.has(name))
    .map(([name, value]): DeclaredChecksum => ({ algorithm: algorithmOfHeader(name), value }));
  const trailer = headers['x-amz-trailer'];
  if (trailer !== undefined) declared.push({ algorithm: algorithmOfHeader(trailer.trim()), value: undefined });
  if (declared.length > 1) {
    throw new S3Error('InvalidRequest', 'Expecting a single x-amz-checksum- header. Multiple were sent.');
  }
  return declared[0];
}

export function algorithmNamed(name: string): ChecksumAlgorithm {
  const algorithm = CHECKSUM_ALGORITHMS.find((known) => known === name.toUpperCase());
  if (algorithm === undefined) {
    throw new S3Error('NotImplemented', `The checksum algorithm ${name} is not part of the local cloud.`);
  }
  return algorithm;
}

function algorithmOfHeader(header: string): ChecksumAlgorithm {
  return algorithmNamed(header.toLowerCase().replace(/^x-amz-checksum-/, ''));
}

/** The headers that echo a checksum (`x-amz-checksum-mode: ENABLED`, and the answer to an upload). */
export function checksumHeaders(checksum: Checksum | undefined): Record<string, string> {
  if (checksum === undefined) return {};
  return { [checksumHeader(checksum.algorithm)]: checksum.value, 'x-amz-checksum-type': checksum.type };
}

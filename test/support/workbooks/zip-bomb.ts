import { constants, crc32, deflateRawSync } from 'node:zlib';
import type { RawZipEntry } from './raw-zip.ts';

const BLOCK_BYTES = 1024 * 1024;

/**
 * A zip entry of `megabytes` MiB of the given filler in about a thousandth of the size: one deflated block over and
 * over, so that it takes no memory to make either.
 */
export function zipBomb(name: string, megabytes: number, { before = '', filler = ' ' } = {}): RawZipEntry {
  const block = Buffer.alloc(BLOCK_BYTES, filler);
  const flushed = (data: Buffer | string) => deflateRawSync(data, { finishFlush: constants.Z_FULL_FLUSH, level: 9 });
  const repeated = flushed(block);
  let checksum = crc32(before);
  for (let index = 0; index < megabytes; index += 1) checksum = crc32(block, checksum);
  return {
    name,
    data: '',
    deflated: Buffer.concat([
      flushed(before),
      ...Array.from({ length: megabytes }, () => repeated),
      deflateRawSync(''),
    ]),
    declaredSize: Buffer.byteLength(before) + megabytes * BLOCK_BYTES,
    declaredCrc32: checksum,
  };
}

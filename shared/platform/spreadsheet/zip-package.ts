import { crc32, createInflateRaw } from 'node:zlib';
import { type Entry, fromBufferPromise, type ZipFile } from 'yauzl';
import { SpreadsheetError } from './spreadsheet-error.ts';
import type { SpreadsheetLimits } from './spreadsheet-limits.ts';

const STORED = 0;
const DEFLATED = 8;
const CHUNK_BYTES = 64 * 1024;

/** The parts of an Office Open XML package, found by name without regard to case (ECMA-376 part 2, §6.2.2.3). */
export interface ZipPackage {
  readonly partNames: readonly string[];
  has(partName: string): boolean;
  /**
   * The inflated bytes of a part, in chunks. The size that the archive declares must fit the limits before anything is
   * inflated, and the bytes that come are counted against it, since the headers of a hostile archive lie.
   *
   * @param maxBytes inflated size above which the part is refused as `too_complex`
   */
  read(partName: string, maxBytes?: number): AsyncGenerator<Buffer, void, undefined>;
}

/** @throws SpreadsheetError; what yauzl throws is left to the caller */
export async function openPackage(bytes: Buffer, limits: SpreadsheetLimits): Promise<ZipPackage> {
  const zip = await fromBufferPromise(bytes);
  // Errors reach the pending call; one that came later would otherwise end the process.
  zip.on('error', () => {});
  const entries = await listEntries(zip, limits);
  let inflated = 0;
  return {
    partNames: [...entries.keys()],
    has: (partName) => entries.has(partName.toLowerCase()),
    async *read(partName, maxBytes = limits.inflatedBytes) {
      const entry = entries.get(partName.toLowerCase());
      if (entry === undefined) throw new SpreadsheetError('damaged', { cause: new Error('part not found') });
      checkDeclaration(entry, inflated, limits);
      if (entry.uncompressedSize > maxBytes) throw new SpreadsheetError('too_complex', { limit: maxBytes });
      const { fileDataStart } = await zip.readLocalFileHeaderPromise(entry, { minimal: true });
      const compressed = bytes.subarray(fileDataStart, fileDataStart + entry.compressedSize);
      for await (const chunk of verified(entry, inflate(entry, compressed))) {
        inflated += chunk.length;
        yield chunk;
      }
    },
  };
}

async function listEntries(zip: ZipFile, limits: SpreadsheetLimits): Promise<Map<string, Entry>> {
  if (zip.entryCount > limits.zipEntries) throw new SpreadsheetError('too_complex', { limit: limits.zipEntries });
  const entries = new Map<string, Entry>();
  for await (const entry of zip.eachEntry()) {
    const name = entry.fileName.toLowerCase();
    // Two parts of one name: which of them counts differs from reader to reader.
    if (entries.has(name)) throw new SpreadsheetError('damaged', { cause: new Error('duplicate part name') });
    entries.set(name, entry);
  }
  return entries;
}

function checkDeclaration(entry: Entry, inflatedBefore: number, limits: SpreadsheetLimits): void {
  if (entry.isEncrypted()) throw new SpreadsheetError('encrypted');
  const { uncompressedSize, compressedSize } = entry;
  const explodes =
    uncompressedSize > limits.inflationRatioFrom && uncompressedSize > limits.inflationRatio * compressedSize;
  if (explodes || inflatedBefore + uncompressedSize > limits.inflatedBytes) {
    throw new SpreadsheetError('inflates_too_much');
  }
}

/** Lets no more through than the archive declares, and checks size and checksum at the end. */
async function* verified(
  entry: Entry,
  chunks: AsyncIterable<Buffer> | Iterable<Buffer>,
): AsyncGenerator<Buffer, void, undefined> {
  let size = 0;
  let checksum = 0;
  for await (const chunk of chunks) {
    size += chunk.length;
    if (size > entry.uncompressedSize) break;
    checksum = crc32(chunk, checksum);
    yield chunk;
  }
  if (size !== entry.uncompressedSize || checksum !== entry.crc32) {
    throw new SpreadsheetError('damaged', { cause: new Error('size or CRC-32 differs from the directory') });
  }
}

function inflate(entry: Entry, compressed: Buffer): AsyncIterable<Buffer> | Iterable<Buffer> {
  if (entry.compressionMethod === STORED) return slices(compressed);
  if (entry.compressionMethod !== DEFLATED) {
    throw new SpreadsheetError('damaged', { cause: new Error('unsupported compression method') });
  }
  const stream = createInflateRaw({ chunkSize: CHUNK_BYTES });
  stream.end(compressed);
  return stream;
}

function* slices(bytes: Buffer): Generator<Buffer, void, undefined> {
  for (let start = 0; start < bytes.length; start += CHUNK_BYTES) yield bytes.subarray(start, start + CHUNK_BYTES);
}

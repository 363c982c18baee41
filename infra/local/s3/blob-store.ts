import { randomUUID } from 'node:crypto';
import { createReadStream, mkdirSync, openSync, readdirSync, rmSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';

/** First and last byte, both included. */
export interface ByteRange {
  readonly start: number;
  readonly end: number;
}

/** A blob in the making: nobody can read it before `finish`. */
export interface BlobWriter {
  write(chunk: Buffer): Promise<void>;
  /** Closes it and answers its id. */
  finish(): Promise<string>;
  /** Drops it. */
  discard(): Promise<void>;
}

/** Bytes by id. A blob never changes; replacing an object means a new blob. */
export interface BlobStore {
  create(): Promise<BlobWriter>;
  read(id: string, range?: ByteRange): Readable;
  remove(id: string): void;
  /** Drops every blob but these: what a crash left behind. */
  keepOnly(ids: ReadonlySet<string>): void;
}

export function createMemoryBlobs(): BlobStore {
  const blobs = new Map<string, Buffer>();
  return {
    create: async () => {
      const chunks: Buffer[] = [];
      return {
        write: async (chunk) => void chunks.push(chunk),
        finish: async () => {
          const id = randomUUID();
          blobs.set(id, Buffer.concat(chunks));
          return id;
        },
        discard: async () => void chunks.splice(0),
      };
    },
    read: (id, range) => {
      const blob = blobs.get(id) ?? Buffer.alloc(0);
      const piece = range === undefined ? blob : blob.subarray(range.start, range.end + 1);
      return Readable.from(piece.length === 0 ? [] : [piece]);
    },
    remove: (id) => void blobs.delete(id),
    keepOnly: (ids) => {
      for (const id of blobs.keys()) if (!ids.has(id)) blobs.delete(id);
    },
  };
}

/** One file per blob, named by a random id: a key never becomes a path. */
export function createDiskBlobs(directory: string): BlobStore {
  mkdirSync(directory, { recursive: true });
  const remove = (id: string) => rmSync(join(directory, id), { force: true });
  return {
    create: async () => {
      const id = randomUUID();
      const file = await open(join(directory, id), 'wx', 0o600);
      return {
        write: async (chunk) => {
          let written = 0;
          while (written < chunk.length) written += (await file.write(chunk, written)).bytesWritten;
        },
        finish: async () => {
          await file.close();
          return id;
        },
        discard: async () => {
          await file.close();
          remove(id);
        },
      };
    },
    // Opened before anything else can happen: a reader keeps the bytes it was promised when the object is replaced.
    read: (id, range) => createReadStream('', { ...range, fd: openSync(join(directory, id), 'r') }),
    remove,
    keepOnly: (ids) => {
      for (const id of readdirSync(directory)) if (!ids.has(id)) remove(id);
    },
  };
}

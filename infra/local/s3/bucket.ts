import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { readStateFile, writeStateFile } from '../aws-json/state-file.ts';
import { type BlobStore, createDiskBlobs, createMemoryBlobs } from './blob-store.ts';
import type { LifecycleRule } from './lifecycle.ts';
import type { ObjectAttributes, ObjectRecord } from './object-record.ts';
import type { ReceivedPayload } from './payload.ts';

/** A multipart upload under way. */
export interface MultipartUpload {
  readonly key: string;
  readonly attributes: ObjectAttributes;
  /** From `x-amz-checksum-type`. */
  readonly checksumType: 'FULL_OBJECT' | 'COMPOSITE';
  readonly parts: Map<number, ReceivedPayload>;
}

/** Objects of one bucket. Every change is one synchronous step, so a condition checked just before it still holds. */
export interface Bucket {
  readonly name: string;
  readonly createdAt: Date;
  readonly rules: readonly LifecycleRule[];
  readonly blobs: BlobStore;
  /** Lost when the process ends, unlike objects. */
  readonly uploads: Map<string, MultipartUpload>;
  find(key: string): ObjectRecord | undefined;
  put(record: ObjectRecord): void;
  remove(key: string): void;
  /** Every object, ordered by the UTF-8 bytes of its key. */
  list(): readonly ObjectRecord[];
  clear(): void;
}

export interface BucketOptions {
  readonly name: string;
  readonly createdAt: Date;
  readonly rules: readonly LifecycleRule[];
  /** Nothing is kept when undefined. */
  readonly directory: string | undefined;
}

/** Opens a bucket, with the objects an earlier run left in its directory. */
export function openBucket(options: BucketOptions): Bucket {
  const records = createRecordFiles(options.directory);
  const blobs =
    options.directory === undefined ? createMemoryBlobs() : createDiskBlobs(join(options.directory, 'blobs'));
  const objects = new Map(records.load().map((record) => [record.key, record]));
  const uploads = new Map<string, MultipartUpload>();
  blobs.keepOnly(new Set([...objects.values()].map((record) => record.blob)));
  let ordered: readonly ObjectRecord[] | undefined;

  function remove(key: string): void {
    const record = objects.get(key);
    if (record === undefined) return;
    records.remove(key);
    objects.delete(key);
    blobs.remove(record.blob);
    ordered = undefined;
  }

  return {
    name: options.name,
    createdAt: options.createdAt,
    rules: options.rules,
    blobs,
    uploads,
    find: (key) => objects.get(key),
    put: (record) => {
      const replaced = objects.get(record.key);
      records.write(record);
      objects.set(record.key, record);
      if (replaced !== undefined) blobs.remove(replaced.blob);
      ordered = undefined;
    },
    remove,
    list: () => {
      ordered ??= inByteOrder([...objects.values()]);
      return ordered;
    },
    clear: () => {
      for (const key of [...objects.keys()]) remove(key);
      uploads.clear();
      blobs.keepOnly(new Set());
    },
  };
}

function inByteOrder(records: readonly ObjectRecord[]): readonly ObjectRecord[] {
  return records
    .map((record) => ({ record, bytes: Buffer.from(record.key) }))
    .sort((a, b) => Buffer.compare(a.bytes, b.bytes))
    .map(({ record }) => record);
}

/** One small file per object, named by the hash of its key: no key can reach outside the directory. */
function createRecordFiles(bucketDirectory: string | undefined) {
  if (bucketDirectory === undefined) {
    return { load: (): ObjectRecord[] => [], write: () => undefined, remove: () => undefined };
  }
  const directory = join(bucketDirectory, 'objects');
  mkdirSync(directory, { recursive: true });
  const fileOf = (key: string) => join(directory, `${createHash('sha256').update(key).digest('hex')}.json`);
  return {
    load: () =>
      readdirSync(directory)
        .filter((name) => name.endsWith('.json'))
        .map((name) => readStateFile(join(directory, name)) as ObjectRecord),
    write: (record: ObjectRecord) => writeStateFile(fileOf(record.key), record),
    remove: (key: string) => rmSync(fileOf(key), { force: true }),
  };
}

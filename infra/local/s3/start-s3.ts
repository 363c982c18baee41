import { rmSync } from 'node:fs';
import { join } from 'node:path';
import type { S3EventRecord } from 'aws-lambda';
import { createFaultRegister, type FaultSwitch } from '../aws-json/faults.ts';
import { startLocalServer } from '../aws-json/local-server.ts';
import { readStateFile, writeStateFile } from '../aws-json/state-file.ts';
import type { Credentials } from '../aws-json/verify-signature.ts';
import { type Bucket, openBucket } from './bucket.ts';
import type { S3Context } from './call.ts';
import { isExpired, type LifecycleRule } from './lifecycle.ts';
import { createSequencer } from './notification.ts';
import { S3Error } from './s3-error.ts';
import { serveS3 } from './s3-server.ts';

export interface S3Options {
  /** Directory of this emulator alone; undefined keeps everything in memory. */
  readonly dataDirectory: string | undefined;
  readonly credentials: Credentials;
  readonly region: string;
  /** The platform's clock: modification times, lifecycle. */
  readonly now: () => Date;
  /** The machine's clock, by which the SDK signs. A signature that is in time by either clock is accepted. */
  readonly machineNow?: () => Date;
  /** Called after each creation, in order, once the object can be read. Delivery and filtering are the caller's. */
  readonly onEvent: (record: S3EventRecord) => void | Promise<void>;
  /** Any free port by default. */
  readonly port?: number;
}

export interface LocalS3 {
  /** For `AWS_ENDPOINT_URL_S3`. */
  readonly endpoint: string;
  readonly faults: FaultSwitch;
  /** Creates the bucket, or opens the one an earlier run left, with these expiry rules. */
  createBucket(name: string, rules?: readonly LifecycleRule[]): void;
  /** Removes every object and upload; buckets stay. */
  reset(): void;
  /** Removes what the rules have ended by `at` (the platform's now by default); answers how many objects. */
  sweep(at?: Date): number;
  close(): Promise<void>;
}

const BUCKET_NAME = /^(?!.*\.\.)[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/;

/** Starts the S3 emulator on the loopback address. */
export async function startS3(options: S3Options): Promise<LocalS3> {
  const { now, machineNow = () => new Date(), region, credentials } = options;
  const buckets = new Map<string, Bucket>();
  const sequencer = createSequencer(now);
  const faults = createFaultRegister();
  const context: S3Context = {
    region,
    buckets,
    now,
    nextSequencer: () => sequencer.next(),
    emit: (record) => deliver(options.onEvent, record),
    signatures: { credentials, region, service: 's3', clocks: [machineNow, now] },
  };
  const server = await startLocalServer(
    (request, response) => void serveS3(context, faults, request, response),
    options.port,
  );
  return {
    endpoint: server.endpoint,
    faults,
    createBucket: (name, rules = []) => {
      const bucket = open(options, name, rules);
      for (const record of bucket.list()) sequencer.atLeast(record.sequencer);
      buckets.set(name, bucket);
    },
    reset: () => {
      for (const bucket of buckets.values()) bucket.clear();
    },
    sweep: (at = now()) => [...buckets.values()].reduce((sum, bucket) => sum + sweepBucket(bucket, at), 0),
    close: () => server.close(),
  };
}

function open({ dataDirectory, now }: S3Options, name: string, rules: readonly LifecycleRule[]): Bucket {
  if (!BUCKET_NAME.test(name)) throw new S3Error('InvalidBucketName', 'The specified bucket is not valid.');
  if (dataDirectory === undefined) return openBucket({ name, createdAt: now(), rules, directory: undefined });
  const directory = join(dataDirectory, name);
  return openBucket({ name, createdAt: creationTime(directory, now), rules, directory });
}

function creationTime(directory: string, now: () => Date): Date {
  const path = join(directory, 'bucket.json');
  const known = readStateFile(path) as { createdAt: string } | undefined;
  if (known !== undefined) return new Date(known.createdAt);
  // A directory without its description is the trace of a start that was cut short.
  rmSync(directory, { recursive: true, force: true });
  const createdAt = now();
  writeStateFile(path, { createdAt: createdAt.toISOString() });
  return createdAt;
}

function sweepBucket(bucket: Bucket, at: Date): number {
  const dead = bucket
    .list()
    .filter(({ key, lastModified }) => isExpired(bucket.rules, { key, lastModified: new Date(lastModified) }, at));
  for (const { key } of dead) bucket.remove(key);
  return dead.length;
}

/** Asynchronous as on S3: the uploader does not wait for it, and a failing consumer does not fail the upload. */
function deliver(onEvent: S3Options['onEvent'], record: S3EventRecord): void {
  Promise.resolve()
    .then(() => onEvent(record))
    .catch((error: unknown) => {
      console.error('local s3: the consumer of an event failed:', error instanceof Error ? error.name : typeof error);
    });
}

import type { IncomingMessage } from 'node:http';
import type { Readable } from 'node:stream';
import type { S3EventRecord } from 'aws-lambda';
import type { SignatureContext, VerifiedSignature } from '../aws-json/verify-signature.ts';
import type { Bucket } from './bucket.ts';
import { S3Error } from './s3-error.ts';

/** What every operation works on. */
export interface S3Context {
  readonly region: string;
  readonly buckets: Map<string, Bucket>;
  readonly now: () => Date;
  readonly nextSequencer: () => string;
  readonly emit: (record: S3EventRecord) => void;
  readonly signatures: SignatureContext;
}

/** One request, authenticated unless it is a browser form. */
export interface S3Call {
  readonly requestId: string;
  readonly bucketName: string | undefined;
  /** Empty for a bucket. */
  readonly key: string;
  readonly query: ReadonlyMap<string, string>;
  /** Lower-case names; what a presigned address carries in its query counts as a header. */
  readonly headers: Readonly<Record<string, string>>;
  readonly request: IncomingMessage;
  readonly signature: VerifiedSignature | undefined;
}

export interface S3Reply {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  /** A text is XML. */
  readonly body?: string | Readable;
}

export type S3Operation = (context: S3Context, call: S3Call) => S3Reply | Promise<S3Reply>;

/** The bucket a call names. Throws `NoSuchBucket`. */
export function bucketOf(context: S3Context, call: S3Call): Bucket {
  const bucket = context.buckets.get(call.bucketName ?? '');
  if (bucket === undefined) {
    throw new S3Error('NoSuchBucket', 'The specified bucket does not exist', { BucketName: call.bucketName ?? '' });
  }
  return bucket;
}

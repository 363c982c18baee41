import type { S3EventRecord } from 'aws-lambda';
import type { ObjectRecord } from './object-record.ts';

/** How an object came to be. */
export type CreationEvent =
  | 'ObjectCreated:Put'
  | 'ObjectCreated:Post'
  | 'ObjectCreated:Copy'
  | 'ObjectCreated:CompleteMultipartUpload';

/** `Filter.Key.FilterRules` of a bucket notification; both have to hold. */
export interface NotificationFilter {
  readonly prefix?: string | undefined;
  readonly suffix?: string | undefined;
}

/** Whether a notification with this filter is for an object of this (decoded) key. */
export function matchesNotification(filter: NotificationFilter, key: string): boolean {
  return key.startsWith(filter.prefix ?? '') && key.endsWith(filter.suffix ?? '');
}

/** The key of an event record as it was given to S3; records carry it URL-encoded with `+` for a space. */
export function decodeEventKey(key: string): string {
  return decodeURIComponent(key.replaceAll('+', ' '));
}

function encodeEventKey(key: string): string {
  return encodeURIComponent(key)
    .replaceAll('%20', '+')
    .replaceAll('%2F', '/')
    .replace(/[!'()]/g, (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`);
}

export interface EventSource {
  readonly bucket: string;
  readonly region: string;
  readonly eventName: CreationEvent;
  readonly record: ObjectRecord;
  readonly requestId: string;
  readonly sourceIp: string;
}

/** The notification record of version 2.1 (S3 user guide, "Event message structure"). */
export function createEventRecord({
  bucket,
  region,
  eventName,
  record,
  requestId,
  sourceIp,
}: EventSource): S3EventRecord {
  return {
    eventVersion: '2.1',
    eventSource: 'aws:s3',
    awsRegion: region,
    eventTime: record.lastModified,
    eventName,
    userIdentity: { principalId: 'AWS:LOCAL' },
    requestParameters: { sourceIPAddress: sourceIp },
    responseElements: { 'x-amz-request-id': requestId, 'x-amz-id-2': requestId },
    s3: {
      s3SchemaVersion: '1.0',
      configurationId: 'local',
      bucket: { name: bucket, ownerIdentity: { principalId: 'LOCAL' }, arn: `arn:aws:s3:::${bucket}` },
      object: {
        key: encodeEventKey(record.key),
        size: record.size,
        eTag: record.etag,
        sequencer: record.sequencer,
      },
    },
  };
}

/**
 * Sequencers in ascending hexadecimal order, at any clock: a clock that stands still or goes back does not repeat one.
 * `last` is the highest in use from earlier runs.
 */
export function createSequencer(now: () => Date, last = ''): { next(): string; atLeast(sequencer: string): void } {
  let highest = last;
  return {
    next: () => {
      const byTime = BigInt(now().getTime()) << 20n;
      const following = highest === '' ? 0n : BigInt(`0x${highest}`) + 1n;
      highest = (byTime > following ? byTime : following).toString(16).toUpperCase().padStart(18, '0');
      return highest;
    },
    atLeast: (sequencer) => {
      if (sequencer > highest) highest = sequencer;
    },
  };
}

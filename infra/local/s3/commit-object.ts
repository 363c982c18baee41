import type { Bucket } from './bucket.ts';
import type { S3Call, S3Context } from './call.ts';
import type { Checksum } from './checksum.ts';
import { checkWrite } from './conditions.ts';
import { type CreationEvent, createEventRecord } from './notification.ts';
import { checkKey, type ObjectAttributes, type ObjectRecord } from './object-record.ts';

/** An object whose bytes are stored and whose name is still to be given. */
export interface ObjectDraft {
  readonly key: string;
  readonly blob: string;
  readonly size: number;
  readonly etag: string;
  readonly attributes: ObjectAttributes;
  readonly checksum: Checksum | undefined;
  readonly eventName: CreationEvent;
}

/**
 * Publishes an object in one step: the write conditions are checked, the record is stored, the event is emitted.
 * The bytes are dropped when a condition fails.
 */
export function commitObject(context: S3Context, call: S3Call, bucket: Bucket, draft: ObjectDraft): ObjectRecord {
  const { attributes, eventName, ...kept } = draft;
  try {
    checkKey(draft.key);
    checkWrite(call.headers, bucket.find(draft.key), draft.key);
  } catch (error) {
    bucket.blobs.remove(draft.blob);
    throw error;
  }
  const record: ObjectRecord = {
    ...kept,
    headers: attributes.headers,
    metadata: attributes.metadata,
    lastModified: context.now().toISOString(),
    sequencer: context.nextSequencer(),
  };
  bucket.put(record);
  context.emit(
    createEventRecord({
      bucket: bucket.name,
      region: context.region,
      eventName,
      record,
      requestId: call.requestId,
      sourceIp: call.request.socket.remoteAddress ?? '127.0.0.1',
    }),
  );
  return record;
}

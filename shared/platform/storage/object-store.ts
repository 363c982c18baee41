import { DeleteObjectCommand, GetObjectCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';

/** An object as read; `bytes` is absent when it is larger than the caller takes. */
export interface StoredObject {
  readonly size: number;
  readonly bytes?: Uint8Array;
}

/** One bucket. */
export interface ObjectStore {
  /** The object, or undefined when there is none; its bytes only up to `most`. */
  read(key: string, most: number): Promise<StoredObject | undefined>;
  write(key: string, body: string | Uint8Array, contentType: string): Promise<void>;
  /** Deleting what is not there is a success. */
  remove(key: string): Promise<void>;
}

export function objectStore(bucket: string): ObjectStore {
  const client = new S3Client({
    maxAttempts: 4,
    forcePathStyle: process.env.AWS_ENDPOINT_URL_S3 !== undefined,
    requestHandler: { connectionTimeout: 1_000, requestTimeout: 10_000, throwOnRequestTimeout: true },
  });
  return {
    async read(key, most) {
      try {
        const answer = await client.send(new GetObjectCommand({ Bucket: bucket, Key: key }));
        const size = answer.ContentLength ?? 0;
        if (size <= most) return { size, bytes: (await answer.Body?.transformToByteArray()) ?? new Uint8Array() };
        await answer.Body?.transformToWebStream().cancel();
        return { size };
      } catch (thrown) {
        if ((thrown as { name?: unknown }).name === 'NoSuchKey') return undefined;
        throw thrown;
      }
    },
    async write(key, body, contentType) {
      await client.send(new PutObjectCommand({ Bucket: bucket, Key: key, Body: body, ContentType: contentType }));
    },
    async remove(key) {
      await client.send(new DeleteObjectCommand({ Bucket: bucket, Key: key }));
    },
  };
}

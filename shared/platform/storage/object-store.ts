import {
  DeleteObjectCommand,
  DeleteObjectsCommand,
  GetObjectCommand,
  ListObjectsV2Command,
  PutObjectCommand,
  S3Client,
} from '@aws-sdk/client-s3';

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
  /** The first keys under a prefix, 1000 at most, in the order of their UTF-8 bytes. */
  listFirst(prefix: string): Promise<readonly string[]>;
  /**
   * Deletes up to 1000 objects in one request.
   * @throws Error naming the code of the first refusal; the other objects are gone
   */
  removeMany(keys: readonly string[]): Promise<void>;
}

/** Characters that a document of S3 cannot carry, or not unchanged (XML 1.0, §2.2 and §2.11). */
const NOT_FOR_XML = /[\p{Cc}\uFFFE\uFFFF]/u;

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
    async listFirst(prefix) {
      // As it would stand in an address: a key may hold what XML cannot.
      const command = new ListObjectsV2Command({ Bucket: bucket, Prefix: prefix, EncodingType: 'url' });
      const { Contents = [] } = await client.send(command);
      return Contents.flatMap(({ Key }) => (Key === undefined ? [] : decodeURIComponent(Key.replaceAll('+', ' '))));
    },
    async removeMany(keys) {
      for (const key of keys.filter((each) => NOT_FOR_XML.test(each))) await this.remove(key);
      const plain = keys.filter((each) => !NOT_FOR_XML.test(each));
      if (plain.length === 0) return;
      const Delete = { Objects: plain.map((Key) => ({ Key })), Quiet: true };
      const { Errors = [] } = await client.send(new DeleteObjectsCommand({ Bucket: bucket, Delete }));
      const [refused] = Errors;
      // Each object is answered by itself, in a success.
      if (refused !== undefined) throw new Error(`S3 left ${Errors.length} objects: ${refused.Code ?? 'no code'}`);
    },
  };
}

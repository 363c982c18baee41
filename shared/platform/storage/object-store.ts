import { DeleteObjectsCommand, GetObjectCommand, ListObjectsV2Command, PutObjectCommand } from '@aws-sdk/client-s3';
import { objectRemoval } from './object-removal.ts';
import { s3Client } from './s3-client.ts';

/** An object as read; `bytes` is absent when it is larger than the caller takes. */
export interface StoredObject {
  readonly size: number;
  readonly bytes?: Uint8Array;
  readonly contentType?: string;
  /** What its writer stored beside it; names in lower case. */
  readonly metadata?: Readonly<Record<string, string>>;
}

/** One bucket. */
export interface ObjectStore {
  /** The object, or undefined when there is none; its bytes only up to `most`. */
  read(key: string, most: number): Promise<StoredObject | undefined>;
  write(key: string, body: string | Uint8Array, contentType: string): Promise<void>;
  /** Deleting what is not there is a success. */
  remove(key: string): Promise<void>;
  /** The first keys under a prefix that come behind `after`, 1000 at most, in the order of their UTF-8 bytes. */
  listFirst(prefix: string, after?: string): Promise<readonly string[]>;
  /**
   * Deletes up to 1000 objects in one request.
   * @throws Error naming the code of the first refusal; the other objects are gone
   */
  removeMany(keys: readonly string[]): Promise<void>;
}

/** Characters that a document of S3 cannot carry, or not unchanged (XML 1.0, §2.2 and §2.11). */
const NOT_FOR_XML = /[\p{Cc}\uFFFE\uFFFF]/u;

export function objectStore(bucket: string): ObjectStore {
  const client = s3Client();
  return {
    ...objectRemoval(bucket, client),
    async read(key, most) {
      try {
        const answer = await client.send(new GetObjectCommand({ Bucket: bucket, Key: key }));
        const size = answer.ContentLength ?? 0;
        const stored = {
          size,
          ...(answer.ContentType !== undefined && { contentType: answer.ContentType }),
          metadata: answer.Metadata ?? {},
        };
        if (size <= most) return { ...stored, bytes: (await answer.Body?.transformToByteArray()) ?? new Uint8Array() };
        await answer.Body?.transformToWebStream().cancel();
        return stored;
      } catch (thrown) {
        if ((thrown as { name?: unknown }).name === 'NoSuchKey') return undefined;
        throw thrown;
      }
    },
    async write(key, body, contentType) {
      await client.send(new PutObjectCommand({ Bucket: bucket, Key: key, Body: body, ContentType: contentType }));
    },
    async listFirst(prefix, after) {
      // As it would stand in an address: a key may hold what XML cannot.
      const command = new ListObjectsV2Command({
        Bucket: bucket,
        Prefix: prefix,
        EncodingType: 'url',
        ...(after !== undefined && { StartAfter: after }),
      });
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

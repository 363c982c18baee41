import { DeleteObjectCommand } from '@aws-sdk/client-s3';
import type { ObjectStore } from './object-store.ts';
import { s3Client } from './s3-client.ts';

/** Removes objects of one bucket, without the code that reads and writes them. */
export function objectRemoval(bucket: string, client = s3Client()): Pick<ObjectStore, 'remove'> {
  return {
    async remove(key) {
      await client.send(new DeleteObjectCommand({ Bucket: bucket, Key: key }));
    },
  };
}

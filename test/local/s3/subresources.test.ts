import {
  DeleteObjectTaggingCommand,
  GetBucketVersioningCommand,
  GetObjectAclCommand,
  GetObjectAttributesCommand,
  GetObjectCommand,
  GetObjectTaggingCommand,
  ListObjectsCommand,
  ListObjectVersionsCommand,
  PutBucketPolicyCommand,
  PutObjectAclCommand,
  PutObjectCommand,
  PutObjectTaggingCommand,
  RestoreObjectCommand,
  UploadPartCopyCommand,
} from '@aws-sdk/client-s3';
import { expect, test } from 'vitest';
import { BUCKET, failureOf, givenS3 } from './given-s3.ts';

const object = { Bucket: BUCKET, Key: 'k' };

test('what is not in the emulator is 501 and leaves the object as it was', async () => {
  const { client, events } = await givenS3();
  await client.send(new PutObjectCommand({ ...object, Body: 'untouched', ContentType: 'text/plain' }));
  const calls = [
    client.send(new PutObjectTaggingCommand({ ...object, Tagging: { TagSet: [{ Key: 'a', Value: 'b' }] } })),
    client.send(new GetObjectTaggingCommand(object)),
    client.send(new DeleteObjectTaggingCommand(object)),
    client.send(new PutObjectAclCommand({ ...object, ACL: 'private' })),
    client.send(new GetObjectAclCommand(object)),
    client.send(new GetObjectAttributesCommand({ ...object, ObjectAttributes: ['ETag'] })),
    client.send(new GetObjectCommand({ ...object, VersionId: 'v1' })),
    client.send(new RestoreObjectCommand(object)),
    client.send(new UploadPartCopyCommand({ ...object, CopySource: `${BUCKET}/k`, UploadId: 'u', PartNumber: 1 })),
    client.send(new GetBucketVersioningCommand({ Bucket: BUCKET })),
    client.send(new ListObjectVersionsCommand({ Bucket: BUCKET })),
    client.send(new ListObjectsCommand({ Bucket: BUCKET })),
    client.send(new PutBucketPolicyCommand({ Bucket: BUCKET, Policy: '{}' })),
  ];
  for (const failure of await Promise.all(calls.map(failureOf))) expect(failure.status).toBeOneOf([405, 501]);
  const got = await client.send(new GetObjectCommand(object));
  expect(got.ContentType).toBe('text/plain');
  expect(await got.Body?.transformToString()).toBe('untouched');
  expect(events).toHaveLength(1);
});

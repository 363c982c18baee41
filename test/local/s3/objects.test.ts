import { createHash, randomBytes } from 'node:crypto';
import {
  CopyObjectCommand,
  DeleteObjectCommand,
  GetObjectCommand,
  HeadObjectCommand,
  ListObjectsV2Command,
  PutObjectCommand,
  type S3Client,
} from '@aws-sdk/client-s3';
import { describe, expect, test } from 'vitest';
import { BUCKET, failureOf, givenS3 } from './given-s3.ts';

const put = (client: S3Client, Key: string, Body: string | Buffer, more: object = {}) =>
  client.send(new PutObjectCommand({ Bucket: BUCKET, Key, Body, ...more }));
const get = (client: S3Client, Key: string, more: object = {}) =>
  client.send(new GetObjectCommand({ Bucket: BUCKET, Key, ...more }));

describe('objects', () => {
  test('come back as they were put, with their description', async () => {
    const now = new Date('2026-11-21T09:30:15Z');
    const { client } = await givenS3({ now: () => now });
    const body = randomBytes(70_000);
    const etag = `"${createHash('md5').update(body).digest('hex')}"`;
    const stored = await put(client, 'a/b.xlsx', body, {
      ContentType: 'application/vnd.ms-excel',
      CacheControl: 'no-store',
      ContentDisposition: 'attachment; filename="b.xlsx"',
      ContentEncoding: 'gzip',
      Metadata: { origin: 'pms', 'two-words': 'x  y' },
    });
    expect(stored.ETag).toBe(etag);
    const found = await get(client, 'a/b.xlsx');
    expect(Buffer.from((await found.Body?.transformToByteArray()) ?? [])).toEqual(body);
    const described = {
      ContentType: 'application/vnd.ms-excel',
      CacheControl: 'no-store',
      ContentDisposition: 'attachment; filename="b.xlsx"',
      ContentEncoding: 'gzip',
      Metadata: { origin: 'pms', 'two-words': 'x  y' },
      ContentLength: 70_000,
      ETag: etag,
      LastModified: now,
      AcceptRanges: 'bytes',
    };
    expect(found).toMatchObject(described);
    expect(await client.send(new HeadObjectCommand({ Bucket: BUCKET, Key: 'a/b.xlsx' }))).toMatchObject(described);
  });

  test('are replaced whole and deleted once and for all', async () => {
    const { client } = await givenS3();
    await put(client, 'k', 'a long first version', { Metadata: { first: 'yes' } });
    await put(client, 'k', Buffer.alloc(0));
    const second = await get(client, 'k');
    expect(await second.Body?.transformToString()).toBe('');
    expect(second).toMatchObject({ ContentLength: 0, Metadata: {} });
    await client.send(new DeleteObjectCommand({ Bucket: BUCKET, Key: 'k' }));
    await client.send(new DeleteObjectCommand({ Bucket: BUCKET, Key: 'k' }));
    expect(await failureOf(get(client, 'k'))).toEqual({ name: 'NoSuchKey', status: 404 });
    expect(await failureOf(client.send(new HeadObjectCommand({ Bucket: BUCKET, Key: 'k' })))).toEqual({
      name: 'NotFound',
      status: 404,
    });
  });

  test('need a bucket, and metadata and a key of S3’s size', async () => {
    const { client } = await givenS3();
    const elsewhere = client.send(new PutObjectCommand({ Bucket: 'no-such-bucket', Key: 'k', Body: 'x' }));
    expect(await failureOf(elsewhere)).toEqual({ name: 'NoSuchBucket', status: 404 });
    expect((await failureOf(put(client, 'k'.repeat(1025), 'x'))).name).toBe('KeyTooLongError');
    expect((await failureOf(put(client, 'k', 'x', { Metadata: { big: 'x'.repeat(2048) } }))).name).toBe(
      'MetadataTooLarge',
    );
    expect((await failureOf(put(client, 'k', 'x', { ACL: 'public-read' }))).name).toBe('AccessControlListNotSupported');
    expect((await failureOf(put(client, 'k', 'x', { Tagging: 'a=b' }))).name).toBe('NotImplemented');
  });

  test.each([
    'plain',
    'con espacio y ñandú/日本/👍🏽.xlsx',
    'a+b=c&d?e#f',
    '100%/%41%2F',
    'double//slash///end/',
    '/leading',
    '../../etc/passwd',
    './a/../b/..',
    'quotes\'"<>()*!~,;:@$',
    'con\ttab',
    'k'.repeat(1024),
  ])('key %j survives put, get, list, copy and delete', async (Key) => {
    const { client, events } = await givenS3();
    await put(client, Key, Key);
    expect(await (await get(client, Key)).Body?.transformToString()).toBe(Key);
    const listed = await client.send(new ListObjectsV2Command({ Bucket: BUCKET }));
    expect(listed.Contents?.map((entry) => entry.Key)).toEqual([Key]);
    const CopySource = `${BUCKET}/${encodeURIComponent(Key)}`;
    await client.send(new CopyObjectCommand({ Bucket: BUCKET, Key: 'copy', CopySource }));
    expect(await (await get(client, 'copy')).Body?.transformToString()).toBe(Key);
    await client.send(new DeleteObjectCommand({ Bucket: BUCKET, Key }));
    expect((await failureOf(get(client, Key))).name).toBe('NoSuchKey');
    expect(events).toHaveLength(2);
  });
});

describe('ranges', () => {
  test.each([
    ['bytes=2-5', '2345', 'bytes 2-5/10'],
    ['bytes=7-', '789', 'bytes 7-9/10'],
    ['bytes=-3', '789', 'bytes 7-9/10'],
    ['bytes=-30', '0123456789', 'bytes 0-9/10'],
    ['bytes=8-100', '89', 'bytes 8-9/10'],
    ['bytes=0-0', '0', 'bytes 0-0/10'],
  ])('%s', async (Range, text, contentRange) => {
    const { client } = await givenS3();
    await put(client, 'digits', '0123456789');
    const part = await get(client, 'digits', { Range });
    expect(part.$metadata.httpStatusCode).toBe(206);
    expect(part).toMatchObject({ ContentRange: contentRange, ContentLength: text.length });
    expect(await part.Body?.transformToString()).toBe(text);
  });

  test('outside the object are refused, unreadable ones ignored', async () => {
    const { client } = await givenS3();
    await put(client, 'digits', '0123456789');
    await put(client, 'empty', Buffer.alloc(0));
    expect(await failureOf(get(client, 'digits', { Range: 'bytes=10-' }))).toEqual({
      name: 'InvalidRange',
      status: 416,
    });
    expect((await failureOf(get(client, 'digits', { Range: 'bytes=-0' }))).status).toBe(416);
    expect((await failureOf(get(client, 'empty', { Range: 'bytes=0-' }))).status).toBe(416);
    for (const Range of ['bytes=5-2', 'bytes=0-1,4-5', 'lines=1-2']) {
      const whole = await get(client, 'digits', { Range });
      expect(whole.$metadata.httpStatusCode).toBe(200);
      expect(await whole.Body?.transformToString()).toBe('0123456789');
    }
  });
});

describe('conditions', () => {
  test('on a read', async () => {
    const { client } = await givenS3({ now: () => new Date('2026-11-21T09:30:15.700Z') });
    const { ETag } = await put(client, 'k', 'x');
    expect((await get(client, 'k', { IfMatch: ETag })).ContentLength).toBe(1);
    expect(await failureOf(get(client, 'k', { IfMatch: '"other"' }))).toEqual({
      name: 'PreconditionFailed',
      status: 412,
    });
    expect((await failureOf(get(client, 'k', { IfNoneMatch: ETag }))).status).toBe(304);
    expect((await get(client, 'k', { IfNoneMatch: '"other"' })).ContentLength).toBe(1);
    expect((await failureOf(get(client, 'k', { IfModifiedSince: new Date('2026-11-21T09:30:15Z') }))).status).toBe(304);
    expect((await get(client, 'k', { IfModifiedSince: new Date('2026-11-21T09:30:14Z') })).ContentLength).toBe(1);
    expect((await failureOf(get(client, 'k', { IfUnmodifiedSince: new Date('2026-11-21T09:30:14Z') }))).status).toBe(
      412,
    );
  });

  test('on a write: created once, replaced only as known', async () => {
    const { client } = await givenS3();
    const racers = await Promise.allSettled(
      Array.from({ length: 8 }, (_, index) => put(client, 'once', `writer ${index}`, { IfNoneMatch: '*' })),
    );
    expect(racers.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    const { ETag } = await client.send(new HeadObjectCommand({ Bucket: BUCKET, Key: 'once' }));
    await put(client, 'once', 'second', { IfMatch: ETag });
    expect((await failureOf(put(client, 'once', 'third', { IfMatch: ETag }))).name).toBe('PreconditionFailed');
    expect((await failureOf(put(client, 'never', 'x', { IfMatch: ETag }))).name).toBe('NoSuchKey');
    expect(await (await get(client, 'once')).Body?.transformToString()).toBe('second');
  });
});

describe('copies', () => {
  test('keep or replace the description', async () => {
    const { client } = await givenS3();
    const source = await put(client, 'from', 'body', { ContentType: 'text/csv', Metadata: { a: '1' } });
    const CopySource = `${BUCKET}/from`;
    const copied = await client.send(new CopyObjectCommand({ Bucket: BUCKET, Key: 'kept', CopySource }));
    expect(copied.CopyObjectResult?.ETag).toBe(source.ETag);
    expect(await get(client, 'kept')).toMatchObject({ ContentType: 'text/csv', Metadata: { a: '1' } });
    await client.send(
      new CopyObjectCommand({
        Bucket: BUCKET,
        Key: 'from',
        CopySource,
        MetadataDirective: 'REPLACE',
        ContentType: 'text/plain',
        Metadata: { b: '2' },
      }),
    );
    expect(await get(client, 'from')).toMatchObject({ ContentType: 'text/plain', Metadata: { b: '2' } });
  });

  test('need a source that is there and meets the conditions', async () => {
    const { client } = await givenS3();
    const { ETag } = await put(client, 'from', 'body');
    const copy = (CopySource: string, more: object = {}) =>
      failureOf(client.send(new CopyObjectCommand({ Bucket: BUCKET, Key: 'to', CopySource, ...more })));
    expect((await copy(`${BUCKET}/none`)).name).toBe('NoSuchKey');
    expect((await copy('nowhere/from')).name).toBe('NoSuchBucket');
    expect((await copy(`${BUCKET}/from`, { CopySourceIfMatch: '"x"' })).name).toBe('PreconditionFailed');
    expect((await copy(`${BUCKET}/from`, { CopySourceIfNoneMatch: ETag })).name).toBe('PreconditionFailed');
    expect((await copy(`${BUCKET}/from?versionId=1`)).name).toBe('NotImplemented');
    expect((await failureOf(get(client, 'to'))).name).toBe('NoSuchKey');
  });
});

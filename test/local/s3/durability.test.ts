import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import { join } from 'node:path';
import {
  CreateMultipartUploadCommand,
  GetObjectCommand,
  HeadObjectCommand,
  ListBucketsCommand,
  PutObjectCommand,
  UploadPartCommand,
} from '@aws-sdk/client-s3';
import { getSignedUrl } from '@aws-sdk/s3-request-presigner';
import { expect, test, vi } from 'vitest';
import { BUCKET, failureOf, givenDirectory, givenS3 } from './given-s3.ts';

const filesUnder = (directory: string) =>
  readdirSync(directory, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));

test('objects, descriptions, creation time and sequence survive a restart', async () => {
  const dataDirectory = givenDirectory();
  const born = new Date('2026-11-21T08:00:00Z');
  const first = await givenS3({ dataDirectory, now: () => born });
  const put = { Bucket: BUCKET, Key: '../ñ', Body: 'first', Metadata: { a: '1' }, ContentType: 'text/plain' };
  const { ETag } = await first.client.send(new PutObjectCommand(put));
  await first.s3.close();
  const second = await givenS3({ dataDirectory, now: () => new Date('2026-11-20T00:00:00Z') });
  const got = await second.client.send(new GetObjectCommand({ Bucket: BUCKET, Key: '../ñ', ChecksumMode: 'ENABLED' }));
  expect(got).toMatchObject({ ETag, ContentType: 'text/plain', Metadata: { a: '1' }, LastModified: born });
  expect(await got.Body?.transformToString()).toBe('first');
  const { Buckets } = await second.client.send(new ListBucketsCommand({}));
  expect(Buckets?.[0]?.CreationDate).toEqual(born);
  await second.client.send(new PutObjectCommand({ ...put, Body: 'second' }));
  const [before, after] = [...first.events, ...second.events].map(({ s3 }) => BigInt(`0x${s3.object.sequencer}`));
  expect(after).toBeGreaterThan(before ?? 0n);
});

test('a reader gets one version whole while others replace the object', async () => {
  const { client } = await givenS3({ dataDirectory: givenDirectory() });
  const at = { Bucket: BUCKET, Key: 'busy' };
  const put = (n: number) =>
    client.send(new PutObjectCommand({ ...at, Body: String(n % 10).repeat(200_000), Metadata: { n: String(n % 10) } }));
  await put(0);
  const writes = Array.from({ length: 40 }, (_, n) => put(n));
  const reads = Array.from({ length: 40 }, async () => {
    const { Body, Metadata } = await client.send(new GetObjectCommand(at));
    expect(await Body?.transformToString()).toBe(Metadata?.n?.repeat(200_000));
  });
  await Promise.all([...writes, ...reads]);
});

test('no key leaves the directory, and a replaced object leaves no bytes behind', async () => {
  const parent = givenDirectory();
  const dataDirectory = join(parent, 's3');
  const { client } = await givenS3({ dataDirectory });
  for (const Key of ['../../escaped', '/absolute', 'a/../../../b', '..%2f..%2fc', 'x'.repeat(1024)]) {
    await client.send(new PutObjectCommand({ Bucket: BUCKET, Key, Body: 'one' }));
    await client.send(new PutObjectCommand({ Bucket: BUCKET, Key, Body: 'two' }));
  }
  const files = filesUnder(parent);
  expect(files.every((file) => file.startsWith(join(dataDirectory, BUCKET)))).toBe(true);
  expect(files.filter((file) => file.includes('blobs')).map((file) => readFileSync(file, 'utf8'))).toEqual(
    Array(5).fill('two'),
  );
});

test('what a crash left half done is gone at the next start', async () => {
  const dataDirectory = givenDirectory();
  const first = await givenS3({ dataDirectory });
  await first.client.send(new PutObjectCommand({ Bucket: BUCKET, Key: 'whole', Body: 'x' }));
  const at = { Bucket: BUCKET, Key: 'part' };
  const { UploadId } = await first.client.send(new CreateMultipartUploadCommand(at));
  await first.client.send(new UploadPartCommand({ ...at, UploadId, PartNumber: 1, Body: 'orphan' }));
  await first.s3.close();
  writeFileSync(join(dataDirectory, BUCKET, 'blobs', 'half-written'), 'half');
  writeFileSync(join(dataDirectory, BUCKET, 'objects', 'torn.json.draft'), '{"key":');
  const second = await givenS3({ dataDirectory });
  expect(readdirSync(join(dataDirectory, BUCKET, 'blobs'))).toHaveLength(1);
  expect((await second.client.send(new HeadObjectCommand({ Bucket: BUCKET, Key: 'whole' }))).ContentLength).toBe(1);
});

test('an upload whose sender leaves stores nothing', async () => {
  const dataDirectory = givenDirectory();
  const { client, events } = await givenS3({ dataDirectory }, { requestChecksumCalculation: 'WHEN_REQUIRED' });
  const url = await getSignedUrl(client, new PutObjectCommand({ Bucket: BUCKET, Key: 'cut' }));
  const upload = request(url, { method: 'PUT', headers: { 'content-length': 1_000_000 } });
  upload.on('error', () => undefined);
  upload.write('only the beginning');
  const blobs = join(dataDirectory, BUCKET, 'blobs');
  await vi.waitFor(() => expect(readdirSync(blobs)).toHaveLength(1));
  upload.destroy();
  await vi.waitFor(() => expect(readdirSync(blobs)).toHaveLength(0));
  expect((await failureOf(client.send(new HeadObjectCommand({ Bucket: BUCKET, Key: 'cut' })))).status).toBe(404);
  expect(events).toEqual([]);
});

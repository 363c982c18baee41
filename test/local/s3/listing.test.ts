import {
  DeleteObjectsCommand,
  GetBucketLocationCommand,
  HeadBucketCommand,
  ListBucketsCommand,
  ListObjectsV2Command,
  type ListObjectsV2CommandInput,
  PutObjectCommand,
  paginateListObjectsV2,
  type S3Client,
} from '@aws-sdk/client-s3';
import { describe, expect, test } from 'vitest';
import { BUCKET, failureOf, givenS3, REGION } from './given-s3.ts';

async function putAll(client: S3Client, keys: readonly string[]): Promise<void> {
  await Promise.all(keys.map((Key) => client.send(new PutObjectCommand({ Bucket: BUCKET, Key, Body: Key }))));
}

async function list(client: S3Client, query: Partial<ListObjectsV2CommandInput> = {}) {
  const page = await client.send(new ListObjectsV2Command({ Bucket: BUCKET, ...query }));
  return {
    keys: (page.Contents ?? []).map(({ Key }) => Key),
    groups: (page.CommonPrefixes ?? []).map(({ Prefix }) => Prefix),
    page,
  };
}

describe('ListObjectsV2', () => {
  test('orders keys by their UTF-8 bytes, with size and tag of each', async () => {
    const { client } = await givenS3();
    await putAll(client, ['b', 'a', 'A', 'ä', '\u{1F600}', '\uFB01', 'a/b']);
    const { keys, page } = await list(client);
    expect(keys).toEqual(['A', 'a', 'a/b', 'b', 'ä', '\uFB01', '\u{1F600}']);
    expect(page).toMatchObject({ KeyCount: 7, IsTruncated: false, MaxKeys: 1000, Name: BUCKET });
    expect(page.Contents?.[1]).toMatchObject({
      Size: 1,
      ETag: '"0cc175b9c0f1b6a831c399e269772661"',
      StorageClass: 'STANDARD',
    });
  });

  test('narrows by prefix, start and groups', async () => {
    const { client } = await givenS3();
    await putAll(client, ['arrivals/t1/a', 'arrivals/t1/b', 'arrivals/t2/a', 'arrivals/readme', 'results/t1/a']);
    expect((await list(client, { Prefix: 'arrivals/t1/' })).keys).toEqual(['arrivals/t1/a', 'arrivals/t1/b']);
    expect(await list(client, { Prefix: 'arrivals/', Delimiter: '/' })).toMatchObject({
      keys: ['arrivals/readme'],
      groups: ['arrivals/t1/', 'arrivals/t2/'],
    });
    expect((await list(client, { Delimiter: '/' })).groups).toEqual(['arrivals/', 'results/']);
    expect((await list(client, { StartAfter: 'arrivals/t1/b' })).keys).toEqual(['arrivals/t2/a', 'results/t1/a']);
    expect((await list(client, { Prefix: 'none' })).page).toMatchObject({ KeyCount: 0, IsTruncated: false });
  });

  test('pages through keys and groups without missing or repeating one', async () => {
    const { client } = await givenS3();
    const keys = Array.from({ length: 23 }, (_, n) => `k${String(n).padStart(2, '0')}`);
    const grouped = ['a/1', 'a/2', 'b', 'c/1', 'c/2', 'c/3', 'd'];
    await putAll(client, [...keys, ...grouped]);
    const pages: number[] = [];
    const seen: (string | undefined)[] = [];
    for await (const page of paginateListObjectsV2({ client, pageSize: 5 }, { Bucket: BUCKET, Delimiter: '/' })) {
      pages.push(page.KeyCount ?? 0);
      seen.push(...(page.CommonPrefixes ?? []).map(({ Prefix }) => Prefix));
      seen.push(...(page.Contents ?? []).map(({ Key }) => Key));
    }
    expect(pages).toEqual([5, 5, 5, 5, 5, 2]);
    expect(seen.sort()).toEqual(['a/', 'b', 'c/', 'd', ...keys].sort());
  });

  test('takes no page for an end, and no foreign token', async () => {
    const { client } = await givenS3();
    await putAll(client, ['a', 'b']);
    expect((await list(client, { MaxKeys: 0 })).page).toMatchObject({ KeyCount: 0, IsTruncated: false });
    expect((await failureOf(list(client, { ContinuationToken: 'made-up' }))).name).toBe('InvalidArgument');
    expect((await failureOf(list(client, { Bucket: 'nowhere' }))).name).toBe('NoSuchBucket');
  });

  test('url-encodes keys on request and names the owner on request', async () => {
    const { client } = await givenS3();
    await putAll(client, ['a b/+%.txt', 'a b/\u0001']);
    const { keys, page } = await list(client, { EncodingType: 'url', FetchOwner: true, Prefix: 'a b/' });
    expect(keys).toEqual(['a%20b/%01', 'a%20b/%2B%25.txt']);
    expect(page.Prefix).toBe('a%20b/');
    expect(page.Contents?.[0]?.Owner?.ID).toBe('local');
  });
});

describe('DeleteObjects', () => {
  test('removes many at once, known or not', async () => {
    const { client } = await givenS3();
    await putAll(client, ['a&b', '<c>', 'kept']);
    const Objects = ['a&b', '<c>', 'unknown'].map((Key) => ({ Key }));
    const { Deleted } = await client.send(new DeleteObjectsCommand({ Bucket: BUCKET, Delete: { Objects } }));
    expect(Deleted?.map(({ Key }) => Key)).toEqual(['a&b', '<c>', 'unknown']);
    expect((await list(client)).keys).toEqual(['kept']);
    const quiet = { Objects: [{ Key: 'kept' }], Quiet: true };
    expect((await client.send(new DeleteObjectsCommand({ Bucket: BUCKET, Delete: quiet }))).Deleted).toBeUndefined();
    expect((await list(client)).keys).toEqual([]);
  });

  test('refuses an empty or oversized document', async () => {
    const { client } = await givenS3();
    const remove = (count: number) =>
      client.send(
        new DeleteObjectsCommand({
          Bucket: BUCKET,
          Delete: { Objects: Array.from({ length: count }, (_, n) => ({ Key: `k${n}` })) },
        }),
      );
    expect((await failureOf(remove(0))).name).toBe('MalformedXML');
    expect((await failureOf(remove(1001))).name).toBe('MalformedXML');
    await remove(1000);
  });
});

describe('buckets', () => {
  test('are listed, probed and located', async () => {
    const { client, s3 } = await givenS3();
    s3.createBucket('another-bucket');
    const { Buckets } = await client.send(new ListBucketsCommand({}));
    expect(Buckets?.map(({ Name }) => Name)).toEqual([BUCKET, 'another-bucket']);
    expect((await client.send(new HeadBucketCommand({ Bucket: BUCKET }))).BucketRegion).toBe(REGION);
    expect(await failureOf(client.send(new HeadBucketCommand({ Bucket: 'nowhere' })))).toMatchObject({ status: 404 });
    const location = await client.send(new GetBucketLocationCommand({ Bucket: BUCKET }));
    expect(location.LocationConstraint).toBe(REGION);
    expect(() => s3.createBucket('../escape')).toThrow();
  });

  test('are emptied by a reset', async () => {
    const { client, s3 } = await givenS3();
    await putAll(client, ['a', 'b']);
    s3.reset();
    expect((await list(client)).keys).toEqual([]);
  });
});

import { createHash, randomBytes } from 'node:crypto';
import {
  AbortMultipartUploadCommand,
  type CompletedPart,
  CompleteMultipartUploadCommand,
  CreateMultipartUploadCommand,
  GetObjectCommand,
  HeadObjectCommand,
  ListPartsCommand,
  type S3Client,
  UploadPartCommand,
} from '@aws-sdk/client-s3';
import { describe, expect, test } from 'vitest';
import { startChecksum } from '../../../infra/local/s3/checksum.ts';
import { BUCKET, failureOf, givenDirectory, givenS3 } from './given-s3.ts';

const MIB = 1024 * 1024;
const at = { Bucket: BUCKET, Key: 'big file.bin' };
const md5 = (bytes: Buffer) => createHash('md5').update(bytes).digest();

async function begin(client: S3Client, more: object = {}): Promise<string> {
  return (await client.send(new CreateMultipartUploadCommand({ ...at, ...more }))).UploadId ?? '';
}

async function upload(client: S3Client, UploadId: string, PartNumber: number, Body: Buffer, more: object = {}) {
  const part = await client.send(new UploadPartCommand({ ...at, UploadId, PartNumber, Body, ...more }));
  const { ETag, ChecksumCRC32, ChecksumCRC64NVME } = part;
  return {
    PartNumber,
    ETag,
    ...(ChecksumCRC32 === undefined ? {} : { ChecksumCRC32 }),
    ...(ChecksumCRC64NVME === undefined ? {} : { ChecksumCRC64NVME }),
  } satisfies CompletedPart as CompletedPart;
}

const complete = (client: S3Client, UploadId: string, Parts: CompletedPart[], more: object = {}) =>
  client.send(new CompleteMultipartUploadCommand({ ...at, UploadId, MultipartUpload: { Parts }, ...more }));

describe('multipart uploads', () => {
  test.each([undefined, 'directory'])('join their parts (%s)', async (place) => {
    const { client, events } = await givenS3({ dataDirectory: place && givenDirectory() });
    const [first, second] = [randomBytes(5 * MIB), randomBytes(1234)];
    const id = await begin(client, { ContentType: 'image/jpeg', Metadata: { m: '1' } });
    const parts = [await upload(client, id, 3, second), await upload(client, id, 1, randomBytes(10))];
    parts[1] = await upload(client, id, 1, first);
    parts.reverse();
    expect((await failureOf(client.send(new HeadObjectCommand(at)))).status).toBe(404);
    const done = await complete(client, id, parts);
    const etag = `"${md5(Buffer.concat([md5(first), md5(second)])).toString('hex')}-2"`;
    expect(done).toMatchObject({ Bucket: BUCKET, Key: at.Key, ETag: etag, ChecksumType: 'COMPOSITE' });
    expect(done.ChecksumCRC32).toMatch(/-2$/);
    const got = await client.send(new GetObjectCommand(at));
    expect(got).toMatchObject({ ETag: etag, ContentType: 'image/jpeg', Metadata: { m: '1' } });
    const body = Buffer.from((await got.Body?.transformToByteArray()) ?? []);
    expect(body.equals(Buffer.concat([first, second]))).toBe(true);
    expect(events.map(({ eventName }) => eventName)).toEqual(['ObjectCreated:CompleteMultipartUpload']);
    expect((await failureOf(complete(client, id, parts))).name).toBe('NoSuchUpload');
  });

  test('may carry a checksum of the whole', async () => {
    const { client } = await givenS3();
    const [first, second] = [randomBytes(5 * MIB), randomBytes(99)];
    const algorithm = { ChecksumAlgorithm: 'CRC64NVME' };
    const id = await begin(client, algorithm);
    const parts = [await upload(client, id, 1, first, algorithm), await upload(client, id, 2, second, algorithm)];
    const whole = startChecksum('CRC64NVME');
    whole.update(first);
    whole.update(second);
    const ChecksumCRC64NVME = whole.digest();
    const wrong = { ChecksumCRC64NVME: 'AAAAAAAAAAA=', ChecksumType: 'FULL_OBJECT' };
    expect((await failureOf(complete(client, id, parts, wrong))).name).toBe('BadDigest');
    const done = await complete(client, id, parts, { ChecksumCRC64NVME, ChecksumType: 'FULL_OBJECT' });
    expect(done).toMatchObject({ ChecksumCRC64NVME, ChecksumType: 'FULL_OBJECT' });
  });

  test('refuse what is not whole', async () => {
    const { client } = await givenS3();
    const id = await begin(client);
    const one = await upload(client, id, 1, randomBytes(100));
    const two = await upload(client, id, 2, randomBytes(100));
    expect((await failureOf(complete(client, id, [one, two]))).name).toBe('EntityTooSmall');
    expect((await failureOf(complete(client, id, [two, one]))).name).toBe('InvalidPartOrder');
    expect((await failureOf(complete(client, id, [{ ...one, PartNumber: 5 }]))).name).toBe('InvalidPart');
    expect((await failureOf(complete(client, id, [{ ...one, ETag: '"x"' }]))).name).toBe('InvalidPart');
    expect((await failureOf(complete(client, id, [{ ...one, ChecksumCRC32: 'AAAAAA==' }]))).name).toBe('InvalidPart');
    expect((await failureOf(complete(client, id, []))).name).toBe('MalformedXML');
    expect((await failureOf(upload(client, id, 10_001, Buffer.of(1)))).name).toBe('InvalidArgument');
    expect((await failureOf(upload(client, 'unknown', 1, Buffer.of(1)))).name).toBe('NoSuchUpload');
    await complete(client, id, [one]);
  });

  test('honour a conditional write', async () => {
    const { client } = await givenS3();
    const write = async () => {
      const id = await begin(client);
      const part = await upload(client, id, 1, randomBytes(100));
      return complete(client, id, [part], { IfNoneMatch: '*' });
    };
    await write();
    expect((await failureOf(write())).name).toBe('PreconditionFailed');
  });

  test('end without a trace when aborted; listing parts is not there', async () => {
    const { client, events } = await givenS3();
    const UploadId = await begin(client);
    await upload(client, UploadId, 1, randomBytes(100));
    expect((await failureOf(client.send(new ListPartsCommand({ ...at, UploadId })))).name).toBe('NotImplemented');
    await client.send(new AbortMultipartUploadCommand({ ...at, UploadId }));
    expect((await failureOf(upload(client, UploadId, 2, randomBytes(1)))).name).toBe('NoSuchUpload');
    expect((await failureOf(client.send(new AbortMultipartUploadCommand({ ...at, UploadId })))).name).toBe(
      'NoSuchUpload',
    );
    expect(events).toEqual([]);
  });
});

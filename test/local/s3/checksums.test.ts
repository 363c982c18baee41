import { createHash } from 'node:crypto';
import { ChecksumAlgorithm, GetObjectCommand, HeadObjectCommand, PutObjectCommand } from '@aws-sdk/client-s3';
import { describe, expect, test } from 'vitest';
import { startChecksum } from '../../../infra/local/s3/checksum.ts';
import { BUCKET, failureOf, givenS3 } from './given-s3.ts';

const DIGITS = Buffer.from('123456789');
const base64 = (hex: string) => Buffer.from(hex, 'hex').toString('base64');

describe('checksum algorithms', () => {
  // The check values of the CRC catalogue, and of the hash functions themselves.
  test.each([
    ['CRC32', 'cbf43926'],
    ['CRC32C', 'e3069283'],
    ['CRC64NVME', 'ae8b14860a799888'],
    ['SHA1', createHash('sha1').update(DIGITS).digest('hex')],
    ['SHA256', createHash('sha256').update(DIGITS).digest('hex')],
  ] as const)('%s of 123456789, in any cut', (algorithm, hex) => {
    const whole = startChecksum(algorithm);
    whole.update(DIGITS);
    expect(whole.digest()).toBe(base64(hex));
    const cut = startChecksum(algorithm);
    for (const byte of DIGITS) cut.update(Buffer.of(byte));
    expect(cut.digest()).toBe(base64(hex));
  });
});

describe('checksums of objects', () => {
  test('CRC32 is sent, kept and verified by default', async () => {
    const { client } = await givenS3();
    const put = await client.send(new PutObjectCommand({ Bucket: BUCKET, Key: 'k', Body: DIGITS }));
    expect(put.ChecksumCRC32).toBe(base64('cbf43926'));
    const head = await client.send(new HeadObjectCommand({ Bucket: BUCKET, Key: 'k', ChecksumMode: 'ENABLED' }));
    expect(head).toMatchObject({ ChecksumCRC32: base64('cbf43926'), ChecksumType: 'FULL_OBJECT' });
    const got = await client.send(new GetObjectCommand({ Bucket: BUCKET, Key: 'k', ChecksumMode: 'ENABLED' }));
    expect(got.ChecksumCRC32).toBe(base64('cbf43926'));
    expect(await got.Body?.transformToString()).toBe('123456789');
    const part = await client.send(new GetObjectCommand({ Bucket: BUCKET, Key: 'k', Range: 'bytes=0-2' }));
    expect(part.ChecksumCRC32).toBeUndefined();
    expect(await part.Body?.transformToString()).toBe('123');
  });

  test('only on request', async () => {
    const { client } = await givenS3({}, { responseChecksumValidation: 'WHEN_REQUIRED' });
    await client.send(new PutObjectCommand({ Bucket: BUCKET, Key: 'k', Body: DIGITS }));
    const head = await client.send(new HeadObjectCommand({ Bucket: BUCKET, Key: 'k' }));
    expect(head.ChecksumCRC32).toBeUndefined();
  });

  test.each([
    ChecksumAlgorithm.CRC32,
    ChecksumAlgorithm.CRC32C,
    ChecksumAlgorithm.CRC64NVME,
    ChecksumAlgorithm.SHA1,
    ChecksumAlgorithm.SHA256,
  ])('%s as the SDK computes it', async (algorithm) => {
    const { client } = await givenS3();
    const body = Buffer.from('ñandú '.repeat(5000));
    const input = { Bucket: BUCKET, Key: algorithm, Body: body, ChecksumAlgorithm: algorithm };
    const put = await client.send(new PutObjectCommand(input));
    const running = startChecksum(algorithm);
    running.update(body);
    expect(put[`Checksum${algorithm}`]).toBe(running.digest());
    const got = await client.send(new GetObjectCommand({ Bucket: BUCKET, Key: algorithm, ChecksumMode: 'ENABLED' }));
    expect(Buffer.from((await got.Body?.transformToByteArray()) ?? [])).toEqual(body);
  });

  test.each([
    { ChecksumCRC32: base64('00000000') },
    { ChecksumCRC32C: base64('00000000') },
    { ChecksumCRC64NVME: base64('0000000000000000') },
    { ChecksumSHA256: createHash('sha256').update('other').digest('base64') },
    { ContentMD5: createHash('md5').update('other').digest('base64') },
  ])('a wrong one is BadDigest and stores nothing: %o', async (promise) => {
    const { client, events } = await givenS3();
    const put = client.send(new PutObjectCommand({ Bucket: BUCKET, Key: 'k', Body: DIGITS, ...promise }));
    expect(await failureOf(put)).toEqual({ name: 'BadDigest', status: 400 });
    expect((await failureOf(client.send(new HeadObjectCommand({ Bucket: BUCKET, Key: 'k' })))).status).toBe(404);
    expect(events).toEqual([]);
  });

  test('a Content-MD5 that is none is InvalidDigest', async () => {
    const { client } = await givenS3();
    const put = client.send(new PutObjectCommand({ Bucket: BUCKET, Key: 'k', Body: DIGITS, ContentMD5: 'short' }));
    expect((await failureOf(put)).name).toBe('InvalidDigest');
  });
});

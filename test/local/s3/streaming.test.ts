import { createHash, randomBytes } from 'node:crypto';
import { Readable } from 'node:stream';
import { GetObjectCommand, HeadObjectCommand, PutObjectCommand } from '@aws-sdk/client-s3';
import { describe, expect, test, vi } from 'vitest';
import { hmac, scopeText, sha256Hex, signingKey } from '../../../infra/local/aws-json/sigv4.ts';
import { decodeAwsChunked } from '../../../infra/local/s3/aws-chunked.ts';
import { BUCKET, failureOf, givenDirectory, givenS3 } from './given-s3.ts';

const chunksOf = (body: Buffer, size: number) =>
  Array.from({ length: Math.ceil(body.length / size) }, (_, n) => body.subarray(n * size, (n + 1) * size));

describe('uploads of a stream by the SDK', () => {
  test.each([
    ['memory', undefined, 'WHEN_SUPPORTED'],
    ['disk', 'directory', 'WHEN_SUPPORTED'],
    ['disk', 'directory', 'WHEN_REQUIRED'],
  ] as const)('6 MB into %s (%s), checksums %s', async (_name, place, requestChecksumCalculation) => {
    const dataDirectory = place && givenDirectory();
    const { client } = await givenS3({ dataDirectory }, { requestChecksumCalculation });
    const body = randomBytes(6 * 1024 * 1024 + 7);
    const put = new PutObjectCommand({
      Bucket: BUCKET,
      Key: 'big',
      Body: Readable.from(chunksOf(body, 65_536), { objectMode: false }),
      ContentLength: body.length,
      ContentEncoding: 'identity',
    });
    expect((await client.send(put)).ETag).toBe(`"${createHash('md5').update(body).digest('hex')}"`);
    const got = await client.send(new GetObjectCommand({ Bucket: BUCKET, Key: 'big' }));
    expect(got).toMatchObject({ ContentLength: body.length, ContentEncoding: 'identity' });
    expect(Buffer.from((await got.Body?.transformToByteArray()) ?? []).equals(body)).toBe(true);
  });

  test('with fewer bytes than announced stores nothing', async () => {
    const { client } = await givenS3();
    const put = new PutObjectCommand({
      Bucket: BUCKET,
      Key: 'short',
      Body: Readable.from([Buffer.from('abc')], { objectMode: false }),
      ContentLength: 10,
    });
    const warned = vi.spyOn(console, 'warn').mockImplementation(() => undefined);
    expect((await failureOf(client.send(put))).name).toBe('IncompleteBody');
    expect(warned.mock.calls).toEqual([[expect.stringContaining('non-retryable streaming request')]]);
    warned.mockRestore();
    expect((await failureOf(client.send(new HeadObjectCommand({ Bucket: BUCKET, Key: 'short' })))).status).toBe(404);
  });
});

describe('aws-chunked decoding', () => {
  const scope = { date: '20130524', region: 'us-east-1', service: 's3' };
  const seedOf = (signature: string) => ({
    signature,
    signingKey: signingKey('wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY', scope),
    scope,
    timestamp: '20130524T000000Z',
  });
  const A = (count: number) => 'a'.repeat(count);

  async function decode(text: string, seed: ReturnType<typeof seedOf> | undefined, pieceSize = text.length) {
    let trailers: Readonly<Record<string, string>> = {};
    const source = Readable.from(chunksOf(Buffer.from(text), pieceSize)) as AsyncIterable<Buffer>;
    const onTrailers = (read: Readonly<Record<string, string>>) => {
      trailers = read;
    };
    const pieces: Buffer[] = [];
    for await (const piece of decodeAwsChunked({ source, seed, onTrailers })) pieces.push(piece);
    return { body: Buffer.concat(pieces).toString(), trailers };
  }

  // The worked example of the S3 API reference, "Signature calculations: transferring a payload in multiple chunks".
  const seed = seedOf('4f232c4386841ef735655705268965c44a0e4690baa4adea153f7db9fa80a0a9');
  const documented = [
    `10000;chunk-signature=ad80c730a21e5b8d04586a2213dd63b9a0e99e0e2307b0ade35a65485a288648\r\n${A(65536)}\r\n`,
    `400;chunk-signature=0055627c9e194cb4542bae2aa5492e3c1575bbb81b612b7d234b86a503ef5497\r\n${A(1024)}\r\n`,
    '0;chunk-signature=b6c6ea8a5354eaf15b3cb7646744f4275b71ea724fed81ceb9323e279d449df9\r\n\r\n',
  ];

  test.each([1_000_000, 8192, 997, 17])('verifies the documented chunks, arriving %i bytes at a time', async (size) => {
    expect((await decode(documented.join(''), seed, size)).body).toBe(A(66_560));
  });

  test('refuses a changed, dropped, swapped or cut chunk', async () => {
    const [first = '', second = '', last = ''] = documented;
    const mismatch = { code: 'SignatureDoesNotMatch' };
    await expect(decode(first.replace('aaaa', 'aaab') + second + last, seed)).rejects.toMatchObject(mismatch);
    await expect(decode(first + last, seed)).rejects.toMatchObject(mismatch);
    await expect(decode(second + first + last, seed)).rejects.toMatchObject(mismatch);
    await expect(decode(first + second, seed)).rejects.toMatchObject({ code: 'IncompleteBody' });
    await expect(decode(first.slice(0, 5000), seed)).rejects.toMatchObject({ code: 'IncompleteBody' });
    await expect(decode('zz\r\nab\r\n', undefined)).rejects.toMatchObject({ code: 'IncompleteBody' });
  });

  test('verifies signed trailers', async () => {
    const trailer = 'x-amz-checksum-crc32c:sOO8/Q==';
    const signed = signChunks(['hello ', 'world'], trailer, seed);
    expect(await decode(signed, seed, 7)).toEqual({
      body: 'hello world',
      trailers: expect.objectContaining({ 'x-amz-checksum-crc32c': 'sOO8/Q==' }),
    });
    const forged = signed.replace('sOO8/Q==', 'AAAAAA==');
    await expect(decode(forged, seed)).rejects.toMatchObject({ code: 'SignatureDoesNotMatch' });
  });

  test('reads unsigned chunks and trailers', async () => {
    const text = '5\r\nhello\r\n1\r\n!\r\n0\r\nx-amz-checksum-crc32:AAAAAA==\r\n\r\n';
    const read = { body: 'hello!', trailers: { 'x-amz-checksum-crc32': 'AAAAAA==' } };
    expect(await decode(text, undefined)).toEqual(read);
    expect(await decode(text, undefined, 1)).toEqual(read);
  });

  function signChunks(chunks: readonly string[], trailer: string, from: ReturnType<typeof seedOf>): string {
    let previous = from.signature;
    const sign = (kind: string, hashes: readonly string[]) => {
      const text = [kind, from.timestamp, scopeText(scope), previous, ...hashes].join('\n');
      previous = hmac(from.signingKey, text).toString('hex');
      return previous;
    };
    const body = [...chunks, ''].map((chunk) => {
      const signature = sign('AWS4-HMAC-SHA256-PAYLOAD', [sha256Hex(''), sha256Hex(chunk)]);
      const head = `${chunk.length.toString(16)};chunk-signature=${signature}\r\n`;
      return chunk === '' ? head : `${head}${chunk}\r\n`;
    });
    const signature = sign('AWS4-HMAC-SHA256-TRAILER', [sha256Hex(`${trailer}\n`)]);
    return `${body.join('')}${trailer}\r\nx-amz-trailer-signature:${signature}\r\n\r\n`;
  }
});

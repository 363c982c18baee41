import { GetObjectCommand, HeadObjectCommand, PutObjectCommand } from '@aws-sdk/client-s3';
import { getSignedUrl } from '@aws-sdk/s3-request-presigner';
import { describe, expect, test } from 'vitest';
import { BUCKET, clientOf, codeOf, failureOf, givenS3 } from './given-s3.ts';

const WHEN_REQUIRED = { requestChecksumCalculation: 'WHEN_REQUIRED' } as const;
const Key = 'fotos/niño & (1)+.jpg';

describe('presigned addresses', () => {
  test('upload and download by plain fetch', async () => {
    const { client, events } = await givenS3({}, WHEN_REQUIRED);
    const put = new PutObjectCommand({ Bucket: BUCKET, Key, ContentType: 'image/jpeg' });
    const putUrl = await getSignedUrl(client, put, { signableHeaders: new Set(['content-type']) });
    const uploaded = await fetch(putUrl, { method: 'PUT', body: 'bytes', headers: { 'content-type': 'image/jpeg' } });
    expect(uploaded.status).toBe(200);
    expect(uploaded.headers.get('etag')).toMatch(/^"[0-9a-f]{32}"$/);
    expect(events[0]?.eventName).toBe('ObjectCreated:Put');
    const get = new GetObjectCommand({
      Bucket: BUCKET,
      Key,
      ResponseContentDisposition: 'attachment; filename="foto 1.jpg"',
      ResponseContentType: 'application/octet-stream',
    });
    const download = await fetch(await getSignedUrl(client, get), { headers: { range: 'bytes=1-3' } });
    expect(download.status).toBe(206);
    expect(await download.text()).toBe('yte');
    expect(download.headers.get('content-disposition')).toBe('attachment; filename="foto 1.jpg"');
    expect(download.headers.get('content-type')).toBe('application/octet-stream');
  });

  test('hold for exactly what was signed', async () => {
    const { client } = await givenS3({}, WHEN_REQUIRED);
    await client.send(new PutObjectCommand({ Bucket: BUCKET, Key: 'mine', Body: 'x' }));
    await client.send(new PutObjectCommand({ Bucket: BUCKET, Key: 'theirs', Body: 'x' }));
    const url = await getSignedUrl(client, new GetObjectCommand({ Bucket: BUCKET, Key: 'mine' }));
    expect((await fetch(url)).status).toBe(200);
    const code = async (address: string, init?: RequestInit) => codeOf(await fetch(address, init));
    expect(await code(url.replace('/mine', '/theirs'))).toBe('SignatureDoesNotMatch');
    expect(await code(`${url}&response-content-type=text/html`)).toBe('SignatureDoesNotMatch');
    expect(await code(url, { method: 'PUT', body: 'overwritten' })).toBe('SignatureDoesNotMatch');
    expect(await code(url, { method: 'DELETE' })).toBe('SignatureDoesNotMatch');
    expect(await code(url.replace(/X-Amz-Expires=\d+/, 'X-Amz-Expires=604801'))).toBe(
      'AuthorizationQueryParametersError',
    );
    expect(await code(url, { headers: { 'x-amz-meta-sneaked': '1' } })).toBe('AccessDenied');
    expect(await code(url.replace(/&X-Amz-Signature=[^&]+/, ''))).toBe('AuthorizationQueryParametersError');
  });

  test('bind the content type when it is signed', async () => {
    const { client } = await givenS3({}, WHEN_REQUIRED);
    const put = new PutObjectCommand({ Bucket: BUCKET, Key, ContentType: 'image/jpeg' });
    const url = await getSignedUrl(client, put, { signableHeaders: new Set(['content-type']) });
    const response = await fetch(url, { method: 'PUT', body: '<svg/>', headers: { 'content-type': 'image/svg+xml' } });
    expect(await codeOf(response)).toBe('SignatureDoesNotMatch');
    expect((await failureOf(client.send(new HeadObjectCommand({ Bucket: BUCKET, Key })))).status).toBe(404);
  });

  test('expire by both clocks', async () => {
    const clock = { now: new Date() };
    const { s3 } = await givenS3({ now: () => clock.now, machineNow: () => clock.now });
    const client = clientOf(s3, WHEN_REQUIRED);
    const url = await getSignedUrl(client, new PutObjectCommand({ Bucket: BUCKET, Key }), { expiresIn: 900 });
    clock.now = new Date(Date.now() + 890_000);
    expect((await fetch(url, { method: 'PUT', body: 'x' })).status).toBe(200);
    clock.now = new Date(Date.now() + 910_000);
    const late = await fetch(url, { method: 'PUT', body: 'x' });
    expect(late.status).toBe(403);
    expect(await late.text()).toContain('Request has expired');
  });

  test('signed by the platform’s moved clock hold as well', async () => {
    const tomorrow = new Date(Date.now() + 86_400_000);
    const { client } = await givenS3({ now: () => tomorrow }, WHEN_REQUIRED);
    const url = await getSignedUrl(client, new PutObjectCommand({ Bucket: BUCKET, Key }), { signingDate: tomorrow });
    expect((await fetch(url, { method: 'PUT', body: 'x' })).status).toBe(200);
  });

  test('carry a checksum of nothing when the client computes checksums: the upload fails as on S3', async () => {
    const { client } = await givenS3({}, { requestChecksumCalculation: 'WHEN_SUPPORTED' });
    const url = await getSignedUrl(client, new PutObjectCommand({ Bucket: BUCKET, Key }));
    expect(url).toContain('x-amz-checksum-crc32=');
    expect(await codeOf(await fetch(url, { method: 'PUT', body: 'bytes' }))).toBe('BadDigest');
  });

  test('carry metadata in their query', async () => {
    const { client } = await givenS3({}, WHEN_REQUIRED);
    const url = await getSignedUrl(client, new PutObjectCommand({ Bucket: BUCKET, Key, Metadata: { owner: 't1' } }));
    expect((await fetch(url, { method: 'PUT', body: 'x' })).status).toBe(200);
    expect((await client.send(new HeadObjectCommand({ Bucket: BUCKET, Key }))).Metadata).toEqual({ owner: 't1' });
  });
});

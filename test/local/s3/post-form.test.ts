import { GetObjectCommand, HeadObjectCommand } from '@aws-sdk/client-s3';
import { createPresignedPost, type PresignedPostOptions } from '@aws-sdk/s3-presigned-post';
import { describe, expect, test } from 'vitest';
import { BUCKET, codeOf, failureOf, type GivenS3, givenS3 } from './given-s3.ts';

type Fields = Record<string, string>;

async function presign({ client }: GivenS3, options: Partial<PresignedPostOptions> = {}) {
  return createPresignedPost(client, { Bucket: BUCKET, Key: 'uploads/t1/a.xlsx', ...options });
}

function formOf(fields: Fields, body: string | Uint8Array<ArrayBuffer>, filename = 'C:\\docs\\a.xlsx'): FormData {
  const form = new FormData();
  for (const [name, value] of Object.entries(fields)) form.set(name, value);
  form.set('file', new Blob([body], { type: 'text/html' }), filename);
  return form;
}

const send = (url: string, body: FormData, init: RequestInit = {}) => fetch(url, { method: 'POST', body, ...init });

describe('form uploads', () => {
  test('store the file under the signed key, described by the fields', async () => {
    const given = await givenS3();
    const { url, fields } = await presign(given, {
      Fields: { 'Content-Type': 'text/csv', 'x-amz-meta-tenant': 't1', 'Cache-Control': 'no-store' },
      Conditions: [['content-length-range', 1, 100]],
    });
    const response = await send(url, formOf(fields, 'a;b;ñ'));
    expect([response.status, await response.text()]).toEqual([204, '']);
    expect(response.headers.get('etag')).toMatch(/^"[0-9a-f]{32}"$/);
    const got = await given.client.send(new GetObjectCommand({ Bucket: BUCKET, Key: 'uploads/t1/a.xlsx' }));
    expect(got).toMatchObject({ ContentType: 'text/csv', CacheControl: 'no-store', Metadata: { tenant: 't1' } });
    expect(await got.Body?.transformToString()).toBe('a;b;ñ');
    expect(given.events.map(({ eventName }) => eventName)).toEqual(['ObjectCreated:Post']);
  });

  test('carry megabytes through unchanged', async () => {
    const given = await givenS3();
    const { url, fields } = await presign(given);
    const body = Uint8Array.from({ length: 6_000_000 }, (_, n) => (n * 31) % 251);
    expect((await send(url, formOf(fields, body))).status).toBe(204);
    const got = await given.client.send(new GetObjectCommand({ Bucket: BUCKET, Key: 'uploads/t1/a.xlsx' }));
    expect(Buffer.from((await got.Body?.transformToByteArray()) ?? []).equals(Buffer.from(body))).toBe(true);
  });

  test('fill in the file name, of which a path is cut off', async () => {
    const given = await givenS3();
    const { url, fields } = await presign(given, { Key: `uploads/t1/\${filename}` });
    expect((await send(url, formOf(fields, 'x', '../../otro/reseña 1.xlsx'))).status).toBe(204);
    await given.client.send(new HeadObjectCommand({ Bucket: BUCKET, Key: 'uploads/t1/reseña 1.xlsx' }));
  });

  test.each([
    ['200', 200],
    ['201', 201],
    ['204', 204],
    ['500', 204],
  ])('success_action_status %s answers %i', async (asked, status) => {
    const given = await givenS3();
    const { url, fields } = await presign(given, { Fields: { success_action_status: asked } });
    const response = await send(url, formOf(fields, 'x'));
    expect(response.status).toBe(status);
    if (status !== 201) return;
    const text = await response.text();
    expect(text).toContain('<Key>uploads/t1/a.xlsx</Key>');
    expect(text).toContain(`<Bucket>${BUCKET}</Bucket>`);
    expect(response.headers.get('content-type')).toBe('application/xml');
  });

  test('redirect the browser with what was stored', async () => {
    const given = await givenS3();
    const Fields = { success_action_redirect: 'https://example.test/done?step=2' };
    const { url, fields } = await presign(given, { Fields });
    const response = await send(url, formOf(fields, 'x'), { redirect: 'manual' });
    expect(response.status).toBe(303);
    const location = new URL(response.headers.get('location') ?? '');
    expect(Object.fromEntries(location.searchParams)).toMatchObject({
      step: '2',
      bucket: BUCKET,
      key: 'uploads/t1/a.xlsx',
    });
  });
});

describe('policies', () => {
  async function refusal(given: GivenS3, form: FormData, url: string): Promise<string> {
    const response = await send(url, form);
    const text = await response.text();
    expect(given.events).toEqual([]);
    return `${response.status} ${/<Code>([^<]+)/.exec(text)?.[1]}: ${/<Message>([^<]+)/.exec(text)?.[1]}`;
  }

  test('bound the size', async () => {
    const given = await givenS3();
    const { url, fields } = await presign(given, { Conditions: [['content-length-range', 3, 10]] });
    expect(await refusal(given, formOf(fields, 'x'.repeat(11)), url)).toMatch(/^400 EntityTooLarge/);
    expect(await refusal(given, formOf(fields, 'x'.repeat(3_000_000)), url)).toMatch(/^400 EntityTooLarge/);
    expect(await refusal(given, formOf(fields, 'xx'), url)).toMatch(/^400 EntityTooSmall/);
    const head = given.client.send(new HeadObjectCommand({ Bucket: BUCKET, Key: fields.key }));
    expect((await failureOf(head)).status).toBe(404);
    expect((await send(url, formOf(fields, 'x'.repeat(10)))).status).toBe(204);
  });

  test('end', async () => {
    const clock = { now: new Date() };
    const given = await givenS3({ now: () => clock.now, machineNow: () => clock.now });
    const { url, fields } = await presign(given, { Expires: 600 });
    clock.now = new Date(Date.now() + 601_000);
    expect(await refusal(given, formOf(fields, 'x'), url)).toBe(
      '403 AccessDenied: Invalid according to Policy: Policy expired.',
    );
  });

  test('bind every field, and name every field', async () => {
    const given = await givenS3();
    const { url, fields } = await presign(given, {
      Fields: { acl: 'private' },
      Conditions: [
        ['starts-with', '$Content-Type', 'image/'],
        ['eq', '$x-amz-meta-tenant', 't1'],
      ],
    });
    const sound: Fields = { ...fields, 'Content-Type': 'image/png', 'x-amz-meta-tenant': 't1' };
    const change = (fields: Fields) => refusal(given, formOf({ ...sound, ...fields }, 'x'), url);
    expect(await change({ key: 'uploads/t2/a.xlsx' })).toMatch(/^403 AccessDenied.*\$key/);
    expect(await change({ 'Content-Type': 'text/html' })).toMatch(/^403 AccessDenied.*\$content-type/);
    expect(await change({ 'Content-Type': 'image/png,text/html' })).toMatch(/^403 AccessDenied.*\$content-type/);
    expect(await change({ 'x-amz-meta-tenant': 't2' })).toMatch(/^403 AccessDenied.*tenant/);
    expect(await change({ 'x-amz-meta-more': 'x' })).toMatch(/Extra input fields: x-amz-meta-more$/);
    expect(await change({ acl: 'public-read' })).toMatch(/^403 AccessDenied.*\$acl/);
    const { 'x-amz-meta-tenant': _, ...without } = sound;
    expect(await refusal(given, formOf(without, 'x'), url)).toMatch(/^403 AccessDenied.*tenant/);
    const elsewhere = url.replace(BUCKET, 'another-bucket');
    expect(await refusal(given, formOf(sound, 'x'), elsewhere)).toMatch(/^403 AccessDenied.*\$bucket/);
    expect((await send(url, formOf({ ...sound, 'x-ignore-this': 'yes' }, 'x'))).status).toBe(204);
  });

  test('are signed', async () => {
    const given = await givenS3();
    const { url, fields } = await presign(given);
    const forged = Buffer.from(
      JSON.stringify({ expiration: '2099-01-01T00:00:00Z', conditions: [['starts-with', '$key', '']] }),
    ).toString('base64');
    const { Policy: _, ...unsigned } = fields as Fields;
    expect(await refusal(given, formOf({ ...fields, Policy: forged }, 'x'), url)).toMatch(/^403 SignatureDoesNotMatch/);
    expect(await refusal(given, formOf(unsigned, 'x'), url)).toMatch(/^403 AccessDenied/);
    const credential = (fields['X-Amz-Credential'] ?? '').replace('AKIDLOCAL', 'AKIDOTHER');
    const other = { ...fields, 'X-Amz-Credential': credential };
    expect(await refusal(given, formOf(other, 'x'), url)).toMatch(/^403 InvalidAccessKeyId/);
  });

  test('hold for a form that is one', async () => {
    const given = await givenS3();
    const { url, fields } = await presign(given);
    const withoutFile = formOf(fields, 'x');
    withoutFile.delete('file');
    expect(await refusal(given, withoutFile, url)).toMatch(/^400 MalformedPOSTRequest/);
    const json = await fetch(url, { method: 'POST', body: '{}', headers: { 'content-type': 'application/json' } });
    expect(await codeOf(json)).toBe('MalformedPOSTRequest');
    const cut = await fetch(url, {
      method: 'POST',
      body: '--b\r\nContent-Disposition: form-data; name="file"; filename="a"\r\n\r\nabc',
      headers: { 'content-type': 'multipart/form-data; boundary=b' },
    });
    expect(cut.status).toBeGreaterThanOrEqual(400);
    expect(
      await refusal(given, formOf({ ...fields, 'x-ignore-big': 'x'.repeat(30_000) }, 'x'.repeat(2_000_000)), url),
    ).toMatch(/^400 MaxPostPreDataLengthExceeded/);
  });
});

describe('browsers', () => {
  test('of any origin get their preflight answered and may read the answer', async () => {
    const given = await givenS3();
    const { url, fields } = await presign(given);
    const headers = {
      origin: 'http://127.0.0.1:3000',
      'access-control-request-method': 'POST',
      'access-control-request-headers': 'content-type,x-amz-meta-a',
    };
    const preflight = await fetch(url, { method: 'OPTIONS', headers });
    expect(preflight.status).toBe(200);
    expect(preflight.headers.get('access-control-allow-origin')).toBe('http://127.0.0.1:3000');
    expect(preflight.headers.get('access-control-allow-methods')).toContain('POST');
    expect(preflight.headers.get('access-control-allow-headers')).toBe('content-type,x-amz-meta-a');
    const response = await send(url, formOf(fields, 'x'), { headers: { origin: 'http://127.0.0.1:3000' } });
    expect(response.headers.get('access-control-allow-origin')).toBe('http://127.0.0.1:3000');
    expect(response.headers.get('access-control-expose-headers')).toContain('ETag');
  });
});

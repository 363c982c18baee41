import { request as httpRequest } from 'node:http';
import { GetObjectCommand, HeadObjectCommand, PutObjectCommand } from '@aws-sdk/client-s3';
import { describe, expect, test } from 'vitest';
import {
  canonicalRequest,
  hmac,
  scopeText,
  sha256Hex,
  signingKey,
  stringToSign,
} from '../../../infra/local/aws-json/sigv4.ts';
import { BUCKET, CREDENTIALS, clientOf, codeOf, failureOf, givenS3, REGION } from './given-s3.ts';

const object = { Bucket: BUCKET, Key: 'k' };

describe('requests signed in the header', () => {
  test('are refused for a wrong secret, key, region or time', async () => {
    const clock = { now: new Date() };
    const { s3 } = await givenS3({ now: () => clock.now, machineNow: () => clock.now });
    const attempt = (config: object) => failureOf(clientOf(s3, config).send(new GetObjectCommand(object)));
    const wrongSecret = { ...CREDENTIALS, secretAccessKey: 'other' };
    expect(await attempt({ credentials: wrongSecret })).toEqual({ name: 'SignatureDoesNotMatch', status: 403 });
    const wrongKey = { ...CREDENTIALS, accessKeyId: 'AKIDOTHER' };
    expect(await attempt({ credentials: wrongKey })).toEqual({ name: 'InvalidAccessKeyId', status: 403 });
    expect(await attempt({ region: 'us-west-2' })).toEqual({ name: 'AuthorizationHeaderMalformed', status: 400 });
    expect((await attempt({})).name).toBe('NoSuchKey');
    clock.now = new Date(Date.now() + 16 * 60_000);
    expect(await attempt({ maxAttempts: 1 })).toEqual({ name: 'RequestTimeTooSkewed', status: 403 });
  });

  test('are in time by the platform’s clock or by the machine’s', async () => {
    const { client } = await givenS3({ now: () => new Date('2031-01-01T00:00:00Z') });
    await client.send(new PutObjectCommand({ ...object, Body: 'x' }));
    const head = await client.send(new HeadObjectCommand(object));
    expect(head.LastModified).toEqual(new Date('2031-01-01T00:00:00Z'));
  });

  test('must be signed at all', async () => {
    const { s3 } = await givenS3();
    for (const [method, path] of [
      ['GET', ''],
      ['GET', `${BUCKET}?list-type=2`],
      ['GET', `${BUCKET}/k`],
      ['PUT', `${BUCKET}/k`],
      ['DELETE', `${BUCKET}/k`],
    ]) {
      const init = { method: method ?? '', ...(method === 'PUT' ? { body: 'x' } : {}) };
      const response = await fetch(`${s3.endpoint}/${path}`, init);
      expect([response.status, await codeOf(response)]).toEqual([403, 'AccessDenied']);
    }
  });
});

interface RawRequest {
  readonly method?: string;
  readonly host?: string;
  readonly path: string;
  readonly payloadHash: string;
  readonly body?: string | readonly string[];
  readonly headers?: Record<string, string>;
  readonly unsigned?: Record<string, string>;
}

/** Signs as any client would and sends it as it stands, so that what is wrong stays wrong. */
async function sendRaw(endpoint: string, raw: RawRequest): Promise<{ status: number; text: string }> {
  const { port, host: ownHost } = new URL(endpoint);
  const timestamp = new Date().toISOString().replace(/[-:]|\.\d{3}/g, '');
  const scope = { date: timestamp.slice(0, 8), region: REGION, service: 's3' };
  const headers: Record<string, string> = {
    host: raw.host ?? ownHost,
    'x-amz-content-sha256': raw.payloadHash,
    'x-amz-date': timestamp,
    ...raw.headers,
  };
  const signedHeaders = Object.keys(headers).sort();
  const method = raw.method ?? 'PUT';
  const canonical = canonicalRequest({
    method,
    canonicalPath: raw.path,
    query: [],
    headers,
    signedHeaders,
    payloadHash: raw.payloadHash,
  });
  const key = signingKey(CREDENTIALS.secretAccessKey, scope);
  const signature = hmac(key, stringToSign(timestamp, scope, canonical)).toString('hex');
  const credential = `${CREDENTIALS.accessKeyId}/${scopeText(scope)}`;
  const authorization = `AWS4-HMAC-SHA256 Credential=${credential}, SignedHeaders=${signedHeaders.join(';')}, Signature=${signature}`;
  const body =
    typeof raw.body === 'object'
      ? signedChunks(raw.body, key, timestamp, scopeText(scope), signature)
      : (raw.body ?? '');
  return new Promise((resolve, reject) => {
    const request = httpRequest(
      { port, host: '127.0.0.1', method, path: raw.path, headers: { ...headers, ...raw.unsigned, authorization } },
      async (response) => {
        const text = Buffer.concat(await response.toArray()).toString();
        resolve({ status: response.statusCode ?? 0, text });
      },
    );
    request.on('error', reject);
    request.end(body);
  });
}

function signedChunks(chunks: readonly string[], key: Buffer, timestamp: string, scope: string, seed: string): string {
  let previous = seed;
  return [...chunks, '']
    .map((chunk) => {
      const text = ['AWS4-HMAC-SHA256-PAYLOAD', timestamp, scope, previous, sha256Hex(''), sha256Hex(chunk)].join('\n');
      previous = hmac(key, text).toString('hex');
      return `${chunk.length.toString(16)};chunk-signature=${previous}\r\n${chunk}\r\n`;
    })
    .join('');
}

describe('bodies', () => {
  test('must be the signed ones', async () => {
    const { s3 } = await givenS3();
    const put = { path: `/${BUCKET}/k`, body: 'tampered' };
    const refused = await sendRaw(s3.endpoint, { ...put, payloadHash: sha256Hex('original') });
    expect(refused.status).toBe(400);
    expect(refused.text).toContain('<Code>XAmzContentSHA256Mismatch</Code>');
    expect((await sendRaw(s3.endpoint, { ...put, payloadHash: sha256Hex('tampered') })).status).toBe(200);
    expect((await sendRaw(s3.endpoint, { ...put, payloadHash: 'UNSIGNED-PAYLOAD' })).status).toBe(200);
  });

  test('in signed chunks are verified chunk by chunk', async () => {
    const { s3, client } = await givenS3();
    const chunked = {
      path: `/${BUCKET}/k`,
      payloadHash: 'STREAMING-AWS4-HMAC-SHA256-PAYLOAD',
      headers: { 'content-encoding': 'aws-chunked', 'x-amz-decoded-content-length': '11' },
    };
    expect((await sendRaw(s3.endpoint, { ...chunked, body: ['hello ', 'world'] })).status).toBe(200);
    const got = await client.send(new GetObjectCommand(object));
    expect(got.ContentEncoding).toBeUndefined();
    expect(await got.Body?.transformToString()).toBe('hello world');
    const forged = await sendRaw(s3.endpoint, {
      ...chunked,
      body: `b;chunk-signature=${'0'.repeat(64)}\r\nhello world\r\n`,
    });
    expect(forged.text).toContain('<Code>SignatureDoesNotMatch</Code>');
    const short = await sendRaw(s3.endpoint, { ...chunked, body: ['hello'] });
    expect(short.text).toContain('<Code>IncompleteBody</Code>');
  });

  test('need a length, and every x-amz header a signature', async () => {
    const { s3 } = await givenS3();
    const put = { path: `/${BUCKET}/k`, payloadHash: 'UNSIGNED-PAYLOAD', body: 'x' };
    const chunked = await sendRaw(s3.endpoint, { ...put, unsigned: { 'transfer-encoding': 'chunked' } });
    expect([chunked.status, /<Code>(\w+)/.exec(chunked.text)?.[1]]).toEqual([411, 'MissingContentLength']);
    const added = await sendRaw(s3.endpoint, { ...put, unsigned: { 'x-amz-meta-added': 'later' } });
    expect([added.status, /<Code>(\w+)/.exec(added.text)?.[1]]).toEqual([403, 'AccessDenied']);
  });
});

describe('addresses', () => {
  test.each(['localhost', '127.0.0.1', 's3.eu-south-2.amazonaws.com'])(
    'bucket as a label before %s',
    async (domain) => {
      const { s3, client } = await givenS3();
      const { port } = new URL(s3.endpoint);
      const host = `${BUCKET}.${domain}:${port}`;
      const put = await sendRaw(s3.endpoint, { host, path: '/in/host', payloadHash: 'UNSIGNED-PAYLOAD', body: 'x' });
      expect(put.status).toBe(200);
      expect((await client.send(new HeadObjectCommand({ Bucket: BUCKET, Key: 'in/host' }))).ContentLength).toBe(1);
    },
  );

  test('with a broken escape are InvalidURI', async () => {
    const { s3 } = await givenS3();
    const broken = await sendRaw(s3.endpoint, { method: 'GET', path: `/${BUCKET}/%ff`, payloadHash: sha256Hex('') });
    expect([broken.status, /<Code>(\w+)/.exec(broken.text)?.[1]]).toEqual([400, 'InvalidURI']);
  });
});

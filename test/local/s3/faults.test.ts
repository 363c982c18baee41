import { GetObjectCommand, PutObjectCommand } from '@aws-sdk/client-s3';
import { createPresignedPost } from '@aws-sdk/s3-presigned-post';
import { describe, expect, test } from 'vitest';
import { BUCKET, clientOf, failureOf, givenS3 } from './given-s3.ts';

const put = new PutObjectCommand({ Bucket: BUCKET, Key: 'k', Body: 'x'.repeat(100_000) });

describe('faults', () => {
  test.each([
    ['throttle', 'SlowDown', 503],
    ['internal', 'InternalError', 500],
    ['unavailable', 'ServiceUnavailable', 503],
  ] as const)('%s answers %s, as often as asked', async (error, name, status) => {
    const { s3 } = await givenS3();
    const client = clientOf(s3, { maxAttempts: 1 });
    s3.faults.set({ operation: 'PutObject', error, times: 2 });
    expect(await failureOf(client.send(put))).toEqual({ name, status });
    expect(await failureOf(client.send(put))).toEqual({ name, status });
    await client.send(put);
  });

  test('drop ends the connection without an answer', async () => {
    const { s3, events } = await givenS3();
    s3.faults.set({ error: 'drop', times: 1 });
    await expect(clientOf(s3, { maxAttempts: 1 }).send(put)).rejects.toThrow();
    expect(events).toEqual([]);
  });

  test('timeout holds the connection open, and a client that waits so long ends it', async () => {
    const { s3, events } = await givenS3();
    s3.faults.set({ error: 'timeout', times: 1 });
    const requestHandler = { requestTimeout: 50, throwOnRequestTimeout: true };
    const client = clientOf(s3, { maxAttempts: 1, requestHandler });
    expect((await failureOf(client.send(put))).name).toBe('TimeoutError');
    expect(events).toEqual([]);
  });

  test('may lose only the answer of a call that was carried out', async () => {
    const { s3, events } = await givenS3();
    s3.faults.set({ operation: 'PutObject', error: 'internal', times: 1, carriedOut: true });
    expect((await failureOf(clientOf(s3, { maxAttempts: 1 }).send(put))).name).toBe('InternalError');
    expect(events).toHaveLength(1);
  });

  test('are survived by the SDK’s own retries', async () => {
    const { s3, client, events } = await givenS3();
    for (const error of ['throttle', 'drop'] as const) {
      s3.faults.set({ operation: 'PutObject', error, times: 2 });
      await client.send(put);
    }
    expect(s3.faults.counts()).toEqual({ PutObject: 6 });
    expect(events).toHaveLength(2);
  });

  test('are of one operation or of all, and can be called off', async () => {
    const { s3 } = await givenS3();
    const client = clientOf(s3, { maxAttempts: 1 });
    s3.faults.set({ operation: 'GetObject', error: 'internal', times: 5 });
    await client.send(put);
    s3.faults.set({ error: 'throttle', times: 5 });
    expect((await failureOf(client.send(put))).name).toBe('SlowDown');
    expect((await failureOf(client.send(new GetObjectCommand({ Bucket: BUCKET, Key: 'k' })))).name).toBe(
      'InternalError',
    );
    s3.faults.clear();
    await client.send(new GetObjectCommand({ Bucket: BUCKET, Key: 'k' }));
    expect(s3.faults.counts()).toEqual({ PutObject: 2, GetObject: 2 });
    s3.faults.resetCounts();
    expect(s3.faults.counts()).toEqual({});
  });

  test('meet a browser form too', async () => {
    const { s3, client } = await givenS3();
    const { url, fields } = await createPresignedPost(client, { Bucket: BUCKET, Key: 'k' });
    const form = new FormData();
    for (const [name, value] of Object.entries(fields)) form.set(name, value);
    form.set('file', new Blob(['x'.repeat(500_000)]));
    s3.faults.set({ operation: 'PostObject', error: 'unavailable', times: 1 });
    expect((await fetch(url, { method: 'POST', body: form })).status).toBe(503);
    expect((await fetch(url, { method: 'POST', body: form })).status).toBe(204);
  });
});

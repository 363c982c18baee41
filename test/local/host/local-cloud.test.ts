import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { ReceiveMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startLocalCloud } from '../../../infra/local/local-cloud.ts';
import { madeTemplates } from '../../support/synthesise-once.ts';
import { startTestCloud, type TestCloud } from '../../support/test-cloud.ts';

const templates = await madeTemplates();
const OPTIONS = {
  port: 0,
  dataDirectory: undefined,
  rateLimits: false,
  quiet: true,
  ...(templates && { templates }),
} as const;

describe('a local cloud in a test', () => {
  let test: TestCloud;
  beforeAll(async () => {
    test = await startTestCloud({ clock: '2026-11-21T09:30:00Z' });
  });
  afterAll(() => test.close());

  it('is reached by the SDK without a setting: the environment leads there', async () => {
    const s3 = new S3Client({ forcePathStyle: true });
    const Bucket = test.cloud.info.buckets.photos;
    await expect(s3.send(new PutObjectCommand({ Bucket, Key: 'a', Body: 'x' }))).resolves.toBeDefined();
    s3.destroy();
  });

  it('stands alone in its process', async () => {
    await expect(startLocalCloud(OPTIONS)).rejects.toThrow('A local cloud runs in this process already');
  });

  it('tells functions their own names and nothing of this machine', async () => {
    expect(process.env.AWS_LAMBDA_FUNCTION_NAME).toBeUndefined();
    expect(process.env.TABLE_NAME).toBeUndefined();
    expect(process.env.PATH).toBeDefined();
    expect(process.env.TZ).toBe('UTC');
  });

  it('keeps an event whose function fails on every try in its dead-letter queue', async () => {
    const company = await test.given.aCompany();
    const s3 = new S3Client({ forcePathStyle: true });
    const Key = `arrivals/${company.id}/a.xlsx`;
    test.cloud.faults.s3.set({ operation: 'GetObject', error: 'internal', times: 1_000 });
    await s3.send(new PutObjectCommand({ Bucket: test.cloud.info.buckets.arrivals, Key, Body: 'x' }));
    await test.cloud.drain();
    test.cloud.faults.s3.clear();
    const sqs = new SQSClient({});
    const QueueUrl = test.cloud.info.queues['stay-ops-local-import-arrivals-dlq'];
    const { Messages: [message] = [] } = await sqs.send(
      new ReceiveMessageCommand({ QueueUrl, MessageAttributeNames: ['All'] }),
    );
    expect(JSON.parse(message?.Body ?? '{}').Records[0].s3.object.key).toBe(Key);
    expect(message?.MessageAttributes?.ErrorMessage?.StringValue).toBeTruthy();
    s3.destroy();
    sqs.destroy();
  });

  it('tells only of objects that the template asks for', async () => {
    await test.cloud.faults.dynamodb.resetCounts();
    const s3 = new S3Client({ forcePathStyle: true });
    for (const [Bucket, Key] of [
      [test.cloud.info.buckets.photos, 'arrivals/x/a.xlsx'],
      [test.cloud.info.buckets.arrivals, 'results/x/a.json'],
    ]) {
      await s3.send(new PutObjectCommand({ Bucket, Key, Body: 'x' }));
    }
    await test.cloud.drain();
    expect(await test.cloud.faults.dynamodb.counts()).toEqual({});
    s3.destroy();
  });
});

describe('one after another in a process', () => {
  it('each is new: address, table, handlers; and the environment is as it was', async () => {
    const before = { ...process.env };
    const seen: string[] = [];
    for (const company of ['one', 'two']) {
      const cloud = await startLocalCloud({
        ...OPTIONS,
        seed: async ({ info }) => [company, info.table],
        environment: { RELEASE: company },
      });
      const health = await (await fetch(`${cloud.address}/api/health`)).json();
      expect(cloud.story).toEqual([company, 'stay-ops-local']);
      seen.push((health as { version: string }).version);
      expect(await cloud.tenants()).toEqual([]);
      await cloud.close();
      await expect(fetch(cloud.address)).rejects.toThrow();
    }
    expect(seen).toEqual(['one', 'two']);
    expect(process.env).toEqual(before);
    expect(globalThis.stayOpsClockOffsetMs).toBeUndefined();
  });

  it('one that cannot start leaves nothing behind', async () => {
    const failing = startLocalCloud({ ...OPTIONS, seed: () => Promise.reject(new Error('no world')) });
    await expect(failing).rejects.toThrow('no world');
    const cloud = await startLocalCloud(OPTIONS);
    await cloud.close();
    await cloud.close();
  });
});

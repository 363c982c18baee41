import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { S3Client, type S3ClientConfig } from '@aws-sdk/client-s3';
import type { S3EventRecord } from 'aws-lambda';
import { onTestFinished } from 'vitest';
import { type LocalS3, type S3Options, startS3 } from '../../../infra/local/s3/start-s3.ts';

export const CREDENTIALS = { accessKeyId: 'AKIDLOCAL', secretAccessKey: 'local-secret' };
export const REGION = 'eu-south-2';
export const BUCKET = 'arrivals-bucket';

export interface GivenS3 {
  readonly s3: LocalS3;
  readonly client: S3Client;
  /** Every event emitted so far. */
  readonly events: S3EventRecord[];
}

/** A running emulator with one bucket and a default SDK client; both end with the test. */
export async function givenS3(options: Partial<S3Options> = {}, config: S3ClientConfig = {}): Promise<GivenS3> {
  const events: S3EventRecord[] = [];
  const s3 = await startS3({
    dataDirectory: undefined,
    credentials: CREDENTIALS,
    region: REGION,
    now: () => new Date(),
    onEvent: (record) => void events.push(record),
    ...options,
  });
  s3.createBucket(BUCKET);
  const client = clientOf(s3, config);
  onTestFinished(async () => {
    client.destroy();
    await s3.close();
  });
  return { s3, client, events };
}

export function clientOf(s3: LocalS3, config: S3ClientConfig = {}): S3Client {
  return new S3Client({ endpoint: s3.endpoint, region: REGION, credentials: CREDENTIALS, ...config });
}

/** A directory that is gone after the test. */
export function givenDirectory(): string {
  const directory = mkdtempSync(join(tmpdir(), 'local-s3-'));
  onTestFinished(() => rmSync(directory, { recursive: true, force: true }));
  return directory;
}

/** The name and status an SDK call fails with. */
export async function failureOf(call: Promise<unknown>): Promise<{ name: string; status: number | undefined }> {
  try {
    await call;
  } catch (error) {
    const { name, $metadata } = error as { name: string; $metadata?: { httpStatusCode?: number } };
    return { name, status: $metadata?.httpStatusCode };
  }
  throw new Error('The call did not fail.');
}

/** The `<Code>` of an XML error. */
export async function codeOf(response: Response): Promise<string | undefined> {
  return /<Code>([^<]+)<\/Code>/.exec(await response.text())?.[1];
}

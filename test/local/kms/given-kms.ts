import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { KMSClient, type KMSClientConfig } from '@aws-sdk/client-kms';
import { onTestFinished } from 'vitest';
import type { EmulatorOptions } from '../../../infra/local/aws-json/emulator-options.ts';
import { type LocalKms, startKms } from '../../../infra/local/kms/start-kms.ts';

const CREDENTIALS = { accessKeyId: 'AKIDLOCAL', secretAccessKey: 'local-secret' };
export const REGION = 'eu-south-2';
export const KEY_ID = '5a0c2d1e-7b1f-4c3a-9d2e-0f1a2b3c4d5e';
export const KEY_ARN = `arn:aws:kms:${REGION}:123456789012:key/${KEY_ID}`;

export interface GivenKms {
  readonly kms: LocalKms;
  readonly client: KMSClient;
}

/** A running emulator with one key, `alias/tenant-data`, and a default SDK client; both end with the test. */
export async function givenKms(options: Partial<EmulatorOptions> = {}): Promise<GivenKms> {
  const kms = await startKms({
    dataDirectory: undefined,
    credentials: CREDENTIALS,
    region: REGION,
    accountId: '123456789012',
    now: () => new Date(),
    ...options,
  });
  kms.createKey({ id: KEY_ID, alias: 'tenant-data' });
  const client = clientOf(kms);
  onTestFinished(async () => {
    client.destroy();
    await kms.close();
  });
  return { kms, client };
}

export function clientOf(kms: LocalKms, config: KMSClientConfig = {}): KMSClient {
  return new KMSClient({ endpoint: kms.endpoint, region: REGION, credentials: CREDENTIALS, ...config });
}

export function givenDirectory(): string {
  const directory = mkdtempSync(join(tmpdir(), 'local-kms-'));
  onTestFinished(() => rmSync(directory, { recursive: true, force: true }));
  return directory;
}

/** The name of the exception an SDK call fails with. */
export async function exceptionOf(call: Promise<unknown>): Promise<string> {
  return call.then(
    () => 'none',
    (error: Error) => error.name,
  );
}

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { GetSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { onTestFinished } from 'vitest';
import type { EmulatorOptions } from '../../../infra/local/aws-json/emulator-options.ts';
import {
  type LocalSecretsManager,
  startSecretsManager,
} from '../../../infra/local/secrets-manager/start-secrets-manager.ts';

const CREDENTIALS = { accessKeyId: 'AKIDLOCAL', secretAccessKey: 'local-secret' };
export const REGION = 'eu-south-2';

export interface GivenSecretsManager {
  readonly manager: LocalSecretsManager;
  readonly client: SecretsManagerClient;
  /** The text of a secret at a stage. */
  text(SecretId: string, VersionStage?: string): Promise<string | undefined>;
}

export async function givenSecretsManager(options: Partial<EmulatorOptions> = {}): Promise<GivenSecretsManager> {
  const manager = await startSecretsManager({
    dataDirectory: undefined,
    credentials: CREDENTIALS,
    region: REGION,
    accountId: '123456789012',
    now: () => new Date('2026-11-21T09:30:00Z'),
    ...options,
  });
  const client = new SecretsManagerClient({ endpoint: manager.endpoint, region: REGION, credentials: CREDENTIALS });
  onTestFinished(async () => {
    client.destroy();
    await manager.close();
  });
  return {
    manager,
    client,
    text: async (SecretId, VersionStage) => {
      const input = { SecretId, ...(VersionStage === undefined ? {} : { VersionStage }) };
      return (await client.send(new GetSecretValueCommand(input))).SecretString;
    },
  };
}

export function givenDirectory(): string {
  const directory = mkdtempSync(join(tmpdir(), 'local-secrets-'));
  onTestFinished(() => rmSync(directory, { recursive: true, force: true }));
  return directory;
}

export async function exceptionOf(call: Promise<unknown>): Promise<string> {
  return call.then(
    () => 'none',
    (error: Error) => error.name,
  );
}

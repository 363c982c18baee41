import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import {
  CancelKeyDeletionCommand,
  DecryptCommand,
  DescribeKeyCommand,
  DisableKeyCommand,
  EnableKeyCommand,
  EnableKeyRotationCommand,
  EncryptCommand,
  GetKeyRotationStatusCommand,
  type KMSClient,
  ListAliasesCommand,
  RotateKeyOnDemandCommand,
  ScheduleKeyDeletionCommand,
} from '@aws-sdk/client-kms';
import { describe, expect, test } from 'vitest';
import { clientOf, exceptionOf, givenDirectory, givenKms, KEY_ARN, KEY_ID, REGION } from './given-kms.ts';

const KeyId = KEY_ID;
const encrypt = async (client: KMSClient, text: string) =>
  (await client.send(new EncryptCommand({ KeyId, Plaintext: Buffer.from(text) }))).CiphertextBlob ?? Buffer.of();
const decrypt = async (client: KMSClient, CiphertextBlob: Uint8Array) =>
  Buffer.from((await client.send(new DecryptCommand({ CiphertextBlob }))).Plaintext ?? []).toString();

describe('a key', () => {
  test('is named by id, ARN, alias or alias ARN', async () => {
    const { client } = await givenKms();
    const aliasArn = `arn:aws:kms:${REGION}:123456789012:alias/tenant-data`;
    for (const name of [KEY_ID, KEY_ARN, 'alias/tenant-data', aliasArn]) {
      const { KeyMetadata } = await client.send(new DescribeKeyCommand({ KeyId: name }));
      expect(KeyMetadata).toMatchObject({ KeyId, Arn: KEY_ARN, KeyState: 'Enabled', Enabled: true });
    }
    const { Aliases } = await client.send(new ListAliasesCommand({}));
    expect(Aliases).toEqual([{ AliasName: 'alias/tenant-data', AliasArn: aliasArn, TargetKeyId: KEY_ID }]);
    for (const name of ['alias/none', 'tenant-data', '00000000-0000-4000-8000-000000000000']) {
      expect(await exceptionOf(client.send(new DescribeKeyCommand({ KeyId: name })))).toBe('NotFoundException');
    }
  });

  test('takes a stable id from a logical one', async () => {
    const one = await givenKms();
    const two = await givenKms();
    const made = one.kms.createKey({ id: 'TenantKey8A1B' });
    expect(made).toEqual(two.kms.createKey({ id: 'TenantKey8A1B' }));
    expect(made.keyId).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-8[0-9a-f]{3}-[0-9a-f]{12}$/);
  });

  test('does nothing while disabled', async () => {
    const { client, kms } = await givenKms();
    const blob = await encrypt(client, 'x');
    await client.send(new DisableKeyCommand({ KeyId }));
    expect(await exceptionOf(encrypt(client, 'x'))).toBe('DisabledException');
    expect(await exceptionOf(decrypt(client, blob))).toBe('DisabledException');
    await client.send(new EnableKeyCommand({ KeyId }));
    expect(await decrypt(client, blob)).toBe('x');
    await client.send(new DisableKeyCommand({ KeyId }));
    kms.reset();
    expect(await decrypt(client, blob)).toBe('x');
  });

  test('can be saved from deletion, until the day', async () => {
    const clock = { now: new Date('2026-11-21T09:30:00Z') };
    const { client, kms } = await givenKms({ now: () => clock.now, dataDirectory: givenDirectory() });
    const blob = await encrypt(client, 'x');
    const schedule = new ScheduleKeyDeletionCommand({ KeyId, PendingWindowInDays: 7 });
    expect(await client.send(schedule)).toMatchObject({
      KeyId: KEY_ARN,
      KeyState: 'PendingDeletion',
      DeletionDate: new Date('2026-11-28T09:30:00Z'),
    });
    expect(await exceptionOf(decrypt(client, blob))).toBe('KMSInvalidStateException');
    expect(await exceptionOf(client.send(new EnableKeyCommand({ KeyId })))).toBe('KMSInvalidStateException');
    await client.send(new CancelKeyDeletionCommand({ KeyId }));
    expect(await exceptionOf(decrypt(client, blob))).toBe('DisabledException');
    await client.send(new EnableKeyCommand({ KeyId }));
    expect(await decrypt(client, blob)).toBe('x');
    await client.send(schedule);
    clock.now = new Date('2026-11-28T09:30:00Z');
    expect(await exceptionOf(decrypt(client, blob))).toBe('NotFoundException');
    kms.createKey({ id: KEY_ID });
    expect(await exceptionOf(decrypt(client, blob))).toBe('InvalidCiphertextException');
  });

  test('is scheduled for 7 to 30 days', async () => {
    const { client } = await givenKms();
    const schedule = (PendingWindowInDays: number) =>
      exceptionOf(client.send(new ScheduleKeyDeletionCommand({ KeyId, PendingWindowInDays })));
    expect(await schedule(6)).toBe('ValidationException');
    expect(await schedule(31)).toBe('ValidationException');
  });
});

describe('rotation', () => {
  test('on demand keeps what was encrypted readable', async () => {
    const { client } = await givenKms();
    const before = await encrypt(client, 'before');
    await client.send(new RotateKeyOnDemandCommand({ KeyId }));
    const after = await encrypt(client, 'after');
    await client.send(new RotateKeyOnDemandCommand({ KeyId }));
    expect(await decrypt(client, before)).toBe('before');
    expect(await decrypt(client, after)).toBe('after');
    const versions = [before, after].map((blob) => Buffer.from(blob).readUInt32BE(17));
    expect(versions).toEqual([0, 1]);
  });

  test('comes by itself once a year where it is on', async () => {
    const clock = { now: new Date('2026-11-21T09:30:00Z') };
    const { client } = await givenKms({ now: () => clock.now });
    const status = () => client.send(new GetKeyRotationStatusCommand({ KeyId }));
    expect((await status()).KeyRotationEnabled).toBe(false);
    await client.send(new EnableKeyRotationCommand({ KeyId }));
    expect(await status()).toMatchObject({
      KeyRotationEnabled: true,
      NextRotationDate: new Date('2027-11-21T09:30:00Z'),
    });
    const before = await encrypt(client, 'before');
    clock.now = new Date('2027-11-22T00:00:00Z');
    const after = await encrypt(client, 'after');
    expect(Buffer.from(after).readUInt32BE(17)).toBe(1);
    expect(await decrypt(client, before)).toBe('before');
  });
});

describe('the emulator', () => {
  test('keeps keys, versions and states over a restart, for its owner only', async () => {
    const dataDirectory = givenDirectory();
    const first = await givenKms({ dataDirectory });
    const before = await encrypt(first.client, 'before');
    await first.client.send(new RotateKeyOnDemandCommand({ KeyId }));
    const after = await encrypt(first.client, 'after');
    await first.kms.close();
    const file = join(dataDirectory, 'keys.json');
    expect(statSync(file).mode & 0o077).toBe(0);
    expect(readFileSync(file, 'utf8')).toContain(KEY_ID);
    const second = await givenKms({ dataDirectory });
    expect(await decrypt(second.client, before)).toBe('before');
    expect(await decrypt(second.client, after)).toBe('after');
  });

  test('lets in its own credentials only', async () => {
    const { kms } = await givenKms();
    const attempt = (config: object) =>
      exceptionOf(clientOf(kms, { maxAttempts: 1, ...config }).send(new DescribeKeyCommand({ KeyId })));
    const credentials = { accessKeyId: 'AKIDLOCAL', secretAccessKey: 'local-secret' };
    expect(await attempt({})).toBe('none');
    expect(await attempt({ credentials: { ...credentials, secretAccessKey: 'x' } })).toBe('InvalidSignatureException');
    expect(await attempt({ credentials: { ...credentials, accessKeyId: 'x' } })).toBe('UnrecognizedClientException');
    expect(await attempt({ region: 'us-west-2' })).toBe('InvalidSignatureException');
    const unsigned = await fetch(kms.endpoint, {
      method: 'POST',
      body: '{}',
      headers: { 'x-amz-target': 'TrentService.ListAliases', 'content-type': 'application/x-amz-json-1.1' },
    });
    expect(await unsigned.json()).toMatchObject({ __type: 'MissingAuthenticationTokenException' });
  });

  test('fails on demand', async () => {
    const { kms, client } = await givenKms();
    const once = clientOf(kms, { maxAttempts: 1 });
    const names = {
      throttle: 'ThrottlingException',
      internal: 'KMSInternalException',
      unavailable: 'ServiceUnavailable',
    };
    for (const error of ['throttle', 'internal', 'unavailable'] as const) {
      kms.faults.set({ operation: 'Encrypt', error, times: 1 });
      expect(await exceptionOf(encrypt(once, 'x'))).toBe(names[error]);
    }
    kms.faults.set({ operation: 'Encrypt', error: 'drop', times: 2 });
    expect(await decrypt(client, await encrypt(client, 'retried'))).toBe('retried');
    expect(kms.faults.counts()).toEqual({ Encrypt: 6, Decrypt: 1 });
  });
});

import {
  DecryptCommand,
  EncryptCommand,
  GenerateDataKeyCommand,
  GenerateDataKeyWithoutPlaintextCommand,
  type KMSClient,
  ReEncryptCommand,
} from '@aws-sdk/client-kms';
import { describe, expect, test } from 'vitest';
import { encodeContext } from '../../../infra/local/kms/encryption-context.ts';
import { exceptionOf, givenKms, KEY_ARN, KEY_ID } from './given-kms.ts';

const EncryptionContext = { tenant: 't1', purpose: 'pms' };
const SECRET = Buffer.from('clave del PMS');

const encrypt = async (client: KMSClient, more: object = {}) => {
  const input = { KeyId: KEY_ID, Plaintext: SECRET, EncryptionContext, ...more };
  return (await client.send(new EncryptCommand(input))).CiphertextBlob ?? Buffer.of();
};
const decrypt = (client: KMSClient, CiphertextBlob: Uint8Array, more: object = {}) =>
  client.send(new DecryptCommand({ CiphertextBlob, EncryptionContext, ...more }));

describe('data keys', () => {
  test.each([
    [{ KeySpec: 'AES_256' as const }, 32],
    [{ KeySpec: 'AES_128' as const }, 16],
    [{ NumberOfBytes: 64 }, 64],
  ])('%o has %i bytes and comes back from its wrapping', async (spec, bytes) => {
    const { client } = await givenKms();
    const made = await client.send(new GenerateDataKeyCommand({ KeyId: KEY_ID, EncryptionContext, ...spec }));
    expect(made.KeyId).toBe(KEY_ARN);
    expect(made.Plaintext).toHaveLength(bytes);
    const opened = await decrypt(client, made.CiphertextBlob ?? Buffer.of());
    expect(opened).toMatchObject({ KeyId: KEY_ARN, EncryptionAlgorithm: 'SYMMETRIC_DEFAULT' });
    expect(opened.Plaintext).toEqual(made.Plaintext);
    expect(Buffer.from(made.CiphertextBlob ?? []).includes(Buffer.from(made.Plaintext ?? []))).toBe(false);
  });

  test('are never the same, and may stay wrapped', async () => {
    const { client } = await givenKms();
    const input = { KeyId: KEY_ID, EncryptionContext, KeySpec: 'AES_256' as const };
    const [one, two] = await Promise.all([1, 2].map(() => client.send(new GenerateDataKeyCommand(input))));
    expect(one?.Plaintext).not.toEqual(two?.Plaintext);
    const wrapped = await client.send(new GenerateDataKeyWithoutPlaintextCommand(input));
    expect(wrapped).not.toHaveProperty('Plaintext');
    expect((await decrypt(client, wrapped.CiphertextBlob ?? Buffer.of())).Plaintext).toHaveLength(32);
  });

  test('need one size and no more', async () => {
    const { client } = await givenKms();
    const make = (more: object) => exceptionOf(client.send(new GenerateDataKeyCommand({ KeyId: KEY_ID, ...more })));
    expect(await make({})).toBe('ValidationException');
    expect(await make({ KeySpec: 'AES_256', NumberOfBytes: 32 })).toBe('ValidationException');
    expect(await make({ NumberOfBytes: 1025 })).toBe('ValidationException');
    expect(await make({ KeySpec: 'AES_256', DryRun: true })).toBe('ValidationException');
  });
});

describe('ciphertexts', () => {
  test.each(['other value', 'other name', 'missing', 'more', 'shifted'])(
    'stay shut under a context that is %s',
    async (kind) => {
      const contexts: Record<string, Record<string, string> | undefined> = {
        'other value': { tenant: 't2', purpose: 'pms' },
        'other name': { Tenant: 't1', purpose: 'pms' },
        missing: undefined,
        more: { ...EncryptionContext, more: 'x' },
        shifted: { tenant: 't', purpose: '1pms' },
      };
      const { client } = await givenKms();
      const blob = await encrypt(client);
      expect(await exceptionOf(decrypt(client, blob, { EncryptionContext: contexts[kind] }))).toBe(
        'InvalidCiphertextException',
      );
    },
  );

  test('open under the same context in any order', async () => {
    const { client } = await givenKms();
    const opened = await decrypt(client, await encrypt(client), {
      EncryptionContext: { purpose: 'pms', tenant: 't1' },
    });
    expect(Buffer.from(opened.Plaintext ?? [])).toEqual(SECRET);
  });

  test('stay shut when any byte of them is changed', async () => {
    const { client } = await givenKms();
    const blob = Buffer.from(await encrypt(client));
    for (let index = 17; index < blob.length; index += 1) {
      const changed = Buffer.from(blob);
      changed[index] = (changed[index] ?? 0) ^ 1;
      expect(await exceptionOf(decrypt(client, changed))).toBe('InvalidCiphertextException');
    }
    for (const cut of [blob.subarray(0, 20), Buffer.from('nonsense')]) {
      expect(await exceptionOf(decrypt(client, cut))).toBe('InvalidCiphertextException');
    }
  });

  test('say which key they need; a wrong one named is refused', async () => {
    const { client, kms } = await givenKms();
    const other = kms.createKey({ id: 'OtherKeyLogicalId', alias: 'alias/other' });
    const blob = await encrypt(client);
    expect(await exceptionOf(decrypt(client, blob, { KeyId: other.arn }))).toBe('IncorrectKeyException');
    expect((await decrypt(client, blob, { KeyId: 'alias/tenant-data' })).KeyId).toBe(KEY_ARN);
  });

  test('move to another key and context', async () => {
    const { client, kms } = await givenKms();
    const other = kms.createKey({ id: 'OtherKeyLogicalId', alias: 'alias/other' });
    const moved = await client.send(
      new ReEncryptCommand({
        CiphertextBlob: await encrypt(client),
        SourceEncryptionContext: EncryptionContext,
        DestinationKeyId: 'alias/other',
        DestinationEncryptionContext: { tenant: 't2' },
      }),
    );
    expect(moved).toMatchObject({ KeyId: other.arn, SourceKeyId: KEY_ARN });
    const blob = moved.CiphertextBlob ?? Buffer.of();
    expect(await exceptionOf(decrypt(client, blob))).toBe('InvalidCiphertextException');
    const opened = await decrypt(client, blob, { EncryptionContext: { tenant: 't2' } });
    expect(Buffer.from(opened.Plaintext ?? [])).toEqual(SECRET);
  });

  test('hold at most 4096 bytes', async () => {
    const { client } = await givenKms();
    await encrypt(client, { Plaintext: Buffer.alloc(4096) });
    expect(await exceptionOf(encrypt(client, { Plaintext: Buffer.alloc(4097) }))).toBe('ValidationException');
    expect(await exceptionOf(encrypt(client, { Plaintext: Buffer.of() }))).toBe('ValidationException');
  });
});

test('two different contexts are never encoded alike', () => {
  const encoded = [{}, { a: 'bc' }, { ab: 'c' }, { a: 'b', c: '' }, { a: '', b: 'c' }, { abc: '' }].map((context) =>
    encodeContext(context).toString('hex'),
  );
  expect(new Set(encoded).size).toBe(encoded.length);
});

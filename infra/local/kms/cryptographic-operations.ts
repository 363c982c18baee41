import { randomBytes } from 'node:crypto';
import * as z from 'zod';
import { type JsonOperation, jsonOperation } from '../aws-json/json-server.ts';
import { ServiceError } from '../aws-json/service-error.ts';
import { readHeader, seal, unseal } from './ciphertext-blob.ts';
import type { EncryptionContext } from './encryption-context.ts';
import type { KeyStore, KmsKey } from './key-store.ts';

const MAX_PLAINTEXT_BYTES = 4096;
const MAX_BLOB_BYTES = 6144;
const ALGORITHM = 'SYMMETRIC_DEFAULT';

const keyId = z.string().min(1).max(2048);
const context = z.record(z.string(), z.string()).default({});
const bytes = z.base64().transform((text) => Buffer.from(text, 'base64'));
const plaintext = bytes.refine(
  ({ length }) => length >= 1 && length <= MAX_PLAINTEXT_BYTES,
  'must have 1 to 4096 bytes',
);
const blob = bytes.refine(({ length }) => length >= 1 && length <= MAX_BLOB_BYTES, 'must have 1 to 6144 bytes');
/** Modes of the real service that would change the meaning of a call if they were passed over. */
const unsupported = { DryRun: z.literal(false).optional(), Recipient: z.undefined().optional() };

const dataKeyInput = z
  .object({
    KeyId: keyId,
    KeySpec: z.enum(['AES_256', 'AES_128']).optional(),
    NumberOfBytes: z.int().min(1).max(1024).optional(),
    EncryptionContext: context,
    ...unsupported,
  })
  .refine((input) => (input.KeySpec === undefined) !== (input.NumberOfBytes === undefined), {
    error: 'either KeySpec or NumberOfBytes is required',
  });
const encryptInput = z.object({
  KeyId: keyId,
  Plaintext: plaintext,
  EncryptionContext: context,
  EncryptionAlgorithm: z.literal(ALGORITHM).optional(),
  ...unsupported,
});
const decryptInput = z.object({
  CiphertextBlob: blob,
  KeyId: keyId.optional(),
  EncryptionContext: context,
  EncryptionAlgorithm: z.literal(ALGORITHM).optional(),
  ...unsupported,
});
const reEncryptInput = z.object({
  CiphertextBlob: blob,
  SourceKeyId: keyId.optional(),
  SourceEncryptionContext: context,
  DestinationKeyId: keyId,
  DestinationEncryptionContext: context,
  ...unsupported,
});

/** The operations that use a key's material. */
export function cryptographicOperations(keys: KeyStore): Record<string, JsonOperation> {
  const generate = (input: z.output<typeof dataKeyInput>) => {
    const key = usable(keys.find(input.KeyId));
    const length = input.NumberOfBytes ?? (input.KeySpec === 'AES_128' ? 16 : 32);
    const material = randomBytes(length);
    return { key, material, blob: encrypt(key, material, input.EncryptionContext) };
  };
  return {
    GenerateDataKey: jsonOperation(dataKeyInput, (input) => {
      const { key, material, blob } = generate(input);
      return { KeyId: key.arn, Plaintext: material.toString('base64'), CiphertextBlob: blob };
    }),
    GenerateDataKeyWithoutPlaintext: jsonOperation(dataKeyInput, (input) => {
      const { key, blob } = generate(input);
      return { KeyId: key.arn, CiphertextBlob: blob };
    }),
    Encrypt: jsonOperation(encryptInput, (input) => {
      const key = usable(keys.find(input.KeyId));
      const CiphertextBlob = encrypt(key, input.Plaintext, input.EncryptionContext);
      return { KeyId: key.arn, CiphertextBlob, EncryptionAlgorithm: ALGORITHM };
    }),
    Decrypt: jsonOperation(decryptInput, (input) => {
      const { key, plaintext } = decrypt(keys, input.CiphertextBlob, input.EncryptionContext, input.KeyId);
      return { KeyId: key.arn, Plaintext: plaintext.toString('base64'), EncryptionAlgorithm: ALGORITHM };
    }),
    ReEncrypt: jsonOperation(reEncryptInput, (input) => {
      const target = usable(keys.find(input.DestinationKeyId));
      const source = decrypt(keys, input.CiphertextBlob, input.SourceEncryptionContext, input.SourceKeyId);
      return {
        KeyId: target.arn,
        SourceKeyId: source.key.arn,
        CiphertextBlob: encrypt(target, source.plaintext, input.DestinationEncryptionContext),
        SourceEncryptionAlgorithm: ALGORITHM,
        DestinationEncryptionAlgorithm: ALGORITHM,
      };
    }),
  };
}

/** Throws `DisabledException` or `KMSInvalidStateException` for a key that may not be used now. */
function usable(key: KmsKey): KmsKey {
  if (key.state === 'Disabled') throw new ServiceError('DisabledException', `${key.arn} is disabled.`);
  if (key.state === 'PendingDeletion') {
    throw new ServiceError('KMSInvalidStateException', `${key.arn} is pending deletion.`);
  }
  return key;
}

function encrypt(key: KmsKey, plaintext: Buffer, context: EncryptionContext): string {
  const version = key.backingKeys.length - 1;
  return seal({ keyId: key.id, version }, backingKey(key, version), plaintext, context).toString('base64');
}

function decrypt(keys: KeyStore, blob: Buffer, context: EncryptionContext, expectedKey: string | undefined) {
  const header = readHeader(blob);
  if (header === undefined) throw invalidCiphertext();
  const key = usable(keys.find(expectedKey ?? header.keyId));
  if (key.id !== header.keyId) {
    throw new ServiceError(
      'IncorrectKeyException',
      'The key ID in the request does not identify a CMK that can perform this operation.',
    );
  }
  if (header.version >= key.backingKeys.length) throw invalidCiphertext();
  const plaintext = unseal(blob, backingKey(key, header.version), context);
  if (plaintext === undefined) throw invalidCiphertext();
  return { key, plaintext };
}

function backingKey(key: KmsKey, version: number): Buffer {
  return Buffer.from(key.backingKeys[version] ?? '', 'base64');
}

/** The real service gives no reason either. */
function invalidCiphertext(): ServiceError {
  return new ServiceError('InvalidCiphertextException', '');
}

import * as z from 'zod';
import { type JsonOperation, jsonOperation } from '../aws-json/json-server.ts';
import { ServiceError } from '../aws-json/service-error.ts';
import { type KeyStore, type KmsKey, nextRotation, rotated } from './key-store.ts';

const DAY_MS = 24 * 3600_000;

const keyInput = z.object({ KeyId: z.string().min(1).max(2048) });
const deletionInput = keyInput.extend({ PendingWindowInDays: z.int().min(7).max(30).default(30) });

/** The operations on a key itself. */
export function keyOperations(keys: KeyStore, accountId: string, now: () => Date): Record<string, JsonOperation> {
  const onKey = (run: (key: KmsKey) => object) => jsonOperation(keyInput, ({ KeyId }) => run(keys.find(KeyId)));
  const setState = (state: 'Enabled' | 'Disabled') =>
    onKey((key) => {
      keys.change(alive(key).id, { state });
      return {};
    });
  const setRotation = (rotates: boolean) =>
    onKey((key) => {
      keys.change(alive(key).id, { rotates });
      return {};
    });
  return {
    DescribeKey: onKey((key) => ({ KeyMetadata: metadata(key, accountId) })),
    ListAliases: () => ({ Aliases: keys.all().flatMap(aliasEntries), Truncated: false }),
    EnableKey: setState('Enabled'),
    DisableKey: setState('Disabled'),
    EnableKeyRotation: setRotation(true),
    DisableKeyRotation: setRotation(false),
    GetKeyRotationStatus: onKey((key) => rotationStatus(key)),
    RotateKeyOnDemand: onKey((key) => {
      if (key.state === 'Disabled') throw new ServiceError('DisabledException', `${key.arn} is disabled.`);
      keys.change(key.id, rotated(alive(key), now()));
      return { KeyId: key.id };
    }),
    ScheduleKeyDeletion: jsonOperation(deletionInput, ({ KeyId, PendingWindowInDays }) => {
      const key = alive(keys.find(KeyId));
      const deletionDate = new Date(now().getTime() + PendingWindowInDays * DAY_MS);
      keys.change(key.id, { state: 'PendingDeletion', deletionDate: deletionDate.toISOString() });
      return { KeyId: key.arn, DeletionDate: seconds(deletionDate), KeyState: 'PendingDeletion', PendingWindowInDays };
    }),
    CancelKeyDeletion: onKey((key) => {
      if (key.state !== 'PendingDeletion') {
        throw new ServiceError('KMSInvalidStateException', `${key.arn} is not pending deletion.`);
      }
      keys.change(key.id, { state: 'Disabled', deletionDate: undefined });
      return { KeyId: key.arn };
    }),
  };
}

function alive(key: KmsKey): KmsKey {
  if (key.state !== 'PendingDeletion') return key;
  throw new ServiceError('KMSInvalidStateException', `${key.arn} is pending deletion.`);
}

function metadata(key: KmsKey, accountId: string): object {
  return {
    AWSAccountId: accountId,
    KeyId: key.id,
    Arn: key.arn,
    CreationDate: seconds(new Date(key.createdAt)),
    Enabled: key.state === 'Enabled',
    Description: key.description,
    KeyUsage: 'ENCRYPT_DECRYPT',
    KeyState: key.state,
    ...(key.deletionDate === undefined ? {} : { DeletionDate: seconds(new Date(key.deletionDate)) }),
    Origin: 'AWS_KMS',
    KeyManager: 'CUSTOMER',
    CustomerMasterKeySpec: 'SYMMETRIC_DEFAULT',
    KeySpec: 'SYMMETRIC_DEFAULT',
    EncryptionAlgorithms: ['SYMMETRIC_DEFAULT'],
    MultiRegion: false,
  };
}

function aliasEntries(key: KmsKey): object[] {
  const prefix = key.arn.replace(/key\/.*$/, '');
  return key.aliases.map((AliasName) => ({ AliasName, AliasArn: prefix + AliasName, TargetKeyId: key.id }));
}

function rotationStatus(key: KmsKey): object {
  if (!key.rotates) return { KeyRotationEnabled: false, KeyId: key.arn };
  const NextRotationDate = seconds(nextRotation(key));
  return { KeyRotationEnabled: true, KeyId: key.arn, RotationPeriodInDays: 365, NextRotationDate };
}

/** The JSON protocol writes instants as seconds. */
function seconds(instant: Date): number {
  return instant.getTime() / 1000;
}

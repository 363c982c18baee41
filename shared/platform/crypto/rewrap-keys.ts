import { KMSClient, ReEncryptCommand } from '@aws-sdk/client-kms';
import { ConditionFailed } from '../dynamo/storage-errors.ts';
import type { Item, Key } from '../dynamo/table.ts';
import { tenantPartition } from '../tenant/tenant-partition.ts';
import type { TenantScope } from '../tenant/tenant-scope.ts';

/** What became of the wrapped keys of one tenant, or of many. */
export interface RewrapCounts {
  /** Wrapped anew under the key that had wrapped them, with its newest material. */
  readonly renewed: number;
  /** Wrapped under another KMS key than before. */
  readonly moved: number;
  /** Changed or erased by somebody else meanwhile, and left so. */
  readonly overtaken: number;
  /** Blobs that KMS cannot open: damaged, or of a tenant or purpose that they do not belong to. */
  readonly unreadable: number;
}

export const NOTHING_REWRAPPED: RewrapCounts = { renewed: 0, moved: 0, overtaken: 0, unreadable: 0 };

export function addCounts(a: RewrapCounts, b: RewrapCounts): RewrapCounts {
  return {
    renewed: a.renewed + b.renewed,
    moved: a.moved + b.moved,
    overtaken: a.overtaken + b.overtaken,
    unreadable: a.unreadable + b.unreadable,
  };
}

/** Wraps the data keys of one tenant anew; safe to repeat. */
export type RewrapKeys = (scope: TenantScope) => Promise<RewrapCounts>;

/** Says that the blob itself is at fault and not the moment. */
const UNREADABLE = new Set(['InvalidCiphertextException', 'IncorrectKeyException']);

const PURPOSE_PREFIX = 'PURPOSE#';

/**
 * Re-encrypts wrapped data keys inside KMS: the clear keys stay what they are and never leave it, so that what they
 * have sealed opens before, during and after. Each row is replaced only while it holds what was read, so that a key
 * erased meanwhile stays erased.
 *
 * @param toKeyId id, ARN or alias of the KMS key that is to wrap them: its newest material is used
 */
export function keyRewrapper(toKeyId: string): RewrapKeys {
  const kms = new KMSClient({
    maxAttempts: 5,
    requestHandler: { connectionTimeout: 2_000, requestTimeout: 5_000, throwOnRequestTimeout: true },
  });
  return async (scope) => {
    let counts = NOTHING_REWRAPPED;
    const pk = tenantPartition(scope.empresaId, 'DATA_KEY');
    for await (const row of scope.table.queryAll({ pk, prefix: PURPOSE_PREFIX, consistent: true })) {
      const outcome = await rewrapRow(kms, toKeyId, scope, row);
      counts = addCounts(counts, { ...NOTHING_REWRAPPED, [outcome]: 1 });
    }
    return counts;
  };
}

async function rewrapRow(kms: KMSClient, toKeyId: string, scope: TenantScope, row: Item): Promise<keyof RewrapCounts> {
  const { wrapped } = row;
  const key: Key = { pk: String(row.pk), sk: String(row.sk) };
  const context = { tenant: scope.empresaId, purpose: key.sk.slice(PURPOSE_PREFIX.length) };
  if (!(wrapped instanceof Uint8Array)) return 'unreadable';
  const command = new ReEncryptCommand({
    CiphertextBlob: wrapped,
    SourceEncryptionContext: context,
    DestinationKeyId: toKeyId,
    DestinationEncryptionContext: context,
  });
  try {
    const answer = await kms.send(command);
    await replace(scope, key, wrapped, answer.CiphertextBlob);
    return answer.SourceKeyId === answer.KeyId ? 'renewed' : 'moved';
  } catch (thrown) {
    if (thrown instanceof ConditionFailed) return 'overtaken';
    if (thrown instanceof Error && UNREADABLE.has(thrown.name)) return 'unreadable';
    throw thrown;
  }
}

async function replace(scope: TenantScope, key: Key, seen: Uint8Array, wrapped: Uint8Array | undefined): Promise<void> {
  if (wrapped === undefined) throw new Error('KMS answered no ciphertext');
  const names = { '#wrapped': 'wrapped' };
  await scope.table.write({
    kind: 'update',
    key,
    update: { expression: 'SET #wrapped = :new', names, values: { ':new': wrapped } },
    condition: { expression: '#wrapped = :seen', names, values: { ':seen': seen } },
  });
}

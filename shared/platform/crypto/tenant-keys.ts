import { DecryptCommand, GenerateDataKeyCommand, KMSClient } from '@aws-sdk/client-kms';
import type { Clock } from '../clock/clock.ts';
import { ConditionFailed } from '../dynamo/storage-errors.ts';
import { ABSENT, type Key } from '../dynamo/table.ts';
import { AppError } from '../errors/app-error.ts';
import { tenantPartition } from '../tenant/tenant-partition.ts';
import type { TenantScope } from '../tenant/tenant-scope.ts';
import type { DataKey } from './sealed.ts';

/** What a data key protects; part of its encryption context, so that one purpose cannot open another's. */
export type Purpose = 'guest-data' | 'integrations';

/** How long an unwrapped key stays in memory. */
const KEPT_MS = 5 * 60_000;

/** A wrapped data key: `T#<empresa_id>#DATA_KEY` / `PURPOSE#<purpose>`. */
export function wrappedKeyKey(empresaId: string, purpose: Purpose): Key {
  return { pk: tenantPartition(empresaId, 'DATA_KEY'), sk: `PURPOSE#${purpose}` };
}

export interface TenantKeys {
  /**
   * The tenant's key for a purpose, made on first use.
   * @throws AppError `unavailable` while KMS does not answer
   */
  dataKey(scope: TenantScope, purpose: Purpose): Promise<DataKey>;
}

/**
 * Envelope encryption (`platform.md` §4): the table keeps the wrapped key, KMS unwraps it under the encryption context
 * `{tenant, purpose}`, the clear key is kept in memory for five minutes.
 */
export function tenantKeys(kmsKeyId: string, clock: Clock): TenantKeys {
  const kms = new KMSClient({
    maxAttempts: 3,
    requestHandler: { connectionTimeout: 1_000, requestTimeout: 3_000, throwOnRequestTimeout: true },
  });
  const kept = new Map<string, { readonly key: Promise<DataKey>; readonly until: number }>();

  return {
    dataKey(scope, purpose) {
      const name = `${scope.empresaId}/${purpose}`;
      const now = clock.now().getTime();
      const known = kept.get(name);
      if (known !== undefined && known.until > now) return known.key;
      // Oldest first, since all are kept equally long: nobody's key lies in memory because nobody asked for it again.
      for (const [other, { until }] of kept) {
        if (until > now) break;
        kept.delete(other);
      }
      const key = unwrap(kms, kmsKeyId, scope, purpose);
      key.catch(() => kept.delete(name));
      kept.set(name, { key, until: now + KEPT_MS });
      return key;
    },
  };
}

async function unwrap(kms: KMSClient, kmsKeyId: string, scope: TenantScope, purpose: Purpose): Promise<DataKey> {
  const EncryptionContext = { tenant: scope.empresaId, purpose };
  const key = wrappedKeyKey(scope.empresaId, purpose);
  const row = await scope.table.get(key, { consistent: true });
  const wrapped = row?.wrapped;
  if (wrapped instanceof Uint8Array) {
    const answer = await answered(() => kms.send(new DecryptCommand({ CiphertextBlob: wrapped, EncryptionContext })));
    return clearKey(answer.Plaintext);
  }
  const made = await answered(() =>
    kms.send(new GenerateDataKeyCommand({ KeyId: kmsKeyId, KeySpec: 'AES_256', EncryptionContext })),
  );
  try {
    await scope.table.write({ kind: 'put', item: { ...key, wrapped: made.CiphertextBlob }, condition: ABSENT });
    return clearKey(made.Plaintext);
  } catch (thrown) {
    if (thrown instanceof ConditionFailed) return unwrap(kms, kmsKeyId, scope, purpose);
    throw thrown;
  }
}

function clearKey(plaintext: Uint8Array | undefined): DataKey {
  if (plaintext?.length !== 32) throw new Error('KMS answered no 256-bit key');
  return { bytes: plaintext };
}

async function answered<T>(call: () => Promise<T>): Promise<T> {
  try {
    return await call();
  } catch (cause) {
    throw new AppError('unavailable', 'El servicio de claves no responde. Vuelve a intentarlo en unos minutos.', {
      cause,
      retryAfter: 60,
    });
  }
}

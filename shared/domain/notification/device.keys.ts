import { createHash } from 'node:crypto';
import type { Key } from '../../platform/dynamo/table.ts';
import { platformPartition, tenantPartition } from '../../platform/tenant/tenant-partition.ts';

/** What stands for a device's token in keys: 32 hexadecimal digits, however long the token is. */
export function deviceDigest(token: string): string {
  return createHash('sha256').update(token).digest('hex').slice(0, 32);
}

/** All devices of a company's people: `T#<empresa_id>#DEVICE`. */
export function devicePartition(empresaId: string): string {
  return tenantPartition(empresaId, 'DEVICE');
}

/** Whose a device is on the whole platform: `P#DEVICE#<digest>` / `LOCK`. */
export function deviceLockKey(digest: string): Key {
  return { pk: platformPartition('DEVICE', digest), sk: 'LOCK' };
}

/** The digest in the key of a device. */
export function digestOfDevice({ sk }: Pick<Key, 'sk'>): string {
  return sk.slice(sk.indexOf('#') + 1);
}

/** One device of somebody of a company: `T#<empresa_id>#DEVICE` / `DEVICE#<digest>`. */
export function deviceKey(empresaId: string, digest: string): Key {
  return { pk: devicePartition(empresaId), sk: `DEVICE#${digest}` };
}

import { eachLimit } from '../../platform/concurrency/each-limit.ts';
import type { Key } from '../../platform/dynamo/table.ts';
import type { TenantScope } from '../../platform/tenant/tenant-scope.ts';
import { deviceLockKey, devicePartition, digestOfDevice } from '../notification/device.keys.ts';
import { freeDevice } from '../notification/free-device.ts';
import type { Holding } from './holding.ts';

/** Devices listed at once, and their places in the platform's list, which one request reads. */
const PORTION = 100;
const PARALLEL_DEVICES = 16;

/** The devices of a company's people with their places in the platform's list, each freed before its row goes. */
export function devicesHolding(scope: TenantScope): Holding {
  const { empresaId, table } = scope;
  const pk = devicePartition(empresaId);
  const query = { pk, limit: PORTION, consistent: true, keysOnly: true };
  return {
    name: 'DEVICE',
    async first(through) {
      const { items } = await table.query({ ...query, ...(through !== undefined && { to: through }) });
      const keys = items.map(({ sk }): Key => ({ pk, sk: String(sk) }));
      const last = keys.at(-1);
      if (last === undefined) return undefined;
      const locks = await table.getMany(
        keys.map((key) => deviceLockKey(digestOfDevice(key))),
        { consistent: true },
      );
      const own = locks.filter(({ empresa_id }) => empresa_id === empresaId).length;
      return {
        last: last.sk,
        filas: { DEVICE: keys.length, ...(own > 0 && { DEVICE_TOKEN: own }) },
        remove: () => eachLimit(keys, PARALLEL_DEVICES, (key) => removeDevice(scope, key)),
      };
    },
  };
}

/** What somebody of another company has registered since stays in the platform's list. */
async function removeDevice(scope: TenantScope, key: Key): Promise<void> {
  await freeDevice(scope, digestOfDevice(key));
  await scope.table.write({ kind: 'delete', key });
}

import { afterAll, beforeAll, expect, it } from 'vitest';
import { committingChanges } from '../../shared/composition/committing-changes.ts';
import { outboxKey } from '../../shared/domain/outbox/outbox.keys.ts';
import { outboxAddition } from '../../shared/domain/outbox/outbox-addition.ts';
import { tenantKeys } from '../../shared/platform/crypto/tenant-keys.ts';
import { ABSENT, PRESENT, type Write } from '../../shared/platform/dynamo/table.ts';
import { randomIds } from '../../shared/platform/ids/ids.ts';
import { prefixedUlid } from '../../shared/platform/ids/ulid.ts';
import type { Log } from '../../shared/platform/log/log.ts';
import type { QueuedMessage } from '../../shared/platform/queue/work-queue.ts';
import { tenantPartition } from '../../shared/platform/tenant/tenant-partition.ts';
import { TenantScope } from '../../shared/platform/tenant/tenant-scope.ts';
import { startTestCloud, type TestCloud } from '../support/test-cloud.ts';

let cloud: TestCloud;
beforeAll(async () => {
  cloud = await startTestCloud();
});
afterAll(() => cloud.close());

const FACT = { accion: 'prueba', entidad: 'prueba', entidad_id: '1', cambios: {} };

/** A commit of a company of its own, with what it has told the worker and the log. */
function aCommit() {
  const scope = new TenantScope(cloud.table, randomIds.uuid());
  const sent: QueuedMessage[] = [];
  const logged: string[] = [];
  const log: Log = {
    within: (_, work) => work(),
    info: () => undefined,
    warn: () => undefined,
    error: (event) => void logged.push(event),
  };
  const send = async (message: QueuedMessage) => void sent.push(message);
  const deps = {
    keys: tenantKeys('alias/stay-ops-local', cloud.cloud),
    ulid: prefixedUlid,
    log,
    queues: { webhooks: { send }, work: { send } },
  };
  const now = cloud.cloud.now();
  const origin = { actor: undefined, address: undefined, now };
  const row = (at: number, condition = ABSENT): Write => ({
    kind: 'put',
    item: { pk: tenantPartition(scope.empresaId, 'SETTING'), sk: `ROW#${at}` },
    condition,
  });
  const push = outboxAddition(scope.empresaId, { id: 'push_1', kind: 'push', content: { notifications: ['a'] } }, now);
  const key = outboxKey(scope.empresaId, 'push_1');
  const entry = () => cloud.table.get(key, { consistent: true });
  const change = committingChanges(deps, scope);
  return {
    commit: (writes: readonly Write[]) => change(origin, FACT, writes, []),
    row,
    push,
    key,
    entry,
    sent,
    logged,
  };
}

const rows = (count: number, row: (at: number) => Write) => Array.from({ length: count }, (_, at) => row(at));

it.each([2, 95, 97])('the worker is told of work among %i other writes, once it stands', async (count) => {
  const { commit, row, push, entry, sent } = aCommit();
  await commit([row(1_000), push, ...rows(count - 1, row)]);
  expect(await entry()).toMatchObject({ estado: 'pendiente' });
  expect(sent).toMatchObject([{ outbox_id: 'push_1' }]);
});

it.each([2, 97])('of %i writes beside the work the one that is refused is named by its own place', async (count) => {
  const { commit, row, push, entry, sent } = aCommit();
  const refused = commit([row(1_000), push, ...rows(count - 2, row), row(2_000, PRESENT)]);
  await expect(refused).rejects.toMatchObject({ name: 'TransactionRefused', failed: [count] });
  expect([await entry(), sent]).toEqual([undefined, []]);
});

it('a change without room for the work stands though the work cannot be written', async () => {
  const { commit, row, push, key, entry, logged } = aCommit();
  await cloud.table.write({ kind: 'put', item: { ...key, estado: 'otro' } });
  await commit([push, ...rows(97, row)]);
  expect(logged).toEqual(['NEWS_LOST']);
  expect(await entry()).toMatchObject({ estado: 'otro' });
});

import { BatchWriteCommand } from '@aws-sdk/lib-dynamodb';
import { ERASURES } from '../../shared/domain/erasure/erasure.keys.ts';
import { eachLimit } from '../../shared/platform/concurrency/each-limit.ts';
import { documentClient } from '../../shared/platform/dynamo/document-client.ts';
import type { Item } from '../../shared/platform/dynamo/table.ts';
import { objectStore } from '../../shared/platform/storage/object-store.ts';
import { tenantPartition } from '../../shared/platform/tenant/tenant-partition.ts';
import { allRows } from '../support/table-rows.ts';
import type { TestCloud } from '../support/test-cloud.ts';

/** Buckets that may hold something of a tenant. */
const BUCKETS = ['arrivals', 'photos', 'exports'] as const;

/** Rows and objects in which one of the words stands, by name; receipts of erasures left out. */
export async function tracesOf(cloud: TestCloud, words: readonly string[]): Promise<readonly string[]> {
  const tells = (text: string) => words.some((word) => text.includes(word));
  const found: string[] = [];
  for await (const { pk, sk, text } of allRows(cloud.table.name)) {
    if (pk !== ERASURES && tells(text)) found.push(`${pk} / ${sk}`);
  }
  for (const bucket of BUCKETS) {
    const store = objectStore(cloud.cloud.info.buckets[bucket]);
    for (const key of await store.listFirst('')) {
      const object = await store.read(key, 10_000_000);
      if (tells(key) || tells(Buffer.from(object?.bytes ?? []).toString())) found.push(`${bucket}: ${key}`);
    }
  }
  return found.sort();
}

/** The receipts in which one of the words stands, as text. */
export async function receiptsAbout(cloud: TestCloud, words: readonly string[]): Promise<readonly string[]> {
  const found: string[] = [];
  for await (const { pk, text } of allRows(cloud.table.name)) {
    if (pk === ERASURES && words.some((word) => text.includes(word))) found.push(text);
  }
  return found;
}

/** Names of the platform that a receipt calls otherwise than their keys do, because a collection is called so. */
const NAME_KINDS: Readonly<Record<string, string>> = { INVITE: 'INVITE_CODE', DEVICE: 'DEVICE_TOKEN' };

/** How many rows a company has of each collection, and of each kind of name. */
export async function countsOf(cloud: TestCloud, companyId: string): Promise<Record<string, number>> {
  const counts: Record<string, number> = {};
  for await (const { pk, text } of allRows(cloud.table.name)) {
    if (!text.includes(companyId) || pk === ERASURES) continue;
    const [place, second = '', third = ''] = pk.split('#');
    const kind = place === 'T' ? third : (NAME_KINDS[second] ?? second);
    counts[kind] = (counts[kind] ?? 0) + 1;
  }
  return counts;
}

/** Puts so many rows of a collection, quickly and without any repository. */
export async function bulkRows(cloud: TestCloud, companyId: string, collection: string, count: number): Promise<void> {
  const client = documentClient();
  const pk = tenantPartition(companyId, collection);
  const rowAt = (position: number): Item => ({
    pk,
    sk: `ROW#${String(position).padStart(7, '0')}`,
    ...(collection === 'NOTIFICATION' && { gsi1pk: `${pk}#nobody`, gsi1sk: String(position) }),
    empresa_id: companyId,
    text: 'x'.repeat(200),
  });
  const batches = Array.from({ length: Math.ceil(count / 25) }, (_, batch) =>
    Array.from({ length: Math.min(25, count - batch * 25) }, (__, row) => ({
      PutRequest: { Item: rowAt(batch * 25 + row) },
    })),
  );
  await eachLimit(batches, 8, async (batch) => {
    await client.send(new BatchWriteCommand({ RequestItems: { [cloud.table.name]: batch } }));
  });
  client.destroy();
}

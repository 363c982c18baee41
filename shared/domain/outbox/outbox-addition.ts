import type * as z from 'zod';
import { ABSENT, type Write } from '../../platform/dynamo/table.ts';
import { outboxDueKey, outboxKey, outboxPartition } from './outbox.keys.ts';
import { type NewOutboxEntry, outboxEntry } from './outbox-entry.ts';

/** The writer enqueues at once; the sweeper takes over what is still there after this time. */
export const SWEEP_AFTER_MS = 2 * 60_000;
const DAY_S = 86_400;
/** Entries are kept as a delivery record, without their content. */
const KEPT_DAYS = 30;

/** The write that adds an entry, to stand in the transaction of the change that caused it. */
export function outboxAddition(empresaId: string, entry: NewOutboxEntry, now: Date): Write {
  const item = {
    ...outboxKey(empresaId, entry.id),
    ...outboxDueKey(entry.id, new Date(now.getTime() + SWEEP_AFTER_MS)),
    ...entry,
    empresa_id: empresaId,
    estado: 'pendiente',
    attempts: 0,
    created_at: now.toISOString(),
    expires_at: Math.floor(now.getTime() / 1000) + KEPT_DAYS * DAY_S,
  };
  return { kind: 'put', item, condition: ABSENT };
}

const addedEntry = outboxEntry.pick({ id: true, kind: true });

/** The entries that writes of a transaction add, wherever in it they stand. */
export function entriesAmong(
  empresaId: string,
  writes: readonly Write[],
): readonly Pick<z.infer<typeof outboxEntry>, 'id' | 'kind'>[] {
  const partition = outboxPartition(empresaId);
  return writes.flatMap((write) =>
    write.kind === 'put' && write.item.pk === partition ? [addedEntry.parse(write.item)] : [],
  );
}

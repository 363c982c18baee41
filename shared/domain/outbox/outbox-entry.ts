import * as z from 'zod';
import { type DataKey, open, seal } from '../../platform/crypto/sealed.ts';
import { OUTBOX_KINDS } from './outbox-kind.ts';

/** Tries after which an entry waits for a person: its message then stands in the dead-letter queue. */
export const MOST_ATTEMPTS = 5;

/** What an entry says, as JSON; each kind of work has a schema of its own. */
export type OutboxContent = Readonly<Record<string, unknown>>;

/**
 * Work that a change has caused, written in the transaction of the change and done from the queue of its kind.
 * `pendiente` and `fallido` may be tried, `entregado` and `rechazado` are ends.
 */
export const outboxEntry = z.object({
  id: z.string(),
  kind: z.enum(OUTBOX_KINDS),
  estado: z.enum(['pendiente', 'fallido', 'entregado', 'rechazado']),
  /** The content, sealed under the tenant's key because it may name guests; gone once the work is done. */
  sealed: z.string().optional(),
  /** The content in clear, in place of `sealed`, when no guest is in it: done even while KMS is away. */
  content: z.record(z.string(), z.unknown()).optional(),
  attempts: z.int().nonnegative(),
  created_at: z.string(),
  /** When it came to an end. */
  settled_at: z.string().optional(),
  /** What is told with the entry's state and may be tried again by hand: the scheduled run, by its id `run_…`. */
  cause: z.string().optional(),
});
export type OutboxEntry = z.infer<typeof outboxEntry>;

/** An entry still to be added. */
export type NewOutboxEntry = Pick<OutboxEntry, 'id' | 'kind' | 'cause'> &
  ({ readonly sealed: string } | { readonly content: OutboxContent });

/** Where a sealed content belongs (`seal`'s place). */
function outboxPlace(id: string): string {
  return `outbox/${id}`;
}

/** @param key the tenant's data key of purpose `guest-data` */
export function sealContent(key: DataKey, id: string, content: OutboxContent): string {
  return seal(key, outboxPlace(id), JSON.stringify(content));
}

/**
 * What an entry says, whichever way it rests.
 * @param dataKey the tenant's data key of purpose `guest-data`; asked for only where the content is sealed
 */
export async function contentOf<T>(
  entry: OutboxEntry,
  schema: z.ZodType<T>,
  dataKey: () => Promise<DataKey>,
): Promise<T> {
  if (entry.content !== undefined) return schema.parse(entry.content);
  return schema.parse(JSON.parse(open(await dataKey(), outboxPlace(entry.id), entry.sealed ?? '')));
}

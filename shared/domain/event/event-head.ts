import * as z from 'zod';
import type { Item } from '../../platform/dynamo/table.ts';

/** The end of a company's log, as its head row remembers it. */
const eventHead = z.object({
  /** Number of the newest event; 0 before the first. */
  number: z.int().nonnegative().default(0),
  /** Endpoints that the company has: while it has none, an event is work for nobody. */
  endpoints: z.int().nonnegative().default(0),
});
export type EventHead = z.infer<typeof eventHead>;

export function eventHeadOf(row: Item | undefined): EventHead {
  return eventHead.parse(row ?? {});
}

/** How the outbox knows the work of handing a company's new events to its endpoints. */
export function eventsWorkId(empresaId: string): string {
  return `events_${empresaId}`;
}

import * as z from 'zod';
import type { Item } from '../../platform/dynamo/table.ts';

/** The end of a company's log, as its head row remembers it. */
const eventHead = z.object({
  /** Number of the newest event; 0 before the first. */
  number: z.int().nonnegative().default(0),
  /** Endpoints that the company has: while it has none, an event is work for nobody. */
  endpoints: z.int().nonnegative().default(0),
  /** Since when events wait to be handed out, with the sweeper's delay: `<due instant>#…`; absent when none waits. */
  gsi2sk: z.string().optional(),
});
export type EventHead = z.infer<typeof eventHead>;

export function eventHeadOf(row: Item | undefined): EventHead {
  return eventHead.parse(row ?? {});
}

/** The writer tells the worker at once; the sweeper takes over what still waits after this time. */
export const SWEEP_AFTER_MS = 2 * 60_000;
/** A worker that was told so long ago and has not caught up may never have heard. */
const TELL_AGAIN_MS = 30_000;

/** What a commit has to do so that its events are handed out. */
export type Telling = 'nobody listens' | 'worker is told' | 'tell worker';

/**
 * While the head is marked, a worker has been told and looks at the log until it is through: only the first of a burst
 * of commits has to tell it.
 */
export function tellingOf({ endpoints, gsi2sk }: EventHead, now: Date): Telling {
  if (endpoints === 0) return 'nobody listens';
  if (gsi2sk === undefined) return 'tell worker';
  const markedAt = Date.parse(gsi2sk.split('#')[0] ?? '') - SWEEP_AFTER_MS;
  return now.getTime() - markedAt < TELL_AGAIN_MS ? 'worker is told' : 'tell worker';
}

/** How the outbox knows the work of handing a company's new events to its endpoints. */
export function eventsWorkId(empresaId: string): string {
  return `events_${empresaId}`;
}

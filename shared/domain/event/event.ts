import * as z from 'zod';
import { type DataKey, open, seal } from '../../platform/crypto/sealed.ts';
import { EVENT_TYPE_NAMES } from './event-types.ts';

/** Days for which an event stays in the log. */
export const EVENT_KEPT_DAYS = 30;

/** One event of a company's log, as everybody outside sees it. */
export const loggedEvent = z.object({
  /** Position in the company's log, from 1, without gaps, in the order in which the changes were committed. */
  number: z.int().positive(),
  /** `msg_` and a ULID: the `webhook-id` of every delivery of this event. */
  id: z.string(),
  type: z.enum(EVENT_TYPE_NAMES),
  /** RFC 3339 in UTC, whole seconds. */
  timestamp: z.string(),
  company_id: z.string(),
  data: z.record(z.string(), z.unknown()),
});
export type LoggedEvent = z.infer<typeof loggedEvent>;

/** The row of an event: its data is sealed whole, since a title or a note may name a guest as well as a booking does. */
export const eventRow = loggedEvent
  .omit({ company_id: true, data: true })
  .extend({ sealed: z.string(), expires_at: z.number() });
export type EventRow = z.infer<typeof eventRow>;

/** TTL may delete days late, and what it has not deleted yet is past its time all the same. */
export function isKept({ expires_at }: Pick<EventRow, 'expires_at'>, now: Date): boolean {
  return expires_at * 1000 > now.getTime();
}

/** @param key the company's data key of purpose `guest-data` */
export function sealEventData(key: DataKey, id: string, data: unknown): string {
  return seal(key, placeOf(id), JSON.stringify(data));
}

/** @param key the company's data key of purpose `guest-data` */
export function openEvent(key: DataKey, empresaId: string, row: EventRow): LoggedEvent {
  const { number, id, type, timestamp, sealed } = row;
  return loggedEvent.parse({
    number,
    id,
    type,
    timestamp,
    company_id: empresaId,
    data: JSON.parse(open(key, placeOf(id), sealed)),
  });
}

function placeOf(id: string): string {
  return `event/${id}`;
}

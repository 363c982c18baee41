import * as z from 'zod';
import { EVENT_TYPE_NAMES } from '../event/event-types.ts';

/** Days for which a delivery stays in the log. */
export const DELIVERY_KEPT_DAYS = 30;
/** Bytes of a receiver's answer that the log keeps. */
export const SNIPPET_BYTES = 1_024;

export const DELIVERY_STATUSES = ['pending', 'succeeded', 'failed'] as const;
export const DELIVERY_TYPES = [...EVENT_TYPE_NAMES, 'webhook.test'] as const;

const attemptBase = z.object({
  attempted_at: z.string(),
  /** Null when there was no answer. */
  status_code: z.int().nullable(),
  duration_ms: z.int().nonnegative(),
  /** A sentence when there was no answer, or the attempt was not made. */
  error: z.string().nullable(),
});

/** One attempt, as it is shown. */
export const attempt = attemptBase.extend({ response_snippet: z.string() });
export type Attempt = z.infer<typeof attempt>;

/** The attempt in its row: what the receiver answered may repeat what it was sent. */
export const attemptRow = attemptBase.extend({ sealed_snippet: z.string() });
export type AttemptRow = z.infer<typeof attemptRow>;

/** One event on its way to one endpoint, as it is listed. */
export const delivery = z.object({
  /** `dlv_` and a ULID. */
  id: z.string(),
  endpoint: z.string(),
  event_type: z.enum(DELIVERY_TYPES),
  /** The same for every delivery of an event: receivers know repeats by it. */
  webhook_id: z.string(),
  status: z.enum(DELIVERY_STATUSES),
  attempt_count: z.int().nonnegative(),
  /** Null when there is none to come. Instants in RFC 3339, UTC, whole seconds. */
  next_attempt_at: z.string().nullable(),
  created_at: z.string(),
});

/** The row: what it carries stands in the event log, or is the text of a test. */
export const deliveryRow = delivery.extend({
  /** Epoch milliseconds of the next attempt; whole seconds would make the first one late. */
  due_at: z.number().nullable(),
  event_number: z.int().positive().nullable(),
  /** What a test says. */
  message: z.string().nullable(),
  attempts: z.array(attemptRow),
  expires_at: z.number(),
});
export type DeliveryRow = z.infer<typeof deliveryRow>;

/** What a delivery is made of. */
export type NewDelivery = Pick<
  DeliveryRow,
  'id' | 'endpoint' | 'event_type' | 'webhook_id' | 'event_number' | 'message' | 'expires_at'
>;

/** Where a sealed snippet belongs (`seal`'s place). */
export function snippetPlace(deliveryId: string, attemptedAt: string): string {
  return `delivery/${deliveryId}/${attemptedAt}`;
}

import * as z from 'zod';
import { type DataKey, open, seal } from '../../platform/crypto/sealed.ts';
import { EVENT_TYPE_NAMES, type EventType } from '../event/event-types.ts';

/** Endpoints that a company may have (`aristay.md` §8.4). */
export const MOST_ENDPOINTS = 10;
/** How long the secret before the last rotation signs as well. */
export const OLD_SECRET_MS = 24 * 3_600_000;
/** An endpoint that nothing has reached for so long is switched off (`aristay.md` §8.3). */
export const FAILING_MS = 5 * 24 * 3_600_000;

/** `*` stands for every type, those to come included. */
export const subscribedTypes = z.array(z.enum(['*', ...EVENT_TYPE_NAMES])).min(1);

/** Where a company's events go, as everybody with the right sees it. */
export const endpoint = z.object({
  /** `ep_` and a ULID. */
  id: z.string(),
  url: z.string(),
  description: z.string(),
  event_types: subscribedTypes,
  is_active: z.boolean(),
  /** `failing`: nothing reached it for five days. `gone`: it answered 410. Null when a person switched it off. */
  disabled_reason: z.enum(['failing', 'gone']).nullable(),
  /** Instants in RFC 3339, UTC, whole seconds. */
  created_at: z.string(),
  updated_at: z.string(),
  last_success_at: z.string().nullable(),
  last_failure_at: z.string().nullable(),
});
export type Endpoint = z.infer<typeof endpoint>;

/** The row: what is shown, and what the worker needs beside it. */
export const endpointRow = endpoint.extend({
  /** Number of the last event that it is not told of, because it was there before the endpoint. */
  since: z.int().nonnegative(),
  /** Its secrets as JSON, sealed under the company's key of purpose `integrations`. */
  sealed: z.string(),
  /** First failure since the last success. */
  failing_since: z.string().optional(),
});
export type EndpointRow = z.infer<typeof endpointRow>;

const endpointSecrets = z.object({
  current: z.string(),
  /** The one before the last rotation, and until when it signs. */
  previous: z.object({ secret: z.string(), until: z.string() }).optional(),
});
export type EndpointSecrets = z.infer<typeof endpointSecrets>;

/** @param key the company's data key of purpose `integrations` */
export function sealSecrets(key: DataKey, id: string, secrets: EndpointSecrets): string {
  return seal(key, `webhook/${id}`, JSON.stringify(secrets));
}

/** @param key the company's data key of purpose `integrations` */
export function openSecrets(key: DataKey, { id, sealed }: Pick<EndpointRow, 'id' | 'sealed'>): EndpointSecrets {
  return endpointSecrets.parse(JSON.parse(open(key, `webhook/${id}`, sealed)));
}

/** The secrets that sign at an instant, newest first. */
export function signingSecrets({ current, previous }: EndpointSecrets, now: Date): readonly string[] {
  return previous !== undefined && Date.parse(previous.until) > now.getTime() ? [current, previous.secret] : [current];
}

/** The secrets after a rotation: what signed until now goes on for a day, what came before it ends. */
export function rotatedSecrets(seen: EndpointSecrets, secret: string, until: string): EndpointSecrets {
  return { current: secret, previous: { secret: seen.current, until } };
}

/** True when an endpoint is to hear of an event. */
export function listensTo(row: EndpointRow, event: { readonly number: number; readonly type: EventType }): boolean {
  const wanted = row.event_types.includes('*') || row.event_types.includes(event.type);
  return row.is_active && wanted && event.number > row.since;
}

import { Buffer } from 'node:buffer';
import type { LoggedEvent } from '../event/event.ts';

const MOST_BYTES = 20_000;
/** Free texts that a payload can do without. */
const DROPPABLE = new Set(['description', 'notes']);

/** What an endpoint is sent (`aristay.md` §8.1). */
export interface WebhookPayload {
  readonly type: string;
  readonly timestamp: string;
  readonly company_id: string;
  readonly data: Readonly<Record<string, unknown>>;
}

/** The body for an event, the same at every attempt: minified JSON of at most 20 KB, free texts dropped where needed. */
export function payloadOf({ type, timestamp, company_id, data }: Omit<LoggedEvent, 'id' | 'number'>): string {
  const payload: WebhookPayload = { type, timestamp, company_id, data };
  return fitted(payload);
}

/** The body of a test delivery. */
export function testPayload(timestamp: string, companyId: string, message: string): string {
  return fitted({ type: 'webhook.test', timestamp, company_id: companyId, data: { message } });
}

function fitted(payload: WebhookPayload): string {
  const body = JSON.stringify(payload);
  if (Buffer.byteLength(body) <= MOST_BYTES) return body;
  return JSON.stringify(payload, (name, value) => (DROPPABLE.has(name) ? undefined : value));
}

import { createHmac, randomBytes } from 'node:crypto';

const PREFIX = 'whsec_';
const SECRET_BYTES = 32;

/** What is signed: the message's id, the second of this attempt, and the very bytes of the body. */
export interface SignedMessage {
  readonly id: string;
  /** Unix seconds. */
  readonly timestamp: number;
  readonly body: string;
}

/** A secret as it is shown to people: `whsec_` and the base64 of 32 random bytes (Standard Webhooks 1.0.0). */
export function newWebhookSecret(): string {
  return PREFIX + randomBytes(SECRET_BYTES).toString('base64');
}

/**
 * The `webhook-signature` header: one `v1,…` for each secret, so that a receiver with either of them accepts.
 * @example webhookSignature(['whsec_…'], { id: 'msg_01J…', timestamp: 1759410000, body }) // 'v1,aa/qof3E…'
 */
export function webhookSignature(secrets: readonly string[], { id, timestamp, body }: SignedMessage): string {
  const content = `${id}.${timestamp}.${body}`;
  return secrets
    .map((secret) => {
      const key = Buffer.from(secret.slice(PREFIX.length), 'base64');
      return `v1,${createHmac('sha256', key).update(content).digest('base64')}`;
    })
    .join(' ');
}

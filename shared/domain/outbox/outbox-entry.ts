import * as z from 'zod';

/** Tries after which an entry waits for a person: its message then stands in the dead-letter queue. */
export const MOST_ATTEMPTS = 5;

/** A mail as it will be sent. */
export const mailContent = z.object({ to: z.string(), subject: z.string(), text: z.string() });
export type MailContent = z.infer<typeof mailContent>;

/**
 * Work that a change has caused, written in the transaction of the change and done from the queue. `pendiente` and
 * `fallido` may be tried, `entregado` and `rechazado` are ends.
 */
export const outboxEntry = z.object({
  id: z.string(),
  kind: z.literal('mail'),
  estado: z.enum(['pendiente', 'fallido', 'entregado', 'rechazado']),
  /** The mail, sealed under the tenant's key because it may name guests; gone once it is delivered. */
  sealed: z.string().optional(),
  /** The mail in clear, in place of `sealed`, when no guest is in it: written and sent even while KMS is away. */
  content: mailContent.optional(),
  attempts: z.int().nonnegative(),
  created_at: z.string(),
});
export type OutboxEntry = z.infer<typeof outboxEntry>;

/** An entry still to be added. */
export type NewOutboxEntry = Pick<OutboxEntry, 'id' | 'kind'> &
  ({ readonly sealed: string } | { readonly content: MailContent });

/** Where a sealed mail, as JSON, belongs (`seal`'s place). */
export function outboxPlace(id: string): string {
  return `outbox/${id}`;
}

import type { QueueName } from '../../platform/queue/queue-names.ts';

/** Every kind of work that an outbox entry can stand for, with the queue whose worker does it. */
export const QUEUE_OF = {
  mail: 'work',
} as const satisfies Readonly<Record<string, QueueName>>;

export type OutboxKind = keyof typeof QUEUE_OF;

export const OUTBOX_KINDS = Object.keys(QUEUE_OF) as [OutboxKind, ...OutboxKind[]];

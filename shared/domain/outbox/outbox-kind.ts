import type { QueueName } from '../../platform/queue/queue-names.ts';

/** Every kind of work that an outbox entry can stand for, with the queue whose worker does it. */
export const QUEUE_OF = {
  mail: 'work',
  /** Bookings follow another retention of their company (ruling 8). */
  retention: 'work',
  /** A card for a channel of the operator or of the company. */
  discord: 'work',
  /** Notifications of tasks for the devices of those whom they tell. */
  push: 'work',
  /** The end of an event log, with events that no endpoint has been handed yet: a row of its own kind. */
  events: 'webhooks',
  /** A delivery to an endpoint: a row of its own kind. */
  delivery: 'webhooks',
  'contact-sync': 'contact-sync',
  /** Rows of a file become bookings, or what they made is undone. */
  'booking-import': 'booking-import',
  /** A calendar feed that is to be read again: a row of its own kind. */
  calendar: 'calendars',
} as const satisfies Readonly<Record<string, QueueName>>;

export type OutboxKind = keyof typeof QUEUE_OF;

export const OUTBOX_KINDS = Object.keys(QUEUE_OF) as [OutboxKind, ...OutboxKind[]];

/**
 * Every queue of work with the variable that says its address. A queue has one worker, the function whose trigger names
 * it; the template, the local cloud, the alarms and the sweeper read this list.
 */
export const QUEUES = {
  work: 'WORK_QUEUE_URL',
  webhooks: 'WEBHOOKS_QUEUE_URL',
  'contact-sync': 'CONTACT_SYNC_QUEUE_URL',
  'booking-import': 'BOOKING_IMPORT_QUEUE_URL',
  calendars: 'CALENDARS_QUEUE_URL',
} as const satisfies Readonly<Record<string, `${string}_QUEUE_URL`>>;

export type QueueName = keyof typeof QUEUES;
export type QueueVariable = (typeof QUEUES)[QueueName];

export const QUEUE_NAMES = Object.keys(QUEUES) as readonly QueueName[];

/** A value for each queue's variable. */
export function queueVariables<T>(toValue: (queue: QueueName) => T): Readonly<Record<QueueVariable, T>> {
  const entries = QUEUE_NAMES.map((queue) => [QUEUES[queue], toValue(queue)] as const);
  return Object.fromEntries(entries) as Record<QueueVariable, T>;
}

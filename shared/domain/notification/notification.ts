import * as z from 'zod';

/**
 * What a notification is about: Aristay's verbs (`aristay.md` §3.9), and the platform's own `late_arrival` (ruling 13),
 * `webhook_disabled` (`aristay.md` §8.3) and `calendar_feed` (`integrations.md` §6.4).
 */
export const NOTIFICATION_VERBS = [
  'late_arrival',
  'webhook_disabled',
  'calendar_feed',
  'assigned',
  'unassigned',
  'status_changed',
  'due_date_changed',
  'title_changed',
  'description_changed',
  'photo_added',
  'photo_deleted',
  'photo_approved',
  'photo_rejected',
  'created',
] as const;
export const notificationVerb = z.enum(NOTIFICATION_VERBS);
export type NotificationVerb = z.output<typeof notificationVerb>;

/** One line in a person's list, shared by both APIs. Its message names apartment and hour, never a guest (ruling 8). */
export const notification = z.object({
  /** Key of its row: orders what came in the same instant, and a cursor goes by it. */
  sk: z.string(),
  /** Integer by which clients know it. */
  number: z.int().positive(),
  recipient: z.uuid(),
  verb: notificationVerb,
  /** Rendered once, when it was made. */
  message: z.string(),
  /** The task that it is about, by number and by the title that it had then; null where it is about none. */
  task: z.int().positive().nullable().default(null),
  task_title: z.string().nullable().default(null),
  is_read: z.boolean(),
  /** ISO 8601 in UTC, as `created_at`. */
  read_at: z.string().nullable(),
  created_at: z.string(),
  /** Ours alone: pushing it has come to an end, so that no other try repeats it. */
  push_sent: z.boolean().default(false),
  /** Ours alone: digests of devices that need not be tried again while others of the person have to be. */
  pushed_to: z.array(z.string()).default([]),
});
export type Notification = z.infer<typeof notification>;

/** A notification still to be made. `occasion` makes it once: the same person hears of the same thing one time. */
export interface NewNotification {
  readonly recipient: string;
  readonly verb: NotificationVerb;
  readonly message: string;
  readonly occasion: string;
  readonly task?: number;
  readonly task_title?: string;
}

/** @example verbLabel('photo_added') // 'Photo added' */
export function verbLabel(verb: NotificationVerb): string {
  const words = verb.replaceAll('_', ' ');
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/** Newest first; of the same instant the one that was made last. */
export function newestFirst(a: Notification, b: Notification): number {
  return b.created_at.localeCompare(a.created_at) || b.number - a.number;
}

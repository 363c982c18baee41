import * as z from 'zod';
import { type Notification, notificationVerb, verbLabel } from '../../shared/domain/notification/notification.ts';
import { toUtcIso } from '../../shared/platform/clock/clock.ts';

/** One line of the own list (`aristay.md` §9.7, C53). */
export const notificationRow = z.object({
  id: z.int().positive(),
  message: z.string(),
  created_at: z.string(),
  is_read: z.boolean(),
  read_at: z.string().nullable(),
  task: z.int().positive().nullable(),
  task_title: z.string().nullable(),
  verb: notificationVerb,
  verb_label: z.string(),
});

export function shownNotification(entry: Notification): z.input<typeof notificationRow> {
  return {
    id: entry.number,
    message: entry.message,
    created_at: toUtcIso(new Date(entry.created_at)),
    is_read: entry.is_read,
    read_at: entry.read_at === null ? null : toUtcIso(new Date(entry.read_at)),
    task: entry.task,
    task_title: entry.task_title,
    verb: entry.verb,
    verb_label: verbLabel(entry.verb),
  };
}

/** The original's key and the one that the mobile client reads. */
export const unreadAnswer = z.object({ unread: z.int().nonnegative(), count: z.int().nonnegative() });

export const readAnswer = z.object({ success: z.literal(true), read_at: z.string() });

export const allReadAnswer = z.object({ success: z.literal(true), marked_count: z.int().nonnegative() });

/** C57; `created` is false where the device was the caller's already. */
export const deviceAnswer = z.object({ status: z.literal('registered'), token: z.string(), created: z.boolean() });

import * as z from 'zod';

/** What a notification is about; `late_arrival` is the platform's own, the rest are Aristay's (`aristay.md` §3.9). */
export const notificationVerb = z.enum(['late_arrival']);

/** One line in a person's list, shared by both APIs. Its message names apartment and hour, never a guest (ruling 8). */
export const notification = z.object({
  /** Integer by which Aristay's clients know it. */
  number: z.int().positive(),
  recipient: z.uuid(),
  verb: notificationVerb,
  message: z.string(),
  is_read: z.boolean(),
  read_at: z.string().nullable(),
  created_at: z.string(),
});
export type Notification = z.infer<typeof notification>;

/** A notification still to be made. `occasion` makes it once: the same person hears of the same thing one time. */
export interface NewNotification {
  readonly recipient: string;
  readonly verb: Notification['verb'];
  readonly message: string;
  readonly occasion: string;
}

import * as z from 'zod';

/**
 * What an entry of kind `push` says: which notifications are to be pushed, by the sort keys of their rows. Neither title
 * nor device stands in it: both are looked up when they are needed.
 */
export const pushContent = z.object({ notifications: z.array(z.string()).min(1) });
export type PushContent = z.infer<typeof pushContent>;

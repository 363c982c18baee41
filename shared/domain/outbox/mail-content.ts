import * as z from 'zod';

/** What an entry of kind `mail` says: a mail as it will be sent. */
export const mailContent = z.object({ to: z.string(), subject: z.string(), text: z.string() });
export type MailContent = z.infer<typeof mailContent>;

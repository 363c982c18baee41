import * as z from 'zod';

export const outboxSweeperEnvironment = z.object({
  TABLE_NAME: z.string().min(1),
  WORK_QUEUE_URL: z.string().min(1),
});

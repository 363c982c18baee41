import * as z from 'zod';

export const lateCheckinEnvironment = z.object({
  TABLE_NAME: z.string().min(1),
  KMS_KEY_ID: z.string().min(1),
  ARRIVALS_BUCKET: z.string().min(1),
  WORK_QUEUE_URL: z.string().min(1),
});

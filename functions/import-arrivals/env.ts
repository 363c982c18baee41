import * as z from 'zod';

export const importArrivalsEnvironment = z.object({
  TABLE_NAME: z.string().min(1),
  /** Key id, ARN or alias that wraps the tenants' data keys. */
  KMS_KEY_ID: z.string().min(1),
  ARRIVALS_BUCKET: z.string().min(1),
});

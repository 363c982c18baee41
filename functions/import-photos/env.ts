import * as z from 'zod';
import { tableEnvironment } from '../../shared/platform/config/table-environment.ts';

export const importPhotosEnvironment = tableEnvironment.extend({
  /** Key id, ARN or alias that wraps the tenants' data keys. */
  KMS_KEY_ID: z.string().min(1),
  PHOTOS_BUCKET: z.string().min(1),
  WEBHOOKS_QUEUE_URL: z.string().min(1),
  WORK_QUEUE_URL: z.string().min(1),
});

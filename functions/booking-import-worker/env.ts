import * as z from 'zod';
import { tableEnvironment } from '../../shared/platform/config/table-environment.ts';

export const bookingImportWorkerEnvironment = tableEnvironment.extend({
  KMS_KEY_ID: z.string().min(1),
  ARRIVALS_BUCKET: z.string().min(1),
  WEBHOOKS_QUEUE_URL: z.string().min(1),
  WORK_QUEUE_URL: z.string().min(1),
  BOOKING_IMPORT_QUEUE_URL: z.string().min(1),
});

import * as z from 'zod';
import { httpEnvironment } from '../../shared/platform/config/http-environment.ts';

export const bookingImportsEnvironment = httpEnvironment.extend({
  /** Where files are staged. */
  EXPORTS_BUCKET: z.string().min(1),
  /** Where files of imports rest, sealed. */
  ARRIVALS_BUCKET: z.string().min(1),
  WEBHOOKS_QUEUE_URL: z.string().min(1),
  WORK_QUEUE_URL: z.string().min(1),
  BOOKING_IMPORT_QUEUE_URL: z.string().min(1),
});

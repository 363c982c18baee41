import * as z from 'zod';
import { tableEnvironment } from '../../shared/platform/config/table-environment.ts';

export const calendarWorkerEnvironment = tableEnvironment.extend({
  KMS_KEY_ID: z.string().min(1),
  /** Who is told of new bookings. */
  WEBHOOKS_QUEUE_URL: z.string().min(1),
  /** Who pushes what people hear of their tasks. */
  WORK_QUEUE_URL: z.string().min(1),
  /** Whether feeds on this machine are read: only beside the local cloud. */
  PRIVATE_TARGETS: z.enum(['allow', 'refuse']),
});

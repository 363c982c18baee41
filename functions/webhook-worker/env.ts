import * as z from 'zod';
import { tableEnvironment } from '../../shared/platform/config/table-environment.ts';

export const webhookWorkerEnvironment = tableEnvironment.extend({
  KMS_KEY_ID: z.string().min(1),
  WEBHOOKS_QUEUE_URL: z.string().min(1),
  /** Whether endpoints on this machine are called: only beside the local cloud. */
  PRIVATE_TARGETS: z.enum(['allow', 'refuse']),
});

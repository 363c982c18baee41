import * as z from 'zod';
import { httpEnvironment } from '../../shared/platform/config/http-environment.ts';

export const webhooksEnvironment = httpEnvironment.extend({
  WEBHOOKS_QUEUE_URL: z.string().min(1),
  /** Whether endpoints may lie on this machine: only beside the local cloud. */
  PRIVATE_TARGETS: z.enum(['allow', 'refuse']),
});

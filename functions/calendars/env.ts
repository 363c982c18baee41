import * as z from 'zod';
import { httpEnvironment } from '../../shared/platform/config/http-environment.ts';

export const calendarsEnvironment = httpEnvironment.extend({
  CALENDARS_QUEUE_URL: z.string().min(1),
  /** Whether feeds may lie on this machine: only beside the local cloud. */
  PRIVATE_TARGETS: z.enum(['allow', 'refuse']),
});

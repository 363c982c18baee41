import * as z from 'zod';
import { httpEnvironment } from '../../shared/platform/config/http-environment.ts';

export const bookingsEnvironment = httpEnvironment.extend({
  WEBHOOKS_QUEUE_URL: z.string().min(1),
  WORK_QUEUE_URL: z.string().min(1),
});

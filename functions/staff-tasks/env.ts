import * as z from 'zod';
import { httpEnvironment } from '../../shared/platform/config/http-environment.ts';

export const staffTasksEnvironment = httpEnvironment.extend({
  PHOTOS_BUCKET: z.string().min(1),
  WEBHOOKS_QUEUE_URL: z.string().min(1),
  WORK_QUEUE_URL: z.string().min(1),
});

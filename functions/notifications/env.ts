import * as z from 'zod';
import { httpEnvironment } from '../../shared/platform/config/http-environment.ts';

export const notificationsEnvironment = httpEnvironment.extend({
  /** Where a delivery that is to be tried again is handed to. */
  WORK_QUEUE_URL: z.string().min(1),
});

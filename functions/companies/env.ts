import * as z from 'zod';
import { httpEnvironment } from '../../shared/platform/config/http-environment.ts';

export const companiesEnvironment = httpEnvironment.extend({
  WORK_QUEUE_URL: z.string().min(1),
});

import * as z from 'zod';
import { pmsEnvironment } from '../../shared/domain/pms/pms-environment.ts';

export const lateCheckinEnvironment = pmsEnvironment.extend({
  TABLE_NAME: z.string().min(1),
  ARRIVALS_BUCKET: z.string().min(1),
  WORK_QUEUE_URL: z.string().min(1),
});

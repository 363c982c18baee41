import * as z from 'zod';
import { googleVariables } from '../../shared/domain/google/google-environment.ts';
import { pmsEnvironment } from '../../shared/domain/pms/pms-environment.ts';
import { httpEnvironment } from '../../shared/platform/config/http-environment.ts';

export const contactsEnvironment = httpEnvironment.extend({
  ...pmsEnvironment.shape,
  ...googleVariables,
  CONTACT_SYNC_QUEUE_URL: z.string().min(1),
  /** Where files that were staged before lie. */
  EXPORTS_BUCKET: z.string().min(1),
});

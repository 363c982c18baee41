import * as z from 'zod';
import { googleVariables } from '../../shared/domain/google/google-environment.ts';
import { pmsEnvironment } from '../../shared/domain/pms/pms-environment.ts';
import { tableEnvironment } from '../../shared/platform/config/table-environment.ts';

export const contactSyncWorkerEnvironment = tableEnvironment.extend({
  ...pmsEnvironment.shape,
  ...googleVariables,
  SECRETS_PREFIX: z.string().min(1),
  CONTACT_SYNC_QUEUE_URL: z.string().min(1),
});

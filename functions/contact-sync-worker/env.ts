import * as z from 'zod';
import { googleVariables } from '../../shared/domain/google/google-environment.ts';
import { tableEnvironment } from '../../shared/platform/config/table-environment.ts';

export const contactSyncWorkerEnvironment = tableEnvironment.extend({
  ...googleVariables,
  KMS_KEY_ID: z.string().min(1),
  SECRETS_PREFIX: z.string().min(1),
  CONTACT_SYNC_QUEUE_URL: z.string().min(1),
  SMOOBU_BASE_URL: z.url(),
  BEDS24_BASE_URL: z.url(),
  HOSTAWAY_BASE_URL: z.url(),
  CLOUDBEDS_BASE_URL: z.url(),
});

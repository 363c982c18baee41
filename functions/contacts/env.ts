import * as z from 'zod';
import { googleVariables } from '../../shared/domain/google/google-environment.ts';
import { httpEnvironment } from '../../shared/platform/config/http-environment.ts';

export const contactsEnvironment = httpEnvironment.extend({
  ...googleVariables,
  CONTACT_SYNC_QUEUE_URL: z.string().min(1),
  SMOOBU_BASE_URL: z.url(),
  BEDS24_BASE_URL: z.url(),
  HOSTAWAY_BASE_URL: z.url(),
  CLOUDBEDS_BASE_URL: z.url(),
  /** Where files that were staged before lie. */
  EXPORTS_BUCKET: z.string().min(1),
});

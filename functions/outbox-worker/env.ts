import * as z from 'zod';
import { googleVariables } from '../../shared/domain/google/google-environment.ts';

export const outboxWorkerEnvironment = z.object({
  /** A company's grant ends with the company. */
  ...googleVariables,
  TABLE_NAME: z.string().min(1),
  KMS_KEY_ID: z.string().min(1),
  WORK_QUEUE_URL: z.string().min(1),
  ARRIVALS_BUCKET: z.string().min(1),
  PHOTOS_BUCKET: z.string().min(1),
  EXPORTS_BUCKET: z.string().min(1),
  SECRETS_PREFIX: z.string().min(1),
  /** Host of the region where the sending domain was made (`integrations.md` §4.1). */
  MAILGUN_BASE_URL: z.url(),
  MAILGUN_DOMAIN: z.string().min(1),
  /** Where cards for the operator's channels go; the webhooks' own addresses are secrets. */
  DISCORD_BASE_URL: z.url(),
  /** Where notifications are handed over for devices; its tokens come from `GOOGLE_OAUTH_BASE_URL`. */
  FCM_BASE_URL: z.url(),
  /** `any` only in the local cloud. */
  PARTNER_HOSTS: z.enum(['official', 'any']),
  /** `From` of every mail, e.g. `Stay Ops <avisos@mg.example.com>`. */
  MAIL_SENDER: z.string().min(3),
});

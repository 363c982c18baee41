import * as z from 'zod';
import { httpEnvironment } from '../../shared/platform/config/http-environment.ts';
import { rateLimitSetting } from './rate-limit-setting.ts';

export const publicFormsEnvironment = httpEnvironment.extend({
  WORK_QUEUE_URL: z.string().min(1),
  TURNSTILE_BASE_URL: z.url(),
  /** Sites whose widgets are ours, comma-separated; any when empty. */
  TURNSTILE_HOSTNAMES: z.string(),
  /** `any` only in the local cloud. */
  PARTNER_HOSTS: z.enum(['official', 'any']),
  /** Who reads access requests; without it they go to Discord alone. */
  MAIL_RECIPIENT: z.union([z.literal(''), z.email()]),
  /** `<n>/<hour|minute|day>`. */
  RATE_LIMIT_CONTACT: rateLimitSetting,
});

import * as z from 'zod';
import { aiEnvironment } from '../../shared/platform/ai/ai-environment.ts';
import { httpEnvironment } from '../../shared/platform/config/http-environment.ts';

export const vaultEnvironment = httpEnvironment.extend({
  KMS_KEY_ID: z.string().min(1),
  ...aiEnvironment,
  /** Calls of the shared tier for each company, in a day and in seven days. */
  AI_FREE_LIMIT_DAILY: z.coerce.number().int().nonnegative(),
  AI_FREE_LIMIT_WEEKLY: z.coerce.number().int().nonnegative(),
});

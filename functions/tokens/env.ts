import * as z from 'zod';
import { httpEnvironment } from '../../shared/platform/config/http-environment.ts';

export const tokensEnvironment = httpEnvironment.extend({
  /** Life of an access token in minutes (`aristay.md` §4.1). */
  TOKEN_ACCESS_MINUTES: z.coerce.number().int().min(1).max(1_440),
});

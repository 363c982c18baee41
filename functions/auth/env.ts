import * as z from 'zod';
import { httpEnvironment } from '../../shared/platform/config/http-environment.ts';

export const authEnvironment = httpEnvironment.extend({
  /** Life of an access token in hours (`stay-sidekick.md` §2.6). */
  JWT_ACCESS_TOKEN_HOURS: z.coerce.number().int().min(1).max(24),
});

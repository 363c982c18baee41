import * as z from 'zod';
import { httpEnvironment } from '../../shared/platform/config/http-environment.ts';

export const metaEnvironment = httpEnvironment.extend({
  /** `false` only where the site is served over plain HTTP, i.e. locally (`stay-sidekick.md` §2.7). */
  SECURE_COOKIES: z.enum(['true', 'false']),
  /** What `GET /api/health` calls its version. */
  RELEASE: z.string().min(1),
});

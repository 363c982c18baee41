import * as z from 'zod';
import type { RateLimit } from '../../shared/platform/http/route.ts';

/** A limit as the configuration writes it (`stay-sidekick.md` §2.9), e.g. `5/hour`. */
export const rateLimitSetting = z.string().transform((text, context): RateLimit => {
  const [, limit, window] = /^([1-9]\d{0,5})\/(minute|hour|day)$/.exec(text.trim()) ?? [];
  if (limit !== undefined) return { limit: Number(limit), window: window as RateLimit['window'], per: 'address' };
  context.addIssue({ code: 'custom', message: 'has to be <n>/<hour|minute|day>' });
  return z.NEVER;
});

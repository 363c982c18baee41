import * as z from 'zod';

/** Variables of every function that speaks HTTP. */
export const httpEnvironment = z.object({
  TABLE_NAME: z.string().min(1),
  /** Secrets Manager names are `<prefix><name>`, with the contract's names: `JWT_SECRET_KEY`, `SECRET_KEY`, … */
  SECRETS_PREFIX: z.string().min(1),
  /** Comma-separated origins of CORS; empty means none (`stay-sidekick.md` §2.10). */
  ALLOWED_ORIGINS: z.string(),
  /** `off` only in the local cloud (`LOCAL_RATE_LIMITS`). */
  RATE_LIMITS: z.enum(['on', 'off']),
});

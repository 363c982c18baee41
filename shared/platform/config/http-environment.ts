import * as z from 'zod';
import { tableEnvironment } from './table-environment.ts';

/** Variables of every function that speaks HTTP. */
export const httpEnvironment = tableEnvironment.extend({
  /** Secrets Manager names are `<prefix><name>`, with the contract's names: `JWT_SECRET_KEY`, `SECRET_KEY`, … */
  SECRETS_PREFIX: z.string().min(1),
  /** Wraps the data keys of tenants, under which kept replies are sealed. */
  KMS_KEY_ID: z.string().min(1),
  /** Base of every absolute link, e.g. `https://api.example.com/api` (`aristay.md` §1.4). */
  PUBLIC_BASE_URL: z.url(),
  /** Comma-separated origins of CORS; empty means none (`stay-sidekick.md` §2.10). */
  ALLOWED_ORIGINS: z.string(),
  /** What the edge in front of the gateway shows; empty where there is none. */
  EDGE_KEY: z.string(),
  /** `off` only in the local cloud (`LOCAL_RATE_LIMITS`). */
  RATE_LIMITS: z.enum(['on', 'off']),
});

import type * as z from 'zod';
import { derivedKey } from '../auth/signing-key.ts';
import { systemClock } from '../clock/clock.ts';
import type { httpEnvironment } from '../config/http-environment.ts';
import { functionLog } from '../log/log.ts';
import { type SecretStore, secretStore } from '../secrets/secret-store.ts';
import { connectTable } from '../tenant/connect-table.ts';
import type { HttpDeps } from './http-function.ts';

/** The pipeline's dependencies with the secret store that they read from. */
export interface BoundHttpDeps extends HttpDeps {
  readonly secrets: SecretStore;
}

/**
 * Builds what an HTTP function needs whose routes keep no replies for repeats: it does without the client of KMS, which
 * is a twentieth of a bundle.
 */
export function readingDeps(env: z.infer<typeof httpEnvironment>): BoundHttpDeps {
  const secrets = secretStore(env.SECRETS_PREFIX);
  return {
    table: connectTable(env),
    secrets,
    clock: systemClock,
    log: functionLog(),
    publicBaseUrl: env.PUBLIC_BASE_URL,
    edgeKey: env.EDGE_KEY,
    rateLimits: env.RATE_LIMITS === 'on',
    allowedOrigins: env.ALLOWED_ORIGINS.split(',').flatMap((origin) => origin.trim() || []),
    csrfKey: async () => derivedKey(await secrets.read('SECRET_KEY'), 'csrf'),
  };
}

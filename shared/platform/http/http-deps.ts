import type * as z from 'zod';
import { systemClock } from '../clock/clock.ts';
import type { httpEnvironment } from '../config/http-environment.ts';
import { type TenantKeys, tenantKeys } from '../crypto/tenant-keys.ts';
import { type BoundHttpDeps, readingDeps } from './reading-deps.ts';

/** Builds what an HTTP function needs whose routes write, once for the life of the process. */
export function httpDeps(env: z.infer<typeof httpEnvironment>): BoundHttpDeps & { readonly tenantKeys: TenantKeys } {
  return { ...readingDeps(env), tenantKeys: tenantKeys(env.KMS_KEY_ID, systemClock) };
}

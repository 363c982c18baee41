import * as z from 'zod';
import type { SecretStore } from '../secrets/secret-store.ts';
import { signJwt, type TokenLife, verifyJwt } from './jwt.ts';

/** Claims of a refresh token (`aristay.md` §4.2). It tells of a family and opens nothing by itself. */
const refreshClaims = z.object({
  token_type: z.literal('refresh'),
  jti: z.string(),
  /** Platform-wide key of the user. */
  sub: z.uuid(),
  user_id: z.int(),
  company_id: z.uuid(),
  fam: z.string(),
});
export type RefreshClaims = z.infer<typeof refreshClaims>;

/** Signs a refresh token; the same one again for the same claims and times. */
export function signRefreshToken(secrets: SecretStore, claims: RefreshClaims, life: TokenLife): Promise<string> {
  return signJwt(secrets, claims, life);
}

/** The claims of a genuine refresh token that has not expired, else undefined. */
export async function verifyRefreshToken(
  secrets: SecretStore,
  token: string,
  now: Date,
): Promise<RefreshClaims | undefined> {
  return refreshClaims.safeParse(await verifyJwt(secrets, token, now)).data;
}

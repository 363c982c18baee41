import * as z from 'zod';
import type { SecretStore } from '../secrets/secret-store.ts';
import { signJwt, verifyJwt } from './jwt.ts';

/**
 * Claims that both doors issue (ruling 1). `sub` and `user_id` keep the form of the door: e-mail and UUID from
 * `login`, platform key and integer from `token/`; `usr` and `ver` are ours and the same for both.
 */
export const accessClaims = z.object({
  sub: z.string(),
  user_id: z.union([z.string(), z.number()]),
  empresa_id: z.string(),
  company_id: z.string(),
  rol: z.enum(['admin', 'operativo']),
  role: z.enum(['admin', 'manager', 'member', 'viewer']),
  es_superadmin: z.boolean(),
  is_superuser: z.boolean(),
  debe_cambiar_password: z.boolean(),
  username: z.string(),
  /** The user's UUID, whichever door. */
  usr: z.string(),
  /** Session version of user and company when the token was made: a newer one in the table ends it (ruling 3). */
  ver: z.int(),
  /** Refresh family of a token from `token/`: revoking the family ends it (`aristay.md` §4.4). */
  fam: z.string().optional(),
  token_type: z.literal('access'),
  jti: z.string(),
});
export type AccessClaims = z.infer<typeof accessClaims>;

const verifiedClaims = accessClaims.extend({ iat: z.int(), exp: z.int() });
export type VerifiedClaims = z.infer<typeof verifiedClaims>;

/**
 * Signs an access token (HS256).
 * @param hours life of the token
 */
export async function issueAccessToken(
  secrets: SecretStore,
  claims: AccessClaims,
  { now, hours }: { readonly now: Date; readonly hours: number },
): Promise<string> {
  const iat = Math.floor(now.getTime() / 1000);
  return signJwt(secrets, claims, { iat, exp: iat + Math.round(hours * 3_600) });
}

/** The claims of a genuine, live access token, else undefined. */
export async function verifyAccessToken(
  secrets: SecretStore,
  token: string,
  now: Date,
): Promise<VerifiedClaims | undefined> {
  return verifiedClaims.safeParse(await verifyJwt(secrets, token, now)).data;
}

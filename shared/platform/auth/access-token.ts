import { CompactSign, decodeProtectedHeader, jwtVerify } from 'jose';
import * as z from 'zod';
import type { SecretStore } from '../secrets/secret-store.ts';
import { type SigningKey, signingKey } from './signing-key.ts';

const ISSUER = 'stay-ops';
const ALGORITHM = 'HS256';

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
  /** Session version of the user when the token was made: a newer one in the table ends the token (ruling 3). */
  ver: z.int(),
  token_type: z.literal('access'),
  jti: z.string(),
});
export type AccessClaims = z.infer<typeof accessClaims>;

const verifiedClaims = accessClaims.extend({ iat: z.int(), exp: z.int() });
export type VerifiedClaims = z.infer<typeof verifiedClaims>;

/**
 * JSON that a plain base64 decoder reads: clients of the original do not know base64url (`stay-sidekick.md` §8).
 * ASCII text without `>`, `?`, `~` and DEL never encodes to `-` or `_`.
 */
function plainJson(claims: object): Uint8Array {
  const escaped = (character: string) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
  const text = JSON.stringify(claims).replace(/[>?~\u007f-\uffff]/g, escaped);
  return Buffer.from(text, 'ascii');
}

/**
 * Signs an access token (HS256).
 * @param hours life of the token
 */
export async function issueAccessToken(
  secrets: SecretStore,
  claims: AccessClaims,
  life: { readonly now: Date; readonly hours: number },
): Promise<string> {
  const key = signingKey(await secrets.read('JWT_SECRET_KEY'));
  const iat = Math.floor(life.now.getTime() / 1000);
  const payload = plainJson({ ...claims, iss: ISSUER, iat, exp: iat + life.hours * 3_600 });
  return new CompactSign(payload).setProtectedHeader({ alg: ALGORITHM, typ: 'JWT', kid: key.kid }).sign(key.bytes);
}

async function keyFor(secrets: SecretStore, kid: string | undefined): Promise<SigningKey | undefined> {
  const current = signingKey(await secrets.read('JWT_SECRET_KEY'));
  if (kid === current.kid) return current;
  const previous = await secrets.read('JWT_SECRET_KEY', 'previous').catch(() => undefined);
  const key = previous === undefined ? undefined : signingKey(previous);
  return key?.kid === kid ? key : undefined;
}

/**
 * The claims of a genuine, live access token, else undefined: wrong algorithm, key, issuer or type, expired, issued in
 * the future (5 s of leeway), or without `iat` or `exp`.
 */
export async function verifyAccessToken(
  secrets: SecretStore,
  token: string,
  now: Date,
): Promise<VerifiedClaims | undefined> {
  const header = protectedHeader(token);
  if (header === undefined) return undefined;
  const key = await keyFor(secrets, header.kid);
  if (key === undefined) return undefined;
  try {
    const options = { algorithms: [ALGORITHM], issuer: ISSUER, currentDate: now, requiredClaims: ['iat', 'exp'] };
    const { payload } = await jwtVerify(token, key.bytes, options);
    const claims = verifiedClaims.safeParse(payload);
    const issuedLater = (payload.iat ?? 0) > now.getTime() / 1000 + 5;
    return claims.success && !issuedLater ? claims.data : undefined;
  } catch {
    return undefined;
  }
}

function protectedHeader(token: string): { kid?: string } | undefined {
  try {
    const { kid } = decodeProtectedHeader(token);
    return kid === undefined ? {} : { kid };
  } catch {
    return undefined;
  }
}

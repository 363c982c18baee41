import { CompactSign, decodeProtectedHeader, type JWTPayload, jwtVerify } from 'jose';
import type { SecretStore } from '../secrets/secret-store.ts';
import { type SigningKey, signingKey } from './signing-key.ts';

const ISSUER = 'stay-ops';
const ALGORITHM = 'HS256';
/** What clocks may differ by. */
const LEEWAY_S = 5;

/**
 * JSON that a plain base64 decoder reads: clients of the original do not know base64url (`stay-sidekick.md` §8).
 * ASCII text without `>`, `?`, `~` and DEL never encodes to `-` or `_`.
 */
function plainJson(claims: object): Uint8Array {
  const escaped = (character: string) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
  const text = JSON.stringify(claims).replace(/[>?~\u007f-\uffff]/g, escaped);
  return Buffer.from(text, 'ascii');
}

/** When a token is issued and when it ends, in epoch seconds. */
export interface TokenLife {
  readonly iat: number;
  readonly exp: number;
}

/** Signs claims as a token of ours (HS256, `kid` of the current key). Equal claims and times give an equal token. */
export async function signJwt(secrets: SecretStore, claims: object, { iat, exp }: TokenLife): Promise<string> {
  const key = signingKey(await secrets.read('JWT_SECRET_KEY'));
  const payload = plainJson({ ...claims, iss: ISSUER, iat, exp });
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
 * The claims of a genuine, live token of ours, else undefined: wrong algorithm, key or issuer, expired, issued in the
 * future (5 s of leeway), or without `iat` or `exp`.
 */
export async function verifyJwt(secrets: SecretStore, token: string, now: Date): Promise<JWTPayload | undefined> {
  const header = protectedHeader(token);
  if (header === undefined) return undefined;
  const key = await keyFor(secrets, header.kid);
  if (key === undefined) return undefined;
  try {
    const options = { algorithms: [ALGORITHM], issuer: ISSUER, currentDate: now, requiredClaims: ['iat', 'exp'] };
    const { payload } = await jwtVerify(token, key.bytes, options);
    return (payload.iat ?? 0) > now.getTime() / 1000 + LEEWAY_S ? undefined : payload;
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

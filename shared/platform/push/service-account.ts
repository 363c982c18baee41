import { importPKCS8, SignJWT } from 'jose';
import * as z from 'zod';

/** What a service account asks for at Google: sending messages, and nothing else. */
export const MESSAGING_SCOPE = 'https://www.googleapis.com/auth/firebase.messaging';
/** Whom an assertion speaks to, wherever it is sent (Google, "OAuth 2.0 for server to server applications"). */
export const TOKEN_AUDIENCE = 'https://oauth2.googleapis.com/token';
/** Grant by an assertion (RFC 7523 §2.1). */
export const ASSERTION_GRANT = 'urn:ietf:params:oauth:grant-type:jwt-bearer';

const ALGORITHM = 'RS256';
/** Longest that Google lets an assertion live. */
const ASSERTION_LIFE_S = 3_600;

/** The parts of a service account's key file, as Google hands it out, that are needed to send. */
const serviceAccount = z.object({
  type: z.literal('service_account'),
  project_id: z.string().regex(/^[a-z0-9.:-]{4,100}$/),
  private_key_id: z.string().min(1),
  private_key: z.string().startsWith('-----BEGIN PRIVATE KEY-----'),
  client_email: z.email(),
});
export type ServiceAccount = z.infer<typeof serviceAccount>;

/** The service account of a key file; undefined for any other text, such as a placeholder. */
export function readServiceAccount(text: string): ServiceAccount | undefined {
  try {
    return serviceAccount.safeParse(JSON.parse(text)).data;
  } catch {
    return undefined;
  }
}

/**
 * Signs what proves to Google who asks for an access token.
 * @throws Error when the private key is none
 */
export async function signAssertion(account: ServiceAccount, now: Date): Promise<string> {
  const seconds = Math.floor(now.getTime() / 1_000);
  const key = await importPKCS8(account.private_key, ALGORITHM);
  return new SignJWT({ scope: MESSAGING_SCOPE })
    .setProtectedHeader({ alg: ALGORITHM, typ: 'JWT', kid: account.private_key_id })
    .setIssuer(account.client_email)
    .setAudience(TOKEN_AUDIENCE)
    .setIssuedAt(seconds)
    .setExpirationTime(seconds + ASSERTION_LIFE_S)
    .sign(key);
}

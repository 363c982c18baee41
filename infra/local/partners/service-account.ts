import { createPublicKey, generateKeyPair, randomBytes, randomUUID } from 'node:crypto';
import { promisify } from 'node:util';
import { decodeProtectedHeader, type JWTPayload, jwtVerify } from 'jose';
import * as z from 'zod';
import { once } from '../../../shared/platform/concurrency/once.ts';

const PROJECT = 'stay-ops-local';
const CLIENT_EMAIL = `push@${PROJECT}.iam.gserviceaccount.com`;
const AUDIENCE = 'https://oauth2.googleapis.com/token';
const SCOPE = 'https://www.googleapis.com/auth/firebase.messaging';
const TOKEN_LIFE_S = 3_599;
const LONGEST_ASSERTION_S = 3_600;
const LEEWAY_S = 300;

/** The key file of a service account with a key of its own, made once for each process as Google's console makes it. */
export const issuedServiceAccount = once(async (): Promise<string> => {
  const { privateKey } = await promisify(generateKeyPair)('rsa', { modulusLength: 2_048 });
  return JSON.stringify({
    type: 'service_account',
    project_id: PROJECT,
    private_key_id: randomBytes(20).toString('hex'),
    private_key: privateKey.export({ type: 'pkcs8', format: 'pem' }),
    client_email: CLIENT_EMAIL,
    client_id: '100000000000000000001',
    token_uri: AUDIENCE,
  });
});

const keyFile = z.object({
  project_id: z.string(),
  private_key_id: z.string(),
  private_key: z.string(),
  client_email: z.string(),
});

/** Google's refusal of an assertion, in its own words. */
export interface RefusedAssertion {
  readonly error: 'invalid_grant' | 'invalid_scope';
  readonly error_description: string;
}

/** Who may send messages: Google's token call gives tokens for assertions, and FCM asks which of them are open. */
export class ServiceAccountGrants {
  readonly #now: () => Date;
  readonly #account: () => string;
  /** When each token ends, in epoch ms. */
  readonly #tokens = new Map<string, number>();

  /** @param account the key file of the one account that Google knows */
  constructor(now: () => Date, account: () => string) {
    this.#now = now;
    this.#account = account;
  }

  get project(): string | undefined {
    return this.#known()?.project_id;
  }

  async grant(assertion: string): Promise<{ readonly token: string; readonly lifeSeconds: number } | RefusedAssertion> {
    const verified = await this.#verified(assertion);
    if ('error' in verified) return verified;
    const problem = problemWith(verified.payload, this.#now().getTime() / 1_000);
    if (problem !== undefined) return problem;
    const token = `ya29.c.${randomUUID()}`;
    this.#tokens.set(token, this.#now().getTime() + TOKEN_LIFE_S * 1_000);
    return { token, lifeSeconds: TOKEN_LIFE_S };
  }

  opens(token: string | undefined): boolean {
    return (this.#tokens.get(token ?? '') ?? 0) > this.#now().getTime();
  }

  /** Ends every token that was given out. */
  reset(): void {
    this.#tokens.clear();
  }

  async #verified(assertion: string): Promise<{ readonly payload: JWTPayload } | RefusedAssertion> {
    const account = this.#known();
    try {
      const { kid } = decodeProtectedHeader(assertion);
      if (account === undefined || kid !== account.private_key_id) return refused('Invalid JWT Signature.');
      const options = { algorithms: ['RS256'], currentDate: this.#now(), clockTolerance: LEEWAY_S };
      const { payload } = await jwtVerify(assertion, createPublicKey(account.private_key), options);
      return payload.iss === account.client_email ? { payload } : refused('Invalid grant: account not found');
    } catch {
      return refused('Invalid JWT Signature.');
    }
  }

  #known() {
    try {
      return keyFile.safeParse(JSON.parse(this.#account())).data;
    } catch {
      return undefined;
    }
  }
}

function problemWith({ aud, iat = 0, exp = 0, scope }: JWTPayload, now: number): RefusedAssertion | undefined {
  if (aud !== AUDIENCE) return refused('Invalid JWT: Failed audience check.');
  if (exp - iat > LONGEST_ASSERTION_S || iat > now + LEEWAY_S) {
    return refused('Invalid JWT: Token must be a short-lived token (60 minutes) and in a reasonable timeframe.');
  }
  if (scope !== SCOPE)
    return { error: 'invalid_scope', error_description: 'Invalid OAuth scope or ID token audience.' };
  return undefined;
}

function refused(error_description: string): RefusedAssertion {
  return { error: 'invalid_grant', error_description };
}

import * as z from 'zod';
import { type CallOut, jsonOf, type OutboundAnswer, OutboundFailed } from '../../platform/outbound/outbound-call.ts';
import type { GoogleAddresses } from './google-addresses.ts';
import { GoogleFailed } from './google-failed.ts';
import { challengeOf } from './oauth-state.ts';

/** Reading and writing contacts, and nothing else. */
export const CONTACTS_SCOPE = 'https://www.googleapis.com/auth/contacts';

/** Who we are at Google. */
export interface GoogleApplication {
  readonly clientId: string;
  readonly clientSecret: () => Promise<string>;
  /** Equals the registered address byte for byte. */
  readonly redirectUri: string;
}

export interface OauthDeps {
  readonly addresses: GoogleAddresses;
  readonly application: GoogleApplication;
  readonly callOut: CallOut;
}

const accessGrant = z.object({ access_token: z.string().min(1), expires_in: z.number().positive().catch(3_600) });
const fullGrant = accessGrant.extend({ refresh_token: z.string().min(1), scope: z.string().catch(CONTACTS_SCOPE) });
export type AccessGrant = z.output<typeof accessGrant>;
/** What a consent gives. */
export type FullGrant = z.output<typeof fullGrant>;

const oauthError = z.object({ error: z.string() });

const TOTAL_MS = 20_000;
const MOST_BYTES = 64 * 1024;

/** Where somebody is sent to consent (`integrations.md` §2.1.1). */
export function consentAddress(
  { addresses, application }: OauthDeps,
  { state, verifier }: { readonly state: string; readonly verifier: string },
): string {
  const query = new URLSearchParams({
    client_id: application.clientId,
    redirect_uri: application.redirectUri,
    response_type: 'code',
    scope: CONTACTS_SCOPE,
    access_type: 'offline',
    // Without it Google gives no refresh token to who has consented before.
    prompt: 'consent',
    state,
    code_challenge: challengeOf(verifier),
    code_challenge_method: 'S256',
  });
  return `${addresses.accounts}/o/oauth2/v2/auth?${query}`;
}

/**
 * Turns a code into tokens. Once: a code is spent by the first try.
 * @throws GoogleFailed when there are none, or no refresh token among them
 */
export async function exchangeCode(deps: OauthDeps, code: string, verifier: string): Promise<FullGrant> {
  const { redirectUri } = deps.application;
  const form = { grant_type: 'authorization_code', code, redirect_uri: redirectUri, code_verifier: verifier };
  return grantOf(fullGrant, await askForTokens(deps, form));
}

/**
 * A new access token.
 * @throws GoogleFailed `REAUTH_REQUIRED` when the grant is no more
 */
export async function refreshAccess(deps: OauthDeps, refreshToken: string): Promise<AccessGrant> {
  return grantOf(accessGrant, await askForTokens(deps, { grant_type: 'refresh_token', refresh_token: refreshToken }));
}

/**
 * Ends a grant, whichever of its tokens is shown; one that has ended before counts as ended.
 * @throws GoogleFailed when Google did not say so
 */
export async function revokeGrant(deps: OauthDeps, token: string, signal: AbortSignal): Promise<void> {
  const answer = await post(deps, '/revoke', { token }, signal);
  if (answer.status === 200 || oauthError.safeParse(jsonOf(answer)).data?.error === 'invalid_token') return;
  throw new GoogleFailed('UPSTREAM_UNAVAILABLE');
}

async function askForTokens(deps: OauthDeps, form: Readonly<Record<string, string>>): Promise<OutboundAnswer> {
  const { clientId, clientSecret } = deps.application;
  const own = { client_id: clientId, client_secret: await clientSecret() };
  return post(deps, '/token', { ...form, ...own }, AbortSignal.timeout(TOTAL_MS));
}

async function post(
  { addresses, callOut }: OauthDeps,
  path: string,
  form: Readonly<Record<string, string>>,
  signal: AbortSignal,
): Promise<OutboundAnswer> {
  const headers = { 'content-type': 'application/x-www-form-urlencoded' };
  const body = new URLSearchParams(form).toString();
  try {
    return await callOut(
      { method: 'POST', address: `${addresses.oauth}${path}`, headers, body },
      { signal, mostBytes: MOST_BYTES },
    );
  } catch (thrown) {
    if (!(thrown instanceof OutboundFailed)) throw thrown;
    throw new GoogleFailed(thrown.problem === 'timeout' ? 'TIMEOUT' : 'UPSTREAM_UNAVAILABLE');
  }
}

function grantOf<S extends z.ZodType>(schema: S, answer: OutboundAnswer): z.output<S> {
  if (answer.status !== 200) throw refusal(answer);
  const parsed = schema.safeParse(jsonOf(answer));
  if (!parsed.success) throw new GoogleFailed('BAD_RESPONSE');
  return parsed.data;
}

/** `integrations.md` §2.1.3. */
function refusal(answer: OutboundAnswer): GoogleFailed {
  if (answer.status === 429) return new GoogleFailed('RATE_LIMITED', 60);
  if (answer.status >= 500) return new GoogleFailed('UPSTREAM_UNAVAILABLE');
  const said = oauthError.safeParse(jsonOf(answer)).data?.error;
  return new GoogleFailed(said === 'invalid_grant' ? 'REAUTH_REQUIRED' : 'MISCONFIGURED');
}

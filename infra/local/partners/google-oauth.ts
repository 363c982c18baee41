import { createHash, randomBytes } from 'node:crypto';
import type { GoogleWorld } from './google-world.ts';
import type { Partner, PartnerAnswer, PartnerRequest } from './partner.ts';
import type { ServiceAccountGrants } from './service-account.ts';

interface OauthOptions {
  readonly world: GoogleWorld;
  readonly now: () => Date;
  readonly clientId: string;
  readonly clientSecret: () => string;
  readonly serviceGrants: ServiceAccountGrants;
}

/** A consent that was given and not yet turned into tokens. */
interface Code {
  readonly account: string;
  readonly scope: string;
  readonly redirectUri: string;
  readonly challenge: string | null;
  readonly until: number;
}

/** Codes on their way from the consent page to the token call. */
export type Codes = Map<string, Code>;

const CODE_LIFE_MS = 600_000;
const ACCESS_LIFE_S = 3_599;
const AUTH = '/o/oauth2/v2/auth';

const FAULTS: Partner['faults'] = {
  down: { status: 503, body: { error: 'temporarily_unavailable' } },
  '401': { status: 401, body: { error: 'invalid_client', error_description: 'The OAuth client was not found.' } },
  '429': { status: 429, body: { error: 'rate_limit_exceeded' } },
};

/** Google's consent page (`integrations.md` §2.1.1): a page for a person, a decision by the data for a program. */
export function googleAccounts({ world, now, clientId }: OauthOptions, codes: Codes): Partner {
  return {
    name: 'google-accounts',
    addressVariable: 'GOOGLE_ACCOUNTS_BASE_URL',
    faults: FAULTS,
    data: world.data,
    answer({ method, path, query, headers }) {
      if (path !== AUTH || method !== 'GET') return { status: 404, body: 'Not found' };
      const problem = problemWith(query, clientId);
      if (problem !== undefined) return { status: 400, body: `Error 400: ${problem}` };
      const chosen = query.get('decision');
      if (chosen === null && headers.accept?.includes('text/html')) return consentPage(query, world);
      const account = query.get('account') ?? world.consent.account;
      return decided(query, { account, decision: chosen ?? world.consent.decision }, (code) => {
        const id = `4/0A${randomBytes(18).toString('base64url')}`;
        codes.set(id, { ...code, until: now().getTime() + CODE_LIFE_MS });
        return id;
      });
    },
    reset: () => codes.clear(),
  };
}

function problemWith(query: URLSearchParams, clientId: string): string | undefined {
  if (query.get('client_id') !== clientId) return 'invalid_client';
  if (query.get('response_type') !== 'code') return 'unsupported_response_type';
  if (!query.get('scope')) return 'invalid_scope';
  if (URL.parse(query.get('redirect_uri') ?? '') === null) return 'redirect_uri_mismatch';
  if (query.has('code_challenge') && query.get('code_challenge_method') !== 'S256') return 'invalid_request';
  return undefined;
}

function decided(
  query: URLSearchParams,
  { account, decision }: { account: string; decision: string },
  toCode: (code: Omit<Code, 'until'>) => string,
): PartnerAnswer {
  const redirectUri = query.get('redirect_uri') ?? '';
  const target = new URL(redirectUri);
  target.searchParams.set('state', query.get('state') ?? '');
  if (decision === 'deny') target.searchParams.set('error', 'access_denied');
  else {
    const scope = decision === 'without_contacts' ? 'openid' : (query.get('scope') ?? '');
    target.searchParams.set('code', toCode({ account, scope, redirectUri, challenge: query.get('code_challenge') }));
    target.searchParams.set('scope', scope);
  }
  return { status: 302, headers: { location: target.href }, body: '' };
}

function consentPage(query: URLSearchParams, world: GoogleWorld): PartnerAnswer {
  const link = (account: string, decision: string, words: string) => {
    const chosen = new URLSearchParams([...query, ['account', account], ['decision', decision]]);
    return `<p><a href="${AUTH}?${chosen.toString().replaceAll('&', '&amp;')}">${words}</a></p>`;
  };
  const accounts = world.emails.map((email) => {
    const name = email.replace(/[<>&"]/g, '');
    return `<h2>${name}</h2>${link(email, 'allow', 'Allow: see, edit and delete contacts')}${link(email, 'without_contacts', 'Allow, but not the contacts')}`;
  });
  const body = `<!doctype html><meta charset="utf-8"><title>Sign in (stand-in)</title><h1>Stay Ops wants to access your contacts</h1><p>This page stands in for Google. Nothing leaves this machine.</p>${accounts.join('')}${link('', 'deny', 'Cancel')}`;
  return { status: 200, headers: { 'content-type': 'text/html; charset=utf-8' }, body };
}

const ASSERTION_GRANT = 'urn:ietf:params:oauth:grant-type:jwt-bearer';

/** Google's token and revocation calls (`integrations.md` §2.1.2–2.1.4); service accounts ask for tokens here too. */
export function googleOauth(
  { world, now, clientId, clientSecret, serviceGrants }: OauthOptions,
  codes: Codes,
): Partner {
  async function serviceTokens(form: URLSearchParams): Promise<PartnerAnswer> {
    const granted = await serviceGrants.grant(form.get('assertion') ?? '');
    if ('error' in granted) return { status: 400, body: granted };
    const { token, lifeSeconds } = granted;
    return { status: 200, body: { access_token: token, expires_in: lifeSeconds, token_type: 'Bearer' } };
  }

  function tokens(form: URLSearchParams): PartnerAnswer | Promise<PartnerAnswer> {
    if (form.get('grant_type') === ASSERTION_GRANT) return serviceTokens(form);
    if (form.get('client_id') !== clientId || form.get('client_secret') !== clientSecret()) return FAULTS['401'];
    switch (form.get('grant_type')) {
      case 'authorization_code':
        return exchanged(form);
      case 'refresh_token':
        return refreshed(form.get('refresh_token') ?? '');
      default:
        return refusal('unsupported_grant_type', 'Invalid grant_type');
    }
  }

  function exchanged(form: URLSearchParams): PartnerAnswer {
    const id = form.get('code') ?? '';
    const code = codes.get(id);
    codes.delete(id);
    if (code === undefined || code.until <= now().getTime()) return refusal('invalid_grant', 'Malformed auth code.');
    if (code.redirectUri !== form.get('redirect_uri')) return refusal('redirect_uri_mismatch', 'Bad Request');
    const wrong = problemWithVerifier(code.challenge, form.get('code_verifier'));
    if (wrong !== undefined) return refusal('invalid_grant', wrong);
    const { refreshToken } = world.grant(code.account, code.scope);
    return granted(refreshToken, { refresh_token: refreshToken });
  }

  function refreshed(refreshToken: string): PartnerAnswer {
    return granted(refreshToken, {});
  }

  function granted(refreshToken: string, more: object): PartnerAnswer {
    const access = world.access(refreshToken, ACCESS_LIFE_S);
    if (access === undefined) return refusal('invalid_grant', 'Token has been expired or revoked.');
    const { token, grant } = access;
    const body = { access_token: token, expires_in: ACCESS_LIFE_S, scope: grant.scope, token_type: 'Bearer', ...more };
    return { status: 200, body };
  }

  return {
    name: 'google-oauth',
    addressVariable: 'GOOGLE_OAUTH_BASE_URL',
    faults: FAULTS,
    data: world.data,
    keyOf(request) {
      const form = formOf(request);
      return (
        ['refresh_token', 'token', 'code'].map((field) => form?.get(field)).find((value) => value != null) ?? undefined
      );
    },
    answer(request) {
      const form = formOf(request);
      if (form === undefined) return refusal('invalid_request', 'The body must be a form');
      if (request.path === '/token') return tokens(form);
      if (request.path !== '/revoke') return { status: 404, body: 'Not found' };
      return world.revoke(form.get('token') ?? '')
        ? { status: 200, body: {} }
        : refusal('invalid_token', 'Token expired or revoked');
    },
    reset: () => undefined,
  };
}

function refusal(error: string, error_description: string): PartnerAnswer {
  return { status: 400, body: { error, error_description } };
}

function problemWithVerifier(challenge: string | null, verifier: string | null): string | undefined {
  if (challenge === null) return verifier === null ? undefined : 'code_verifier or verifier is not needed.';
  if (verifier === null) return 'Missing code verifier.';
  return createHash('sha256').update(verifier).digest('base64url') === challenge ? undefined : 'Invalid code verifier.';
}

function formOf({ method, headers, body }: PartnerRequest): URLSearchParams | undefined {
  const isForm = headers['content-type']?.startsWith('application/x-www-form-urlencoded') === true;
  return method === 'POST' && isForm ? new URLSearchParams(body.toString('utf8')) : undefined;
}

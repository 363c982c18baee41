import { describe, expect, it } from 'vitest';
import { peopleFailure } from '../../../shared/domain/google/google-errors.ts';
import { challengeOf, readState, verifierOf, writeState } from '../../../shared/domain/google/oauth-state.ts';

const SECRET = 'a-secret-of-the-platform';
const state = { empresaId: 'e', userId: 'u', nonce: 'n', expires: 1_780_000_000 };
const before = new Date((state.expires - 1) * 1000);

describe('the state of a consent', () => {
  it('comes back as it left', () => {
    expect(readState(SECRET, writeState(SECRET, state), before)).toEqual(state);
  });

  it('ends on time', () => {
    expect(readState(SECRET, writeState(SECRET, state), new Date(state.expires * 1000))).toBeUndefined();
  });

  it.each(['', '.', 'a.b', 'e30.', `${'A'.repeat(5_000)}.${'B'.repeat(43)}`])('is not %j', (text) => {
    expect(readState(SECRET, text, before)).toBeUndefined();
  });

  it('of another secret, or with a changed byte, is none', () => {
    const text = writeState(SECRET, state);
    expect(readState('another', text, before)).toBeUndefined();
    for (let at = 0; at < text.length - 1; at += 7) {
      const changed = text.slice(0, at) + (text[at] === 'x' ? 'y' : 'x') + text.slice(at + 1);
      expect(readState(SECRET, changed, before)).toBeUndefined();
    }
  });
});

describe('PKCE', () => {
  it('challenges as RFC 7636, appendix B, does', () => {
    const challenge = challengeOf('dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk');
    expect(challenge).toBe('E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM');
  });

  it('has a verifier of its own for each consent, in the form of the RFC', () => {
    const verifiers = ['one', 'two'].map((nonce) => verifierOf(SECRET, nonce));
    expect(new Set(verifiers).size).toBe(2);
    for (const verifier of verifiers) expect(verifier).toMatch(/^[A-Za-z0-9\-._~]{43,128}$/);
    expect(verifierOf('another', 'one')).not.toBe(verifiers[0]);
  });
});

describe('what the People API says', () => {
  const said = (status: number, error: object, headers = {}) =>
    peopleFailure({ status, headers: new Headers(headers), text: JSON.stringify({ error }) });
  const info = (reason: string) => ({ details: [{ reason }] });

  it.each([
    [400, info('EXPIRED_SYNC_TOKEN'), 'SYNC_TOKEN_EXPIRED'],
    [410, info('EXPIRED_SYNC_TOKEN'), 'SYNC_TOKEN_EXPIRED'],
    [400, { errors: [{ reason: 'failedPrecondition' }] }, 'STALE'],
    [412, {}, 'STALE'],
    [400, { status: 'INVALID_ARGUMENT' }, 'BAD_REQUEST'],
    [403, { message: 'MY_CONTACTS_OVERFLOW_COUNT' }, 'QUOTA_EXHAUSTED'],
    [403, { status: 'PERMISSION_DENIED' }, 'AUTH_SCOPE'],
    [403, info('RATE_LIMIT_EXCEEDED'), 'RATE_LIMITED'],
    [403, info('SERVICE_DISABLED'), 'MISCONFIGURED'],
    [401, { status: 'UNAUTHENTICATED' }, 'REAUTH_REQUIRED'],
    [429, { status: 'RESOURCE_EXHAUSTED' }, 'RATE_LIMITED'],
    [500, info('constructor'), 'UPSTREAM_UNAVAILABLE'],
    [503, {}, 'UPSTREAM_UNAVAILABLE'],
  ])('%i %j is %s', (status, error, problem) => {
    expect(said(status, error).problem).toBe(problem);
  });

  it('to wait for is a minute, unless Google says how long', () => {
    expect([said(429, {}).retryAfter, said(429, {}, { 'retry-after': '7' }).retryAfter]).toEqual([60, 7]);
  });

  it('is told in a sentence that quotes nothing of it', () => {
    const failure = said(403, { message: 'Caller ana@example.com', ...info('SERVICE_DISABLED') });
    expect(`${failure.message} ${failure.sentence}`).not.toContain('ana@example.com');
  });
});

import { describe, expect, it } from 'vitest';
import { authorize } from '../../../functions/authorizer/authorize.ts';
import { type AccessClaims, issueAccessToken } from '../../../shared/platform/auth/access-token.ts';
import { AppError } from '../../../shared/platform/errors/app-error.ts';
import type { SecretStore } from '../../../shared/platform/secrets/secret-store.ts';

const NOW = new Date('2026-06-01T10:00:00Z');
const CLAIMS: AccessClaims = {
  ...{ sub: 'a@b.es', user_id: 'u', usr: 'u', username: 'a', ver: 1, jti: 'j', token_type: 'access' },
  ...{ empresa_id: 'e', company_id: 'e', rol: 'admin', role: 'admin' },
  ...{ es_superadmin: false, is_superuser: false, debe_cambiar_password: false },
};
const secrets: SecretStore = { read: async () => 'a signing key of sixty-four characters, none of them a secret ...' };
const away = async (): Promise<never> => {
  throw new AppError('unavailable', 'Away');
};
const broken = async (): Promise<never> => {
  throw new TypeError('A fault in our code');
};

/** What is handed on for a genuine token. */
async function contextWith({ read = secrets.read, verdictOf = away }): Promise<unknown> {
  const token = await issueAccessToken(secrets, CLAIMS, { now: NOW, hours: 1 });
  const authorizer = authorize({ secrets: { read }, sessions: { verdictOf }, clock: { now: () => NOW } });
  return authorizer({ headers: { authorization: `Bearer ${token}` } });
}

describe('an authorizer that cannot ask', () => {
  it('lets the call through to be answered in our shape, whether the table or the signing key is away', async () => {
    const context = { isAuthorized: true, context: { verdict: 'unavailable' } };
    expect(await contextWith({ verdictOf: away })).toEqual(context);
    expect(await contextWith({ read: away })).toEqual(context);
  });

  it('does not hide a fault in our code', async () => {
    await expect(contextWith({ verdictOf: broken })).rejects.toThrow(TypeError);
  });
});

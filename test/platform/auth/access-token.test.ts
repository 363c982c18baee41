import { createHmac } from 'node:crypto';
import { SignJWT } from 'jose';
import { describe, expect, it } from 'vitest';
import { type AccessClaims, issueAccessToken, verifyAccessToken } from '../../../shared/platform/auth/access-token.ts';
import { signingKey } from '../../../shared/platform/auth/signing-key.ts';
import type { SecretStore } from '../../../shared/platform/secrets/secret-store.ts';

const now = new Date('2026-06-03T18:00:00Z');
const at = (seconds: number) => new Date(now.getTime() + seconds * 1000);

function secretsOf(current: string, previous?: string): SecretStore {
  return {
    read: async (_name, stage = 'current') => {
      const secret = stage === 'current' ? current : previous;
      if (secret === undefined) throw new Error('no such version');
      return secret;
    },
  };
}

const secrets = secretsOf('first-secret');
const claims: AccessClaims = {
  sub: 'josé+x~?>@exämple.es',
  user_id: '11111111-1111-4111-8111-111111111111',
  empresa_id: '22222222-2222-4222-8222-222222222222',
  company_id: '22222222-2222-4222-8222-222222222222',
  rol: 'operativo',
  role: 'member',
  es_superadmin: false,
  is_superuser: false,
  debe_cambiar_password: false,
  username: 'josé',
  usr: '11111111-1111-4111-8111-111111111111',
  ver: 3,
  token_type: 'access',
  jti: '0'.repeat(32),
};

function forged(payload: object, header: object = { alg: 'HS256', kid: signingKey('first-secret').kid }): string {
  const encode = (part: object) => Buffer.from(JSON.stringify(part)).toString('base64url');
  const signed = `${encode(header)}.${encode(payload)}`;
  return `${signed}.${createHmac('sha256', 'first-secret').update(signed).digest('base64url')}`;
}

const full = { ...claims, iss: 'stay-ops', iat: now.getTime() / 1000, exp: now.getTime() / 1000 + 3_600 };

describe('access tokens', () => {
  it('live for their hours and carry what was claimed', async () => {
    const token = await issueAccessToken(secrets, claims, { now, hours: 1 });
    expect(await verifyAccessToken(secrets, token, at(3_599))).toMatchObject({ ...claims, exp: full.exp });
    expect(await verifyAccessToken(secrets, token, at(3_600))).toBeUndefined();
  });

  it('have a payload that a plain base64 decoder reads', async () => {
    const token = await issueAccessToken(secrets, claims, { now, hours: 1 });
    const payload = token.split('.')[1] ?? '';
    expect(payload).not.toMatch(/[-_]/);
    expect(JSON.parse(Buffer.from(payload, 'base64').toString('latin1'))).toMatchObject({ sub: claims.sub });
  });

  it('of the previous key still open while a rotation spreads, and not after', async () => {
    const token = await issueAccessToken(secrets, claims, { now, hours: 1 });
    expect(await verifyAccessToken(secretsOf('second', 'first-secret'), token, now)).toBeDefined();
    expect(await verifyAccessToken(secretsOf('third', 'second'), token, now)).toBeUndefined();
    expect(await verifyAccessToken(secretsOf('third'), token, now)).toBeUndefined();
  });

  it('verify only as HS256 of ours, with both times and the right type', async () => {
    expect(await verifyAccessToken(secrets, forged(full), now)).toBeDefined();
    const { iat: _iat, ...withoutIat } = full;
    const { exp: _exp, ...withoutExp } = full;
    const bad = [
      forged(withoutIat),
      forged(withoutExp),
      forged({ ...full, iat: full.iat + 60 }),
      forged({ ...full, token_type: 'refresh' }),
      forged({ ...full, iss: 'another' }),
      forged({ ...full, empresa_id: undefined }),
      forged(full, { alg: 'none', kid: signingKey('first-secret').kid }),
      forged(full, { alg: 'HS512', kid: signingKey('first-secret').kid }),
      forged(full, { alg: 'HS256', kid: 'someone' }),
      forged(full, { alg: 'HS256' }),
      `${forged(full)}x`,
      'a.b.c',
      '',
    ];
    for (const token of bad) expect(await verifyAccessToken(secrets, token, now), token).toBeUndefined();
    const otherKey = await new SignJWT(full)
      .setProtectedHeader({ alg: 'HS256', kid: signingKey('first-secret').kid })
      .sign(Buffer.from('wrong'.padEnd(32, 'x')));
    expect(await verifyAccessToken(secrets, otherKey, now)).toBeUndefined();
  });
});

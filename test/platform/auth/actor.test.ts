import { describe, expect, it } from 'vitest';
import { type Actor, decodeVerdict, encodeVerdict } from '../../../shared/platform/auth/actor.ts';
import { bearerToken } from '../../../shared/platform/auth/bearer.ts';

const actor: Actor = {
  userId: 'u',
  empresaId: 'e',
  email: 'a@b.es',
  number: 1,
  username: 'x',
  role: 'admin',
  esSuperadmin: false,
  debeCambiarPassword: false,
};

describe('the verdict that the authorizer hands on', () => {
  it('survives the gateway', () => {
    const ok = { verdict: 'ok', actor, toolsOff: ['vault'] } as const;
    expect(decodeVerdict(encodeVerdict(ok))).toEqual(ok);
    for (const verdict of ['missing', 'inactive', 'unavailable'] as const) {
      expect(decodeVerdict(encodeVerdict({ verdict }))).toEqual({ verdict });
    }
  });

  it('is closed by default', () => {
    const contexts = [
      undefined,
      null,
      {},
      { verdict: 'ok' },
      { verdict: 'ok', actor: '{}', toolsOff: '[]' },
      { verdict: 'ok', actor: 'x', toolsOff: '[]' },
      { verdict: 'OK', actor: JSON.stringify(actor), toolsOff: '[]' },
      { verdict: 'ok', actor: JSON.stringify(actor) },
      { verdict: 'ok', actor: JSON.stringify(actor), toolsOff: '["piscina"]' },
    ];
    for (const context of contexts) expect(decodeVerdict(context)).toEqual({ verdict: 'invalid' });
  });
});

describe('a bearer header', () => {
  it('is read with the scheme word in any case (ruling 1)', () => {
    for (const scheme of ['Bearer', 'bearer', 'BEARER']) expect(bearerToken(`${scheme} a.b-_c`)).toBe('a.b-_c');
  });

  it('of another form carries no token', () => {
    for (const header of [undefined, '', 'Bearer', 'Bearer ', 'Basic abc', 'Bearer a b', 'xBearer a']) {
      expect(bearerToken(header)).toBeUndefined();
    }
  });
});

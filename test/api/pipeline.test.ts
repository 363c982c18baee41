import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { describedOperations } from '../../infra/openapi/operations.ts';
import { randomIds } from '../../shared/platform/ids/ids.ts';
import { PASSWORD } from '../support/given.ts';
import { startTestCloud, type TestCloud } from '../support/test-cloud.ts';

let cloud: TestCloud;
beforeAll(async () => {
  cloud = await startTestCloud();
});
afterAll(() => cloud.close());

async function signedIn() {
  const user = await cloud.given.aUser(await cloud.given.aCompany());
  return cloud.client.signIn(user.email, PASSWORD);
}

describe('every answer', () => {
  it('carries the security fields and an id, errors included', async () => {
    for (const path of ['/api/health', '/api/nada', '/api/perfil', '/api/nothing/']) {
      const { headers } = await cloud.client.get(path);
      expect(headers.get('x-frame-options')).toBe('SAMEORIGIN');
      expect(headers.get('x-content-type-options')).toBe('nosniff');
      expect(headers.get('referrer-policy')).toBe('strict-origin-when-cross-origin');
      expect(headers.get('content-security-policy')).toContain('https://challenges.cloudflare.com');
      expect(headers.get('x-request-id')).toBeTruthy();
    }
  });

  it('to an unknown path is a 404 in the shape of the surface that the path looks like (ruling 14)', async () => {
    const sidekick = await cloud.client.get('/api/nada');
    expect([sidekick.status, sidekick.body]).toEqual([404, { ok: false, errors: [expect.any(String)] }]);
    const slash = await cloud.client.get('/api/perfil/');
    expect([slash.status, slash.body]).toEqual([404, { detail: 'Not found.' }]);
  });

  it('to a wrong method is a 405 that names the right ones', async () => {
    const answer = await cloud.client.call('DELETE', '/api/perfil/password');
    expect([answer.status, answer.body.ok, answer.headers.get('allow')]).toEqual([405, false, 'OPTIONS, PUT']);
    const health = await cloud.client.call('POST', '/api/health/');
    expect([health.status, health.body]).toEqual([405, { detail: 'Method "POST" not allowed.' }]);
  });

  it('to HEAD is that of GET without its body', async () => {
    const answer = await cloud.client.call('HEAD', '/api/health');
    expect([answer.status, answer.text]).toEqual([200, '']);
    expect(answer.headers.get('content-type')).toContain('application/json');
  });
});

describe('GET /api/health', () => {
  it.each(['/api/health', '/api/health/'])('%s answers without a token', async (path) => {
    const answer = await cloud.client.get(path);
    expect(answer.body).toEqual({ ok: true, status: 'ok', timestamp: expect.any(String), version: expect.any(String) });
  });
});

describe('GET /api/docs', () => {
  it('needs nobody else’s script or style: its own policy lets in what it loads (D-21)', async () => {
    const { text, headers } = await cloud.client.get('/api/docs');
    const loaded = [...text.matchAll(/(?:src|href)="([^"]+)"/g)].map(([, address]) => String(address));
    const files = loaded.filter((address) => !address.startsWith('data:'));
    expect(files.every((address) => address.startsWith('/api/docs/'))).toBe(true);
    expect(headers.get('content-security-policy')).toContain("default-src 'self'");
    for (const file of files) expect((await cloud.client.get(file)).status).toBe(200);
  });
});

describe('tokens', () => {
  it("absent and bad ones are told apart, in the surface's shape", async () => {
    const absent = await cloud.client.get('/api/perfil');
    expect([absent.status, absent.body]).toEqual([
      401,
      { ok: false, errors: [expect.stringContaining('Hace falta un token')] },
    ]);
    expect(absent.headers.get('www-authenticate')).toBe('Bearer realm="api"');
    const bad = await cloud.client.as('a.b.c').get('/api/perfil');
    expect([bad.status, bad.body]).toEqual([
      401,
      { ok: false, errors: [expect.stringContaining('no es válido o ha caducado')] },
    ]);
  });

  it('expire after their hour', async () => {
    const client = await signedIn();
    expect((await client.get('/api/perfil')).status).toBe(200);
    await cloud.passTime(3_601);
    expect((await client.get('/api/perfil')).status).toBe(401);
  });

  it('are read with the scheme word in any case', async () => {
    const client = await signedIn();
    const token = client.token ?? '';
    const answer = await cloud.client.get('/api/perfil', { authorization: `bEARER ${token}` });
    expect(answer.status).toBe(200);
  });
});

describe('CSRF', () => {
  const path = '/api/perfil/xlsx-apartamentos';
  const body = { col_id_externo: 1, col_nombre: 2 };

  it('needs cookie and header, equal, ours and fresh', async () => {
    const client = await signedIn();
    const pair = await client.csrfPair();
    const value = await client.csrf();
    const statusWith = async (headers: Record<string, string>) => {
      const answer = await client.call('PUT', path, { body, headers });
      return [answer.status, (answer.body.errors as string[] | undefined)?.[0]];
    };
    const missing = [403, expect.stringContaining('Falta el token CSRF')];
    const invalid = [403, expect.stringContaining('no es válido o ha caducado')];
    expect(await statusWith({})).toEqual(missing);
    expect(await statusWith({ cookie: `csrf_token=${value}` })).toEqual(missing);
    expect(await statusWith({ 'x-csrf-token': value })).toEqual(missing);
    expect(await statusWith({ cookie: `csrf_token=${value}`, 'x-csrf-token': `${value}x` })).toEqual(invalid);
    const planted = 'A'.repeat(43);
    expect(await statusWith({ cookie: `csrf_token=${planted}`, 'x-csrf-token': planted })).toEqual(invalid);
    expect(await statusWith(pair)).toEqual([200, undefined]);
  });

  it('is asked of every write of Stay Sidekick, forms and uploads included, and of none of Aristay (D-01)', async () => {
    const superadmin = await cloud.given.aUser(await cloud.given.aCompany(), { es_superadmin: true });
    const client = await cloud.client.signIn(superadmin.email, PASSWORD);
    const writes = describedOperations().filter(({ route }) => route.method !== 'GET');
    const refused: string[] = [];
    for (const { id, route } of writes) {
      // A path that names nothing, so that nothing is done where CSRF is no matter.
      const answer = await client.call(route.method, route.path.replace(/\{[^}]+\}/g, randomIds.uuid()), { raw: '{' });
      if (answer.status === 403 && answer.text.includes('CSRF')) refused.push(id);
    }
    const sidekick = writes.filter(({ route }) => route.surface === 'sidekick').map(({ id }) => id);
    expect(sidekick.length).toBeGreaterThan(40);
    expect(refused).toEqual(sidekick);
  });

  it('values age within the hour', async () => {
    const user = await cloud.given.aUser(await cloud.given.aCompany());
    const stale = await cloud.client.as(undefined).csrfPair();
    await cloud.passTime(3_700);
    const answer = await cloud.client.call('POST', '/api/auth/login', {
      body: { email: user.email, password: PASSWORD },
      headers: stale,
    });
    expect(answer.status).toBe(403);
  });

  it('is handed out in the body and in a cookie that scripts can read', async () => {
    const answer = await cloud.client.get('/api/csrf-token');
    const value = answer.body.csrf_token;
    expect(value).toMatch(/^[A-Za-z0-9_-]{43}$/);
    expect(answer.headers.get('set-cookie')).toBe(`csrf_token=${value}; Path=/; Max-Age=3600; SameSite=Strict`);
  });
});

describe("the stages come in the contract's order (§2.1)", () => {
  it('token before CSRF before role before body before fields', async () => {
    const viewer = await cloud.given.aUser(await cloud.given.aCompany(), { role: 'member' });
    const member = await cloud.client.signIn(viewer.email, PASSWORD);
    const admin = await signedIn();
    const path = '/api/perfil/xlsx-apartamentos';
    const steps = [
      await cloud.client.call('PUT', path, { raw: '{', headers: {} }),
      await member.call('PUT', path, { raw: '{', headers: {} }),
      await member.call('PUT', path, {
        raw: '{',
        headers: { ...(await member.csrfPair()), 'content-type': 'application/json' },
      }),
      await admin.call('PUT', path, {
        raw: '{',
        headers: { ...(await admin.csrfPair()), 'content-type': 'application/json' },
      }),
      await admin.write('PUT', path, {}),
    ];
    expect(steps.map(({ status }) => status)).toEqual([401, 403, 403, 400, 422]);
    expect(steps[1]?.text).toContain('CSRF');
    expect(steps[2]?.text).toContain('Acceso denegado');
  });
});

describe('CORS', () => {
  it('answers any preflight with 200 and no authentication', async () => {
    const answer = await cloud.client.call('OPTIONS', '/api/perfil/password', {
      headers: {
        origin: 'https://elsewhere.example',
        'access-control-request-method': 'PUT',
        'access-control-request-headers': 'x-csrf-token, authorization',
      },
    });
    expect(answer.status).toBe(200);
    expect(answer.headers.get('access-control-allow-methods')).toBe('DELETE, GET, HEAD, OPTIONS, PATCH, POST, PUT');
    expect(answer.headers.get('access-control-allow-headers')).toBe('x-csrf-token, authorization');
    expect(answer.headers.get('access-control-allow-origin')).toBeNull();
  });
});

describe('bad input never becomes a 500', () => {
  it.each(['?cursor=x', '?limite=0', '?limite=101', '?limite=x', '?cursor=%00'])('list with %s', async (query) => {
    const answer = await (await signedIn()).get(`/api/notificaciones/checkin-tardio/ejecuciones${query}`);
    expect([answer.status, answer.body.ok]).toEqual([422, false]);
  });
});

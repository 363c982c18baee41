import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { User } from '../../shared/domain/identity/user.ts';
import type { ApiClient } from '../support/api-client.ts';
import { PASSWORD } from '../support/given.ts';
import { startTestCloud, type TestCloud } from '../support/test-cloud.ts';

let cloud: TestCloud;
beforeAll(async () => {
  cloud = await startTestCloud();
});
afterAll(() => cloud.close());

const INVALID = { detail: 'Token is invalid or expired', code: 'token_not_valid' };
const REFRESH_INVALID = { error: 'Validation failed', details: { refresh: ['Token is invalid or expired'] } };

const post = (path: string, body: unknown, client: ApiClient = cloud.client) => client.call('POST', path, { body });

async function somebody(wanted: Partial<User> = {}): Promise<User> {
  return cloud.given.aUser(await cloud.given.aCompany(), { role: 'member', ...wanted });
}

interface Pair {
  readonly access: string;
  readonly refresh: string;
}

async function logIn({ username }: Pick<User, 'username'>): Promise<Pair> {
  const answer = await post('/api/token/', { username, password: PASSWORD });
  expect(answer.status).toBe(200);
  return answer.body as unknown as Pair;
}

const refresh = (token: string) => post('/api/token/refresh/', { refresh: token });
const statusOf = async (access: string) => (await cloud.client.as(access).get('/api/perfil')).status;

function claimsOf(token: string): Record<string, unknown> {
  return JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64').toString('utf8')) as Record<string, unknown>;
}

describe('POST /api/token/ (S1)', () => {
  it('answers the tokens and who they are of', async () => {
    const user = await somebody({ username: `maria.${process.pid}` });
    const { status, body } = await post('/api/token/', { username: user.username, password: PASSWORD });
    expect([status, body]).toEqual([
      200,
      {
        access: expect.any(String),
        refresh: expect.any(String),
        user: {
          id: user.number,
          username: user.username,
          email: user.email,
          role: 'member',
          is_superuser: false,
          must_change_password: false,
        },
      },
    ]);
  });

  it('takes the user name in any case, the e-mail in its place, and a form', async () => {
    const user = await somebody();
    const form = new URLSearchParams({ username: user.email, password: PASSWORD }).toString();
    const headers = { 'content-type': 'application/x-www-form-urlencoded' };
    const answers = [
      await post('/api/token/', { username: user.username.toUpperCase(), password: PASSWORD }),
      await post('/api/token', { email: user.email.toUpperCase(), password: PASSWORD }),
      await cloud.client.call('POST', '/api/token/', { raw: form, headers }),
    ];
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200]);
  });

  it('gives an access token of half an hour whose claims are those of both APIs (§4.2, ruling 1)', async () => {
    const user = await somebody();
    const { access, refresh: renewal } = await logIn(user);
    const claims = claimsOf(access);
    expect(claims).toMatchObject({
      token_type: 'access',
      sub: user.id,
      user_id: user.number,
      company_id: user.empresa_id,
      empresa_id: user.empresa_id,
      rol: 'operativo',
      role: 'member',
      es_superadmin: false,
      is_superuser: false,
      username: user.username,
      jti: expect.stringMatching(/^[0-9a-f]{32}$/),
      fam: expect.any(String),
      iss: expect.any(String),
    });
    expect(Number(claims.exp) - Number(claims.iat)).toBe(1_800);
    for (const dropped of ['permissions', 'email']) expect(claims).not.toHaveProperty(dropped);
    const renewed = claimsOf(renewal);
    expect(renewed).toMatchObject({
      token_type: 'refresh',
      user_id: user.number,
      company_id: user.empresa_id,
      sub: user.id,
    });
    expect(Number(renewed.exp) - Number(renewed.iat)).toBe(7 * 86_400);
    expect(renewed.jti).not.toBe(claims.jti);
    expect(renewed).not.toHaveProperty('role');
  });

  it('opens both APIs, as the token of the other door does (ruling 1)', async () => {
    const user = await somebody({ role: 'viewer' });
    const { access } = await logIn(user);
    const other = (await cloud.client.signIn(user.email, PASSWORD)).token ?? '';
    expect([await statusOf(access), await statusOf(other)]).toEqual([200, 200]);
    for (const token of [access, other]) {
      expect((await post('/api/token/revoke-all/', {}, cloud.client.as(token))).status).toBe(200);
    }
  });

  it('names each missing or blank field', async () => {
    const required = ['This field is required.'];
    const details = async (body: unknown) => (await post('/api/token/', body)).body.details;
    expect(await details({})).toEqual({ username: required, password: required });
    expect(await details({ password: PASSWORD })).toEqual({ username: required });
    expect(await details({ username: ' ', password: '' })).toEqual({
      username: ['This field may not be blank.'],
      password: ['This field may not be blank.'],
    });
  });

  it('answers alike to a wrong password, an unknown name, an inactive person and an inactive company', async () => {
    const company = await cloud.given.aCompany({ activa: false });
    const names = [
      [(await somebody()).username, 'not this one'],
      ['nobody-at-all', PASSWORD],
      [(await somebody({ activo: false })).username, PASSWORD],
      [(await cloud.given.aUser(company)).username, PASSWORD],
    ];
    for (const [username, password] of names) {
      const answer = await post('/api/token/', { username, password });
      expect([answer.status, answer.body]).toEqual([
        401,
        { detail: 'No active account found with the given credentials' },
      ]);
      expect(answer.headers.get('www-authenticate')).toBe('Bearer realm="api"');
    }
  });

  it('costs the table the same for a name that is known and for one that is not', async () => {
    const { dynamodb } = cloud.cloud.faults;
    const requestsOf = async (username: string) => {
      dynamodb.resetCounts();
      await post('/api/token/', { username, password: 'not this one' });
      return dynamodb.counts();
    };
    const { username, email } = await somebody();
    const known = await requestsOf(username);
    expect(known).toEqual(await requestsOf('nobody-at-all'));
    expect(known).toEqual(await requestsOf(email));
  });
});

describe('POST /api/token/refresh/ (S2, §4.3)', () => {
  it('rotates: a new access token and the successor, under either name of the field', async () => {
    const first = await logIn(await somebody());
    const { status, body } = await refresh(first.refresh);
    expect([status, Object.keys(body).sort()]).toEqual([200, ['access', 'refresh']]);
    expect(body.refresh).not.toBe(first.refresh);
    expect(await statusOf(String(body.access))).toBe(200);
    expect((await post('/api/token/refresh/', { refresh_token: body.refresh })).status).toBe(200);
  });

  it('hands the same successor to a client that goes on with the old token until its seven days are over', async () => {
    const first = await logIn(await somebody());
    const successors = new Set<unknown>();
    for (const pause of [0, 3_600, 86_400, 5 * 86_400]) {
      await cloud.passTime(pause);
      const { status, body } = await refresh(first.refresh);
      expect(status).toBe(200);
      successors.add(body.refresh);
    }
    expect(successors.size).toBe(1);
    await cloud.passTime(86_400);
    expect((await refresh(first.refresh)).body).toEqual(INVALID);
  });

  it('refresh token replayed after rotation → family revoked', async () => {
    const user = await somebody();
    const company = { id: user.empresa_id };
    const admin = await cloud.client.signIn((await cloud.given.aUser(company)).email, PASSWORD);
    const first = await logIn(user);
    const second = (await refresh(first.refresh)).body as unknown as Pair;
    const third = (await refresh(second.refresh)).body as unknown as Pair;
    expect(await statusOf(third.access)).toBe(200);
    const replayed = await refresh(first.refresh);
    expect([replayed.status, replayed.body]).toEqual([401, INVALID]);
    for (const token of [second, third]) expect((await refresh(token.refresh)).status).toBe(401);
    await cloud.passTime(60);
    for (const { access } of [first, second, third]) expect(await statusOf(access)).toBe(401);
    const trail = await admin
      .as((await cloud.client.signIn((await cloud.given.aUser(company)).email, PASSWORD)).token)
      .get('/api/auditoria');
    expect(trail.body.entradas).toEqual([
      expect.objectContaining({ accion: 'sesion.reutilizada', entidad_id: user.id, usuario_id: null }),
    ]);
  });

  it('fifty at once with one token get one successor', async () => {
    const first = await logIn(await somebody());
    const answers = await Promise.all(Array.from({ length: 50 }, () => refresh(first.refresh)));
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]));
    expect(new Set(answers.map(({ body }) => body.refresh)).size).toBe(1);
  });

  it('ends thirty days after the log-in, however often it is renewed', async () => {
    let { refresh: token } = await logIn(await somebody());
    for (let week = 0; week < 5; week += 1) {
      const { status, body } = await refresh(token);
      expect([week, status]).toEqual([week, 200]);
      token = String(body.refresh);
      await cloud.passTime(6 * 86_400);
    }
    expect((await refresh(token)).status).toBe(401);
  });

  it.each([
    ['no token', 'not-a-token'],
    ['an access token', undefined],
  ])('refuses %s', async (_, text) => {
    const token = text ?? (await logIn(await somebody())).access;
    const answer = await refresh(token);
    expect([answer.status, answer.body]).toEqual([401, INVALID]);
  });

  it('asks for the field', async () => {
    const answer = await post('/api/token/refresh/', {});
    expect([answer.status, answer.body]).toEqual([
      400,
      { error: 'Validation failed', details: { refresh: ['This field is required.'] } },
    ]);
  });

  it.each([
    ['deactivation', (user: User) => ['PATCH', `/api/usuarios/${user.id}`, { activo: false }]],
    ['another role', (user: User) => ['PATCH', `/api/usuarios/${user.id}`, { rol: 'admin' }]],
    ['a temporary password', (user: User) => ['PATCH', `/api/usuarios/${user.id}/contrasena`, {}]],
    ['deletion', (user: User) => ['DELETE', `/api/usuarios/${user.id}`, undefined]],
  ] as const)('is refused at once after %s (ruling 3)', async (_, call) => {
    const user = await somebody();
    const admin = await cloud.client.signIn((await cloud.given.aUser({ id: user.empresa_id })).email, PASSWORD);
    const { refresh: token } = await logIn(user);
    const [method, path, body] = call(user);
    expect((await admin.write(String(method), String(path), body)).status).toBe(200);
    expect((await refresh(token)).status).toBe(401);
  });

  it('is refused at once when the company is switched off, and stays refused when it is switched on again', async () => {
    const user = await somebody();
    const operator = await cloud.given.aUser(await cloud.given.aCompany(), { es_superadmin: true });
    const superadmin = await cloud.client.signIn(operator.email, PASSWORD);
    const { refresh: token, access } = await logIn(user);
    for (const activa of [false, true]) {
      expect((await superadmin.write('PATCH', `/api/empresas/${user.empresa_id}`, { activa })).status).toBe(200);
      expect((await refresh(token)).status).toBe(401);
    }
    await cloud.passTime(60);
    expect(await statusOf(access)).toBe(401);
  });
});

describe('POST /api/token/revoke/ (S3)', () => {
  it('ends the family: refresh tokens at once, access tokens within a minute', async () => {
    const user = await somebody({ role: 'viewer' });
    const [gone, other] = [await logIn(user), await logIn(user)];
    const successor = (await refresh(gone.refresh)).body as unknown as Pair;
    const client = cloud.client.as(gone.access);
    const answer = await post('/api/token/revoke/', { refresh: gone.refresh }, client);
    expect([answer.status, answer.body]).toEqual([200, { detail: 'Token revoked' }]);
    expect((await refresh(successor.refresh)).status).toBe(401);
    await cloud.passTime(60);
    expect([await statusOf(gone.access), await statusOf(successor.access)]).toEqual([401, 401]);
    expect(await statusOf(other.access)).toBe(200);
    expect((await refresh(other.refresh)).status).toBe(200);
  });

  it("refuses another user's token, and what is malformed or revoked already", async () => {
    const [mine, theirs] = [await logIn(await somebody()), await logIn(await somebody())];
    const revoke = async (token: unknown, access?: string) => {
      const { status, body } = await post('/api/token/revoke/', { refresh: token }, cloud.client.as(access));
      return [status, body];
    };
    expect(await revoke(theirs.refresh, mine.access)).toEqual([403, { error: 'Permission denied' }]);
    expect(await revoke('nothing', mine.access)).toEqual([400, REFRESH_INVALID]);
    expect(await revoke(mine.refresh)).toEqual([401, { detail: 'Authentication credentials were not provided.' }]);
    expect((await revoke(mine.refresh, mine.access))[0]).toBe(200);
    expect(await revoke(mine.refresh, mine.access)).toEqual([400, REFRESH_INVALID]);
    expect((await refresh(theirs.refresh)).status).toBe(200);
  });
});

describe('POST /api/token/revoke-all/ (C2)', () => {
  it('ends every family of the caller, counts those that were alive, and leaves the others alone', async () => {
    const user = await somebody();
    const pairs = [await logIn(user), await logIn(user), await logIn(user)];
    const door = await cloud.client.signIn(user.email, PASSWORD);
    const colleague = await logIn(await cloud.given.aUser({ id: user.empresa_id }));
    await post('/api/token/revoke/', { refresh: pairs[0]?.refresh }, door);
    const answer = await post('/api/token/revoke-all/', {}, door);
    expect([answer.status, answer.body]).toEqual([200, { detail: 'All tokens revoked', revoked: 2 }]);
    for (const { refresh: token } of pairs) expect((await refresh(token)).status).toBe(401);
    expect((await refresh(colleague.refresh)).status).toBe(200);
    await cloud.passTime(60);
    for (const { access } of pairs) expect(await statusOf(access)).toBe(401);
    expect(await statusOf((await logIn(user)).access)).toBe(200);
  });
});

describe('POST /api/token/verify/ (C1)', () => {
  it('says yes to a live access or refresh token with an empty object, and no to all else', async () => {
    const user = await somebody();
    const pair = await logIn(user);
    const verify = async (token: string) => {
      const { status, body } = await post('/api/token/verify/', { token });
      return [status, body];
    };
    expect(await verify(pair.access)).toEqual([200, {}]);
    expect(await verify(pair.refresh)).toEqual([200, {}]);
    expect(await verify('nothing')).toEqual([401, INVALID]);
    await post('/api/token/revoke/', { refresh: pair.refresh }, cloud.client.as(pair.access));
    expect(await verify(pair.refresh)).toEqual([401, INVALID]);
    await cloud.passTime(60);
    expect(await verify(pair.access)).toEqual([401, INVALID]);
  });
});

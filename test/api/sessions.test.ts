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

/** Signs in with a CSRF value of its own: an older one may have aged while time was passed. */
const signIn = (email: string, password = PASSWORD) => cloud.client.as(undefined).signIn(email, password);

interface World {
  readonly user: User;
  readonly admin: ApiClient;
  readonly superadmin: ApiClient;
}

async function aWorld(wanted: Partial<User> = {}): Promise<World> {
  const company = await cloud.given.aCompany();
  const user = await cloud.given.aUser(company, wanted);
  const admin = await cloud.given.aUser(company);
  const operator = await cloud.given.aUser(await cloud.given.aCompany(), { es_superadmin: true });
  return { user, admin: await signIn(admin.email), superadmin: await signIn(operator.email) };
}

const statusOf = async (client: ApiClient) => (await client.get('/api/perfil')).status;

/** What ends a user's sessions (ruling 3), each with the status that the log-in has afterwards. */
const ENDINGS: readonly (readonly [string, (world: World, own: ApiClient) => Promise<number>, number])[] = [
  ['deletion', async ({ admin, user }) => (await admin.write('DELETE', `/api/usuarios/${user.id}`)).status, 401],
  [
    'deactivation',
    async ({ admin, user }) => (await admin.write('PATCH', `/api/usuarios/${user.id}`, { activo: false })).status,
    401,
  ],
  [
    'another role',
    async ({ admin, user }) => (await admin.write('PATCH', `/api/usuarios/${user.id}`, { rol: 'admin' })).status,
    200,
  ],
  [
    'a temporary password',
    async ({ admin, user }) => (await admin.write('PATCH', `/api/usuarios/${user.id}/contrasena`, {})).status,
    401,
  ],
  [
    'an own new password',
    async (_, own) => {
      const body = { password_actual: PASSWORD, password_nueva: 'un secreto distinto' };
      return (await own.write('PUT', '/api/perfil/password', body)).status;
    },
    401,
  ],
  [
    'deactivation of the company',
    async ({ superadmin, user }) =>
      (await superadmin.write('PATCH', `/api/empresas/${user.empresa_id}`, { activa: false })).status,
    401,
  ],
];

describe('every session of a user ends within 60 seconds (ruling 3) after', () => {
  it.each(ENDINGS)('%s', async (_, end, loginAfterwards) => {
    const world = await aWorld({ role: 'member' });
    const sessions = [await signIn(world.user.email), await signIn(world.user.email)] as const;
    // Used just before, so that the authorizer remembers them.
    for (const session of sessions) expect(await statusOf(session)).toBe(200);
    expect(await end(world, sessions[0])).toBe(200);
    await cloud.passTime(60);
    for (const session of sessions) {
      const answer = await session.get('/api/perfil');
      expect([answer.status, answer.body]).toEqual([
        401,
        { ok: false, errors: [expect.stringContaining('no es válido o ha caducado')] },
      ]);
    }
    const client = cloud.client.as(undefined);
    const login = await client.write('POST', '/api/auth/login', { email: world.user.email, password: PASSWORD });
    expect(login.status).toBe(loginAfterwards);
  });
});

describe('sessions that have nothing to do with it', () => {
  it('go on: those of colleagues, and the own one after a change that changes nothing', async () => {
    const world = await aWorld({ role: 'member' });
    const own = await signIn(world.user.email);
    await world.admin.write('PATCH', `/api/usuarios/${world.user.id}`, { rol: 'operativo', activo: true });
    await cloud.passTime(60);
    expect(await statusOf(own)).toBe(200);
    await world.admin.write('DELETE', `/api/usuarios/${world.user.id}`);
    await cloud.passTime(60);
    expect([await statusOf(own), await statusOf(world.admin)]).toEqual([401, 200]);
  });

  it('do not come back when a user is switched on again', async () => {
    const { user, admin } = await aWorld();
    const own = await signIn(user.email);
    await admin.write('PATCH', `/api/usuarios/${user.id}`, { activo: false });
    await admin.write('PATCH', `/api/usuarios/${user.id}`, { activo: true });
    await cloud.passTime(60);
    expect(await statusOf(own)).toBe(401);
    expect(await statusOf(await signIn(user.email))).toBe(200);
  });
});

describe('a company that is switched on again', () => {
  it('does not revive sessions from before', async () => {
    const { user, superadmin } = await aWorld();
    const own = await signIn(user.email);
    for (const activa of [false, true]) {
      expect((await superadmin.write('PATCH', `/api/empresas/${user.empresa_id}`, { activa })).status).toBe(200);
    }
    await cloud.passTime(60);
    expect(await statusOf(own)).toBe(401);
    expect(await statusOf(await signIn(user.email))).toBe(200);
  });
});

describe('a changed role', () => {
  it('is what the next session may do', async () => {
    const { user, admin } = await aWorld({ role: 'member' });
    expect((await (await signIn(user.email)).get('/api/usuarios')).status).toBe(403);
    await admin.write('PATCH', `/api/usuarios/${user.id}`, { rol: 'admin' });
    expect((await (await signIn(user.email)).get('/api/usuarios')).status).toBe(200);
  });
});

describe('PUT /api/perfil/password', () => {
  it('stands in the audit trail with who and whence, and nothing of either password', async () => {
    const { user, admin } = await aWorld({ role: 'member' });
    const body = { password_actual: PASSWORD, password_nueva: 'un secreto distinto' };
    expect((await (await signIn(user.email)).write('PUT', '/api/perfil/password', body)).status).toBe(200);
    const { text, body: trail } = await admin.get('/api/auditoria');
    const fact = { accion: 'usuario.contrasena_propia', entidad_id: user.id, usuario_id: user.id, cambios: {} };
    expect(trail.entradas).toEqual([expect.objectContaining({ ...fact, direccion_ip: expect.any(String) })]);
    expect(text).not.toContain('secreto');
  });

  it.each([
    ['Password1!', 'Es de las contraseñas que se prueban primero. Elige otra menos corriente.'],
    ['qwertyuiop', 'Es una secuencia o una repetición fácil de adivinar. Elige otra.'],
    ['Playas-Doradas-1', 'Se adivina por tu correo, tu usuario o tu empresa. Elige otra que no los contenga.'],
    [`${PASSWORD}!`, 'Se parece demasiado a la actual. Elige otra distinta.'],
  ])('refuses %j and leaves the old one', async (password_nueva, sentence) => {
    const company = await cloud.given.aCompany({ nombre: 'Playas Doradas SL' });
    const user = await cloud.given.aUser(company, { role: 'viewer' });
    const client = await signIn(user.email);
    const answer = await client.write('PUT', '/api/perfil/password', { password_actual: PASSWORD, password_nueva });
    expect([answer.status, answer.body]).toEqual([422, { ok: false, errors: [`password_nueva: ${sentence}`] }]);
    expect(await statusOf(await signIn(user.email))).toBe(200);
  });

  it('looks at the current password first, so that the rules tell nothing to whoever does not know it', async () => {
    const user = await cloud.given.aUser(await cloud.given.aCompany());
    const body = { password_actual: 'no es esta', password_nueva: 'Password1!' };
    const answer = await (await signIn(user.email)).write('PUT', '/api/perfil/password', body);
    expect([answer.status, answer.body.errors]).toEqual([422, ['La contraseña actual no es correcta.']]);
  });

  it('turns a temporary password into one of the own choice', async () => {
    const { admin } = await aWorld();
    const email = 'estrena@example.com';
    const { body } = await admin.write('POST', '/api/usuarios', { email, rol: 'operativo' });
    const temporary = String(body.password_temporal);
    const first = await signIn(email, temporary);
    expect((await first.get('/api/empresa')).status).toBe(403);
    const change = { password_actual: temporary, password_nueva: 'un secreto distinto' };
    expect((await first.write('PUT', '/api/perfil/password', change)).status).toBe(200);
    const next = await signIn(email, 'un secreto distinto');
    expect((await next.get('/api/empresa')).status).toBe(200);
    expect((await next.get('/api/perfil')).body).toMatchObject({ data: { password_changed_at: expect.any(String) } });
  });
});

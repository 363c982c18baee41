import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Company } from '../../shared/domain/company/company.ts';
import type { User } from '../../shared/domain/identity/user.ts';
import type { ApiAnswer, ApiClient } from '../support/api-client.ts';
import { PASSWORD } from '../support/given.ts';
import { startTestCloud, type TestCloud } from '../support/test-cloud.ts';

let cloud: TestCloud;
beforeAll(async () => {
  cloud = await startTestCloud();
});
afterAll(() => cloud.close());

const UNUSABLE = 'Invalid or expired invite code';
const CODE = /^INV[A-HJKMNP-Z2-9]{8}$/;
const INSTANT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}Z$/;

interface World {
  readonly company: Company;
  readonly user: User;
  readonly admin: ApiClient;
}

async function aWorld(wanted: Partial<Company> = {}): Promise<World> {
  const company = await cloud.given.aCompany(wanted);
  const user = await cloud.given.aUser(company);
  return { company, user, admin: await cloud.client.signIn(user.email, PASSWORD) };
}

const post = (client: ApiClient, path: string, body?: unknown) => client.call('POST', path, { body });

async function anInvite({ admin }: Pick<World, 'admin'>, terms: Record<string, unknown> = {}) {
  const answer = await post(admin, '/api/admin/create-invite-code/', terms);
  expect(answer.status).toBe(201);
  return answer.body as { id: number; code: string };
}

let people = 0;
function aRegistration(invite_code: string, wanted: Record<string, unknown> = {}) {
  people += 1;
  const name = `recruit${people}.${process.pid}`;
  const password = 'securepassword';
  return {
    ...{ username: name, email: `${name}@example.com`, password, password_confirm: password, invite_code },
    ...wanted,
  };
}

const register = (body: unknown) => post(cloud.client, '/api/register/', body);
const details = ({ status, body }: ApiAnswer) => [status, body.details];

describe('POST /api/admin/create-invite-code/ (S19)', () => {
  it('answers the nine fields and the extras, with the defaults', async () => {
    const world = await aWorld();
    const { status, body } = await post(world.admin, '/api/admin/create-invite-code/', {});
    expect([status, body]).toEqual([
      201,
      {
        id: 1,
        code: expect.stringMatching(CODE),
        task_group: 'general',
        role: 'member',
        max_uses: 1,
        used_count: 0,
        expires_at: null,
        is_active: true,
        created_at: expect.stringMatching(INSTANT),
        notes: '',
        created_by: world.user.number,
        created_by_username: world.user.username,
        last_used_at: null,
        is_expired: false,
        is_usable: true,
      },
    ]);
  });

  it('reads aliases, any letter case, and instants with and without offset', async () => {
    const world = await aWorld({ zona_horaria: 'Europe/Madrid' });
    const terms = { role: ' Staff ', task_group: 'LAUNDRY', max_uses: '5', notes: ' for the summer ' };
    expect(await anInvite(world, { ...terms, expires_at: '2031-07-01T10:00:00+05:00' })).toMatchObject({
      ...{ role: 'member', task_group: 'laundry', max_uses: 5, notes: 'for the summer' },
      expires_at: '2031-07-01T05:00:00Z',
    });
    expect(await anInvite(world, { expires_at: '2031-07-01T10:00' })).toMatchObject({
      expires_at: '2031-07-01T08:00:00Z',
    });
    expect(await anInvite(world, { expires_at: '2031-07-01' })).toMatchObject({ expires_at: '2031-06-30T22:00:00Z' });
    const days = await anInvite(world, { expires_days: 2 });
    const left =
      Date.parse(String((days as unknown as { expires_at: string }).expires_at)) - cloud.cloud.now().getTime();
    expect(Math.round(left / 3_600_000)).toBe(48);
  });

  it('tells what is wrong with every field', async () => {
    const { admin } = await aWorld();
    const bad = { role: 'king', task_group: 'x', max_uses: -1, notes: 'n'.repeat(1_001), expires_days: 'soon' };
    expect(details(await post(admin, '/api/admin/create-invite-code/', bad))).toEqual([
      400,
      {
        role: ['"king" is not a valid choice.'],
        task_group: ['"x" is not a valid choice.'],
        max_uses: ['Ensure this value is greater than or equal to 0.'],
        notes: ['Ensure this field has no more than 1000 characters.'],
        expires_days: ['A valid integer is required.'],
      },
    ]);
    for (const expires_at of ['2020-01-01T00:00:00Z', 'tomorrow', '2031-02-30']) {
      const answer = await post(admin, '/api/admin/create-invite-code/', { expires_at });
      expect(details(answer)).toEqual([400, { expires_at: [expect.any(String)] }]);
    }
  });
});

describe('GET /api/admin/invite-codes/ (S18)', () => {
  it('lists, newest first, filters, searches and orders', async () => {
    const world = await aWorld();
    const first = await anInvite(world, { role: 'viewer', notes: 'Verano' });
    const second = await anInvite(world, { task_group: 'cleaning', max_uses: 9, expires_days: 1 });
    const third = await anInvite(world, {});
    await post(world.admin, `/api/admin/invite-codes/${third.id}/revoke/`);
    const ids = async (query: string) => {
      const { body } = await world.admin.get(`/api/admin/invite-codes/?${query}`);
      return (body.results as { id: number }[]).map(({ id }) => id);
    };
    expect(await ids('')).toEqual([third.id, second.id, first.id]);
    expect(await ids('ordering=expires_at')).toEqual([second.id, third.id, first.id]);
    expect(await ids('status=active')).toEqual([second.id, first.id]);
    expect(await ids('status=inactive')).toEqual([third.id]);
    expect(await ids('status=usable&role=viewer')).toEqual([first.id]);
    expect(await ids('search=verano')).toEqual([first.id]);
    expect(await ids(`search=${second.code.toLowerCase()}`)).toEqual([second.id]);
    expect(await ids(`search=${world.user.username}&task_group=cleaning`)).toEqual([second.id]);
    await cloud.passTime(86_401);
    const admin = await cloud.client.signIn(world.user.email, PASSWORD);
    const { body } = await admin.get('/api/admin/invite-codes/?status=expired');
    expect(body).toMatchObject({
      ...{ count: 1, next: null, previous: null },
      results: [{ id: second.id, is_expired: true, is_usable: false, is_active: true }],
    });
    expect(details(await admin.get('/api/admin/invite-codes/?status=odd'))).toEqual([
      400,
      { status: ['"odd" is not a valid choice.'] },
    ]);
  });
});

describe('an invite by its number (C48–C52)', () => {
  it('is read, revoked, reactivated, edited and deleted, each in the trail and none of them with its code', async () => {
    const world = await aWorld();
    const { admin } = world;
    const { id, code } = await anInvite(world);
    const path = `/api/admin/invite-codes/${id}/`;
    expect((await admin.get(path)).body).toMatchObject({ id, code });
    expect((await post(admin, `${path}revoke/`)).body).toMatchObject({ id, is_active: false, is_usable: false });
    expect((await post(admin, `${path}reactivate/`)).body).toMatchObject({ id, is_active: true, is_usable: true });
    const edited = await post(admin, `${path}edit/`, { role: 'manager', expires_days: 3 });
    expect(edited.body).toMatchObject({ id, code, role: 'manager', max_uses: 1 });
    expect((await post(admin, `${path}edit/`, { expires_at: null })).body).toMatchObject({ expires_at: null });
    const removed = await post(admin, `${path}delete/`);
    expect([removed.status, removed.text]).toEqual([204, '']);
    expect((await admin.get(path)).status).toBe(404);
    expect(details(await register(aRegistration(code)))).toEqual([400, { invite_code: [UNUSABLE] }]);
    const trail = await admin.get('/api/auditoria');
    expect((trail.body.entradas as { accion: string }[]).map(({ accion }) => accion)).toEqual([
      'invitacion.borrar',
      'invitacion.editar',
      'invitacion.editar',
      'invitacion.reactivar',
      'invitacion.revocar',
      'invitacion.crear',
    ]);
    expect(trail.text).not.toContain(code);
  });

  it('is neither edited nor deleted once it was used', async () => {
    const world = await aWorld();
    const { id, code } = await anInvite(world, { max_uses: 2 });
    expect((await register(aRegistration(code))).status).toBe(201);
    for (const action of ['edit', 'delete']) {
      const answer = await post(world.admin, `/api/admin/invite-codes/${id}/${action}/`, {});
      expect(details(answer)).toEqual([400, { non_field_errors: [expect.stringContaining('has been used')] }]);
    }
    expect((await post(world.admin, `/api/admin/invite-codes/${id}/revoke/`)).status).toBe(200);
  });

  it('is found before its fields are judged, and not by what is no number', async () => {
    const { admin } = await aWorld();
    expect((await post(admin, '/api/admin/invite-codes/99/edit/', { role: 'king' })).status).toBe(404);
    const odd = await admin.get('/api/admin/invite-codes/abc/');
    expect([odd.status, odd.body]).toEqual([404, { detail: 'Not found.' }]);
  });
});

describe('POST /api/validate-invite/ (S5)', () => {
  const validate = (code: unknown) => post(cloud.client, '/api/validate-invite/', { code });

  it('tells what a usable code is good for, however it is typed', async () => {
    const world = await aWorld();
    const { code } = await anInvite(world, { task_group: 'cleaning', expires_at: '2031-01-31T23:59:59Z' });
    const { status, body } = await validate(` ${code.toLowerCase()} `);
    expect([status, body]).toEqual([
      200,
      {
        ...{ valid: true, task_group: 'cleaning', role: 'member', expires_at: '2031-01-31T23:59:59Z' },
        ...{ max_uses: 1, used_count: 0, company_name: world.company.nombre },
      },
    ]);
    const endless = await anInvite(world);
    expect((await validate(endless.code)).body).toMatchObject({ valid: true, expires_at: null });
  });

  it('says the same of a code that is unknown, revoked, expired, used up, or of an inactive company', async () => {
    const world = await aWorld();
    const [revoked, used, expiring] = [
      await anInvite(world),
      await anInvite(world),
      await anInvite(world, { expires_days: 1 }),
    ];
    await post(world.admin, `/api/admin/invite-codes/${revoked.id}/revoke/`);
    await register(aRegistration(used.code));
    const other = await aWorld();
    const orphan = await anInvite(other);
    const operator = await cloud.given.aUser(await cloud.given.aCompany(), { es_superadmin: true });
    const superadmin = await cloud.client.signIn(operator.email, PASSWORD);
    await superadmin.write('PATCH', `/api/empresas/${other.company.id}`, { activa: false });
    await cloud.passTime(86_401);
    for (const code of ['INVNOTHING', revoked.code, used.code, expiring.code, orphan.code]) {
      const { status, body } = await validate(code);
      expect([status, body]).toEqual([200, { valid: false, error: UNUSABLE }]);
      expect(details(await register(aRegistration(code)))).toEqual([400, { invite_code: [UNUSABLE] }]);
    }
  });

  it('asks for a code of at most 32 characters', async () => {
    const answers = [await validate(undefined), await validate(' '), await validate('x'.repeat(33))];
    expect(answers.map(details)).toEqual([
      [400, { code: ['This field is required.'] }],
      [400, { code: ['This field may not be blank.'] }],
      [400, { code: ['Ensure this field has no more than 32 characters.'] }],
    ]);
  });
});

describe('POST /api/register/ (S4)', () => {
  it('makes a person of the invite, who may log in at both doors', async () => {
    const world = await aWorld();
    const { id, code } = await anInvite(world, { task_group: 'cleaning' });
    const wanted = aRegistration(code, { first_name: 'Maria', last_name: 'Lopez' });
    const { status, body } = await register(wanted);
    expect([status, body]).toEqual([
      201,
      {
        ...{ id: expect.any(Number), username: wanted.username, email: wanted.email },
        ...{ first_name: 'Maria', last_name: 'Lopez', profile: { task_group: 'cleaning', role: 'member' } },
      },
    ]);
    const login = await post(cloud.client, '/api/token/', { username: wanted.username, password: wanted.password });
    expect(login.status).toBe(200);
    const own = await cloud.client.signIn(String(wanted.email), wanted.password);
    expect((await own.get('/api/perfil')).body.data).toMatchObject({ empresa_id: world.company.id, rol: 'operativo' });
    expect((await world.admin.get(`/api/admin/invite-codes/${id}/`)).body).toMatchObject({
      ...{ used_count: 1, is_active: true, is_usable: false },
      last_used_at: expect.stringMatching(INSTANT),
    });
    const { body: trail } = await world.admin.get('/api/auditoria');
    const [entry] = trail.entradas as unknown[];
    expect(entry).toMatchObject({
      ...{ accion: 'usuario.registrar', usuario_id: null },
      cambios: { rol: 'member', grupo: 'cleaning', invitacion: id },
    });
  });

  it('ten registrations at once with a one-use code: one succeeds, in one transaction', async () => {
    const world = await aWorld();
    const { id, code } = await anInvite(world);
    const wanted = Array.from({ length: 10 }, () => aRegistration(code));
    const answers = await Promise.all(wanted.map((each) => register(each)));
    expect(answers.map(({ status }) => status).sort()).toEqual([201, ...Array(9).fill(400)]);
    for (const answer of answers.filter(({ status }) => status === 400)) {
      expect(answer.body).toEqual({ error: 'Validation failed', details: { invite_code: [UNUSABLE] } });
    }
    expect((await world.admin.get(`/api/admin/invite-codes/${id}/`)).body).toMatchObject({ used_count: 1 });
    expect((await world.admin.get('/api/usuarios')).body.usuarios).toHaveLength(2);
    // Nothing of those who did not get in is left: their names are free.
    const again = await anInvite(world, { max_uses: 0 });
    const losers = wanted.filter((_, at) => answers[at]?.status === 400);
    const second = [];
    for (const each of losers.slice(0, 3)) second.push((await register({ ...each, invite_code: again.code })).status);
    expect(second).toEqual([201, 201, 201]);
  });

  it('ten at once with the same names: one succeeds, and the code is used once', async () => {
    const world = await aWorld();
    const { id, code } = await anInvite(world, { max_uses: 0 });
    const wanted = aRegistration(code);
    const answers = await Promise.all(Array.from({ length: 10 }, () => register(wanted)));
    expect(answers.map(({ status }) => status).sort()).toEqual([201, ...Array(9).fill(400)]);
    expect((await world.admin.get(`/api/admin/invite-codes/${id}/`)).body).toMatchObject({ used_count: 1 });
  });

  it('names every field that is missing or malformed together', async () => {
    const required = ['This field is required.'];
    expect(details(await register({}))).toEqual([
      400,
      { username: required, email: required, password: required, password_confirm: required, invite_code: required },
    ]);
    const bad = aRegistration('x', { username: 'a b', email: 'no', password: 'short', first_name: 'x'.repeat(31) });
    expect(details(await register(bad))).toEqual([
      400,
      {
        username: [expect.stringContaining('Enter a valid username.')],
        email: ['Enter a valid email address.'],
        password: ['Ensure this field has at least 8 characters.', "The two password fields didn't match."],
        first_name: ['Ensure this field has no more than 30 characters.'],
      },
    ]);
  });

  it('tells of names that are taken on the whole platform, in any letter case, before it looks at the invite', async () => {
    const world = await aWorld();
    const { user: other } = await aWorld();
    const { code } = await anInvite(world);
    const taken = { username: other.username.toUpperCase(), email: other.email.toUpperCase() };
    for (const invite of [code, 'INVNOTHING']) {
      expect(details(await register(aRegistration(invite, taken)))).toEqual([
        400,
        {
          username: ['A user with that username already exists.'],
          email: ['A user with that email already exists.'],
        },
      ]);
    }
    expect(
      details(await register(aRegistration(code, { password: 'password123', password_confirm: 'password123' }))),
    ).toEqual([400, { password: [expect.stringContaining('too common')] }]);
    expect((await register(aRegistration(code))).status).toBe(201);
  });

  it('stops at the number of users that the company may have', async () => {
    const world = await aWorld({ max_usuarios: 2 });
    const { code } = await anInvite(world, { max_uses: 0 });
    expect((await register(aRegistration(code))).status).toBe(201);
    expect(details(await register(aRegistration(code)))).toEqual([
      400,
      { invite_code: ['This company has all the users that it may have.'] },
    ]);
  });
});

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { User } from '../../shared/domain/identity/user.ts';
import type { ApiAnswer, ApiClient } from '../support/api-client.ts';
import { PASSWORD } from '../support/given.ts';
import { startTestCloud, type TestCloud } from '../support/test-cloud.ts';

let cloud: TestCloud;
beforeAll(async () => {
  cloud = await startTestCloud();
});
afterAll(() => cloud.close());

const signIn = (email: string, password = PASSWORD) => cloud.client.as(undefined).signIn(email, password);
const patch = (client: ApiClient, path: string, body: unknown) => client.call('PATCH', path, { body });
const post = (client: ApiClient, path: string, body: unknown) => client.call('POST', path, { body });
const details = ({ status, body }: ApiAnswer) => [status, body.details];
const DENIED = [403, { error: 'Permission denied' }];

async function aTeam() {
  const company = await cloud.given.aCompany({ nombre: 'Playa Norte', zona_horaria: 'Atlantic/Canary' });
  const admin = await cloud.given.aUser(company);
  const manager = await cloud.given.aUser(company, { role: 'manager' });
  const member = await cloud.given.aUser(company, { role: 'member', first_name: 'Maria' });
  return { company, admin, manager, member };
}

describe('GET and PATCH /api/users/me/ (C3, C4)', () => {
  it('shows the caller', async () => {
    const { member } = await aTeam();
    const { status, body } = await (await signIn(member.email)).get('/api/users/me/');
    expect([status, body]).toEqual([
      200,
      {
        id: member.number,
        username: member.username,
        email: member.email,
        first_name: 'Maria',
        last_name: '',
        is_superuser: false,
        is_active: true,
        role: 'member',
        task_group: 'none',
        timezone: 'Atlantic/Canary',
        system_timezone: 'Atlantic/Canary',
        phone_number: null,
        company_name: 'Playa Norte',
        can_view_team_tasks: false,
        can_view_other_teams: false,
        permission_overrides: [],
        must_change_password: false,
      },
    ]);
  });

  it('changes names, zone, telephone and address, ignores what is read-only, and frees the old address', async () => {
    const { company, member } = await aTeam();
    const client = await signIn(member.email);
    const wanted = {
      first_name: ' Ana ',
      last_name: 'Ruiz',
      timezone: 'America/New_York',
      phone_number: '+34 600 000 000',
    };
    const email = `new.${member.email}`;
    const answer = await patch(client, '/api/users/me/', { ...wanted, email, username: 'other', role: 'admin', id: 1 });
    expect([answer.status, answer.body]).toMatchObject([
      200,
      {
        ...wanted,
        first_name: 'Ana',
        email,
        username: member.username,
        role: 'member',
        system_timezone: 'Atlantic/Canary',
      },
    ]);
    expect((await signIn(email)).token).toBeTruthy();
    await cloud.given.aUser(company, { email: member.email });
    expect(details(await patch(client, '/api/users/me/', { email: member.email }))).toEqual([
      400,
      { email: ['A user with that email already exists.'] },
    ]);
  });

  it('says what is wrong with each field', async () => {
    const { member } = await aTeam();
    const bad = { first_name: 'x'.repeat(31), timezone: 'Mars/Olympus', phone_number: '1'.repeat(21), email: 'no' };
    expect(details(await patch(await signIn(member.email), '/api/users/me/', bad))).toEqual([
      400,
      {
        first_name: ['Ensure this field has no more than 30 characters.'],
        timezone: [expect.stringContaining('time zone of the IANA database')],
        phone_number: ['Ensure this field has no more than 20 characters.'],
        email: ['Enter a valid email address.'],
      },
    ]);
  });

  it('answers who must change the password first, and nothing else does (ruling 3)', async () => {
    const { company } = await aTeam();
    const user = await cloud.given.aUser(company, { role: 'viewer', debe_cambiar_password: true });
    const client = await signIn(user.email);
    expect((await client.get('/api/users/me/')).body.must_change_password).toBe(true);
    const refused = await patch(client, '/api/users/me/', { first_name: 'x' });
    expect([refused.status, refused.body]).toEqual(DENIED);
    const change = { current_password: PASSWORD, new_password: 'un secreto distinto' };
    expect((await post(client, '/api/users/change-password/', change)).status).toBe(200);
  });
});

describe('POST /api/users/change-password/ (C5)', () => {
  it('changes it, ends every session, and stands in the trail', async () => {
    const { admin, member } = await aTeam();
    const [client, other] = [await signIn(member.email), await signIn(member.email)];
    const tokens = await post(cloud.client, '/api/token/', { username: member.username, password: PASSWORD });
    const change = { current_password: PASSWORD, new_password: 'un secreto distinto' };
    const { status, body } = await post(client, '/api/users/change-password/', change);
    expect([status, body]).toEqual([200, { detail: 'Password changed' }]);
    expect((await post(cloud.client, '/api/token/refresh/', { refresh: tokens.body.refresh })).status).toBe(401);
    const trail = (await (await signIn(admin.email)).get('/api/auditoria')).body.entradas;
    expect(trail).toMatchObject([
      { accion: 'usuario.contrasena_propia', usuario_id: member.id, entidad_id: member.id },
    ]);
    await cloud.passTime(60);
    for (const session of [client, other]) expect((await session.get('/api/users/me/')).status).toBe(401);
    expect((await signIn(member.email, 'un secreto distinto')).token).toBeTruthy();
  });

  it('refuses a wrong current password and a weak new one', async () => {
    const { member } = await aTeam();
    const client = await signIn(member.email);
    const change = async (current_password: string, new_password: string) =>
      details(await post(client, '/api/users/change-password/', { current_password, new_password }));
    expect(await change('wrong', 'un secreto distinto')).toEqual([
      400,
      { current_password: ['The current password is not correct.'] },
    ]);
    expect(await change(PASSWORD, 'qwertyuiop')).toEqual([
      400,
      { new_password: [expect.stringContaining('sequence')] },
    ]);
    expect(await change(PASSWORD, 'short')).toEqual([
      400,
      { new_password: ['Ensure this field has at least 8 characters.'] },
    ]);
  });
});

describe('POST /api/password-reset/ and …/confirm/ (C6, C7)', () => {
  const SENT = { detail: 'If the address is known, a message has been sent' };

  async function ask(email: string) {
    const before = cloud.mails().length;
    const answer = await post(cloud.client, '/api/password-reset/', { email });
    expect([answer.status, answer.body]).toEqual([200, SENT]);
    await cloud.cloud.drain();
    return cloud.mails().slice(0, cloud.mails().length - before);
  }

  async function aWay(user: User) {
    const [mail] = await ask(user.email.toUpperCase());
    const link = /https?:\S+/.exec(mail?.text ?? '')?.[0] ?? '';
    const { searchParams } = new URL(link);
    return { uid: searchParams.get('uid'), token: searchParams.get('token') };
  }

  const confirm = (way: object, new_password: string) =>
    post(cloud.client, '/api/password-reset/confirm/', { ...way, new_password });
  const BAD = [400, { token: ['Invalid or expired token'] }];

  it('leads to a new password once, ends every session, and stands in the trail', async () => {
    const { admin, member } = await aTeam();
    const client = await signIn(member.email);
    const way = await aWay(member);
    expect(details(await confirm(way, 'password123'))).toEqual([400, { new_password: [expect.any(String)] }]);
    const done = await confirm(way, 'un secreto distinto');
    expect([done.status, done.body]).toEqual([200, { detail: 'Password changed' }]);
    expect(details(await confirm(way, 'otro secreto aun'))).toEqual(BAD);
    expect((await signIn(member.email, 'un secreto distinto')).token).toBeTruthy();
    const trail = (await (await signIn(admin.email)).get('/api/auditoria')).body.entradas;
    expect(trail).toMatchObject([{ accion: 'usuario.contrasena_recuperada', entidad_id: member.id, usuario_id: null }]);
    await cloud.passTime(60);
    expect((await client.get('/api/users/me/')).status).toBe(401);
  });

  it('of ten confirmations at once one succeeds', async () => {
    const { member } = await aTeam();
    const way = await aWay(member);
    const calls = Array.from({ length: 10 }, (_, at) => confirm(way, `un secreto distinto ${at}`));
    const statuses = (await Promise.all(calls)).map(({ status }) => status);
    expect(statuses.sort()).toEqual([200, ...Array(9).fill(400)]);
  });

  it('is open for an hour, and only the newest way is', async () => {
    const { member } = await aTeam();
    const [older, newer] = [await aWay(member), await aWay(member)];
    expect(details(await confirm(older, 'un secreto distinto'))).toEqual(BAD);
    await cloud.passTime(3_601);
    expect(details(await confirm(newer, 'un secreto distinto'))).toEqual(BAD);
  });

  it('leads nowhere with what was not sent, or once the person was changed', async () => {
    const { admin, member } = await aTeam();
    const way = await aWay(member);
    for (const odd of [
      { ...way, token: 'x' },
      { ...way, uid: 'x' },
      { ...way, uid: Buffer.from('a/b').toString('base64url') },
    ]) {
      expect(details(await confirm(odd, 'un secreto distinto'))).toEqual(BAD);
    }
    const colleague = await aWay(admin);
    expect(details(await confirm({ ...way, uid: colleague.uid }, 'un secreto distinto'))).toEqual(BAD);
    const client = await signIn(admin.email);
    await client.write('PATCH', `/api/usuarios/${member.id}`, { activo: false });
    expect(details(await confirm(way, 'un secreto distinto'))).toEqual(BAD);
  });

  it('sends nothing to an address that is nobody’s, of an inactive person, or of an inactive company', async () => {
    const { company } = await aTeam();
    const inactive = await cloud.given.aUser(company, { activo: false });
    const orphan = await cloud.given.aUser(await cloud.given.aCompany({ activa: false }));
    for (const email of ['nobody@example.com', inactive.email, orphan.email]) expect(await ask(email)).toEqual([]);
  });

  it('keeps the token out of the table: a digest, and a sealed mail', async () => {
    const { member } = await aTeam();
    const [mail] = await ask(member.email);
    const token = /token: (\S+)/.exec(mail?.text ?? '')?.[1] ?? '';
    expect(token.length).toBeGreaterThan(40);
    for (const collection of ['PASSWORD_RESET', 'OUTBOX']) {
      const { items } = await cloud.table.query({ pk: `T#${member.empresa_id}#${collection}` });
      expect(items).toHaveLength(1);
      expect(JSON.stringify(items)).not.toContain(token);
    }
  });
});

describe('GET /api/users/ (C8)', () => {
  it('lists, filters and searches the people of the company', async () => {
    const { admin, manager, member } = await aTeam();
    const client = await signIn(manager.email);
    const ids = async (query: string) => {
      const { body } = await client.get(`/api/users/?${query}`);
      return [body.count, (body.results as { id: number }[]).map(({ id }) => id)];
    };
    expect(await ids('')).toEqual([3, [admin.number, manager.number, member.number]]);
    expect(await ids('ordering=-id&page_size=1&page=2')).toEqual([3, [manager.number]]);
    expect(await ids('role=staff')).toEqual([1, [member.number]]);
    expect(await ids(`search=${member.username.toUpperCase()}`)).toEqual([1, [member.number]]);
    expect(await ids('is_active=false')).toEqual([0, []]);
    const refused = await (await signIn(member.email)).get('/api/users/');
    expect([refused.status, refused.body]).toEqual(DENIED);
  });
});

describe('PATCH /api/admin/users/{id}/ (C9)', () => {
  const edit = (client: ApiClient, { number }: Pick<User, 'number'>, body: unknown) =>
    patch(client, `/api/admin/users/${number}/`, body);

  it('lets an admin change everything, and ends the sessions only with another role or state', async () => {
    const { admin, member } = await aTeam();
    const [client, own] = [await signIn(admin.email), await signIn(member.email)];
    const profile = {
      ...{ task_group: 'cleaning', can_view_team_tasks: true, can_view_other_teams: true, first_name: 'Ana' },
      permission_overrides: ['manage_files', 'add_tasks', 'add_tasks'],
    };
    const first = await edit(client, member, profile);
    expect(first.body).toMatchObject({ ...profile, permission_overrides: ['add_tasks', 'manage_files'] });
    await cloud.passTime(60);
    expect((await own.get('/api/users/me/')).status).toBe(200);
    expect((await edit(client, member, { role: 'Manager', is_active: true })).body.role).toBe('manager');
    await cloud.passTime(60);
    expect((await own.get('/api/users/me/')).status).toBe(401);
    expect((await edit(client, member, { is_active: false })).body.is_active).toBe(false);
    const login = await post(cloud.client, '/api/token/', { username: member.username, password: PASSWORD });
    expect(login.status).toBe(401);
    const { body } = await client.get('/api/auditoria');
    expect((body.entradas as { cambios: unknown }[]).map(({ cambios }) => cambios)).toEqual([
      { activo: false },
      { rol: 'manager' },
      {
        ...{ grupo: 'cleaning', ve_su_equipo: true, ve_otros_equipos: true },
        ...{ first_name: 'cambiado', permisos: 'add_tasks manage_files' },
      },
    ]);
  });

  it('lets a manager set three things, on members alone', async () => {
    const { admin, manager, member } = await aTeam();
    const client = await signIn(manager.email);
    const allowed = { is_active: true, task_group: 'laundry', can_view_team_tasks: true };
    expect((await edit(client, member, allowed)).status).toBe(200);
    for (const [target, body] of [
      [member, { role: 'viewer' }],
      [member, { can_view_other_teams: true }],
      [admin, { task_group: 'laundry' }],
      [manager, { task_group: 'laundry' }],
    ] as const) {
      const answer = await edit(client, target, body);
      expect([answer.status, answer.body]).toEqual(DENIED);
    }
  });

  it('keeps the last active admin, the own role and the own account as they are, and superadmins out of reach', async () => {
    const { company, admin } = await aTeam();
    const client = await signIn(admin.email);
    expect(details(await edit(client, admin, { role: 'member' }))).toEqual([400, { role: [expect.any(String)] }]);
    expect(details(await edit(client, admin, { is_active: false }))).toEqual([
      400,
      { is_active: [expect.any(String)] },
    ]);
    const operator = await cloud.given.aUser(company, { es_superadmin: true });
    const refused = await edit(client, operator, { first_name: 'x' });
    expect([refused.status, refused.body]).toEqual(DENIED);
    const superadmin = await signIn(operator.email);
    expect((await edit(superadmin, operator, { first_name: 'Elena' })).status).toBe(200);
  });

  it('two admins who demote each other at once: one stays', async () => {
    const company = await cloud.given.aCompany();
    const [one, two] = [await cloud.given.aUser(company), await cloud.given.aUser(company)];
    const [first, second] = [await signIn(one.email), await signIn(two.email)];
    const answers = await Promise.all([edit(first, two, { role: 'member' }), edit(second, one, { role: 'member' })]);
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 400]);
    const loser = answers.find(({ status }) => status === 400);
    expect(loser?.body.details).toEqual({ non_field_errors: [expect.stringContaining('last active admin')] });
  });

  it('answers 404 for nobody, before its fields are judged', async () => {
    const { admin } = await aTeam();
    const client = await signIn(admin.email);
    expect((await edit(client, { number: 999 }, { role: 'king' })).status).toBe(404);
    expect(details(await edit(client, admin, { role: 'king', permission_overrides: ['fly'] }))).toEqual([
      400,
      { role: ['"king" is not a valid choice.'], 'permission_overrides.0': ['"fly" is not a valid choice.'] },
    ]);
  });
});

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { AuditRepository } from '../../shared/domain/audit/audit.repository.ts';
import { CompanyRepository } from '../../shared/domain/company/company.repository.ts';
import type { Company } from '../../shared/domain/company/company.ts';
import { headcountKey } from '../../shared/domain/identity/user.keys.ts';
import { UserRepository } from '../../shared/domain/identity/user.repository.ts';
import type { User } from '../../shared/domain/identity/user.ts';
import { TenantScope } from '../../shared/platform/tenant/tenant-scope.ts';
import type { ApiAnswer, ApiClient } from '../support/api-client.ts';
import { PASSWORD } from '../support/given.ts';
import { startTestCloud, type TestCloud } from '../support/test-cloud.ts';

const PATH = '/api/usuarios';
let cloud: TestCloud;
beforeAll(async () => {
  cloud = await startTestCloud();
});
afterAll(() => cloud.close());

interface World {
  readonly company: Company;
  readonly admin: User;
  readonly client: ApiClient;
}

async function aCompanyWithAdmin(wanted: Partial<Company> = {}): Promise<World> {
  const company = await cloud.given.aCompany(wanted);
  const admin = await cloud.given.aUser(company);
  return { company, admin, client: await cloud.client.signIn(admin.email, PASSWORD) };
}

async function aSuperadmin(): Promise<World> {
  const company = await cloud.given.aCompany();
  const admin = await cloud.given.aUser(company, { es_superadmin: true });
  return { company, admin, client: await cloud.client.signIn(admin.email, PASSWORD) };
}

let made = 0;
const anEmail = () => {
  made += 1;
  return `nueva${made}@example.com`;
};
const scopeOf = ({ id }: Pick<Company, 'id'>) => new TenantScope(cloud.table, id);
const usersOf = (company: Company) => new UserRepository(scopeOf(company));
const seen = ({ status, body }: ApiAnswer) => [status, body];
const refusal = (status: number, sentence: string) => [
  status,
  { ok: false, errors: [expect.stringContaining(sentence)] },
];
const statuses = (answers: readonly ApiAnswer[]) => answers.map(({ status }) => status).sort();

async function headcount(company: Company) {
  const { people, active_admins } = (await cloud.table.get(headcountKey(company.id), { consistent: true })) ?? {};
  return { people, active_admins };
}

/** What the counter should say, counted by hand. */
async function counted(company: Company) {
  const people = await usersOf(company).list();
  return {
    people: people.length,
    active_admins: people.filter(({ role, activo }) => role === 'admin' && activo).length,
  };
}

async function trail(company: Company) {
  const { items } = await new AuditRepository(scopeOf(company)).list({ limite: 100 });
  return items.map(({ accion, entidad, entidad_id, cambios, usuario_id }) => ({
    accion,
    entidad,
    entidad_id,
    cambios,
    usuario_id,
  }));
}

describe('GET /api/usuarios', () => {
  it('lists the users of the company in the order in which they came, with the limit', async () => {
    const { company, admin, client } = await aCompanyWithAdmin({ max_usuarios: 4 });
    const manager = await cloud.given.aUser(company, {
      role: 'manager',
      activo: false,
      created_at: '2026-05-02T10:00:00+00:00',
    });
    const answer = await client.get(PATH);
    expect(seen(answer)).toEqual([
      200,
      {
        ok: true,
        usuarios: [
          { id: admin.id, email: admin.email, rol: 'admin', activo: true, created_at: admin.created_at },
          {
            id: manager.id,
            email: manager.email,
            rol: 'operativo',
            activo: false,
            created_at: '2026-05-02T10:00:00+00:00',
          },
        ],
        max_usuarios: 4,
      },
    ]);
  });

  it('is for admins and superadmins', async () => {
    const { company } = await aCompanyWithAdmin();
    for (const role of ['manager', 'member', 'viewer'] as const) {
      const { email } = await cloud.given.aUser(company, { role });
      const client = await cloud.client.signIn(email, PASSWORD);
      expect(seen(await client.get(PATH))).toEqual(refusal(403, 'Acceso denegado'));
      expect((await client.write('POST', PATH, { email: anEmail(), rol: 'admin' })).status).toBe(403);
    }
    const { email } = await cloud.given.aUser(company, { role: 'member', es_superadmin: true });
    expect((await (await cloud.client.signIn(email, PASSWORD)).get(PATH)).status).toBe(200);
  });
});

describe('POST /api/usuarios', () => {
  it('adds a user who signs in with the temporary password and has to change it', async () => {
    const { company, admin, client } = await aCompanyWithAdmin();
    const email = anEmail();
    const answer = await client.write('POST', PATH, { email: ` ${email.toUpperCase()} `, rol: ' Operativo ' });
    expect(seen(answer)).toEqual([
      201,
      {
        ok: true,
        usuario: {
          id: expect.stringMatching(/^[0-9a-f-]{36}$/),
          email,
          rol: 'operativo',
          activo: true,
          created_at: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\+00:00$/),
        },
        password_temporal: expect.stringMatching(/^\S{12}$/),
      },
    ]);
    const { id } = answer.body.usuario as { id: string };
    expect(await usersOf(company).find(id)).toMatchObject({
      role: 'member',
      es_superadmin: false,
      debe_cambiar_password: true,
      password_changed_at: null,
      username: email.split('@')[0],
      number: admin.number + 1,
    });
    const login = await cloud.client.write('POST', '/api/auth/login', {
      email,
      password: answer.body.password_temporal,
    });
    expect(seen(login)).toEqual([200, { ok: true, token: expect.any(String), debe_cambiar_password: true }]);
    expect(await trail(company)).toEqual([
      {
        accion: 'usuario.crear',
        entidad: 'usuario',
        entidad_id: id,
        cambios: { rol: 'operativo' },
        usuario_id: admin.id,
      },
    ]);
    expect(await headcount(company)).toEqual(await counted(company));
  });

  it('makes the user name unique on the whole platform', async () => {
    const { client, company } = await aCompanyWithAdmin();
    const domains = ['uno.es', 'dos.es', 'tres.es', 'cuatro.es', 'cinco.es'];
    for (const domain of domains) {
      expect(
        (await client.write('POST', PATH, { email: `recepción.${process.pid}@${domain}`, rol: 'operativo' })).status,
      ).toBe(201);
    }
    const names = (await usersOf(company).list()).slice(1).map(({ username }) => username);
    const base = `recepcion.${process.pid}`;
    expect(names.slice(0, 3)).toEqual([base, `${base}2`, `${base}3`]);
    expect(new Set(names).size).toBe(domains.length);
  });

  it('refuses an address that anybody on the platform has', async () => {
    const other = await cloud.given.aUser(await cloud.given.aCompany());
    const { client, company } = await aCompanyWithAdmin();
    const answer = await client.write('POST', PATH, { email: other.email, rol: 'admin' });
    expect(seen(answer)).toEqual(refusal(409, 'Ya existe un usuario con ese correo'));
    expect(await headcount(company)).toEqual({ people: 1, active_admins: 1 });
  });

  it('counts every user against the limit, and looks at the limit before the address', async () => {
    const { client, company, admin } = await aCompanyWithAdmin({ max_usuarios: 2 });
    await cloud.given.aUser(company, { role: 'viewer', activo: false });
    for (const email of [anEmail(), admin.email]) {
      const answer = await client.write('POST', PATH, { email, rol: 'operativo' });
      expect(seen(answer)).toEqual(refusal(422, 'máximo de 2 usuarios'));
    }
  });

  it.each([
    [{}, ['email: Es obligatorio.', 'rol: Es obligatorio.']],
    [
      { email: 'nadie', rol: 'gerente' },
      ['email: No es una dirección de correo válida.', 'rol: Debe ser uno de: admin, operativo.'],
    ],
    [{ email: null, rol: 3 }, ['email: Debe ser un texto.', 'rol: Debe ser un texto.']],
    [
      { email: 'a@example.com', rol: 'admin', es_superadmin: true },
      ['es_superadmin: No es un campo conocido. Quítalo o corrige su nombre.'],
    ],
  ])('answers 422 to %j', async (body, errors) => {
    const { client } = await aCompanyWithAdmin();
    expect(seen(await client.write('POST', PATH, body))).toEqual([422, { ok: false, errors }]);
  });

  it('fifty times at once with one address adds one user', async () => {
    const { client, company } = await aCompanyWithAdmin({ max_usuarios: 100 });
    await client.csrf();
    const email = anEmail();
    const answers = await Promise.all(
      Array.from({ length: 50 }, () => client.write('POST', PATH, { email, rol: 'operativo' })),
    );
    expect(statuses(answers)).toEqual([201, ...Array(49).fill(409)]);
    expect(await headcount(company)).toEqual({ people: 2, active_admins: 1 });
    expect(await counted(company)).toEqual({ people: 2, active_admins: 1 });
  });

  it('fifty times at once with one place left adds one user', async () => {
    const { client, company } = await aCompanyWithAdmin({ max_usuarios: 2 });
    await client.csrf();
    const answers = await Promise.all(
      Array.from({ length: 50 }, () => client.write('POST', PATH, { email: anEmail(), rol: 'operativo' })),
    );
    expect(statuses(answers)).toEqual([201, ...Array(49).fill(422)]);
    expect(await counted(company)).toEqual({ people: 2, active_admins: 1 });
    expect(await headcount(company)).toEqual({ people: 2, active_admins: 1 });
  });
});

describe('DELETE /api/usuarios/{id}', () => {
  it('removes the user for good and frees address and name at once', async () => {
    const { client, company, admin } = await aCompanyWithAdmin();
    const gone = await cloud.given.aUser(company, { role: 'manager' });
    expect(seen(await client.write('DELETE', `${PATH}/${gone.id}`))).toEqual([200, { ok: true }]);
    expect(await headcount(company)).toEqual({ people: 1, active_admins: 1 });
    expect((await client.write('DELETE', `${PATH}/${gone.id}`)).status).toBe(404);
    const again = await client.write('POST', PATH, { email: gone.email, rol: 'operativo' });
    expect(again.status).toBe(201);
    const { id } = again.body.usuario as { id: string };
    expect((await usersOf(company).find(id))?.username).toBe(gone.username);
    expect((await trail(company)).at(-1)).toEqual({
      accion: 'usuario.eliminar',
      entidad: 'usuario',
      entidad_id: gone.id,
      cambios: { rol: 'operativo' },
      usuario_id: admin.id,
    });
  });

  it('refuses the own account and the last admin', async () => {
    const { client, company, admin } = await aCompanyWithAdmin();
    expect(seen(await client.write('DELETE', `${PATH}/${admin.id}`))).toEqual(refusal(422, 'tu propia cuenta'));
    const { client: superadmin } = await aSuperadmin();
    const last = await superadmin.write('DELETE', `${PATH}/${admin.id}?empresa_id=${company.id}`);
    expect(seen(last)).toEqual(refusal(422, 'última persona administradora'));
    await cloud.given.aUser(company, { role: 'admin', activo: false });
    expect((await superadmin.write('DELETE', `${PATH}/${admin.id}?empresa_id=${company.id}`)).status).toBe(422);
    await cloud.given.aUser(company, { role: 'admin' });
    expect((await superadmin.write('DELETE', `${PATH}/${admin.id}?empresa_id=${company.id}`)).status).toBe(200);
  });
});

describe('PATCH /api/usuarios/{id}', () => {
  it.each([
    ['member', 'admin', 'admin', 'admin'],
    ['viewer', 'ADMIN ', 'admin', 'admin'],
    ['manager', 'operativo', 'operativo', 'manager'],
    ['viewer', 'operativo', 'operativo', 'viewer'],
    ['admin', 'operativo', 'operativo', 'member'],
  ] as const)('turns a %s who shall be %j into %s, stored as %s', async (role, rol, shown, stored) => {
    const { client, company } = await aCompanyWithAdmin();
    const user = await cloud.given.aUser(company, { role });
    const answer = await client.write('PATCH', `${PATH}/${user.id}`, { rol });
    const { id, email, created_at } = user;
    expect(seen(answer)).toEqual([200, { ok: true, usuario: { id, email, rol: shown, activo: true, created_at } }]);
    const after = await usersOf(company).find(user.id);
    expect(after?.role).toBe(stored);
    expect(after?.session_version).toBe(stored === role ? 0 : 1);
    expect(await trail(company)).toHaveLength(stored === role ? 0 : 1);
    expect(await headcount(company)).toEqual(await counted(company));
  });

  it('switches a user off and on again', async () => {
    const { client, company } = await aCompanyWithAdmin();
    const user = await cloud.given.aUser(company, { role: 'admin' });
    const off = await client.write('PATCH', `${PATH}/${user.id}`, { activo: false });
    expect(off.body).toMatchObject({ usuario: { id: user.id, rol: 'admin', activo: false } });
    const login = () => cloud.client.write('POST', '/api/auth/login', { email: user.email, password: PASSWORD });
    expect((await login()).status).toBe(401);
    expect(await headcount(company)).toEqual({ people: 2, active_admins: 1 });
    await client.write('PATCH', `${PATH}/${user.id}`, { activo: true, rol: 'operativo' });
    expect((await login()).status).toBe(200);
    expect((await trail(company)).map(({ accion, cambios }) => [accion, cambios])).toEqual([
      ['usuario.rol', { rol: 'operativo', activo: true }],
      ['usuario.desactivar', { activo: false }],
    ]);
  });

  it('refuses to leave the company without an active admin, and to switch oneself off', async () => {
    const { client, company, admin } = await aCompanyWithAdmin();
    const path = `${PATH}/${admin.id}`;
    expect(seen(await client.write('PATCH', path, { rol: 'operativo' }))).toEqual(refusal(422, 'última persona'));
    expect(seen(await client.write('PATCH', path, { activo: false }))).toEqual(refusal(422, 'tu propia cuenta'));
    const { client: superadmin } = await aSuperadmin();
    const off = await superadmin.write('PATCH', `${path}?empresa_id=${company.id}`, { activo: false });
    expect(seen(off)).toEqual(refusal(422, 'última persona'));
    await cloud.given.aUser(company, { role: 'admin' });
    expect((await client.write('PATCH', path, { rol: 'operativo' })).status).toBe(200);
  });

  it('two admins who demote each other at once leave one', async () => {
    for (let round = 0; round < 5; round += 1) {
      const { client, company, admin } = await aCompanyWithAdmin();
      const other = await cloud.given.aUser(company);
      const otherClient = await cloud.client.signIn(other.email, PASSWORD);
      await Promise.all([client.csrf(), otherClient.csrf()]);
      const answers = await Promise.all([
        client.write('PATCH', `${PATH}/${other.id}`, { rol: 'operativo' }),
        otherClient.write('PATCH', `${PATH}/${admin.id}`, { rol: 'operativo' }),
      ]);
      expect(statuses(answers)).toEqual([200, 422]);
      expect(await headcount(company)).toEqual({ people: 2, active_admins: 1 });
      expect(await counted(company)).toEqual({ people: 2, active_admins: 1 });
    }
  });

  it('changes of every kind at once keep the headcount right', async () => {
    const { client, company } = await aCompanyWithAdmin({ max_usuarios: 8 });
    await client.csrf();
    const people = await Promise.all(
      (['admin', 'manager', 'member', 'admin'] as const).map((role) => cloud.given.aUser(company, { role })),
    );
    const changes = people.flatMap(({ id }) => [
      client.write('PATCH', `${PATH}/${id}`, { rol: 'operativo' }),
      client.write('PATCH', `${PATH}/${id}`, { rol: 'admin' }),
      client.write('PATCH', `${PATH}/${id}`, { activo: false }),
    ]);
    const additions = Array.from({ length: 6 }, () => client.write('POST', PATH, { email: anEmail(), rol: 'admin' }));
    const removal = client.write('DELETE', `${PATH}/${people[0]?.id}`);
    const answers = await Promise.all([...changes, ...additions, removal]);
    expect(answers.filter(({ status }) => status >= 500).map(seen)).toEqual([]);
    expect(await headcount(company)).toEqual(await counted(company));
    expect((await new AuditRepository(scopeOf(company)).verify()).firstBreak).toBeNull();
  });

  it.each([
    [{}, ['rol: Es obligatorio, salvo que cambies solo activo.']],
    [{ rol: 'viewer' }, ['rol: Debe ser uno de: admin, operativo.']],
    [{ activo: 'no' }, ['activo: Debe ser verdadero o falso.']],
    [{ rol: 'admin', email: 'x@example.com' }, ['email: No es un campo conocido. Quítalo o corrige su nombre.']],
  ])('answers 422 to %j', async (body, errors) => {
    const { client, admin } = await aCompanyWithAdmin();
    expect(seen(await client.write('PATCH', `${PATH}/${admin.id}`, body))).toEqual([422, { ok: false, errors }]);
  });
});

describe('PATCH /api/usuarios/{id}/contrasena', () => {
  it.each([undefined, {}])('with body %j gives a temporary password that has to be changed', async (body) => {
    const { client, company, admin } = await aCompanyWithAdmin();
    const user = await cloud.given.aUser(company, { role: 'viewer' });
    const answer = await client.write('PATCH', `${PATH}/${user.id}/contrasena`, body);
    expect(seen(answer)).toEqual([200, { ok: true, password_temporal: expect.stringMatching(/^\S{12}$/) }]);
    const login = (password: unknown) => cloud.client.write('POST', '/api/auth/login', { email: user.email, password });
    expect((await login(PASSWORD)).status).toBe(401);
    expect((await login(answer.body.password_temporal)).body).toMatchObject({ debe_cambiar_password: true });
    expect(await trail(company)).toEqual([
      { accion: 'usuario.contrasena', entidad: 'usuario', entidad_id: user.id, cambios: {}, usuario_id: admin.id },
    ]);
  });

  it('may be used on oneself', async () => {
    const { client, admin } = await aCompanyWithAdmin();
    expect((await client.write('PATCH', `${PATH}/${admin.id}/contrasena`)).status).toBe(200);
  });

  it('tells the password to nobody else: not stored in clear, not in the trail', async () => {
    const { client, company } = await aCompanyWithAdmin();
    const user = await cloud.given.aUser(company);
    const { body } = await client.write('PATCH', `${PATH}/${user.id}/contrasena`);
    const stored = JSON.stringify([await usersOf(company).list(), await trail(company)]);
    expect(stored).not.toContain(String(body.password_temporal));
  });
});

describe('a user whom the caller may not see', () => {
  it('is a 404 for every route, like an id that is none', async () => {
    const { client } = await aCompanyWithAdmin();
    const stranger = await cloud.given.aUser(await cloud.given.aCompany());
    for (const id of [stranger.id, crypto.randomUUID(), 'nadie', '%00', `${stranger.id}x`]) {
      const answers = [
        await client.write('DELETE', `${PATH}/${id}`),
        await client.write('PATCH', `${PATH}/${id}`, { rol: 'admin' }),
        await client.write('PATCH', `${PATH}/${id}/contrasena`, {}),
      ];
      expect(answers.map(({ status, body }) => [status, body.ok])).toEqual(Array(3).fill([404, false]));
    }
  });

  it('stays one when somebody who is no superadmin names a company: the parameter is not looked at', async () => {
    const { client, company } = await aCompanyWithAdmin();
    const stranger = await cloud.given.aUser(await cloud.given.aCompany());
    for (const named of [stranger.empresa_id, 'nada', '']) {
      const list = await client.get(`${PATH}?empresa_id=${named}`);
      expect((list.body.usuarios as unknown[]).length).toBe((await usersOf(company).list()).length);
      expect((await client.write('DELETE', `${PATH}/${stranger.id}?empresa_id=${named}`)).status).toBe(404);
    }
  });
});

describe('a superadmin', () => {
  it('acts on any company by name, on the own one without, and gets 404 for one that is none', async () => {
    const { client, company: home } = await aSuperadmin();
    const target = await cloud.given.aCompany({ max_usuarios: 7 });
    const first = await client.write('POST', `${PATH}?empresa_id=${target.id}`, { email: anEmail(), rol: 'admin' });
    expect(first.status).toBe(201);
    expect((await client.get(`${PATH}?empresa_id=${target.id}`)).body).toMatchObject({
      usuarios: [first.body.usuario],
      max_usuarios: 7,
    });
    expect((await trail(target)).map(({ accion }) => accion)).toEqual(['usuario.crear']);
    expect(await trail(home)).toEqual([]);
    expect((await client.get(`${PATH}?empresa_id=`)).body).toMatchObject({ max_usuarios: home.max_usuarios });
    for (const named of ['nada', target.id.toUpperCase(), crypto.randomUUID(), `${target.id}%23x`]) {
      const answers = [
        await client.get(`${PATH}?empresa_id=${named}`),
        await client.write('POST', `${PATH}?empresa_id=${named}`, { email: anEmail(), rol: 'admin' }),
        await client.write('DELETE', `${PATH}/${crypto.randomUUID()}?empresa_id=${named}`),
      ];
      expect([named, answers.map(({ status }) => status)]).toEqual([named, [404, 404, 404]]);
    }
  });

  it('is touched by superadmins alone (D-03)', async () => {
    const { company, admin: operator } = await aSuperadmin();
    const plain = await cloud.given.aUser(company);
    const client = await cloud.client.signIn(plain.email, PASSWORD);
    const attempts = [
      await client.write('DELETE', `${PATH}/${operator.id}`),
      await client.write('PATCH', `${PATH}/${operator.id}`, { rol: 'operativo' }),
      await client.write('PATCH', `${PATH}/${operator.id}`, { activo: false }),
      await client.write('PATCH', `${PATH}/${operator.id}/contrasena`, {}),
    ];
    for (const attempt of attempts) expect(seen(attempt)).toEqual(refusal(403, 'solo un superadministrador'));
    expect(await usersOf(company).find(operator.id)).toEqual(operator);
    const { client: other } = await aSuperadmin();
    expect((await other.write('DELETE', `${PATH}/${operator.id}?empresa_id=${company.id}`)).status).toBe(200);
  });

  it('cannot add a user to a company that is gone', async () => {
    const target = await cloud.given.aCompany();
    const person = await cloud.given.aUser(await cloud.given.aCompany());
    await cloud.table.write({ kind: 'delete', key: { pk: `T#${target.id}#COMPANY`, sk: 'COMPANY' } });
    expect(await new CompanyRepository(scopeOf(target)).find()).toBeUndefined();
    const orphan = { ...person, id: crypto.randomUUID(), empresa_id: target.id, email: anEmail(), username: anEmail() };
    await expect(usersOf(target).create(orphan)).rejects.toMatchObject({ refusal: 'company_gone' });
  });
});

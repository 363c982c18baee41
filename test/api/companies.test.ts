import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { AuditRepository } from '../../shared/domain/audit/audit.repository.ts';
import { companyEmailLockKey } from '../../shared/domain/company/company.keys.ts';
import { CompanyRepository } from '../../shared/domain/company/company.repository.ts';
import { listTenants } from '../../shared/domain/company/tenant-directory.ts';
import type { User } from '../../shared/domain/identity/user.ts';
import { TenantScope } from '../../shared/platform/tenant/tenant-scope.ts';
import type { ApiAnswer, ApiClient } from '../support/api-client.ts';
import { PASSWORD } from '../support/given.ts';
import { startTestCloud, type TestCloud } from '../support/test-cloud.ts';

const PATH = '/api/empresas';
let cloud: TestCloud;
let operator: User;
let superadmin: ApiClient;
beforeAll(async () => {
  cloud = await startTestCloud();
  operator = await cloud.given.aUser(await cloud.given.aCompany({ nombre: 'Plataforma' }), { es_superadmin: true });
  superadmin = await cloud.client.signIn(operator.email, PASSWORD);
});
afterAll(() => cloud.close());

let made = 0;
const anEmail = () => {
  made += 1;
  return `alta${made}@example.com`;
};
const seen = ({ status, body }: ApiAnswer) => [status, body];
const companyOf = (id: string) => new CompanyRepository(new TenantScope(cloud.table, id)).find();
const trail = async (id: string) =>
  (await new AuditRepository(new TenantScope(cloud.table, id)).list({ limite: 100 })).items;

interface Listed {
  readonly id: string;
  readonly nombre: string;
  readonly email: string;
}

async function aCreation(wanted: Partial<Listed> = {}): Promise<Listed> {
  const answer = await superadmin.write('POST', PATH, { nombre: 'Coastal Stays SL', email: anEmail(), ...wanted });
  expect(answer.status).toBe(201);
  return answer.body.empresa as Listed;
}

describe('companies', () => {
  it("are the superadmin's alone", async () => {
    const company = await cloud.given.aCompany();
    for (const role of ['admin', 'manager', 'member', 'viewer'] as const) {
      const { email } = await cloud.given.aUser(company, { role });
      const client = await cloud.client.signIn(email, PASSWORD);
      const answers = [
        await client.get(PATH),
        await client.write('POST', PATH, { nombre: 'X', email: anEmail() }),
        await client.write('PATCH', `${PATH}/${company.id}`, { activa: false }),
      ];
      expect(answers.map(({ status }) => status)).toEqual([403, 403, 403]);
    }
    expect((await companyOf(company.id))?.activa).toBe(true);
  });
});

describe('GET /api/empresas', () => {
  it('lists active companies by name, with three keys each', async () => {
    for (const nombre of ['ábaco', 'Zeta', 'Ñandú', 'abeto', 'Nube']) await aCreation({ nombre });
    const closed = await cloud.given.aCompany({ nombre: 'Aaa', activa: false });
    const { body } = await superadmin.get(PATH);
    const listed = body.empresas as Listed[];
    const wanted = ['ábaco', 'abeto', 'Nube', 'Ñandú', 'Zeta'];
    expect(listed.map(({ nombre }) => nombre).filter((nombre) => wanted.includes(nombre))).toEqual(wanted);
    expect(listed.map(({ id }) => id)).not.toContain(closed.id);
    for (const company of listed) expect(Object.keys(company).sort()).toEqual(['email', 'id', 'nombre']);
  });

  it('with inactivas=1 lists all of them with their state', async () => {
    const closed = await cloud.given.aCompany({ activa: false });
    const { body } = await superadmin.get(`${PATH}?inactivas=1`);
    const listed = body.empresas as (Listed & { activa: boolean })[];
    expect(listed.find(({ id }) => id === closed.id)).toEqual({
      id: closed.id,
      nombre: closed.nombre,
      email: closed.email,
      activa: false,
    });
    expect(listed.find(({ id }) => id === operator.empresa_id)?.activa).toBe(true);
    expect((await superadmin.get(`${PATH}?inactivas=0`)).text).not.toContain(closed.id);
  });

  it('lists hundreds, each once', async () => {
    await Promise.all(Array.from({ length: 250 }, () => cloud.given.aCompany()));
    const { body } = await superadmin.get(`${PATH}?inactivas=1`);
    const ids = (body.empresas as Listed[]).map(({ id }) => id).sort();
    const directory: string[] = [];
    for await (const id of listTenants(cloud.table)) directory.push(id);
    expect(ids.length).toBeGreaterThan(250);
    expect(ids).toEqual(directory.sort());
  });
});

describe('POST /api/empresas', () => {
  it('makes the company with its defaults and tells its trail', async () => {
    const email = anEmail();
    const answer = await superadmin.write('POST', PATH, { nombre: ' Sol  & Mar\n', email: ` ${email.toUpperCase()}` });
    const { id } = answer.body.empresa as Listed;
    expect(seen(answer)).toEqual([201, { ok: true, empresa: { id, nombre: 'Sol & Mar', email } }]);
    expect(await companyOf(id)).toMatchObject({
      activa: true,
      zona_horaria: 'Europe/Madrid',
      retencion_meses: 24,
      max_usuarios: 10,
      herramientas_activas: {},
    });
    expect(await trail(id)).toMatchObject([
      {
        accion: 'empresa.crear',
        entidad: 'empresa',
        entidad_id: id,
        usuario_id: operator.id,
        direccion_ip: '127.0.0.1',
      },
    ]);
  });

  it('sends one welcome mail with name, address and moment', async () => {
    const { id, email } = await aCreation({ nombre: 'Bienvenidos SL' });
    await cloud.cloud.drain();
    const [mail, ...others] = cloud.mails().filter(({ to }) => to === email);
    expect(others).toEqual([]);
    expect(mail?.subject).toContain('Bienvenidos SL');
    for (const part of ['Bienvenidos SL', email, (await companyOf(id))?.created_at]) expect(mail?.text).toContain(part);
  });

  it('refuses an address that a company has, in any letter case, with the words of the seed', async () => {
    const { email } = await aCreation();
    const answer = await superadmin.write('POST', PATH, { nombre: 'Otra', email: email.toUpperCase() });
    expect(seen(answer)).toEqual([409, { ok: false, errors: ['Ya existe una empresa con ese email.'] }]);
  });

  it('twenty times at once with one address makes one company', async () => {
    const email = anEmail();
    await superadmin.csrf();
    const answers = await Promise.all(
      Array.from({ length: 20 }, () => superadmin.write('POST', PATH, { nombre: 'Una', email })),
    );
    expect(answers.map(({ status }) => status).sort()).toEqual([201, ...Array(19).fill(409)]);
    const { body } = await superadmin.get(PATH);
    expect((body.empresas as Listed[]).filter((company) => company.email === email)).toHaveLength(1);
    await cloud.cloud.drain();
    expect(cloud.mails().filter(({ to }) => to === email)).toHaveLength(1);
  });

  it.each([
    [{}, ['El nombre es obligatorio y debe ser un texto.', 'El email es obligatorio y debe ser un texto.']],
    [
      { nombre: ' \u200b ', email: 'nadie' },
      ['El nombre no puede estar vacío.', 'El email no es una dirección de correo válida.'],
    ],
    [{ nombre: 'x'.repeat(201), email: 'a@example.com' }, ['El nombre debe tener como máximo 200 caracteres.']],
    [
      { nombre: null, email: 3 },
      ['El nombre es obligatorio y debe ser un texto.', 'El email es obligatorio y debe ser un texto.'],
    ],
    [
      { nombre: 'Sol', email: 'a@example.com', ciudad: 'Cádiz' },
      ['La petición lleva un campo que no se conoce: quítalo o corrige su nombre. Se admiten: nombre, email.'],
    ],
  ])('answers 422 to %j in plain sentences', async (body, errors) => {
    expect(seen(await superadmin.write('POST', PATH, body))).toEqual([422, { ok: false, errors }]);
  });

  it('takes a name of 200 characters', async () => {
    expect((await aCreation({ nombre: 'ñ'.repeat(200) })).nombre).toHaveLength(200);
  });
});

describe('PATCH /api/empresas/{id}', () => {
  it('changes what it is told and leaves the rest', async () => {
    const { id, email } = await aCreation();
    const answer = await superadmin.write('PATCH', `${PATH}/${id}`, { nombre: 'Mar', max_usuarios: 3 });
    expect(seen(answer)).toEqual([
      200,
      { ok: true, empresa: { id, nombre: 'Mar', email, activa: true, max_usuarios: 3 } },
    ]);
    expect(await companyOf(id)).toMatchObject({ nombre: 'Mar', email, max_usuarios: 3 });
    expect((await trail(id))[0]).toMatchObject({
      accion: 'empresa.editar',
      entidad: 'empresa',
      entidad_id: id,
      cambios: { nombre: 'cambiado', max_usuarios: 3 },
    });
  });

  it('moves the lock of the address: the old one is free, the new one taken', async () => {
    const { id, email } = await aCreation();
    const next = anEmail();
    expect((await superadmin.write('PATCH', `${PATH}/${id}`, { email: next })).status).toBe(200);
    const repeated = await superadmin.write('POST', PATH, { nombre: 'Otra', email: next });
    expect(seen(repeated)).toEqual([409, { ok: false, errors: ['Ya existe una empresa con ese email.'] }]);
    const { id: heir } = await aCreation({ email });
    const clash = await superadmin.write('PATCH', `${PATH}/${heir}`, { email: next.toUpperCase() });
    expect(seen(clash)).toEqual([409, { ok: false, errors: ['Ya existe una empresa con ese email.'] }]);
    expect((await companyOf(heir))?.email).toBe(email);
  });

  it('moved at once from many sides leaves one address and one lock', async () => {
    const { id, email } = await aCreation();
    const wanted = Array.from({ length: 8 }, anEmail);
    await superadmin.csrf();
    const answers = await Promise.all(
      wanted.map((next) => superadmin.write('PATCH', `${PATH}/${id}`, { email: next })),
    );
    for (const { status } of answers) expect([200, 409]).toContain(status);
    const held: string[] = [];
    for (const address of [email, ...wanted]) {
      if ((await cloud.table.get(companyEmailLockKey(address), { consistent: true })) !== undefined) held.push(address);
    }
    expect(held).toEqual([(await companyOf(id))?.email]);
  });

  it('with what is so already writes and tells nothing', async () => {
    const { id, nombre, email } = await aCreation();
    const answer = await superadmin.write('PATCH', `${PATH}/${id}`, { nombre, email, activa: true });
    expect(answer.status).toBe(200);
    expect(await trail(id)).toHaveLength(1);
  });

  it('lets nobody switch off the company that they sign in to', async () => {
    const answer = await superadmin.write('PATCH', `${PATH}/${operator.empresa_id}`, { activa: false });
    expect([answer.status, answer.body.errors]).toEqual([422, [expect.stringContaining('tu propia empresa')]]);
  });

  it('answers 404 for a company that is none', async () => {
    const { id } = await aCreation();
    for (const path of [crypto.randomUUID(), 'nada', id.toUpperCase(), `${id}%23`]) {
      const answer = await superadmin.write('PATCH', `${PATH}/${path}`, { nombre: 'X' });
      expect([path, answer.status, answer.body.ok]).toEqual([path, 404, false]);
    }
  });

  it.each([
    [{}, ['No hay nada que cambiar: envía al menos un campo.']],
    [{ max_usuarios: 0 }, ['max_usuarios debe ser un número entero entre 1 y 1000.']],
    [{ max_usuarios: '5' }, ['max_usuarios debe ser un número entero entre 1 y 1000.']],
    [{ activa: 1 }, ['activa debe ser verdadero o falso.']],
    [{ nombre: '' }, ['El nombre no puede estar vacío.']],
  ])('answers 422 to %j', async (body, errors) => {
    const { id } = await aCreation();
    expect(seen(await superadmin.write('PATCH', `${PATH}/${id}`, body))).toEqual([422, { ok: false, errors }]);
  });

  it('a lower limit keeps the users who are there and takes no more', async () => {
    const { id } = await aCreation();
    for (let count = 0; count < 2; count += 1) await cloud.given.aUser({ id });
    await superadmin.write('PATCH', `${PATH}/${id}`, { max_usuarios: 1 });
    const answer = await superadmin.write('POST', `/api/usuarios?empresa_id=${id}`, { email: anEmail(), rol: 'admin' });
    expect(answer.status).toBe(422);
    await superadmin.write('PATCH', `${PATH}/${id}`, { max_usuarios: 3 });
    const added = await superadmin.write('POST', `/api/usuarios?empresa_id=${id}`, { email: anEmail(), rol: 'admin' });
    expect(added.status).toBe(201);
  });
});

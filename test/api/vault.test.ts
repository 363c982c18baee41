import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { AuditRepository } from '../../shared/domain/audit/audit.repository.ts';
import type { Company } from '../../shared/domain/company/company.ts';
import { TenantScope } from '../../shared/platform/tenant/tenant-scope.ts';
import type { ApiClient } from '../support/api-client.ts';
import { PASSWORD } from '../support/given.ts';
import { startTestCloud, type TestCloud } from '../support/test-cloud.ts';

const PATH = '/api/vault/plantillas';
const LATE = '/api/notificaciones/checkin-tardio/plantillas';
const WELCOME = { nombre: 'Bienvenida', contenido: 'Hola {NOMBRE}' };

let cloud: TestCloud;
beforeAll(async () => {
  cloud = await startTestCloud({ clock: '2026-06-03T10:00:00Z' });
});
afterAll(() => cloud.close());

let company: Company;
let client: ApiClient;
beforeEach(async () => {
  company = await cloud.given.aCompany();
  client = await clientOf(company);
});

async function clientOf(owner: Company): Promise<ApiClient> {
  const user = await cloud.given.aUser(owner, { role: 'member' });
  return cloud.client.signIn(user.email, PASSWORD);
}

async function created(body: object): Promise<Record<string, unknown> & { id: string }> {
  const answer = await client.write('POST', PATH, body);
  expect(answer.status).toBe(201);
  return answer.body.plantilla as Record<string, unknown> & { id: string };
}

const namesAt = async (path: string, who = client) =>
  ((await who.get(path)).body.plantillas as { nombre: string }[]).map(({ nombre }) => nombre);

describe('templates', () => {
  it('are stored as sent, with the language and no category by default', async () => {
    const contenido = '  <b>Hola</b> & {NOMBRE}\r\n';
    const plantilla = await created({ nombre: ' Bienvenida ', contenido });
    const rest = { nombre: ' Bienvenida ', contenido, idioma: 'es', categoria: null, activa: true };
    expect(plantilla).toEqual({ id: expect.stringMatching(/^[0-9a-f-]{36}$/), ...rest });
    expect((await client.get(PATH)).body).toEqual({ ok: true, plantillas: [plantilla] });
  });

  it('are listed by their last change and narrowed by exact values', async () => {
    const first = await created({ ...WELCOME, nombre: 'A', categoria: 'GENERAL' });
    await cloud.passTime(1);
    await created({ ...WELCOME, nombre: 'B', idioma: 'en' });
    expect(await namesAt(PATH)).toEqual(['B', 'A']);
    await cloud.passTime(1);
    await client.write('PUT', `${PATH}/${first.id}`, { ...WELCOME, nombre: 'A2', categoria: 'GENERAL' });
    expect(await namesAt(PATH)).toEqual(['A2', 'B']);
    expect(await namesAt(`${PATH}?categoria=GENERAL`)).toEqual(['A2']);
    expect(await namesAt(`${PATH}?categoria=&idioma=en`)).toEqual(['B']);
    expect(await namesAt(`${PATH}?categoria=NADA`)).toEqual([]);
  });

  it('keep their language unless one is said, and lose their category unless it is said again', async () => {
    const { id } = await created({ ...WELCOME, idioma: 'fr', categoria: 'CHECKOUT' });
    const put = async (body: object) => (await client.write('PUT', `${PATH}/${id}`, body)).body.plantilla;
    expect(await put({ ...WELCOME, categoria: 'GENERAL' })).toMatchObject({ idioma: 'fr', categoria: 'GENERAL' });
    expect(await put({ ...WELCOME, idioma: null })).toMatchObject({ idioma: 'fr', categoria: null });
    expect(await put({ ...WELCOME, idioma: 'de', categoria: null })).toMatchObject({ idioma: 'de', categoria: null });
  });

  it('are told in the audit trail without their text, by either tool, whenever they change', async () => {
    const { id } = await created(WELCOME);
    await client.write('PUT', `${PATH}/${id}`, { ...WELCOME, contenido: 'Adiós', categoria: 'CHECKIN_TARDIO' });
    await client.write('PUT', `${LATE}/${id}`, { nombre: 'Tarde', contenido: 'Adiós' });
    for (const _ of [1, 2]) await client.write('DELETE', `${PATH}/${id}`);
    const { items } = await new AuditRepository(new TenantScope(cloud.table, company.id)).list({ limite: 10 });
    expect(items.map(({ accion, entidad_id, cambios }) => [accion, entidad_id, cambios])).toEqual([
      ['plantilla.borrar', id, { activa: false }],
      ['plantilla.cambiar', id, { nombre: 'Tarde' }],
      ['plantilla.cambiar', id, { categoria: 'CHECKIN_TARDIO', otro_contenido: true }],
      ['plantilla.crear', id, { nombre: 'Bienvenida', idioma: 'es', activa: true }],
    ]);
  });

  it('that change ten times at once lose none of the changes to the trail', async () => {
    const { id } = await created(WELCOME);
    const names = Array.from({ length: 10 }, (_, at) => `Nombre ${at}`);
    const answers = await Promise.all(
      names.map((nombre) => client.write('PUT', `${PATH}/${id}`, { ...WELCOME, nombre })),
    );
    expect(answers.map(({ status }) => status)).toEqual(names.map(() => 200));
    const { items } = await new AuditRepository(new TenantScope(cloud.table, company.id)).list({ limite: 20 });
    const told = items.flatMap(({ accion, cambios }) =>
      accion === 'plantilla.cambiar' ? [String(cambios.nombre)] : [],
    );
    expect([...told].sort()).toEqual(names);
    expect(await namesAt(PATH)).toEqual([told[0]]);
  });

  it('that are deleted are gone for every tool; deleting again is no error', async () => {
    const { id } = await created({ ...WELCOME, categoria: 'CHECKIN_TARDIO' });
    expect(await namesAt(LATE)).toEqual(['Bienvenida']);
    for (const _ of [1, 2]) {
      const answer = await client.write('DELETE', `${PATH}/${id}`);
      expect([answer.status, answer.body]).toEqual([200, { ok: true }]);
    }
    expect([await namesAt(PATH), await namesAt(LATE)]).toEqual([[], []]);
    const late = { nombre: 'Otra', contenido: 'Otra' };
    expect((await client.write('PUT', `${PATH}/${id}`, WELCOME)).status).toBe(404);
    expect((await client.write('PUT', `${LATE}/${id}`, late)).status).toBe(404);
    expect((await client.write('DELETE', `${LATE}/${id}`)).status).toBe(404);
  });

  it("of the late check-in tool are the vault's too, under one category, and can be saved there (D-31)", async () => {
    const made = await client.write('POST', LATE, { nombre: 'Tardía', contenido: 'Llega {NOMBRE}' });
    const { id } = made.body.plantilla as { id: string };
    const [shown] = (await client.get(PATH)).body.plantillas as { categoria: string }[];
    expect(shown).toMatchObject({ id, categoria: 'CHECKIN_TARDIO' });
    for (const categoria of ['CHECKIN_TARDIO', 'checkin_tardio']) {
      const answer = await client.write('PUT', `${PATH}/${id}`, { ...WELCOME, categoria });
      expect([answer.status, answer.body.plantilla]).toEqual([
        200,
        expect.objectContaining({ categoria: 'CHECKIN_TARDIO' }),
      ]);
    }
    expect(await namesAt(LATE)).toEqual(['Bienvenida']);
    expect(await namesAt(`${PATH}?categoria=checkin_tardio`)).toEqual(['Bienvenida']);
  });

  it('of another company are unknown, like ids that are none', async () => {
    const { id } = await created(WELCOME);
    const stranger = await clientOf(await cloud.given.aCompany());
    for (const path of [`${PATH}/${id}`, `${PATH}/no-es-un-id`]) {
      expect((await stranger.write('PUT', path, WELCOME)).status).toBe(404);
      expect((await stranger.write('DELETE', path)).status).toBe(404);
    }
    expect(await namesAt(PATH, stranger)).toEqual([]);
    expect(await namesAt(PATH)).toEqual(['Bienvenida']);
  });

  it('are validated before they are looked up, in plain sentences', async () => {
    const path = `${PATH}/3fa85f64-5717-4562-b3fc-2c963f66afa6`;
    const answer = await client.write('PUT', path, { nombre: '', categoria: 'OTRA', idioma: 'xx', clave: 1 });
    expect(answer.status).toBe(422);
    expect(answer.body.errors).toEqual([
      'El nombre no puede estar en blanco.',
      'Falta el contenido.',
      'El idioma debe ser uno de estos valores: es, en, fr, de, it, pt.',
      expect.stringMatching(/^La categoría debe ser uno de estos valores: BIENVENIDA, /),
      'No se conoce: clave. Quítalo o corrige su nombre.',
    ]);
  });

  it.each([
    [{}, 422],
    [{ ...WELCOME, idioma: null }, 422],
    [{ ...WELCOME, nombre: 'n'.repeat(201) }, 422],
    [{ ...WELCOME, contenido: 'c'.repeat(20_001) }, 422],
    [{ ...WELCOME, contenido: 5 }, 422],
    [{ ...WELCOME, categoria: 'checkin_tardio' }, 422],
    [[], 400],
  ])('%j is refused with %i', async (body, status) => {
    expect((await client.write('POST', PATH, body)).status).toBe(status);
  });

  it('are read by a viewer, and written by nobody who may not', async () => {
    const user = await cloud.given.aUser(company, { role: 'viewer' });
    const viewer = await cloud.client.signIn(user.email, PASSWORD);
    expect((await viewer.get(PATH)).status).toBe(200);
    expect((await viewer.write('POST', PATH, WELCOME)).status).toBe(403);
  });
});

describe('system prompts (D-08)', () => {
  const PROMPT = '/api/admin/system-prompts/vault_mejorar';

  it("are the superadmin's alone: read where there is an override, saved with an entry in the trail", async () => {
    const user = await cloud.given.aUser(company, { es_superadmin: true });
    const operator = await cloud.client.signIn(user.email, PASSWORD);
    expect((await operator.get(PROMPT)).status).toBe(404);
    expect((await operator.write('PUT', PROMPT, { contenido: 'Mejora.' })).body).toEqual({ ok: true });
    expect((await operator.get(PROMPT)).body).toEqual({ ok: true, nombre: 'vault_mejorar', contenido: 'Mejora.' });
    const [entry] = (await operator.get('/api/auditoria')).body.entradas as Record<string, unknown>[];
    expect(entry).toMatchObject({ accion: 'prompt.guardar', entidad_id: 'vault_mejorar', cambios: { caracteres: 7 } });
    expect((await operator.write('PUT', PROMPT, { contenido: ' ' })).status).toBe(422);
    expect((await operator.write('PUT', PROMPT, {})).status).toBe(422);
    expect((await operator.write('PUT', PROMPT)).status).toBe(400);
    expect((await operator.get('/api/admin/system-prompts/otro')).status).toBe(404);
    expect((await client.get(PROMPT)).status).toBe(403);
    expect((await client.write('PUT', PROMPT, { contenido: 'Otro.' })).status).toBe(403);
  });
});

describe('GET /api/ai/config', () => {
  const CONFIG = '/api/ai/config';

  it('tells an admin what is set, and of the key nothing but that there is one (S-13)', async () => {
    const user = await cloud.given.aUser(company);
    const admin = await cloud.client.signIn(user.email, PASSWORD);
    const config = async () => (await admin.get(CONFIG)).body.data;
    expect(await config()).toEqual({ configurado: false, proveedor: null, modelo: null, api_key_masked: null });
    await admin.write('PUT', '/api/perfil/integraciones/ia', { proveedor: 'openai', modelo: 'gpt-6-sol' });
    const set = { configurado: true, proveedor: 'openai', modelo: 'gpt-6-sol' };
    expect(await config()).toEqual({ ...set, api_key_masked: null });
    await admin.write('PUT', '/api/perfil/integraciones/ia', {
      ...set,
      configurado: undefined,
      api_key: 'sk-demo-1234',
    });
    expect(await config()).toEqual({ ...set, api_key_masked: '****' });
    expect((await client.get(CONFIG)).status).toBe(403);
  });
});

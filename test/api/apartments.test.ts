import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { AuditRepository } from '../../shared/domain/audit/audit.repository.ts';
import { randomIds } from '../../shared/platform/ids/ids.ts';
import { TenantScope } from '../../shared/platform/tenant/tenant-scope.ts';
import type { ApiClient } from '../support/api-client.ts';
import { PASSWORD } from '../support/given.ts';
import { startTestCloud, type TestCloud } from '../support/test-cloud.ts';

const PATH = '/api/apartamentos';
let cloud: TestCloud;
beforeAll(async () => {
  cloud = await startTestCloud({ clock: '2026-06-01T10:00:00Z' });
});
afterAll(() => cloud.close());

let company: { id: string };
let client: ApiClient;
beforeEach(async () => {
  company = await cloud.given.aCompany();
  const { email } = await cloud.given.aUser(company, { role: 'member' });
  client = await cloud.client.signIn(email, PASSWORD);
});

type Shown = Record<string, unknown> & { id: string };
const created = async (body: Record<string, unknown>) =>
  (await client.write('POST', PATH, body)).body.apartamento as Shown;
const names = (answer: { body: Record<string, unknown> }) =>
  (answer.body.apartamentos as { nombre: string }[]).map(({ nombre }) => nombre);
const put = async (id: string, body: unknown, ifMatch?: string) =>
  client.call('PUT', `${PATH}/${id}`, {
    body,
    headers: { ...(await client.csrfPair()), ...(ifMatch !== undefined && { 'if-match': ifMatch }) },
  });

describe('an apartment made by hand', () => {
  it('has every key, plain text, no id of the PMS, and the number of its registration', async () => {
    const body = { nombre: ' <b>Sol</b> & Mar ', ciudad: 'Cádiz', direccion: '', numero_registro: 'VFT/CA/01234' };
    const answer = await client.write('POST', PATH, body);
    expect(answer.status).toBe(201);
    expect(answer.headers.get('etag')).toBe('"1"');
    expect(answer.body).toEqual({
      ok: true,
      apartamento: {
        id: expect.stringMatching(/^[0-9a-f-]{36}$/),
        empresa_id: company.id,
        id_pms: null,
        id_externo: null,
        nombre: 'Sol & Mar',
        direccion: null,
        ciudad: 'Cádiz',
        numero_registro: 'VFT/CA/01234',
        pms_origen: 'manual',
        activo: true,
        created_at: expect.stringMatching(/\+00:00$/),
        updated_at: expect.stringMatching(/\+00:00$/),
      },
    });
    const { id } = answer.body.apartamento as Shown;
    expect((await client.get(`${PATH}/${id}`)).body).toEqual(answer.body);
  });

  it.each<[unknown, string[]]>([
    [{}, ['nombre: Es obligatorio.']],
    [{ nombre: ' <i></i> ' }, ['nombre: No puede estar vacío.']],
    [{ nombre: 'x'.repeat(201) }, ['nombre: Debe tener como máximo 200 caracteres.']],
    [{ nombre: 'a', ciudad: 'x'.repeat(101) }, ['ciudad: Debe tener como máximo 100 caracteres.']],
    [
      { nombre: 7, id_pms: '1' },
      ['nombre: Debe ser un texto.', 'id_pms: No es un campo conocido. Quítalo o corrige su nombre.'],
    ],
  ])('is refused as %j', async (body, errors) => {
    const answer = await client.write('POST', PATH, body);
    expect([answer.status, answer.body]).toEqual([422, { ok: false, errors }]);
  });

  it('may come with others at the same time, and with a code that others have', async () => {
    const answers = await Promise.all(
      Array.from({ length: 12 }, (_, at) => client.write('POST', PATH, { nombre: `Piso ${at}`, id_externo: 'T1' })),
    );
    expect(answers.map(({ status }) => status)).toEqual(Array(12).fill(201));
    expect(names(await client.get(PATH))).toHaveLength(12);
  });
});

describe('a change', () => {
  it('touches what was sent, clears with null, and counts in the ETag', async () => {
    const { id } = await created({ nombre: 'Sol', ciudad: 'Cádiz', direccion: 'Calle Mar, 1' });
    await cloud.passTime(60);
    const answer = await put(id, { nombre: 'Luna', direccion: null });
    expect(answer.status).toBe(200);
    expect(answer.body.apartamento).toMatchObject({ nombre: 'Luna', ciudad: 'Cádiz', direccion: null });
    const { created_at, updated_at } = answer.body.apartamento as { created_at: string; updated_at: string };
    expect(updated_at > created_at).toBe(true);
    expect(answer.headers.get('etag')).toBe('"2"');
  });

  it('bound to what was read is refused once that has changed; bound to nothing the last one wins', async () => {
    const { id } = await created({ nombre: 'Sol' });
    const read = (await client.get(`${PATH}/${id}`)).headers.get('etag') ?? '';
    expect((await put(id, { nombre: 'Uno' }, read)).status).toBe(200);
    const late = await put(id, { nombre: 'Dos' }, read);
    expect([late.status, late.body]).toEqual([
      412,
      { ok: false, errors: [expect.stringContaining('Vuelve a leerlo')] },
    ]);
    for (const tag of ['W/"2"', '2', '"x"', ''])
      expect([tag, (await put(id, { nombre: 'x' }, tag)).status]).toEqual([tag, 412]);
    expect((await put(id, { nombre: 'Tres' }, '*')).status).toBe(200);
    expect((await put(id, { nombre: 'Cuatro' })).body.apartamento).toMatchObject({ nombre: 'Cuatro' });
  });

  it('of nobody is a 404 before its fields are looked at', async () => {
    for (const id of [randomIds.uuid(), 'no-es-un-id']) {
      expect([id, (await put(id, { x: 1 })).status]).toEqual([id, 404]);
    }
    const { id } = await created({ nombre: 'Sol' });
    expect((await put(id, { id_externo: 'X' })).body.errors).toEqual([
      'id_externo: No es un campo conocido. Quítalo o corrige su nombre.',
    ]);
    expect((await put(id, {})).status).toBe(422);
    expect((await put(id, [])).status).toBe(400);
  });

  it('of a deleted one is made and does not bring it back', async () => {
    const { id } = await created({ nombre: 'Sol' });
    await client.write('DELETE', `${PATH}/${id}`);
    expect((await put(id, { nombre: 'Luna' })).body.apartamento).toMatchObject({ nombre: 'Luna', activo: false });
  });
});

describe('a deletion', () => {
  it('deactivates, may be repeated, and leaves the row to be read', async () => {
    const { id } = await created({ nombre: 'Sol' });
    for (const _ of [1, 2]) {
      const answer = await client.write('DELETE', `${PATH}/${id}`);
      expect([answer.status, answer.body]).toEqual([200, { ok: true }]);
    }
    expect(names(await client.get(PATH))).toEqual([]);
    expect((await client.get(`${PATH}/${id}`)).body.apartamento).toMatchObject({ activo: false });
    expect((await client.write('DELETE', `${PATH}/${randomIds.uuid()}`)).status).toBe(404);
  });
});

it('every write of an apartment is told in the audit trail, and a repeat that changes nothing is not', async () => {
  const { id } = await created({ nombre: 'Sol', ciudad: 'Cádiz' });
  await put(id, { nombre: 'Luna', ciudad: null });
  for (const _ of [1, 2]) await client.write('DELETE', `${PATH}/${id}`);
  await put(randomIds.uuid(), { nombre: 'Nadie' });
  const { items } = await new AuditRepository(new TenantScope(cloud.table, company.id)).list({ limite: 10 });
  expect(items.map(({ accion, entidad_id, cambios }) => [accion, entidad_id, cambios])).toEqual([
    ['apartamento.borrar', id, { activo: false }],
    ['apartamento.cambiar', id, { nombre: 'Luna', ciudad: null }],
    ['apartamento.crear', id, { nombre: 'Sol', ciudad: 'Cádiz', activo: true }],
  ]);
});

describe('the list', () => {
  const SHELF: readonly (readonly [string, string, string | null])[] = [
    ['Ático Ñandú', 'Cádiz', 'Calle del Faro, 3'],
    ['Bahía 2', 'CADIZ', null],
    ['Bahía 10', 'Sevilla', 'Avenida de la Bahía, 1'],
    ['Zaguán', 'San Fernando', null],
  ];
  beforeEach(async () => {
    for (const [nombre, ciudad, direccion] of [...SHELF].reverse()) {
      await cloud.given.anApartment(company, { nombre, ciudad, direccion, id_pms: `pms-${nombre}` });
    }
  });

  it('without parameters is the whole one by name, and nothing beside it', async () => {
    const answer = await client.get(PATH);
    expect(Object.keys(answer.body)).toEqual(['ok', 'apartamentos']);
    expect(names(answer)).toEqual(SHELF.map(([nombre]) => nombre));
  });

  it('by pages is each of them once, names that several share included', async () => {
    await cloud.given.anApartment(company, { nombre: 'Bahía 2' });
    const whole = (await client.get(PATH)).body.apartamentos as Shown[];
    const paged: Shown[] = [];
    let page = (await client.get(`${PATH}?limite=1`)).body;
    for (let calls = 1; calls <= whole.length; calls += 1) {
      paged.push(...(page.apartamentos as Shown[]));
      if (page.siguiente === null) break;
      page = (await client.get(`${PATH}?limite=1&cursor=${page.siguiente}`)).body;
    }
    expect(paged).toEqual(whole);
    expect(page.siguiente).toBeNull();
  });

  it('by pages goes through all of them, whatever is added or removed meanwhile', async () => {
    const first = await client.get(`${PATH}?limite=2`);
    expect(names(first)).toEqual(['Ático Ñandú', 'Bahía 2']);
    await cloud.given.anApartment(company, { nombre: 'Aaa' });
    const [last] = (first.body.apartamentos as Shown[]).slice(-1);
    await client.write('DELETE', `${PATH}/${last?.id}`);
    const second = await client.get(`${PATH}?limite=2&cursor=${first.body.siguiente}`);
    expect([names(second), second.body.siguiente]).toEqual([['Bahía 10', 'Zaguán'], null]);
  });

  it.each([
    ['texto=bahia', ['Bahía 2', 'Bahía 10']],
    ['texto=BAHIA%20avenida', ['Bahía 10']],
    ['texto=pms-zag', ['Zaguán']],
    ['ciudad=c%C3%A1diz', ['Ático Ñandú', 'Bahía 2']],
    ['ciudad=cadiz&texto=faro', ['Ático Ñandú']],
    ['ciudad=cad', []],
  ])('with %s finds %j', async (query, found) => expect(names(await client.get(`${PATH}?${query}`))).toEqual(found));

  it('refuses a cursor that no list gave out, and a page of nothing', async () => {
    expect((await client.get(`${PATH}?cursor=abc`)).status).toBe(422);
    expect((await client.get(`${PATH}?limite=0`)).status).toBe(422);
  });
});

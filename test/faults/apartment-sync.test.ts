import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { keyFingerprint } from '../../infra/local/partners/recorded-calls.ts';
import type { Company } from '../../shared/domain/company/company.ts';
import { integrationKey } from '../../shared/domain/integration/integration.keys.ts';
import { PMS_PROVIDERS, type PmsProvider } from '../../shared/domain/integration/pms-provider.ts';
import type { ApiClient } from '../support/api-client.ts';
import { PASSWORD } from '../support/given.ts';
import { DEMO_KEYS, WRONG_KEYS } from '../support/pms-account.ts';
import { startTestCloud, type TestCloud } from '../support/test-cloud.ts';

let cloud: TestCloud;
beforeAll(async () => {
  cloud = await startTestCloud();
});
afterAll(() => cloud.close());

let company: Company;
let client: ApiClient;
beforeEach(async () => {
  for (const { reset } of cloud.cloud.partners) reset();
  company = await cloud.given.aCompany();
  client = await cloud.client.signIn((await cloud.given.aUser(company)).email, PASSWORD);
});

const partner = (name: string) => {
  const found = cloud.cloud.partners.find((candidate) => candidate.name === name);
  if (found === undefined) throw new Error(`There is no partner ${name}`);
  return found;
};
const connect = (proveedor: PmsProvider, api_key = DEMO_KEYS[proveedor]) =>
  client.write('PUT', '/api/perfil/integraciones/pms', { proveedor, api_key });
const sync = async (proveedor: PmsProvider) => {
  const { status, body, headers } = await client.write('POST', `/api/apartamentos/sincronizacion/${proveedor}`, {});
  return { status, headers, body, resultado: body.resultado as Record<string, unknown> };
};
const rows = async () =>
  (await cloud.table.query({ pk: `T#${company.id}#APARTMENT`, consistent: true })).items as Record<string, unknown>[];
const active = async () =>
  (await rows()).flatMap(({ activo, id_pms }) => (activo === true ? [String(id_pms)] : [])).sort();
const log = async () => (await client.get('/api/apartamentos/sincronizaciones')).body;
const lines = async () => (await log()).sincronizaciones as Record<string, unknown>[];

/** Dwellings with these numbers, in each provider's own rows. */
const DATA: Readonly<Record<PmsProvider, (numbers: readonly number[]) => Record<string, unknown>>> = {
  smoobu: (numbers) => ({
    apartments: numbers.map((id) => ({ id, name: `Piso ${id}`, detail: { location: { street: `Calle ${id}` } } })),
  }),
  beds24: (numbers) => ({
    properties: numbers.map((id) => ({ id, name: `Piso ${id}`, address: `Calle ${id}`, roomTypes: [{ id }] })),
  }),
  hostaway: (numbers) => ({ listings: numbers.map((id) => ({ id, name: `Piso ${id}`, street: `Calle ${id}` })) }),
  cloudbeds: (numbers) => ({
    properties: [
      {
        propertyID: '1',
        propertyName: 'Hostal',
        propertyAddress: { propertyAddress1: 'Calle 1' },
        rooms: numbers.map((id) => ({ roomID: String(id), roomName: `Piso ${id}` })),
      },
    ],
  }),
};
const holds = (proveedor: PmsProvider, numbers: readonly number[]) =>
  partner(proveedor).data?.merge(DATA[proveedor](numbers));

describe('POST /api/apartamentos/sincronizacion/smoobu, as contracted', () => {
  it('answers the counts, fills the catalogue and tells the log', async () => {
    await connect('smoobu');
    const { status, body } = await sync('smoobu');
    expect([status, body.ok]).toEqual([200, true]);
    expect(body.resultado).toMatchObject({ total: 3, nuevos: 3, actualizados: 0 });
    const [first] = (await rows()).sort((a, b) => (String(a.id_pms) < String(b.id_pms) ? -1 : 1));
    expect(first).toMatchObject({
      id_pms: '210045',
      id_externo: '210045',
      nombre: 'Ático Ribera',
      direccion: 'Calle Ficticia 8, 3º',
      ciudad: 'Valencia',
      pms_origen: 'smoobu',
      activo: true,
    });
    const { sincronizaciones, ultima_lectura } = await log();
    expect(sincronizaciones).toMatchObject([
      {
        origen: 'pms',
        proveedor: 'smoobu',
        estado: 'exito',
        num_registros: 3,
        recuentos: { nuevos: 3, actualizados: 0, desactivados: 0 },
        duracion_ms: expect.any(Number),
        usuario_id: expect.stringMatching(/^[0-9a-f-]{36}$/),
        detalle: '3 nuevos, 0 actualizados, 0 desactivados.',
      },
    ]);
    expect(ultima_lectura).toMatchObject({ proveedor: 'smoobu', antiguedad_s: expect.any(Number) });
  });

  it('needs a body no more than the client sends', async () => {
    await connect('smoobu');
    const headers = await client.csrfPair();
    expect((await client.call('POST', '/api/apartamentos/sincronizacion/smoobu', { headers })).status).toBe(200);
  });

  it('is 400 without a row in the log when nothing, or another PMS, is connected', async () => {
    const none = await sync('smoobu');
    expect([none.status, none.body.errors]).toEqual([
      400,
      ['No hay ningún PMS conectado. Conéctalo en Integraciones.'],
    ]);
    await connect('beds24');
    const other = await sync('smoobu');
    expect(other.status).toBe(400);
    expect(String(other.body.errors)).toContain('Beds24');
    expect(await lines()).toEqual([]);
  });

  it('is 400 without a row in the log when the stored key opens no more', async () => {
    await connect('smoobu');
    const damaged = { expression: 'SET sealed = :other', values: { ':other': Buffer.alloc(80).toString('base64') } };
    await cloud.table.write({ kind: 'update', key: integrationKey(company.id, 'pms'), update: damaged });
    const { status, body } = await sync('smoobu');
    expect([status, body.errors]).toEqual([
      400,
      ['La clave guardada de Smoobu no se puede leer. Guárdala de nuevo en Integraciones.'],
    ]);
    expect(await lines()).toEqual([]);
  });

  it('skips what has no details, says so, and neither creates nor deactivates it', async () => {
    await connect('smoobu');
    holds('smoobu', [1, 2]);
    await sync('smoobu');
    const apartments = [
      { id: 1, name: 'Uno nuevo', detail: {} },
      { id: 2, name: 'Dos', detail: null },
      { id: 3, name: 'Tres', detail: null },
    ];
    partner('smoobu').data?.merge({ apartments });
    const { status, resultado, body } = await sync('smoobu');
    expect(status).toBe(200);
    expect(resultado).toMatchObject({
      total: 1,
      nuevos: 0,
      actualizados: 1,
      desactivados: [],
      omitidos: [
        { id_pms: '2', nombre: 'Dos' },
        { id_pms: '3', nombre: 'Tres' },
      ],
    });
    expect(body.warnings).toHaveLength(1);
    expect(await active()).toEqual(['1', '2']);
    expect((await lines())[0]).toMatchObject({ estado: 'parcial', num_registros: 1 });
  });
});

describe.each(PMS_PROVIDERS)('%s', (proveedor) => {
  it('brings the catalogue to what the PMS says: new, changed, gone, back again; unchanged rows are not written', async () => {
    await connect(proveedor);
    holds(proveedor, [1, 2, 3]);
    expect((await sync(proveedor)).resultado).toMatchObject({ total: 3, nuevos: 3, actualizados: 0 });
    const before = await rows();
    expect((await sync(proveedor)).resultado).toMatchObject({ nuevos: 0, actualizados: 3, sin_cambios: 3 });
    expect(await rows()).toEqual(before);
    holds(proveedor, [1, 3, 4]);
    expect((await sync(proveedor)).resultado).toMatchObject({
      nuevos: 1,
      actualizados: 2,
      desactivados: [{ id: expect.any(String), id_pms: '2', nombre: expect.stringContaining('Piso 2') }],
    });
    expect(await active()).toEqual(['1', '3', '4']);
    holds(proveedor, [1, 2, 3, 4]);
    expect((await sync(proveedor)).resultado).toMatchObject({ nuevos: 0, actualizados: 4, sin_cambios: 3 });
    expect(await active()).toEqual(['1', '2', '3', '4']);
  });

  it('rows that we do not know leave the catalogue as it was, with a sentence and a line in the log', async () => {
    await connect(proveedor);
    holds(proveedor, [1, 2]);
    await sync(proveedor);
    holds(proveedor, [2]);
    partner(proveedor).fault.set({ fault: 'changed_schema', path: LISTS[proveedor] });
    const { status, body } = await sync(proveedor);
    expect(status).toBe(400);
    expect(body.errors).toEqual([expect.stringMatching(/Vuelve a intentarlo/)]);
    expect(await active()).toEqual(['1', '2']);
    const [failed] = await lines();
    expect(failed).toMatchObject({ estado: 'error', num_registros: null, detalle: (body.errors as string[])[0] });
  });

  it.each(['short_page', 'empty_page'] as const)(
    'a list that leaves out rows without a word (%s) takes nothing',
    async (fault) => {
      await connect(proveedor);
      holds(proveedor, [1, 2, 3, 4]);
      await sync(proveedor);
      partner(proveedor).fault.set({ fault, times: 1, path: LISTS[proveedor] });
      await sync(proveedor);
      expect(await active()).toEqual(['1', '2', '3', '4']);
    },
  );

  it('a wrong key and a key taken back are told, a new key is used at once, and no other key travels', async () => {
    await connect(proveedor, WRONG_KEYS[proveedor]);
    partner(proveedor).reset();
    const wrong = await sync(proveedor);
    expect([wrong.status, String(wrong.body.errors)]).toEqual([400, expect.stringMatching(/clave/)]);
    expect(partner(proveedor).calls()).toBe(1);
    await connect(proveedor);
    expect((await sync(proveedor)).status).toBe(200);
    partner(proveedor).data?.merge(ROTATED[proveedor]);
    expect((await sync(proveedor)).status).toBe(400);
    await connect(proveedor, ROTATED_KEYS[proveedor]);
    partner(proveedor).fault.set({ fault: null });
    const sent = partner(proveedor).recorded().length;
    expect((await sync(proveedor)).status).toBe(200);
    const old = keyFingerprint(OLD_SECRETS[proveedor]);
    expect(
      partner(proveedor)
        .recorded()
        .slice(sent)
        .some(({ key }) => key === old),
    ).toBe(false);
  });
});

describe('a PMS that fails', () => {
  it('in the middle of its answer leaves the catalogue and the last good reading as they were', async () => {
    await connect('beds24');
    holds('beds24', [1, 2]);
    await sync('beds24');
    const good = (await log()).ultima_lectura as Record<string, unknown>;
    holds('beds24', [2]);
    partner('beds24').fault.set({ fault: 'half_page', path: '/properties' });
    expect((await sync('beds24')).status).toBe(400);
    expect(await active()).toEqual(['1', '2']);
    expect((await log()).ultima_lectura).toMatchObject({ instante: good.instante });
  });

  it('says when to come back, in the header and without a word of its own', async () => {
    await connect('smoobu');
    partner('smoobu').fault.set({ fault: '429', headers: { 'x-ratelimit-retry-after': '90' } });
    const { status, headers, body } = await sync('smoobu');
    expect([status, headers.get('retry-after')]).toEqual([400, '90']);
    expect(JSON.stringify([body, await lines()])).not.toMatch(/Too Many|exceeded|127\.0\.0\.1/);
  });

  it('is left alone after three failures, tried by one when the rest is over, and trusted again when it answers', async () => {
    await connect('cloudbeds');
    partner('cloudbeds').reset();
    partner('cloudbeds').fault.set({ fault: 'changed_schema', path: '/getRooms' });
    for (const _ of [1, 2, 3]) await sync('cloudbeds');
    const asked = partner('cloudbeds').calls();
    const rested = await sync('cloudbeds');
    expect([rested.status, partner('cloudbeds').calls()]).toEqual([400, asked]);
    expect(Number(rested.headers.get('retry-after'))).toBeGreaterThan(20);
    partner('cloudbeds').fault.set({ fault: null });
    await cloud.passTime(31);
    const probes = await Promise.all([sync('cloudbeds'), sync('cloudbeds'), sync('cloudbeds')]);
    expect(probes.filter(({ status }) => status === 200).length).toBeGreaterThan(0);
    expect((await sync('cloudbeds')).status).toBe(200);
  });

  it('is asked at once with another key', async () => {
    await connect('cloudbeds');
    partner('cloudbeds').fault.set({ fault: 'changed_schema', path: '/getRooms', times: 3 });
    for (const _ of [1, 2, 3]) await sync('cloudbeds');
    expect((await sync('cloudbeds')).status).toBe(400);
    await connect('cloudbeds');
    expect((await sync('cloudbeds')).status).toBe(200);
  });
});

describe('side by side', () => {
  it('two syncs at once end as one', async () => {
    await connect('beds24');
    holds('beds24', [1, 2, 3, 4, 5]);
    const both = await Promise.all([sync('beds24'), sync('beds24')]);
    expect(both.map(({ status }) => status)).toEqual([200, 200]);
    expect(await active()).toEqual(['1', '2', '3', '4', '5']);
    expect(both.map(({ resultado }) => Number(resultado.nuevos)).reduce((a, b) => a + b)).toBe(5);
  });

  it('an access token is kept between syncs, sealed, and asked for once', async () => {
    await connect('hostaway');
    partner('hostaway').reset();
    await sync('hostaway');
    await sync('hostaway');
    const paths = partner('hostaway')
      .recorded()
      .map(({ path }) => path);
    expect(paths).toEqual(['/accessTokens', '/listings', '/listings']);
    expect(JSON.stringify(await cloud.table.get(integrationKey(company.id, 'pms')))).not.toContain('demo-hostaway');
  });

  it('a code that waited for its provider is exchanged at the first sync, and kept', async () => {
    partner('beds24').fault.set({ fault: 'down' });
    await connect('beds24', 'invite:demo-invite');
    partner('beds24').fault.set({ fault: null });
    expect((await sync('beds24')).status).toBe(200);
    expect((await sync('beds24')).status).toBe(200);
    const used = partner('beds24')
      .recorded()
      .filter(({ path, fault }) => path === '/authentication/setup' && fault === null);
    expect(used).toHaveLength(1);
  });

  it('while KMS is away it is 503, and nothing is asked', async () => {
    await connect('cloudbeds');
    const other = await cloud.given.aCompany();
    const stranger = await cloud.client.signIn((await cloud.given.aUser(other)).email, PASSWORD);
    await stranger.write('PUT', '/api/perfil/integraciones/pms', { proveedor: 'cloudbeds', api_key: 'cbat_demo01' });
    partner('cloudbeds').reset();
    cloud.cloud.faults.kms.set({ error: 'unavailable', times: 100 });
    const { status } = await stranger.write('POST', '/api/apartamentos/sincronizacion/cloudbeds', {});
    cloud.cloud.faults.kms.clear();
    expect([status, partner('cloudbeds').calls()]).toEqual([503, 0]);
  });
});

/** Where each provider lists its dwellings. */
const LISTS: Readonly<Record<PmsProvider, string>> = {
  smoobu: '/api/apartments',
  beds24: '/properties',
  hostaway: '/listings',
  cloudbeds: '/getRooms',
};
const ROTATED: Readonly<Record<PmsProvider, Record<string, unknown>>> = {
  smoobu: { account: { key: 'usr_live_new', secret: 'new', id: 55012 } },
  beds24: {
    account: { invite: 'x', refreshToken: 'new', longLifeToken: 'y', ownerId: 48211, accessToken: 'new-access' },
  },
  hostaway: { account: { account: '61234', secret: 'new', token: 'new-token' } },
  cloudbeds: { account: { key: 'cbat_new' } },
};
const ROTATED_KEYS: Readonly<Record<PmsProvider, string>> = {
  smoobu: 'usr_live_new:new',
  beds24: 'refresh:new',
  hostaway: '61234:new',
  cloudbeds: 'cbat_new',
};
/** What the accounts of the stand-ins are asked with before. */
const OLD_SECRETS: Readonly<Record<PmsProvider, string>> = {
  smoobu: 'usr_live_demo01',
  beds24: 'demo-access-token',
  hostaway: 'demo-hostaway-token',
  cloudbeds: 'cbat_demo01',
};

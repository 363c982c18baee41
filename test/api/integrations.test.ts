import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { BEDS24_ACCOUNT } from '../../infra/local/partners/pms-beds24.ts';
import { CLOUDBEDS_ACCOUNT } from '../../infra/local/partners/pms-cloudbeds.ts';
import { HOSTAWAY_ACCOUNT } from '../../infra/local/partners/pms-hostaway.ts';
import { SMOOBU_ACCOUNT } from '../../infra/local/partners/pms-smoobu.ts';
import type { Company } from '../../shared/domain/company/company.ts';
import { integrationKey, integrationPartition } from '../../shared/domain/integration/integration.keys.ts';
import {
  openAiKey,
  openDiscordWebhook,
  openPmsCredential,
} from '../../shared/domain/integration/integration-secret.ts';
import { systemClock } from '../../shared/platform/clock/clock.ts';
import { type Purpose, tenantKeys } from '../../shared/platform/crypto/tenant-keys.ts';
import { TenantScope } from '../../shared/platform/tenant/tenant-scope.ts';
import type { ApiClient } from '../support/api-client.ts';
import { PASSWORD } from '../support/given.ts';
import { startTestCloud, type TestCloud } from '../support/test-cloud.ts';

let cloud: TestCloud;
beforeAll(async () => {
  cloud = await startTestCloud();
});
afterAll(() => cloud.close());

let company: Company;
let client: ApiClient;
beforeEach(async () => {
  for (const partner of cloud.cloud.partners) partner.reset();
  company = await cloud.given.aCompany();
  const admin = await cloud.given.aUser(company);
  client = await cloud.client.signIn(admin.email, PASSWORD);
});

const PATH = '/api/perfil/integraciones';
const PMS = `${PATH}/pms`;
const IA = `${PATH}/ia`;
const NOTHING = {
  pms: { configurado: false, proveedor: null },
  ia: { configurado: false, proveedor: 'default', modelo: null },
  google: { configurado: false },
};
const SMOOBU = { proveedor: 'smoobu', api_key: `${SMOOBU_ACCOUNT.key}:${SMOOBU_ACCOUNT.secret}` };

const read = async () => (await client.get(PATH)).body.data;
const rowOf = (name: 'pms' | 'ia' | 'discord') =>
  cloud.table.get(integrationKey(company.id, name), { consistent: true });
const dataKey = (purpose: Purpose) =>
  tenantKeys('alias/stay-ops-local', systemClock).dataKey(new TenantScope(cloud.table, company.id), purpose);
const keptPms = async () => openPmsCredential(await dataKey('integrations'), String((await rowOf('pms'))?.sealed));
const keptAi = async () => openAiKey(await dataKey('integrations'), String((await rowOf('ia'))?.sealed));
const actions = async () =>
  ((await client.get('/api/auditoria')).body.entradas as Record<string, unknown>[]).map(({ accion, cambios }) => [
    accion,
    cambios,
  ]);
const partner = (name: string) => {
  const found = cloud.cloud.partners.find((candidate) => candidate.name === name);
  if (found === undefined) throw new Error(`There is no partner ${name}`);
  return found;
};

describe('GET /api/perfil/integraciones', () => {
  it('answers exactly this when nothing is connected (S-04)', async () => {
    const answer = await client.get(PATH);
    expect([answer.status, answer.body]).toEqual([200, { ok: true, data: NOTHING }]);
  });

  it('tells of a Google connection by its row, while it is in use', async () => {
    const row = { ...integrationKey(company.id, 'google'), activo: true };
    await cloud.table.write({ kind: 'put', item: row });
    expect(await read()).toEqual({ ...NOTHING, google: { configurado: true } });
    await cloud.table.write({ kind: 'put', item: { ...row, activo: false } });
    expect(await read()).toEqual(NOTHING);
  });
});

describe('PUT /api/perfil/integraciones/pms', () => {
  it('keeps the key sealed and tells that the provider took it', async () => {
    const answer = await client.write('PUT', PMS, SMOOBU);
    expect([answer.status, answer.body]).toEqual([200, { ok: true, verificada: true }]);
    expect(await read()).toEqual({ ...NOTHING, pms: { configurado: true, proveedor: 'smoobu' } });
    expect(await keptPms()).toEqual({ proveedor: 'smoobu', key: SMOOBU_ACCOUNT.key, secret: SMOOBU_ACCOUNT.secret });
    expect(await rowOf('pms')).toMatchObject({ activo: true, verificada: true, account: String(SMOOBU_ACCOUNT.id) });
    expect(await actions()).toEqual([['integracion.pms.guardar', { proveedor: 'smoobu', verificada: true }]]);
  });

  it.each([
    ['smoobu', ` "${SMOOBU.api_key}" `, 'usr_live_demo01:other'],
    ['beds24', `refresh:${BEDS24_ACCOUNT.refreshToken}`, 'refresh:other'],
    ['beds24', `longlife:${BEDS24_ACCOUNT.longLifeToken}`, 'longlife:other'],
    ['beds24', BEDS24_ACCOUNT.refreshToken, 'other'],
    ['beds24', `invite:${BEDS24_ACCOUNT.invite}`, 'invite:other'],
    ['hostaway', `${HOSTAWAY_ACCOUNT.account}:${HOSTAWAY_ACCOUNT.secret}`, '61234:other'],
    ['cloudbeds', `${CLOUDBEDS_ACCOUNT.key}@${CLOUDBEDS_ACCOUNT.property}`, 'cbat_other'],
    ['cloudbeds', CLOUDBEDS_ACCOUNT.key, `${CLOUDBEDS_ACCOUNT.key}@7`],
  ])('%s: %s is good, %s is not, and both are saved', async (proveedor, good, bad) => {
    const refused = await client.write('PUT', PMS, { proveedor, api_key: bad });
    expect([refused.status, refused.body]).toEqual([200, { ok: true, verificada: false }]);
    expect(await read()).toMatchObject({ pms: { configurado: true, proveedor } });
    const taken = await client.write('PUT', PMS, { proveedor, api_key: good });
    expect([taken.status, taken.body]).toEqual([200, { ok: true, verificada: true }]);
  });

  it('an old Smoobu key without a secret is saved, and refused by Smoobu', async () => {
    const answer = await client.write('PUT', PMS, { proveedor: 'smoobu', api_key: 'oldSingleKey' });
    expect(answer.body).toEqual({ ok: true, verificada: false });
    expect(await keptPms()).toEqual({ proveedor: 'smoobu', key: 'oldSingleKey', secret: null });
  });

  it('a Beds24 invite is exchanged once; what is kept is the refresh token', async () => {
    const body = { proveedor: 'beds24', api_key: `invite:${BEDS24_ACCOUNT.invite}` };
    expect((await client.write('PUT', PMS, body)).body).toEqual({ ok: true, verificada: true });
    expect(await keptPms()).toEqual({ proveedor: 'beds24', kind: 'refresh', token: BEDS24_ACCOUNT.refreshToken });
    expect(await rowOf('pms')).toMatchObject({ account: String(BEDS24_ACCOUNT.ownerId) });
    expect((await client.write('PUT', PMS, body)).body).toEqual({ ok: true, verificada: false });
  });

  it('leaves alone what else the row holds, and forgets the account of a key that it does not know', async () => {
    await client.write('PUT', PMS, SMOOBU);
    const endpoint = 'https://login.smoobu.com';
    const row = { ...(await rowOf('pms')), ...integrationKey(company.id, 'pms'), endpoint, ultimo_sync: 'x' };
    await cloud.table.write({ kind: 'put', item: row });
    await client.write('PUT', PMS, { proveedor: 'smoobu', api_key: 'a:b' });
    expect(await rowOf('pms')).toMatchObject({ endpoint, ultimo_sync: 'x', account: null, verificada: false });
  });

  it.each([
    [{ proveedor: 'smoobu' }, ['api_key: Es obligatorio.']],
    [{ api_key: 'k' }, ['proveedor: Es obligatorio.']],
    [{ proveedor: 'otro', api_key: 'k' }, ['proveedor: Debe ser uno de: smoobu, beds24, hostaway, cloudbeds.']],
    [{ proveedor: 'smoobu', api_key: '  ' }, ['api_key: No puede estar vacío.']],
    [{ proveedor: 'smoobu', api_key: 'k'.repeat(501) }, ['api_key: Debe tener como máximo 500 caracteres.']],
    [{ proveedor: 'smoobu', api_key: 7 }, ['api_key: Debe ser un texto.']],
    [{ proveedor: 'smoobu', api_key: 'k', endpoint: 'https://x' }, [expect.stringMatching(/^endpoint: /)]],
    [{ proveedor: 'hostaway', api_key: 'k' }, [expect.stringMatching(/^api_key: Escríbela como número de cuenta/)]],
    [{ proveedor: 'smoobu', api_key: 'k:' }, [expect.stringMatching(/^api_key: Escríbela como clave:secreto/)]],
  ])('%j is a 422 and changes nothing', async (body, errors) => {
    const answer = await client.write('PUT', PMS, body);
    expect([answer.status, answer.body]).toEqual([422, { ok: false, errors }]);
    expect(await read()).toEqual(NOTHING);
    expect(await actions()).toEqual([]);
  });

  it('saved by many at once ends as one of them, with an entry for each (D-47)', async () => {
    const names = Array.from({ length: 12 }, (_, number) => `key${number}`);
    const answers = await Promise.all(
      names.map((name) => client.write('PUT', PMS, { proveedor: 'smoobu', api_key: `${name}:s` })),
    );
    expect(answers.map(({ status }) => status)).toEqual(names.map(() => 200));
    expect(names).toContain(((await keptPms()) as { key: string }).key);
    expect(await actions()).toHaveLength(12);
  });
});

describe('DELETE /api/perfil/integraciones/…', () => {
  it('removes the row with its key, once and again (S-20, S-21)', async () => {
    await client.write('PUT', PMS, SMOOBU);
    await client.write('PUT', IA, { proveedor: 'openai', modelo: 'gpt-4o', api_key: 'sk-demo' });
    for (const path of [PMS, IA, PMS, IA]) {
      const answer = await client.write('DELETE', path);
      expect([answer.status, answer.body]).toEqual([200, { ok: true }]);
    }
    expect(await read()).toEqual(NOTHING);
    expect((await cloud.table.query({ pk: integrationPartition(company.id) })).items).toEqual([]);
    expect((await actions()).map(([accion]) => accion)).toEqual([
      'integracion.ia.borrar',
      'integracion.pms.borrar',
      'integracion.ia.guardar',
      'integracion.pms.guardar',
    ]);
  });
});

describe('/api/apartamentos/pms, the catalogue’s view of the same connection', () => {
  const CONFIG = '/api/apartamentos/pms';
  const config = async () => (await client.get(CONFIG)).body.config;

  it('is null before anything is connected, and shows no key afterwards', async () => {
    expect(await config()).toBeNull();
    const saved = { proveedor: 'smoobu', endpoint: null, activo: true, ultimo_sync: null };
    const answer = await client.write('PUT', CONFIG, SMOOBU);
    expect([answer.status, answer.body]).toEqual([200, { ok: true, verificada: true, config: saved }]);
    expect(await config()).toEqual(saved);
    expect(await read()).toMatchObject({ pms: { configurado: true, proveedor: 'smoobu' } });
  });

  it('takes an endpoint on the provider’s own hosts and refuses every other (D-09)', async () => {
    const save = (endpoint?: string | null) => client.write('PUT', CONFIG, { ...SMOOBU, endpoint });
    for (const endpoint of ['http://login.smoobu.com', 'https://evil.example', 'https://169.254.169.254/', 'no es']) {
      const { status, body } = await save(endpoint);
      const sentence = 'endpoint: Debe ser una dirección de https://login.smoobu.com, o quedar vacía.';
      expect([status, body.errors]).toEqual([422, [sentence]]);
    }
    expect(await config()).toBeNull();
    const endpoint = 'https://login.smoobu.com/';
    expect((await save(` ${endpoint} `)).body.config).toMatchObject({ endpoint });
    await client.write('PUT', PMS, SMOOBU);
    expect(await config()).toMatchObject({ endpoint });
    expect((await save()).body.config).toMatchObject({ endpoint: null });
  });

  it('is removed once: a second time is 404', async () => {
    await client.write('PUT', CONFIG, SMOOBU);
    expect((await client.write('DELETE', CONFIG)).body).toEqual({ ok: true });
    const again = await client.write('DELETE', CONFIG);
    expect([again.status, again.body]).toEqual([404, { ok: false, errors: ['No hay ningún PMS conectado.'] }]);
    expect(await config()).toBeNull();
  });

  it('tells the last good reading of this PMS, and not of the one before it', async () => {
    await client.write('PUT', CONFIG, SMOOBU);
    await client.write('POST', '/api/apartamentos/sincronizacion/smoobu', {});
    expect(await config()).toMatchObject({ ultimo_sync: expect.stringMatching(/^20.*\+00:00$/) });
    await client.write('PUT', CONFIG, { proveedor: 'cloudbeds', api_key: CLOUDBEDS_ACCOUNT.key });
    expect(await config()).toMatchObject({ proveedor: 'cloudbeds', ultimo_sync: null });
  });
});

describe('PUT /api/perfil/integraciones/ia', () => {
  const ia = async () => ((await read()) as typeof NOTHING).ia;

  it('keeps the key sealed, together with the provider that it was saved for', async () => {
    const answer = await client.write('PUT', IA, { proveedor: 'gemini', modelo: 'gemini-x', api_key: ' AIza-demo ' });
    expect([answer.status, answer.body]).toEqual([200, { ok: true }]);
    expect(await ia()).toEqual({ configurado: true, proveedor: 'gemini', modelo: 'gemini-x' });
    expect(await keptAi()).toEqual({ proveedor: 'gemini', api_key: 'AIza-demo' });
  });

  it('without api_key keeps the stored key and replaces the rest (ruling 15)', async () => {
    await client.write('PUT', IA, { proveedor: 'gemini', modelo: 'gemini-x', api_key: 'AIza-demo' });
    await client.write('PUT', IA, { proveedor: 'openai' });
    expect(await ia()).toEqual({ configurado: true, proveedor: 'openai', modelo: null });
    expect(await keptAi()).toEqual({ proveedor: 'gemini', api_key: 'AIza-demo' });
  });

  it.each([null, '', '   '])('with api_key %j erases the stored key and keeps the rest as said', async (api_key) => {
    await client.write('PUT', IA, { proveedor: 'gemini', modelo: 'gemini-x', api_key: 'AIza-demo' });
    await client.write('PUT', IA, { proveedor: 'gemini', modelo: 'gemini-y', api_key });
    expect(await ia()).toEqual({ configurado: false, proveedor: 'gemini', modelo: 'gemini-y' });
    expect(await rowOf('ia')).not.toHaveProperty('sealed');
    expect((await actions())[0]).toEqual([
      'integracion.ia.guardar',
      { proveedor: 'gemini', modelo: 'gemini-y', clave: 'borrada' },
    ]);
  });

  it('is not configured by a provider and a model alone', async () => {
    await client.write('PUT', IA, { proveedor: 'claude', modelo: 'claude-x' });
    expect(await ia()).toEqual({ configurado: false, proveedor: 'claude', modelo: 'claude-x' });
  });

  it.each([
    [{}, ['proveedor: Es obligatorio.']],
    [{ proveedor: 'otro' }, ['proveedor: Debe ser uno de: default, gemini, openai, claude.']],
    [{ proveedor: null }, [expect.stringMatching(/^proveedor: /)]],
    [{ proveedor: 'gemini', modelo: 'm'.repeat(101) }, ['modelo: Debe tener como máximo 100 caracteres.']],
    [{ proveedor: 'gemini', api_key: 'k'.repeat(501) }, ['api_key: Debe tener como máximo 500 caracteres.']],
    [{ proveedor: 'gemini', api_key: 5 }, ['api_key: Debe ser un texto.']],
    [{ proveedor: 'gemini', clave: 'x' }, [expect.stringMatching(/^clave: /)]],
  ])('%j is a 422', async (body, errors) => {
    const answer = await client.write('PUT', IA, body);
    expect([answer.status, answer.body]).toEqual([422, { ok: false, errors }]);
  });
});

describe('who may', () => {
  it.each(['viewer', 'member', 'manager'] as const)('%s reads and writes nothing', async (role) => {
    const user = await cloud.given.aUser(company, { role });
    const person = await cloud.client.signIn(user.email, PASSWORD);
    expect((await person.get(PATH)).status).toBe(200);
    const attempts = [
      await person.write('PUT', PMS, SMOOBU),
      await person.write('PUT', IA, { proveedor: 'gemini' }),
      await person.write('DELETE', PMS),
      await person.write('DELETE', IA),
    ];
    expect(attempts.map(({ status }) => status)).toEqual([403, 403, 403, 403]);
    expect(partner('smoobu').calls()).toBe(0);
  });
});

describe('the Discord channel of a company', () => {
  const DISCORD = `${PATH}/discord`;
  const ADDRESS = 'https://discord.com/api/webhooks/42/a-token_of-ours';

  it('is saved sealed and never answered back', async () => {
    expect((await client.get(DISCORD)).body).toEqual({ ok: true, configurado: false });
    expect((await client.write('PUT', DISCORD, { webhook_url: ` ${ADDRESS} ` })).body).toEqual({ ok: true });
    expect((await client.get(DISCORD)).body).toEqual({ ok: true, configurado: true });
    const row = await rowOf('discord');
    expect(openDiscordWebhook(await dataKey('integrations'), String(row?.sealed))).toBe(ADDRESS);
    expect(JSON.stringify([row, await actions()])).not.toContain('a-token_of-ours');
    expect(await read()).toEqual(NOTHING);
  });

  it('goes with one call, which may be repeated', async () => {
    await client.write('PUT', DISCORD, { webhook_url: ADDRESS });
    expect((await client.write('DELETE', DISCORD)).status).toBe(200);
    expect((await client.write('DELETE', DISCORD)).status).toBe(200);
    expect((await client.get(DISCORD)).body.configurado).toBe(false);
    expect((await actions()).map(([action]) => action)).toEqual([
      'integracion.discord.borrar',
      'integracion.discord.guardar',
    ]);
  });

  it.each([
    'https://discord.com.example.com/api/webhooks/1/x',
    'http://discord.com/api/webhooks/1/x',
    'https://discord.com:8443/api/webhooks/1/x',
    'https://user@169.254.169.254/api/webhooks/1/x',
    'https://discord.com/api/users/@me',
    'nada',
  ])('%s is no webhook of Discord, and nothing is kept', async (webhook_url) => {
    const answer = await client.write('PUT', DISCORD, { webhook_url });
    expect([answer.status, answer.body.errors]).toEqual([422, [expect.stringMatching(/^webhook_url: Copia/)]]);
    expect(await rowOf('discord')).toBeUndefined();
  });
});

import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { keyFingerprint } from '../../infra/local/partners/recorded-calls.ts';
import type { Company } from '../../shared/domain/company/company.ts';
import { aiUsageKey } from '../../shared/domain/vault/ai-usage.keys.ts';
import type { ApiClient } from '../support/api-client.ts';
import { PASSWORD } from '../support/given.ts';
import { startTestCloud, type TestCloud } from '../support/test-cloud.ts';

const TEMPLATES = '/api/vault/plantillas';
const IA = '/api/perfil/integraciones/ia';
const TEXT = 'Hola {NOMBRE}, te esperamos en {APARTAMENTO}.';
const VENDORS = { gemini: 'gemini', openai: 'openai', claude: 'anthropic' } as const;
const SHARED_KEY = keyFingerprint('to-be-set-by-the-operator');

let cloud: TestCloud;
beforeAll(async () => {
  cloud = await startTestCloud({ clock: '2026-06-03T10:00:00Z' });
});
afterAll(() => cloud.close());

let company: Company;
let client: ApiClient;
let template: string;
beforeEach(async () => {
  for (const each of cloud.cloud.partners) each.reset();
  company = await cloud.given.aCompany();
  client = await adminOf(company);
  template = await templateOf(client);
});

async function adminOf(owner: Company): Promise<ApiClient> {
  const user = await cloud.given.aUser(owner);
  return cloud.client.signIn(user.email, PASSWORD);
}

async function templateOf(who: ApiClient): Promise<string> {
  const answer = await who.write('POST', TEMPLATES, { nombre: 'Bienvenida', contenido: 'Guardado' });
  return (answer.body.plantilla as { id: string }).id;
}

function partner(name: string) {
  const found = cloud.cloud.partners.find((candidate) => candidate.name === name);
  if (found === undefined) throw new Error(`There is no partner ${name}`);
  return found;
}

const script = (name: string, ...kinds: string[]) => partner(name).data?.merge({ script: kinds });
const improve = (body: object = { contenido: TEXT, idioma: 'es' }, who = client, id = template) =>
  who.write('POST', `${TEMPLATES}/${id}/mejoras`, body);
const usage = async (who = client) => {
  const { uso_hoy, uso_semana } = (await who.get('/api/ai/uso')).body;
  return [uso_hoy, uso_semana];
};
const calls = async (owner = company) =>
  (await cloud.table.query({ pk: aiUsageKey(owner.id).pk, prefix: 'CALL#', consistent: true })).items;

describe('improving and translating', () => {
  it('answers a draft of the text that was sent; the template stays as it is', async () => {
    const improved = await improve({ contenido: TEXT, idioma: 'es', tono: 'cercano' });
    expect([improved.status, improved.body]).toEqual([200, { ok: true, contenido: `[es] ${TEXT}` }]);
    const translated = await client.write('POST', `${TEMPLATES}/${template}/traducciones`, {
      contenido: TEXT,
      idioma_destino: 'de',
    });
    expect([translated.status, translated.body]).toEqual([200, { ok: true, contenido: `[de] ${TEXT}` }]);
    expect((await client.get(TEMPLATES)).body.plantillas).toMatchObject([{ contenido: 'Guardado' }]);
    expect(await usage()).toEqual([2, 2]);
    expect(await calls()).toMatchObject([
      {
        accion: 'mejorar',
        proveedor: 'gemini',
        modelo: 'gemini-3.5-flash-lite',
        clave: 'compartida',
        resultado: 'aceptada',
      },
      { accion: 'traducir', fecha: '2026-06-03', tokens: { total: expect.any(Number) } },
    ]);
  });

  it('looks the template up before it looks at the body', async () => {
    const unknown = '3fa85f64-5717-4562-b3fc-2c963f66afa6';
    expect((await improve({ nada: 1 }, client, unknown)).status).toBe(404);
    const stranger = await adminOf(await cloud.given.aCompany());
    expect((await improve({ nada: 1 }, stranger)).status).toBe(404);
    await client.write('DELETE', `${TEMPLATES}/${template}`);
    expect((await improve()).status).toBe(404);
    expect(partner('gemini').calls()).toBe(0);
  });

  it.each([
    [{}, ['Falta el contenido.', 'Falta el idioma.']],
    [{ contenido: 'x'.repeat(10_001), idioma: 'es' }, ['El contenido admite como máximo 10000 caracteres.']],
    [{ contenido: TEXT, idioma: 'es', tono: 'seco' }, [expect.stringMatching(/^El tono debe ser uno de/)]],
  ])('%#: a body that does not fit is a 422 and no call', async (body, errors) => {
    const answer = await improve(body);
    expect([answer.status, answer.body]).toEqual([422, { ok: false, errors }]);
    expect([partner('gemini').calls(), await usage()]).toEqual([0, [0, 0]]);
  });

  it('uses a system prompt from the next call on after it was saved', async () => {
    const user = await cloud.given.aUser(company, { es_superadmin: true });
    const operator = await cloud.client.signIn(user.email, PASSWORD);
    const saved = await operator.write('PUT', '/api/admin/system-prompts/vault_mejorar_clasico', {
      contenido: 'Otro.',
    });
    expect(saved.status).toBe(200);
    script('gemini', 'instructions');
    const told = async (tono: string | null) =>
      (await improve({ contenido: 'Hola', idioma: 'es', tono })).body.contenido;
    expect(await told('clasico')).toBe('Otro.');
    expect(await told('cercano')).toMatch(/tratando al huésped de tú/);
    expect(await told(null)).toMatch(/tono profesional y cálido/);
  });
});

describe('own keys', () => {
  it.each(['gemini', 'openai', 'claude'] as const)('%s: the company pays, nothing is counted', async (proveedor) => {
    await client.write('PUT', IA, { proveedor, api_key: `own-${proveedor}` });
    const answer = await improve();
    expect([answer.status, answer.body.contenido]).toEqual([200, `[es] ${TEXT}`]);
    const keys = partner(VENDORS[proveedor])
      .recorded()
      .map(({ key }) => key);
    expect(keys).toEqual([keyFingerprint(`own-${proveedor}`)]);
    expect(await usage()).toEqual([0, 0]);
    expect(await calls()).toMatchObject([{ clave: 'propia', proveedor, tokens: { total: expect.any(Number) } }]);
  });

  it("of one company are never used for another: the services saw each company's own key alone", async () => {
    const other = await cloud.given.aCompany();
    const third = await cloud.given.aCompany();
    const people = [
      { who: client, key: 'own-of-a' },
      { who: await adminOf(other), key: 'own-of-b' },
    ];
    for (const { who, key } of people) await who.write('PUT', IA, { proveedor: 'gemini', api_key: key });
    const keyless = await adminOf(third);
    const callers = [...people, { who: keyless, key: 'to-be-set-by-the-operator' }];
    const templates = await Promise.all(callers.map(({ who }) => templateOf(who)));
    // Side by side and over again, so that a key kept for one of them would show up at another.
    for (const _ of [1, 2, 3]) {
      await Promise.all(
        callers.map(({ who, key }, at) => improve({ contenido: `de ${key}`, idioma: 'es' }, who, templates[at])),
      );
    }
    const seen = partner('gemini')
      .recorded()
      .map(({ key }) => key);
    const expected = callers.flatMap(({ key }) => Array<string>(3).fill(keyFingerprint(key)));
    expect([...seen].sort()).toEqual(expected.sort());
    for (const [at, { who, key }] of callers.entries()) {
      partner('gemini').reset();
      await improve(undefined, who, templates[at]);
      expect(partner('gemini').recorded()).toMatchObject([{ key: keyFingerprint(key) }]);
    }
    await client.write('DELETE', IA);
    partner('gemini').reset();
    await improve();
    expect(partner('gemini').recorded()).toMatchObject([{ key: SHARED_KEY }]);
  });

  it('never travel to another provider than the one they were saved for', async () => {
    await client.write('PUT', IA, { proveedor: 'openai', api_key: 'own-openai' });
    await client.write('PUT', IA, { proveedor: 'claude' });
    const answer = await improve();
    expect([answer.status, answer.body.errors]).toEqual([502, [expect.stringContaining('«openai»')]]);
    expect([partner('openai').calls(), partner('anthropic').calls(), partner('gemini').calls()]).toEqual([0, 0, 0]);
  });

  it('a provider and a model without a key use the shared tier', async () => {
    await client.write('PUT', IA, { proveedor: 'openai', modelo: 'gpt-6-sol' });
    expect((await improve()).status).toBe(200);
    expect(partner('gemini').recorded()).toMatchObject([
      { key: SHARED_KEY, path: expect.stringContaining('flash-lite') },
    ]);
  });

  it('a model that its vendor has withdrawn is replaced once by the configured one', async () => {
    await client.write('PUT', IA, { proveedor: 'gemini', modelo: 'gemini/gemini-1.5-pro', api_key: 'own' });
    expect((await improve()).status).toBe(200);
    const paths = partner('gemini')
      .recorded()
      .map(({ path }) => path);
    expect(paths).toEqual([
      '/v1beta/models/gemini-1.5-pro:generateContent',
      '/v1beta/models/gemini-3.5-flash-lite:generateContent',
    ]);
  });
});

describe('the allowance of the shared tier', () => {
  it('is not overshot by calls side by side (D-46)', async () => {
    await cloud.table.write({
      kind: 'put',
      item: { ...aiUsageKey(company.id), dias: { '2026-06-03': 96 }, reservas: {}, version: 1 },
    });
    const answers = await Promise.all(Array.from({ length: 10 }, () => improve()));
    const statuses = answers.map(({ status }) => status).sort();
    expect(statuses).toEqual([...Array(4).fill(200), ...Array(6).fill(429)]);
    expect(await usage()).toEqual([100, 100]);
    expect(partner('gemini').calls()).toBe(4);
  });

  it('ends by day and by week, each with its own sentence and the time to wait', async () => {
    const days = { '2026-05-28': 100, '2026-05-29': 100, '2026-05-30': 100, '2026-05-31': 100, '2026-06-01': 100 };
    const put = (dias: object) =>
      cloud.table.write({ kind: 'put', item: { ...aiUsageKey(company.id), dias, reservas: {}, version: 1 } });
    await put({ '2026-06-03': 100 });
    const daily = await improve();
    expect([daily.status, daily.body.errors]).toEqual([429, [expect.stringMatching(/hoy.*clave propia/)]]);
    // 12:00 in Madrid.
    expect(Number(daily.headers.get('retry-after'))).toBeLessThanOrEqual(12 * 3_600);
    await put(days);
    const weekly = await improve();
    expect([weekly.status, weekly.body.errors]).toEqual([
      429,
      [expect.stringMatching(/siete días.*2026-06-04.*clave propia/)],
    ]);
    expect((await client.get('/api/ai/uso')).body).toEqual({
      ok: true,
      uso_hoy: 0,
      uso_semana: 500,
      limite_diario: 100,
      limite_semanal: 500,
    });
    expect(partner('gemini').calls()).toBe(0);
  });

  it('does not bind a company that has a key of its own', async () => {
    await cloud.table.write({
      kind: 'put',
      item: { ...aiUsageKey(company.id), dias: { '2026-06-03': 100 }, reservas: {}, version: 1 },
    });
    await client.write('PUT', IA, { proveedor: 'gemini', api_key: 'own' });
    expect((await improve()).status).toBe(200);
    expect(await usage()).toEqual([100, 100]);
  });
});

describe('when the service fails', () => {
  const failing = async (...kinds: string[]) => {
    script('gemini', ...kinds);
    const answer = await improve();
    return {
      status: answer.status,
      error: (answer.body.errors as string[] | undefined)?.[0],
      calls: partner('gemini').calls(),
      answer,
    };
  };

  it.each([
    ['refusal', 502, 'no ha querido', 1],
    ['blocked', 502, 'no ha querido', 1],
    ['truncated', 502, 'demasiado largo', 2],
    ['garbage', 502, 'no ha podido responder', 1],
    ['half', 502, 'no ha podido responder', 1],
    ['empty', 502, 'no ha podido responder', 1],
    ['bad_request', 502, 'no ha podido responder', 1],
    ['not_allowed', 502, 'no ha podido responder', 1],
    ['model_gone', 502, 'no ha podido responder', 2],
    ['exhausted', 429, 'saturada', 1],
    ['timeout', 504, 'ha tardado demasiado', 2],
  ])('%s answers %i after the calls that it is worth, and counts for nothing', async (kind, status, words, tries) => {
    const failed = await failing(kind);
    expect([failed.status, failed.calls]).toEqual([status, tries]);
    expect(failed.error).toContain(words);
    expect(await usage()).toEqual([0, 0]);
  });

  it('throttling that outlasts the call is a 429 that says whose limit it is', async () => {
    partner('gemini').data?.merge({ script: ['throttled'], retry_after: 40 });
    const shared = await improve();
    expect([shared.status, shared.headers.get('retry-after'), shared.body.errors]).toEqual([
      429,
      '40',
      [expect.stringMatching(/compartida.*clave propia/)],
    ]);
    await client.write('PUT', IA, { proveedor: 'gemini', api_key: 'own' });
    const own = await improve();
    expect([own.status, own.body.errors]).toEqual([429, [expect.stringMatching(/^Tu proveedor/)]]);
  });

  it('a short wait is waited for, and a service that is back is asked again', async () => {
    partner('gemini').data?.merge({ script: ['throttled', 'text'], retry_after: 0.05 });
    expect((await improve()).status).toBe(200);
    partner('gemini').reset();
    script('gemini', 'overloaded', 'text');
    expect((await improve()).status).toBe(200);
    expect(partner('gemini').calls()).toBe(2);
    expect(await usage()).toEqual([2, 2]);
  });

  it('an answer that was cut is asked for with more room', async () => {
    expect((await failing('truncated', 'text')).status).toBe(200);
  });

  it('an own key that is refused says so', async () => {
    await client.write('PUT', IA, { proveedor: 'openai', api_key: 'sk-revoked' });
    const answer = await improve();
    expect([answer.status, answer.body.errors]).toEqual([502, [expect.stringContaining('no acepta la clave')]]);
    expect(partner('openai').calls()).toBe(1);
  });

  it('a connection that breaks is a 502, after two more tries', async () => {
    partner('gemini').fault.set({ fault: 'refuse' });
    expect((await improve()).status).toBe(502);
    expect(partner('gemini').calls()).toBe(3);
    expect(await usage()).toEqual([0, 0]);
  });
});

describe('placeholders (D-57)', () => {
  it('an answer without one is asked for once more', async () => {
    script('gemini', 'drops_placeholder', 'text');
    const answer = await improve();
    expect([answer.status, answer.body.contenido]).toEqual([200, `[es] ${TEXT}`]);
    expect(await usage()).toEqual([1, 1]);
    expect(await calls()).toMatchObject([{ resultado: 'rechazada' }, { resultado: 'aceptada' }]);
  });

  it('a second one is refused, named and not counted, its tokens on record', async () => {
    script('openai', 'drops_placeholder');
    await client.write('PUT', IA, { proveedor: 'openai', api_key: 'sk-own' });
    const answer = await improve();
    expect([answer.status, answer.body.errors]).toEqual([502, [expect.stringContaining('({APARTAMENTO})')]]);
    expect(partner('openai').calls()).toBe(2);
    expect(await calls()).toMatchObject([{ resultado: 'rechazada' }, { resultado: 'rechazada' }]);
  });
});

describe('when our own parts fail', () => {
  it('without KMS an own key cannot be opened: 503, and the shared tier goes on', async () => {
    await client.write('PUT', IA, { proveedor: 'gemini', api_key: 'own' });
    const other = await adminOf(await cloud.given.aCompany());
    const others = await templateOf(other);
    cloud.cloud.faults.kms.set({ error: 'unavailable', times: 1_000 });
    try {
      // A company whose key is not in memory yet.
      await cloud.passTime(600);
      expect((await improve()).status).toBe(503);
      expect((await improve(undefined, other, others)).status).toBe(200);
    } finally {
      cloud.cloud.faults.kms.clear();
    }
  });

  it('a place that was taken and never given back lapses within a minute', async () => {
    const hasta = cloud.cloud.now().getTime() + 60_000;
    const reservas = { air_1: { fecha: '2026-06-03', hasta } };
    await cloud.table.write({
      kind: 'put',
      item: { ...aiUsageKey(company.id), dias: { '2026-06-03': 99 }, reservas, version: 1 },
    });
    expect((await improve()).status).toBe(429);
    await cloud.passTime(61);
    expect((await improve()).status).toBe(200);
    expect(await usage()).toEqual([100, 100]);
  });
});

describe('the daily look at the models', () => {
  const watch = () => cloud.invoke('model-watch', {});

  it('is content while all are served, and fails when one is withdrawn, so that its alarm goes off', async () => {
    expect(await watch()).toEqual({ vendor: 'gemini', checked: 2 });
    partner('gemini').data?.merge({ models: ['gemini-3.8-flash'] });
    await expect(watch()).rejects.toThrow('gemini-3.5-flash-lite');
  });

  it.each(['down', '401'] as const)('takes a list that is not answered (%s) for no proof', async (fault) => {
    partner('gemini').fault.set({ fault, times: 1 });
    expect(await watch()).toEqual({ vendor: 'gemini', checked: 0 });
  });
});

import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { BEDS24_ACCOUNT } from '../../infra/local/partners/pms-beds24.ts';
import { SMOOBU_ACCOUNT } from '../../infra/local/partners/pms-smoobu.ts';
import type { Company } from '../../shared/domain/company/company.ts';
import { integrationPartition } from '../../shared/domain/integration/integration.keys.ts';
import type { ApiClient } from '../support/api-client.ts';
import { PASSWORD } from '../support/given.ts';
import { startTestCloud, type TestCloud } from '../support/test-cloud.ts';

/** Everything that this process prints, every line of the functions' logs with it. */
const printed: string[] = [];

let cloud: TestCloud;
beforeAll(async () => {
  vi.stubEnv('POWERTOOLS_LOG_LEVEL', 'DEBUG');
  for (const stream of [process.stdout, process.stderr]) {
    vi.spyOn(stream, 'write').mockImplementation((chunk) => printed.push(String(chunk)) > 0);
  }
  cloud = await startTestCloud();
});
afterAll(async () => {
  await cloud.close();
  vi.restoreAllMocks();
  vi.unstubAllEnvs();
});

let company: Company;
let client: ApiClient;
beforeEach(async () => {
  for (const partner of cloud.cloud.partners) partner.reset();
  await newCompany();
});

async function newCompany(): Promise<void> {
  company = await cloud.given.aCompany();
  const admin = await cloud.given.aUser(company);
  client = await cloud.client.signIn(admin.email, PASSWORD);
}

const PATH = '/api/perfil/integraciones';
const PMS = `${PATH}/pms`;
const IA = `${PATH}/ia`;
const PROVIDERS = ['smoobu', 'beds24', 'hostaway', 'cloudbeds'] as const;
const SMOOBU = { proveedor: 'smoobu', api_key: `${SMOOBU_ACCOUNT.key}:${SMOOBU_ACCOUNT.secret}` };
const INVITE = { proveedor: 'beds24', api_key: `invite:${BEDS24_ACCOUNT.invite}` };

const partner = (name: string) => {
  const found = cloud.cloud.partners.find((candidate) => candidate.name === name);
  if (found === undefined) throw new Error(`There is no partner ${name}`);
  return found;
};
const stored = async () => (await cloud.table.query({ pk: integrationPartition(company.id), consistent: true })).items;
const entries = async () => (await client.get('/api/auditoria')).body.entradas as unknown[];

/** KMS is gone until `run` has ended. */
async function withoutKms(run: () => Promise<void>): Promise<void> {
  cloud.cloud.faults.kms.set({ error: 'unavailable', times: 1_000 });
  try {
    await run();
  } finally {
    cloud.cloud.faults.kms.clear();
  }
}

describe('while KMS is down', () => {
  const DOWN = [
    503,
    { ok: false, errors: ['El servicio de claves no responde. Vuelve a intentarlo en unos minutos.'] },
  ];

  it('saving a key answers 503 with a sentence and keeps nothing', async () => {
    await withoutKms(async () => {
      for (const [path, body] of [
        [PMS, SMOOBU],
        [IA, { proveedor: 'gemini', api_key: 'AIza-demo' }],
      ] as const) {
        const answer = await client.write('PUT', path, body);
        expect([answer.status, answer.body]).toEqual(DOWN);
        expect(answer.headers.get('retry-after')).toBe('60');
      }
    });
    expect(await stored()).toEqual([]);
    expect(await entries()).toEqual([]);
    expect((await client.write('PUT', PMS, SMOOBU)).body).toEqual({ ok: true, verificada: true });
  });

  it('a single-use code is not spent on a credential that cannot be kept', async () => {
    await withoutKms(async () => {
      expect((await client.write('PUT', PMS, INVITE)).status).toBe(503);
    });
    expect(partner('beds24').calls()).toBe(0);
    expect((await client.write('PUT', PMS, INVITE)).body).toEqual({ ok: true, verificada: true });
  });

  it('everything that needs no key goes on', async () => {
    await client.write('PUT', PMS, SMOOBU);
    await newCompany();
    await withoutKms(async () => {
      expect((await client.get(PATH)).status).toBe(200);
      expect((await client.write('PUT', IA, { proveedor: 'gemini' })).status).toBe(200);
      expect((await client.write('PUT', IA, { proveedor: 'gemini', api_key: null })).status).toBe(200);
      expect((await client.write('DELETE', IA)).status).toBe(200);
      expect((await client.write('DELETE', PMS)).status).toBe(200);
    });
  });
});

describe('saving never depends on the partner (ruling 9)', () => {
  const KEYS = { smoobu: SMOOBU.api_key, beds24: 'refresh:x', hostaway: '61234:x', cloudbeds: 'cbat_x' } as const;

  it.each(PROVIDERS.flatMap((name) => (['down', '429', 'refuse'] as const).map((fault) => [name, fault] as const)))(
    '%s meets `%s`',
    async (proveedor, fault) => {
      partner(proveedor).fault.set({ fault });
      const answer = await client.write('PUT', PMS, { proveedor, api_key: KEYS[proveedor] });
      expect([answer.status, answer.body]).toEqual([200, { ok: true, verificada: null }]);
      expect(partner(proveedor).calls()).toBe(1);
      expect((await client.get(PATH)).body.data).toMatchObject({ pms: { configurado: true, proveedor } });
    },
  );

  it('an answer that takes too long settles nothing', async () => {
    partner('smoobu').fault.set({ fault: 'slow', delay_ms: 20_000 });
    const answer = await client.write('PUT', PMS, SMOOBU);
    expect([answer.status, answer.body]).toEqual([200, { ok: true, verificada: null }]);
  });

  it('an invite is worth a longer wait, because its answer comes once', async () => {
    partner('beds24').fault.set({ fault: 'slow', delay_ms: 3_500, times: 1 });
    const answer = await client.write('PUT', PMS, INVITE);
    expect([answer.status, answer.body]).toEqual([200, { ok: true, verificada: true }]);
  });
});

describe('when the table falters', () => {
  it('a save that was carried out while its answer was lost leaves one row and one entry', async () => {
    await cloud.cloud.faults.dynamodb.set({
      operation: 'TransactWriteItems',
      error: 'drop',
      times: 2,
      carriedOut: true,
    });
    expect((await client.write('PUT', PMS, SMOOBU)).status).toBe(200);
    expect([(await stored()).length, (await entries()).length]).toEqual([1, 1]);
  });

  it('a save that the table never takes is a 503 and leaves nothing', async () => {
    await cloud.cloud.faults.dynamodb.set({ operation: 'TransactWriteItems', error: 'throttle', times: 100 });
    const answer = await client.write('PUT', IA, { proveedor: 'gemini' });
    expect([answer.status, answer.body]).toEqual([503, { ok: false, errors: [expect.stringContaining('saturado')] }]);
    await cloud.cloud.faults.dynamodb.clear();
    expect([(await stored()).length, (await entries()).length]).toEqual([0, 0]);
  });
});

describe('a key', () => {
  const CANARY = 'cAnArY0123456789';
  const KEYS: readonly (readonly [string, string])[] = [
    ['smoobu', `${CANARY}1:${CANARY}2`],
    ['smoobu', `${CANARY}3`],
    ['smoobu', `${CANARY}4:`],
    ['beds24', `invite:${CANARY}5`],
    ['beds24', `refresh:${CANARY}6`],
    ['beds24', `longlife:${CANARY}7`],
    ['beds24', `${CANARY}8`],
    ['hostaway', `61234:${CANARY}9`],
    ['hostaway', `${CANARY}a`],
    ['cloudbeds', `${CANARY}b@7`],
    ['cloudbeds', `@${CANARY}c`],
  ];
  const AI_BODIES = [
    { proveedor: 'openai', modelo: 'gpt', api_key: `${CANARY}d` },
    { proveedor: 'openai', api_key: CANARY.repeat(40) },
    { proveedor: 'nobody', api_key: CANARY },
  ];

  /** Every answer to every way of saving a key, with its headers. */
  async function useKeys(): Promise<{ statuses: Set<number>; answers: string[] }> {
    const answers = [];
    for (const [proveedor, api_key] of KEYS) {
      answers.push(await client.write('PUT', PMS, { proveedor, api_key }), await client.get(PATH));
    }
    for (const body of AI_BODIES) answers.push(await client.write('PUT', IA, body), await client.get(PATH));
    answers.push(await client.get('/api/auditoria?verificar=1&limite=100'));
    return {
      statuses: new Set(answers.map(({ status }) => status)),
      answers: answers.map(({ text, headers }) => `${text} ${JSON.stringify([...headers])}`),
    };
  }

  async function everyRow(): Promise<string> {
    const found: unknown[] = [];
    for (const collection of ['INTEGRATION', 'AUDIT', 'AUDIT_HEAD', 'OUTBOX', 'COMPANY', 'DATA_KEY', 'USER']) {
      for await (const row of cloud.table.queryAll({ pk: `T#${company.id}#${collection}` })) found.push(row);
    }
    const readable = (_: string, value: unknown) =>
      value instanceof Uint8Array ? Buffer.from(value).toString('latin1') : value;
    return JSON.stringify(found, readable);
  }

  it.each([
    ['as all is well', [200, 422]],
    ['while no partner answers', [200, 422]],
    ['while KMS is down', [200, 422, 503]],
  ] as const)('is in no answer, no row and no line of the log, %s', async (state, statuses) => {
    printed.length = 0;
    if (state === 'while no partner answers')
      for (const name of PROVIDERS) partner(name).fault.set({ fault: 'refuse' });
    const seen: string[] = [];
    const run = async () => {
      const used = await useKeys();
      expect([...used.statuses].sort()).toEqual(statuses);
      seen.push(...used.answers);
    };
    await (state === 'while KMS is down' ? withoutKms(run) : run());
    expect(seen.length).toBe(2 * (KEYS.length + AI_BODIES.length) + 1);
    const log = printed.join('');
    expect(log.match(/REQUEST_COMPLETED/g)?.length).toBeGreaterThan(20);
    if (state === 'while KMS is down') expect(log).toContain('REQUEST_FAILED');
    for (const text of [seen.join('\n'), log, await everyRow()]) {
      expect(text).not.toContain(CANARY);
      expect(text).not.toContain(Buffer.from(CANARY).toString('base64').slice(0, 16));
      expect(text).not.toContain(Buffer.from(CANARY).toString('hex'));
    }
  });
});

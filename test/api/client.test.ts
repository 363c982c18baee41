import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sheetWorkbook } from '../../infra/local/demo/sheet-workbook.ts';
import { asForm, type StayOps, stayOps } from '../../shared/client/client.ts';
import { PASSWORD } from '../support/given.ts';
import { startTestCloud, type TestCloud } from '../support/test-cloud.ts';

let cloud: TestCloud;
let username: string;
const aClient = (): StayOps => stayOps({ baseUrl: cloud.cloud.address });

beforeAll(async () => {
  cloud = await startTestCloud();
  username = (await cloud.given.aUser(await cloud.given.aCompany())).email;
});
afterAll(() => cloud.close());

async function signedIn(): Promise<StayOps> {
  const api = aClient();
  await api.signIn({ username, password: PASSWORD });
  return api;
}

const apartments = async () =>
  new File(
    [
      new Uint8Array(
        await sheetWorkbook([
          ['id', 'nombre'],
          ['1', 'Torre Tavira'],
        ]),
      ),
    ],
    'apartamentos.xlsx',
  );

describe('the client', () => {
  it('writes on both APIs with what each of them asks for', async () => {
    const api = await signedIn();
    const made = await api.calls.POST('/api/apartamentos', { body: { nombre: 'Faro' } });
    expect(made.data?.apartamento.nombre).toBe('Faro');
    const property = await api.calls.POST('/api/properties/', { body: { name: 'Faro' } });
    expect(property.data?.name).toBe('Faro');
  });

  it('tells a refused log-in in the words of the API', async () => {
    await expect(aClient().signIn({ username, password: 'no-es-esta-clave' })).rejects.toThrow(/\w+ \w+/);
  });

  it('answers an error as the document types it', async () => {
    const api = await signedIn();
    const { error, response } = await api.calls.POST('/api/apartamentos', { body: { nombre: '' } });
    expect([response.status, error]).toEqual([422, { ok: false, errors: ['nombre: No puede estar vacío.'] }]);
  });

  it('renews its token once for all calls that found it old', async () => {
    const told: unknown[] = [];
    const { tokens } = await signedIn();
    if (tokens === undefined) throw new Error('A log-in gives tokens');
    const stale = { ...tokens, access: `${tokens.access}x` };
    const api = stayOps({ baseUrl: cloud.cloud.address, tokens: stale, onTokens: (next) => told.push(next) });
    const answers = await Promise.all([1, 2, 3].map(() => api.calls.GET('/api/users/me/')));
    expect(answers.map(({ response }) => response.status)).toEqual([200, 200, 200]);
    expect(told).toHaveLength(1);
  });

  it('uploads a file in a form, and a staged one by its id', async () => {
    const api = await signedIn();
    const file = await apartments();
    const direct = await api.calls.POST('/api/apartamentos/importacion/preview', asForm({ file }));
    expect(direct.data?.preview.nuevos).toHaveLength(1);
    const subida_id = await api.stage('apartamentos', file);
    const { data } = await api.calls.POST('/api/apartamentos/importacion', { body: { subida_id } });
    expect(data?.resultado.nuevos).toBe(1);
  });

  it('is nobody after signing out', async () => {
    const api = await signedIn();
    await api.signOut();
    expect(api.tokens).toBeUndefined();
    expect((await api.calls.GET('/api/users/me/')).response.status).toBe(401);
  });
});

/** Calls an API that answers one status after the other; tells what it was sent and how long was waited. */
async function against(statuses: readonly number[], act: (api: StayOps) => Promise<{ response: Response }>) {
  const keys: (string | undefined)[] = [];
  const waits: number[] = [];
  const server = createServer(({ headers }, answer) => {
    const status = statuses[keys.length] ?? 200;
    keys.push(headers['x-idempotency-key']?.toString());
    answer.writeHead(status, { 'content-type': 'application/json', ...(status >= 400 && { 'retry-after': '2' }) });
    answer.end('{}');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const baseUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const api = stayOps({ baseUrl, wait: async (milliseconds) => void waits.push(milliseconds) });
  const { response } = await act(api);
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
  return { status: response.status, keys, waits };
}

const write = (api: StayOps) => api.calls.POST('/api/properties/', { body: { name: 'Faro' } });

describe('retries', () => {
  it.each([429, 503])('wait as long as a %i says, and repeat a write under its key', async (busy) => {
    const { status, keys, waits } = await against([busy, busy], write);
    expect([status, waits]).toEqual([200, [2_000, 2_000]]);
    expect(keys).toHaveLength(3);
    expect(new Set(keys)).toEqual(new Set([expect.stringMatching(/^[0-9a-f-]{36}$/)]));
  });

  it('end after four tries', async () => {
    const { status, keys } = await against([503, 503, 503, 503, 503], write);
    expect([status, keys.length]).toEqual([503, 4]);
  });

  it('are not made of what was refused', async () => {
    expect((await against([422], write)).keys).toHaveLength(1);
  });
});

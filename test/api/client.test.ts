import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sheetWorkbook } from '../../infra/local/demo/sheet-workbook.ts';
import { asForm, type StayOps, stayOps } from '../../shared/client/client.ts';
import { PASSWORD } from '../support/given.ts';
import { startTestCloud, type TestCloud } from '../support/test-cloud.ts';

let cloud: TestCloud;
let username: string;
const waits: number[] = [];
const wait = async (milliseconds: number) => void waits.push(milliseconds);
const aClient = (): StayOps => stayOps({ baseUrl: cloud.cloud.address, wait });

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

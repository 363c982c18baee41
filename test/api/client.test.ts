import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sheetWorkbook } from '../../infra/local/demo/sheet-workbook.ts';
import { asForm, type StayOps, type StayOpsOptions, stayOps } from '../../shared/client/client.ts';
import { PASSWORD } from '../support/given.ts';
import { aPhoto } from '../support/pictures.ts';
import { startTestCloud, type TestCloud } from '../support/test-cloud.ts';

let cloud: TestCloud;
let username: string;
const aClient = (): StayOps => stayOps({ baseUrl: cloud.cloud.address });

beforeAll(async () => {
  cloud = await startTestCloud({ clock: '2026-09-01T10:00:00Z' });
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

/** One stay as a channel lists it. */
const bookings = async () => {
  const heads = ['Confirmation code', 'Status', 'Guest name', 'Booking source', 'Start date', 'End date'];
  const row = ['HMABC12345', 'Confirmed', 'Ana García', 'Airbnb', '2026-10-01', '2026-10-04'];
  return new File([`${heads.join(',')}\n${row.join(',')}\n`], 'bookings.csv');
};

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

  it('goes on after an hour, when token and CSRF pair are too old', async () => {
    const api = await signedIn();
    const add = (nombre: string) => api.calls.POST('/api/apartamentos', { body: { nombre } });
    expect((await add('Antes')).response.status).toBe(201);
    await cloud.passTime(3_700);
    expect((await add('Después')).data?.apartamento.nombre).toBe('Después');
  });

  it('is nobody after signing out', async () => {
    const api = await signedIn();
    await api.signOut();
    expect(api.tokens).toBeUndefined();
    expect((await api.calls.GET('/api/users/me/')).response.status).toBe(401);
  });
});

/** Runs the example of a page as it stands, but against this cloud; answers what it has read. */
async function runExample(page: string): Promise<unknown> {
  const text = readFileSync(new URL(`../../${page}`, import.meta.url), 'utf8');
  const [, example = ''] = /```ts\n([\s\S]*?)```/.exec(text) ?? [];
  const code = example
    .replace(/^import .*$/m, '')
    .replace(/baseUrl: '.+?'/, 'baseUrl')
    .replace(/username: '.+?', password: '.+?'/, 'username, password');
  const values = {
    asForm,
    baseUrl: cloud.cloud.address,
    bytes: await (await apartments()).bytes(),
    password: PASSWORD,
    stayOps,
    username,
  };
  const AsyncFunction = runExample.constructor as FunctionConstructor;
  return AsyncFunction(...Object.keys(values), `${code}\nreturn data;`)(...Object.values(values));
}

it.each(['README.md', 'shared/client/README.md'])('the example of %s works as it stands', async (page) => {
  expect(await runExample(page)).toMatchObject({ ok: true, apartamentos: expect.anything() });
});

describe('a day of work through the client', () => {
  it('goes from a file of bookings over a clean flat and its photo to what the manager sees', async () => {
    const company = await cloud.given.aCompany();
    const person = async (role: 'manager' | 'member') => {
      const { email, number } = await cloud.given.aUser(company, { role });
      const api = aClient();
      await api.signIn({ username: email, password: PASSWORD });
      return { api, number };
    };
    const [manager, cleaner] = [await person('manager'), await person('member')];
    const { calls } = manager.api;

    const home = await calls.POST('/api/properties/', { body: { name: 'Faro', units: [{ unit_number: '1A' }] } });
    const property_id = home.data?.id ?? 0;
    const items = [{ title: 'Photo of the kitchen', item_type: 'photo_required' as const }];
    await calls.POST('/api/checklists/create/', { body: { name: 'Turnover', task_type: 'cleaning', items } });
    const upload_id = await manager.api.stage('reservas', await bookings());
    const taken = await calls.POST('/api/bookings/import/', { body: { upload_id, property_id } });
    await cloud.cloud.drain();
    const id = taken.data?.import_id ?? '';
    const done = await calls.GET('/api/bookings/import/{id}/', { params: { path: { id } } });
    expect(done.data).toMatchObject({ status: 'completed', created: 1, errors: [] });

    const tasks = await calls.GET('/api/staff/tasks/', { params: { query: { task_type: 'cleaning' } } });
    const [turnover] = tasks.data?.results ?? [];
    if (turnover === undefined) throw new Error('A check-out brings its task');
    const one = { params: { path: { id: String(turnover.id) } } };
    await calls.PATCH('/api/staff/tasks/{id}/', { ...one, body: { assigned_to: cleaner.number } });

    const mine = cleaner.api.calls;
    const shown = await mine.GET('/api/staff/tasks/{id}/', one);
    const [item] = shown.data?.checklist?.items ?? [];
    const form = asForm({
      item_id: String(item?.id),
      photo: new File([new Uint8Array(await aPhoto())], 'kitchen.jpg'),
    });
    expect((await mine.POST('/api/staff/checklist/photo/upload/', form)).response.status).toBe(201);
    const ticked = { params: { path: { response_id: String(item?.id) } }, body: { completed: true } };
    await mine.POST('/api/staff/checklist/{response_id}/update/', ticked);
    const finished = await mine.POST('/api/tasks/{id}/set_status/', { ...one, body: { status: 'completed' } });
    expect(finished.data).toEqual({ status: 'completed' });

    const seen = await calls.GET('/api/staff/tasks/{id}/', one);
    expect(seen.data).toMatchObject({ status: 'completed', photo_count: 1, checklist_progress: { percentage: 100 } });
    const day = await calls.GET('/api/heatmap', {
      params: { query: { desde: '2026-10-01', hasta: '2026-10-04', fuente: 'reservas' } },
    });
    expect(day.data).toMatchObject({ ok: true });
  });
});

/** Stands for a connection that breaks. */
const BROKEN = 0;

/** Calls an API that answers one status after the other; tells what it was sent and how long was waited. */
async function against(
  statuses: readonly number[],
  act: (api: StayOps) => Promise<{ response: Response }>,
  options: Pick<StayOpsOptions, 'longestWait'> = {},
) {
  const keys: (string | undefined)[] = [];
  const waits: number[] = [];
  const server = createServer(({ headers }, answer) => {
    const status = statuses[keys.length] ?? 200;
    keys.push(headers['x-idempotency-key']?.toString());
    if (status === BROKEN) return answer.destroy();
    answer.writeHead(status, { 'content-type': 'application/json', ...(status >= 400 && { 'retry-after': '2' }) });
    answer.end('{}');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const baseUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const api = stayOps({ baseUrl, wait: async (milliseconds) => void waits.push(milliseconds), ...options });
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

  it('are made of a write whose connection broke, under its key', async () => {
    const { status, keys } = await against([BROKEN], write);
    expect([status, keys.length, new Set(keys).size]).toEqual([200, 2, 1]);
  });

  it('leave a longer wait than wished for to the caller', async () => {
    const { status, keys } = await against([429], write, { longestWait: 1 });
    expect([status, keys.length]).toEqual([429, 1]);
  });

  it('end after four tries', async () => {
    const { status, keys } = await against([503, 503, 503, 503, 503], write);
    expect([status, keys.length]).toEqual([503, 4]);
  });

  it('are not made of what was refused', async () => {
    expect((await against([422], write)).keys).toHaveLength(1);
  });
});

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { dailyArrivalsWorkbook } from '../../infra/local/demo/daily-arrivals-workbook.ts';
import { sheetWorkbook } from '../../infra/local/demo/sheet-workbook.ts';
import { SyncLogRepository } from '../../shared/domain/sync-log/sync-log.repository.ts';
import { TenantScope } from '../../shared/platform/tenant/tenant-scope.ts';
import type { ApiAnswer, ApiClient } from '../support/api-client.ts';
import { PASSWORD } from '../support/given.ts';
import { staged } from '../support/staging.ts';
import { startTestCloud, type TestCloud } from '../support/test-cloud.ts';

let cloud: TestCloud;
let sample: Uint8Array<ArrayBuffer>;
beforeAll(async () => {
  cloud = await startTestCloud({ clock: '2026-06-03T10:00:00Z' });
  sample = new Uint8Array(await dailyArrivalsWorkbook());
});
afterAll(() => cloud.close());

interface Tenant {
  readonly companyId: string;
  readonly admin: ApiClient;
  readonly viewer: ApiClient;
}

async function aTenant(columns?: Record<string, unknown>): Promise<Tenant> {
  const company = await cloud.given.aCompany({ nombre: 'Casas & Mar' });
  const sign = async (role: 'admin' | 'viewer') =>
    cloud.client.signIn((await cloud.given.aUser(company, { role })).email, PASSWORD);
  const admin = await sign('admin');
  if (columns !== undefined) await admin.write('PUT', '/api/heatmap/config-xlsx', columns);
  return { companyId: company.id, admin, viewer: await sign('viewer') };
}

type Part = string | Uint8Array<ArrayBuffer> | File;

async function post(client: ApiClient, parts: Record<string, Part>, path = '/api/heatmap/xlsx'): Promise<ApiAnswer> {
  const raw = new FormData();
  for (const [name, part] of Object.entries(parts)) {
    if (part instanceof Uint8Array) raw.set(name, new File([part], `${name}.xlsx`));
    else if (typeof part === 'string') raw.set(name, part);
    else raw.set(name, part);
  }
  return client.call('POST', path, { raw, headers: await client.csrfPair() });
}

const JUNE = { desde: '2026-06-01', hasta: '2026-06-14' };
const COLUMNS = { col_fecha_checkin: 'c', col_fecha_checkout: 'D' };

interface Day {
  readonly fecha: string;
  readonly checkins: number;
  readonly checkouts: number;
  readonly minutos?: number;
}
const busy = ({ body }: ApiAnswer, field: 'checkins' | 'checkouts') =>
  Object.fromEntries((body.dias as Day[]).filter((day) => day[field] > 0).map((day) => [day.fecha, day[field]]));

describe('the sample of daily arrivals (stay-sidekick.md §9.1)', () => {
  it('gives eleven arrivals, and departures once their file comes too', async () => {
    const { admin, companyId } = await aTenant(COLUMNS);
    const alone = await post(admin, { checkins: sample, ...JUNE });
    expect([alone.status, Object.keys(alone.body)]).toEqual([200, ['ok', 'dias']]);
    expect(busy(alone, 'checkins')).toEqual({ '2026-06-03': 11 });
    expect(busy(alone, 'checkouts')).toEqual({});
    const both = await post(admin, { checkins: sample, checkouts: sample, ...JUNE });
    expect(busy(both, 'checkouts')).toEqual({ '2026-06-05': 2, '2026-06-06': 5, '2026-06-09': 2, '2026-06-10': 2 });
    const line = await new SyncLogRepository(new TenantScope(cloud.table, companyId)).newestOf('xlsx');
    expect(line).toMatchObject({ estado: 'exito', num_registros: 5, proveedor: null });
    expect(line?.detalle).toContain('2026-06-01 al 2026-06-14');
  });

  it('comes as a picture as well, and with the work that the company counts', async () => {
    const { admin } = await aTenant(COLUMNS);
    await admin.write('PUT', '/api/heatmap/minutos', { minutos_checkin: 30, minutos_checkout: 60 });
    const days = (await post(admin, { checkins: sample, ...JUNE })).body.dias as Day[];
    expect(days.find(({ fecha }) => fecha === '2026-06-03')?.minutos).toBe(330);
    const answer = await post(admin, { checkins: sample, checkouts: sample, ...JUNE }, '/api/heatmap/xlsx/imagen');
    expect([answer.status, answer.headers.get('content-type')]).toEqual([200, 'image/svg+xml']);
    expect(answer.text).toContain('Mapa de calor · Casas &amp; Mar');
    expect(answer.text).toContain('Total: 11 entradas · 11 salidas · 16 h 30 de trabajo');
  });

  it('may be staged, both files, and be sent by a viewer', async () => {
    const { admin, viewer } = await aTenant(COLUMNS);
    const [subida_id, subida_id_checkouts] = [
      await staged(admin, 'heatmap', 'a.xlsx', sample),
      await staged(viewer, 'heatmap', 'b.xlsx', sample),
    ];
    const answer = await viewer.write('POST', '/api/heatmap/xlsx', { subida_id, subida_id_checkouts, ...JUNE });
    expect([busy(answer, 'checkins'), busy(answer, 'checkouts')]).toMatchObject([
      { '2026-06-03': 11 },
      { '2026-06-06': 5 },
    ]);
  });
});

it('dates that can be read in two ways are refused by row, in one warning a file', async () => {
  const { admin } = await aTenant({ col_fecha_checkin: 'A', col_fecha_checkout: null });
  const rows = [['Entrada'], ['03-06-26'], ['2026-06-03'], ['03/06/2026'], ['nunca'], [46_176]];
  const bytes = new Uint8Array(await sheetWorkbook(rows, { sheetName: 'x', formats: {} }));
  const answer = await post(admin, { checkins: bytes, ...JUNE });
  expect(busy(answer, 'checkins')).toEqual({ '2026-06-03': 3 });
  expect(answer.body.warnings).toEqual([expect.stringMatching(/entradas: 2 filas descartadas .* fila 2 /)]);
});

describe('what is wrong is told in the order of the contract', () => {
  const csv = new File(['x'], 'a.csv');
  const empty = new File([], 'a.xlsx');
  const garbage = new File(['no soy un libro'], 'a.xlsx');

  it.each<[string, Record<string, unknown> | undefined, () => Record<string, Part>, number, RegExp]>([
    ['no file, whatever else', COLUMNS, () => ({ desde: 'x' }), 400, /checkins/],
    ['dates before the file', COLUMNS, () => ({ checkins: csv, desde: 'x', hasta: '2026-06-01' }), 422, /^desde: /],
    ['one date at a time', COLUMNS, () => ({ checkins: csv }), 422, /^desde: Es obligatorio/],
    [
      'the wrong way round',
      COLUMNS,
      () => ({ checkins: csv, desde: '2026-06-02', hasta: '2026-06-01' }),
      422,
      /^desde/,
    ],
    ['a range above a year', COLUMNS, () => ({ checkins: csv, desde: '2025-01-01', hasta: '2026-06-01' }), 422, /366/],
    ['another extension', undefined, () => ({ checkins: csv, ...JUNE }), 400, /\.xlsx/],
    ['an empty file', undefined, () => ({ checkins: empty, ...JUNE }), 400, /vacío/],
    [
      'another extension of the second',
      undefined,
      () => ({ checkins: sample, checkouts: csv, ...JUNE }),
      400,
      /^checkouts: .*\.xlsx/,
    ],
    ['an empty second file', undefined, () => ({ checkins: sample, checkouts: empty, ...JUNE }), 400, /^checkouts: /],
    ['a column that is not configured', undefined, () => ({ checkins: garbage, ...JUNE }), 422, /entradas.*configura/],
    [
      'the second column not configured',
      { col_fecha_checkin: 'A' },
      () => ({ checkins: garbage, checkouts: garbage, ...JUNE }),
      422,
      /salidas.*configura/,
    ],
    ['a column that Excel lacks', { col_fecha_checkin: 'ZZZ' }, () => ({ checkins: garbage, ...JUNE }), 422, /ZZZ/],
    ['a file that is no workbook', COLUMNS, () => ({ checkins: garbage, ...JUNE }), 422, /entradas: .*no es un libro/],
    [
      'a second one that is no workbook',
      COLUMNS,
      () => ({ checkins: sample, checkouts: garbage, ...JUNE }),
      422,
      /salidas: .*no es un libro/,
    ],
  ])('%s', async (_, columns, parts, status, sentence) => {
    const { admin } = await aTenant(columns);
    const answer = await post(admin, parts());
    expect([answer.status, answer.body.errors]).toEqual([status, [expect.stringMatching(sentence)]]);
  });

  it('a sheet without data', async () => {
    const { admin } = await aTenant(COLUMNS);
    const bytes = new Uint8Array(await sheetWorkbook([['Entrada']], { sheetName: 'x', formats: {} }));
    const answer = await post(admin, { checkins: bytes, ...JUNE });
    expect([answer.status, answer.body.errors]).toEqual([422, [expect.stringContaining('al menos una fila')]]);
  });
});

describe('settings', () => {
  it('have the defaults of the contract', async () => {
    const { viewer } = await aTenant();
    expect((await viewer.get('/api/heatmap/umbrales')).body).toEqual({
      ok: true,
      umbrales: { nivel1: 10, nivel2: 20, nivel3: 30 },
    });
    expect((await viewer.get('/api/heatmap/config-xlsx')).body).toEqual({
      ok: true,
      config: { col_fecha_checkin: null, col_fecha_checkout: null },
    });
    expect((await viewer.get('/api/heatmap/minutos')).body).toEqual({ ok: true, minutos: null });
  });

  it('are replaced as a whole and told to the audit trail', async () => {
    const { admin } = await aTenant();
    const umbrales = { nivel1: 1, nivel2: 5, nivel3: 9_999 };
    expect((await admin.write('PUT', '/api/heatmap/umbrales', umbrales)).body).toEqual({ ok: true, umbrales });
    const first = await admin.write('PUT', '/api/heatmap/config-xlsx', { ...COLUMNS, col_fecha_checkin: ' av ' });
    expect(first.body.config).toEqual({ col_fecha_checkin: 'AV', col_fecha_checkout: 'D' });
    for (const col_fecha_checkout of ['', null, undefined]) {
      await admin.write('PUT', '/api/heatmap/config-xlsx', { col_fecha_checkin: 'b', col_fecha_checkout });
      const { config } = (await admin.get('/api/heatmap/config-xlsx')).body;
      expect(config).toEqual({ col_fecha_checkin: 'B', col_fecha_checkout: null });
    }
    const { entradas } = (await admin.get('/api/auditoria?limite=1')).body as { entradas: { entidad_id: string }[] };
    expect(entradas[0]?.entidad_id).toBe('heatmap_columnas');
  });

  it.each<[string, Record<string, unknown>, RegExp]>([
    ['umbrales', { nivel1: 10, nivel2: 10, nivel3: 30 }, /^_schema: /],
    ['umbrales', { nivel1: 0, nivel2: 1, nivel3: 2 }, /^nivel1: /],
    ['umbrales', { nivel1: '1', nivel2: 2, nivel3: 3 }, /^nivel1: /],
    ['umbrales', { nivel1: 1, nivel2: 2.5, nivel3: 3 }, /^nivel2: /],
    ['umbrales', { nivel1: 1, nivel2: 2 }, /^nivel3: /],
    ['umbrales', { nivel1: 1, nivel2: 2, nivel3: 3, nivel4: 4 }, /^nivel4: /],
    ['config-xlsx', { col_fecha_checkin: null }, /^col_fecha_checkin: /],
    ['config-xlsx', { col_fecha_checkin: 'ABCD' }, /^col_fecha_checkin: /],
    ['config-xlsx', { col_fecha_checkin: 'Ñ' }, /^col_fecha_checkin: /],
    ['config-xlsx', { col_fecha_checkin: 'A', col_fecha_checkout: '4' }, /^col_fecha_checkout: /],
    ['minutos', { minutos_checkin: -1, minutos_checkout: 0 }, /^minutos_checkin: /],
    ['minutos', { minutos_checkin: 1_441, minutos_checkout: 0 }, /^minutos_checkin: /],
  ])('%s refuses %j', async (name, body, sentence) => {
    const { admin } = await aTenant();
    const answer = await admin.write('PUT', `/api/heatmap/${name}`, body);
    expect([answer.status, answer.body.errors]).toEqual([422, [expect.stringMatching(sentence)]]);
  });
});

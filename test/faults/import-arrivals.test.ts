import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { dailyArrivalsWorkbook } from '../../infra/local/demo/daily-arrivals-workbook.ts';
import { type SheetValue, sheetWorkbook } from '../../infra/local/demo/sheet-workbook.ts';
import { ArrivalImportRepository } from '../../shared/domain/arrival-import/arrival-import.repository.ts';
import { StoredArrivalRepository } from '../../shared/domain/arrival-import/stored-arrival.repository.ts';
import { openArrival } from '../../shared/domain/arrival-import/stored-arrival.ts';
import { companyKey } from '../../shared/domain/company/company.keys.ts';
import type { Company } from '../../shared/domain/company/company.ts';
import { systemClock } from '../../shared/platform/clock/clock.ts';
import { eachLimit } from '../../shared/platform/concurrency/each-limit.ts';
import { tenantKeys } from '../../shared/platform/crypto/tenant-keys.ts';
import { objectStore } from '../../shared/platform/storage/object-store.ts';
import { TenantScope } from '../../shared/platform/tenant/tenant-scope.ts';
import { PASSWORD } from '../support/given.ts';
import { startTestCloud, type TestCloud } from '../support/test-cloud.ts';

const DAY = '2026-06-03';
const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';

let cloud: TestCloud;
beforeAll(async () => {
  cloud = await startTestCloud({ clock: `${DAY}T10:00:00Z` });
});
afterAll(() => cloud.close());

const bucket = () => objectStore(cloud.cloud.info.buckets.arrivals);
const keyOf = (company: Company, name: string) => `arrivals/${company.id}/${name}`;

async function aTenant(): Promise<Company> {
  const company = await cloud.given.aCompany();
  await cloud.given.lateCheckin(company);
  return company;
}

async function drop(company: Company, name: string, bytes: Uint8Array | string): Promise<void> {
  await bucket().write(keyOf(company, name), bytes, XLSX);
  await cloud.cloud.drain();
}

/** Guests of the day as they rest in the table, opened. */
async function guestsOf(company: Company, day = DAY): Promise<string[]> {
  const scope = new TenantScope(cloud.table, company.id);
  const rows = await new StoredArrivalRepository(scope).listOn(day, systemClock.now());
  if (rows.length === 0) return [];
  const key = await tenantKeys('alias/stay-ops-local', systemClock).dataKey(scope, 'guest-data');
  return rows.map((row) => openArrival(key, row).guest_name ?? '').sort();
}

async function resultOf(company: Company, name: string): Promise<Record<string, unknown> | undefined> {
  const object = await bucket().read(`results/${company.id}/${name}.json`, 1_000_000);
  return object?.bytes && JSON.parse(Buffer.from(object.bytes).toString());
}

async function importsOf(company: Company): Promise<Record<string, unknown>[]> {
  const user = await cloud.given.aUser(company);
  const client = await cloud.client.signIn(user.email, PASSWORD);
  const answer = await client.get('/api/notificaciones/checkin-tardio/importaciones');
  return answer.body.importaciones as Record<string, unknown>[];
}

function sheet(...guests: readonly (readonly [string, string])[]): Promise<Buffer> {
  const header: SheetValue[] = ['Nombre', 'Check-in', 'Hora', 'Apartamento'];
  return sheetWorkbook([header, ...guests.map(([name, hour]) => [name, DAY, hour, 'Casa'])]);
}

async function aTenantByHeaders(): Promise<Company> {
  const company = await cloud.given.aCompany();
  const none = { col_nombre: '', col_checkin: '', col_hora_llegada: '', col_telefono: '', col_apartamento: '' };
  await cloud.given.lateCheckin(company, none);
  return company;
}

describe('a dropped workbook', () => {
  it('becomes arrivals, a result beside it and a line in the list', async () => {
    const company = await aTenant();
    await drop(company, 'llegadas de hoy.xlsx', await dailyArrivalsWorkbook({ checkIn: DAY }));
    expect(await guestsOf(company)).toHaveLength(11);
    const result = await resultOf(company, 'llegadas de hoy');
    expect(result).toMatchObject({
      estado: 'procesado',
      filas: 11,
      aceptadas: 11,
      omitidas: 0,
      filas_omitidas: [],
      error: null,
    });
    const { filas_omitidas: _, ...listed } = result ?? {};
    expect(await importsOf(company)).toEqual([listed]);
    expect(listed).toMatchObject({ fichero: 'llegadas de hoy.xlsx', recibido: expect.stringMatching(/\+00:00$/) });
  });

  it('rests with its guests encrypted: neither name nor phone is anywhere in the table', async () => {
    const company = await aTenantByHeaders();
    await drop(company, 'a.xlsx', await sheet(['Zacarías Incógnito', '22:00']));
    const rows: unknown[] = [];
    for (const collection of ['ARRIVAL', 'ARRIVAL_SOURCE', 'ARRIVAL_IMPORT', 'ARRIVAL_EXPIRY']) {
      for await (const row of cloud.table.queryAll({ pk: `T#${company.id}#${collection}` })) rows.push(row);
    }
    expect(rows.length).toBeGreaterThan(3);
    expect(JSON.stringify(rows)).not.toMatch(/Zacar|Inc.gnito/i);
  });

  it('with the same bytes twice changes nothing', async () => {
    const company = await aTenantByHeaders();
    const bytes = await sheet(['Ana', '22:00']);
    await drop(company, 'a.xlsx', bytes);
    const before = await importsOf(company);
    await cloud.passTime(60);
    await drop(company, 'a.xlsx', bytes);
    expect(await importsOf(company)).toEqual(before);
    expect(await guestsOf(company)).toEqual(['Ana']);
  });

  it('replaces what an earlier version of the same file said', async () => {
    const company = await aTenantByHeaders();
    await drop(company, 'a.xlsx', await sheet(['Ana', '22:00'], ['Berta', '21:00']));
    await drop(company, 'a.xlsx', await sheet(['Berta', '23:00'], ['Carla', '20:00']));
    expect(await guestsOf(company)).toEqual(['Berta', 'Carla']);
  });

  it('joins the rows of other files, each stay once', async () => {
    const company = await aTenantByHeaders();
    await drop(company, 'a.xlsx', await sheet(['Ana', '22:00'], ['Berta', '21:00']));
    await drop(company, 'b.xlsx', await sheet(['Berta', '23:00'], ['Carla', '20:00']));
    expect(await guestsOf(company)).toEqual(['Ana', 'Berta', 'Carla']);
  });

  it('says which rows it left out and why', async () => {
    const company = await aTenantByHeaders();
    const rows: SheetValue[][] = [
      ['Nombre', 'Check-in', 'Hora', 'Apartamento'],
      ['', DAY, '22:00', 'Casa'],
      ['Ana', '', '22:00', 'Casa'],
      ['Eva', '2026-05-01', '22:00', 'Casa'],
      ['Zoe', DAY, '25:99', 'Casa'],
    ];
    await drop(company, 'a.xlsx', await sheetWorkbook(rows));
    expect(await resultOf(company, 'a')).toMatchObject({
      estado: 'procesado',
      filas: 4,
      aceptadas: 1,
      omitidas: 3,
      filas_omitidas: [
        { fila: 2, motivo: 'falta el nombre del huésped' },
        { fila: 3, motivo: 'falta la fecha de entrada' },
        { fila: 4, motivo: 'la fecha de entrada ya ha pasado' },
      ],
      advertencias: expect.arrayContaining([expect.stringContaining('25:99')]),
    });
  });
});

describe('a poison workbook', () => {
  it.each([
    ['not a workbook', 'x.xlsx', 'esto no es un libro'],
    ['of another kind', 'x.csv', 'a;b'],
    ['empty', 'x.xlsx', Buffer.alloc(0)],
  ])('%s leaves one result that says why, and an empty dead-letter queue', async (_, name, bytes) => {
    const company = await aTenant();
    await drop(company, name, bytes);
    const [listed, ...others] = await importsOf(company);
    expect(others).toEqual([]);
    expect(listed).toMatchObject({ estado: 'rechazado', filas: 0, aceptadas: 0, error: expect.stringMatching(/\.$/) });
    expect(await cloud.deadLetters()).toEqual([]);
    expect(await guestsOf(company)).toEqual([]);
  });

  it('does not make the arrivals of the version before it disappear', async () => {
    const company = await aTenantByHeaders();
    await drop(company, 'a.xlsx', await sheet(['Ana', '22:00']));
    await drop(company, 'a.xlsx', 'roto');
    expect(await guestsOf(company)).toEqual(['Ana']);
    expect((await importsOf(company)).map(({ estado }) => estado)).toEqual(['rechazado', 'procesado']);
  });

  it('dropped again after the settings were mended is read', async () => {
    const company = await aTenantByHeaders();
    const bytes = await dailyArrivalsWorkbook({ checkIn: DAY });
    await drop(company, 'a.xlsx', bytes);
    expect(await resultOf(company, 'a')).toMatchObject({
      estado: 'rechazado',
      error: expect.stringContaining('nombre del huésped'),
    });
    await cloud.given.lateCheckin(company);
    await drop(company, 'a.xlsx', bytes);
    expect(await resultOf(company, 'a')).toMatchObject({ estado: 'procesado', aceptadas: 11 });
  });
});

describe('events may come twice, late and out of order', () => {
  const eventOf = (company: Company, name: string, eventTime: string, sequencer: string) => ({
    Records: [
      {
        eventTime,
        s3: {
          bucket: { name: cloud.cloud.info.buckets.arrivals },
          object: {
            key: encodeURIComponent(keyOf(company, name)).replaceAll('%2F', '/').replaceAll('%20', '+'),
            sequencer,
          },
        },
      },
    ],
  });

  it('the same event twice, also at once, gives one import and every row once', async () => {
    const company = await aTenantByHeaders();
    await drop(company, 'a b.xlsx', await sheet(['Ana', '22:00'], ['Berta', '21:00']));
    const before = await importsOf(company);
    const again = eventOf(company, 'a b.xlsx', '2026-06-03T09:00:00.000Z', '1');
    await Promise.all([1, 2, 3].map(() => cloud.invoke('import-arrivals', again)));
    expect(await importsOf(company)).toEqual(before);
    expect(await guestsOf(company)).toEqual(['Ana', 'Berta']);
  });

  it('an event of an older version that comes last changes nothing', async () => {
    const company = await aTenantByHeaders();
    await drop(company, 'a.xlsx', await sheet(['Ana', '22:00']));
    await bucket().write(keyOf(company, 'a.xlsx'), await sheet(['Berta', '21:00']), XLSX);
    await cloud.cloud.drain();
    await cloud.invoke('import-arrivals', eventOf(company, 'a.xlsx', '2026-06-03T08:00:00.000Z', '0'));
    expect(await guestsOf(company)).toEqual(['Berta']);
  });

  it('a key that belongs to nobody is left alone', async () => {
    await bucket().write('arrivals/otro/a.xlsx', await sheet(['Ana', '22:00']), XLSX);
    await cloud.cloud.drain();
    expect(await cloud.deadLetters()).toEqual([]);
  });
});

describe('when something underneath fails', () => {
  it('a table that throttles five calls only makes it slower', async () => {
    const company = await aTenantByHeaders();
    const bytes = await sheet(['Ana', '22:00'], ['Berta', '21:00']);
    await cloud.cloud.faults.dynamodb.set({ operation: 'PutItem', error: 'throttle', times: 5 });
    await drop(company, 'a.xlsx', bytes);
    expect(await guestsOf(company)).toEqual(['Ana', 'Berta']);
    expect(await resultOf(company, 'a')).toMatchObject({ estado: 'procesado', aceptadas: 2 });
  });

  it('a crash half way is mended by the retry: every row once', async () => {
    const company = await aTenantByHeaders();
    const names = Array.from({ length: 60 }, (_, at) => [`Huésped ${String(at).padStart(2, '0')}`, '22:00'] as const);
    const bytes = await sheet(...names);
    await cloud.cloud.faults.dynamodb.set({ operation: 'TransactWriteItems', error: 'internal', times: 8 });
    await drop(company, 'a.xlsx', bytes);
    expect(await guestsOf(company)).toEqual(names.map(([name]) => name));
    expect(await importsOf(company)).toHaveLength(1);
  });

  it('a key service that is down is seen in the result, nothing is half-written, and the retry mends it', async () => {
    const company = await aTenantByHeaders();
    await cloud.cloud.faults.kms.set({ error: 'unavailable', times: 1_000 });
    await drop(company, 'a.xlsx', await sheet(['Ana', '22:00']));
    expect(await resultOf(company, 'a')).toMatchObject({
      estado: 'rechazado',
      error: expect.stringContaining('Se volverá a intentar'),
    });
    await cloud.cloud.faults.kms.clear();
    expect(await guestsOf(company)).toEqual([]);
    const [dead] = await cloud.deadLetters();
    expect(dead).toContain(company.id);
    await cloud.invoke('import-arrivals', JSON.parse(dead ?? '{}'));
    expect(await resultOf(company, 'a')).toMatchObject({ estado: 'procesado', aceptadas: 1 });
    expect(await guestsOf(company)).toEqual(['Ana']);
  });

  it('a company erased between drop and event leaves no file and no row', async () => {
    const company = await aTenantByHeaders();
    await cloud.table.write({ kind: 'delete', key: companyKey(company.id) });
    await drop(company, 'a.xlsx', await sheet(['Ana', '22:00']));
    expect(await bucket().read(keyOf(company, 'a.xlsx'), 0)).toBeUndefined();
    expect(await guestsOf(company)).toEqual([]);
    expect(await resultOf(company, 'a')).toBeUndefined();
  });
});

describe("guests' data goes when its time is over (ruling 8)", () => {
  it('72 hours after the check-in day the arrivals are gone, and the run deletes file and result', async () => {
    const company = await aTenantByHeaders();
    await drop(company, 'a.xlsx', await sheet(['Ana', '22:00']));
    await cloud.setTime('2026-06-06T21:59:00Z');
    await cloud.runLateCheckin();
    expect(await resultOf(company, 'a')).toBeDefined();
    await cloud.setTime('2026-06-06T22:01:00Z');
    expect(await guestsOf(company)).toEqual([]);
    await cloud.runLateCheckin();
    expect(await resultOf(company, 'a')).toBeUndefined();
    expect(await bucket().read(keyOf(company, 'a.xlsx'), 0)).toBeUndefined();
    await cloud.setTime(`${DAY}T10:00:00Z`);
  });
});

describe('two hundred files dropped at once', () => {
  it('are all read, each once, and none is lost', async () => {
    const company = await aTenantByHeaders();
    const bytes = await sheet(['Noa Vidal', '22:30'], ['Iker Sanz', '23:10']);
    const names = Array.from({ length: 200 }, (_, at) => `caja-${at}.xlsx`);
    await eachLimit(names, 40, (name) => bucket().write(keyOf(company, name), bytes, XLSX));
    await cloud.cloud.drain();
    const imports = new ArrivalImportRepository(new TenantScope(cloud.table, company.id));
    const { items } = await imports.list({ limite: 500 });
    expect(items.map(({ fichero }) => fichero).sort()).toEqual([...names].sort());
    expect(new Set(items.map(({ estado }) => estado))).toEqual(new Set(['procesado']));
    // The same stay told by two hundred files is one arrival.
    expect(await guestsOf(company)).toEqual(['Iker Sanz', 'Noa Vidal']);
    expect(await cloud.deadLetters()).toEqual([]);
  });
});

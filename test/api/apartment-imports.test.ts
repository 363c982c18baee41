import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type SheetValue, sheetWorkbook } from '../../infra/local/demo/sheet-workbook.ts';
import { ApartmentRepository } from '../../shared/domain/apartment/apartment.repository.ts';
import type { Apartment } from '../../shared/domain/apartment/apartment.ts';
import { AuditRepository } from '../../shared/domain/audit/audit.repository.ts';
import { SyncLogRepository } from '../../shared/domain/sync-log/sync-log.repository.ts';
import { TenantScope } from '../../shared/platform/tenant/tenant-scope.ts';
import type { ApiAnswer, ApiClient } from '../support/api-client.ts';
import { PASSWORD } from '../support/given.ts';
import { staged } from '../support/staging.ts';
import { startTestCloud, type TestCloud } from '../support/test-cloud.ts';
import { apartmentListWorkbook } from '../support/workbooks/apartment-list.ts';

const PATH = '/api/apartamentos/importacion';
const COLUMNS = { col_id_externo: 4, col_nombre: 1, col_direccion: 3, col_ciudad: 11 };

let cloud: TestCloud;
beforeAll(async () => {
  cloud = await startTestCloud();
});
afterAll(() => cloud.close());

let scope: TenantScope;
let client: ApiClient;
beforeEach(async () => {
  const company = await cloud.given.aCompany();
  scope = new TenantScope(cloud.table, company.id);
  client = await cloud.client.signIn((await cloud.given.aUser(company)).email, PASSWORD);
});

const upload = (path: string, bytes: Uint8Array, fields: Record<string, string> = {}) =>
  client.upload(path, { name: 'apartamentos.xlsx', bytes }, { fields });
const preview = (bytes: Uint8Array) => upload(`${PATH}/preview`, bytes);
const sheet = (...rows: SheetValue[][]) =>
  sheetWorkbook([['id_pms', 'id_externo', 'nombre', 'direccion', 'ciudad'], ...rows]);
const catalogue = () => new ApartmentRepository(scope).list();
const syncLog = async () => (await new SyncLogRepository(scope).list({ limite: 10 })).items;

interface Importacion {
  readonly id: string;
  readonly vista_previa: string;
  readonly filas: readonly { fila: number; resultado: string; motivo: string | null }[];
}
const importacionOf = ({ body }: ApiAnswer) => body.importacion as Importacion;
const outcomes = (answer: ApiAnswer) => importacionOf(answer).filas.map(({ resultado }) => resultado);
const previewOf = ({ body }: ApiAnswer) => body.preview as Record<string, readonly Record<string, unknown>[]>;
const sizes = (answer: ApiAnswer) => Object.entries(previewOf(answer)).map(([name, list]) => [name, list.length]);
const shape = ({ created_at, updated_at, revision, ...rest }: Apartment) => rest;

describe('the sample of 160 apartments (§9.1)', () => {
  let sample: Buffer;
  beforeAll(async () => {
    sample = await apartmentListWorkbook();
  });

  it('without configured columns has a code and no name: 422, and the preview says so in one sentence', async () => {
    const refused = await upload(PATH, sample);
    expect([refused.status, refused.body]).toEqual([
      422,
      { ok: false, errors: [expect.stringContaining('del nombre')] },
    ]);
    const previewed = await preview(sample);
    expect([previewed.status, previewOf(previewed)]).toEqual([
      200,
      { nuevos: [], actualizados: [], sin_cambios: [], errores: refused.body.errors },
    ]);
    expect(await syncLog()).toMatchObject([{ origen: 'xlsx', estado: 'error', num_registros: null }]);
  });

  it('with its columns is 160 new ones, then 160 unchanged and not a row written', async () => {
    await client.write('PUT', '/api/perfil/xlsx-apartamentos', COLUMNS);
    expect(sizes(await preview(sample))).toEqual([
      ['nuevos', 160],
      ['actualizados', 0],
      ['sin_cambios', 0],
      ['errores', 0],
    ]);
    const first = await upload(PATH, sample);
    expect([first.status, first.body.resultado]).toEqual([200, { total: 160, nuevos: 160, actualizados: 0 }]);
    expect(first.body).not.toHaveProperty('warnings');
    const before = await catalogue();
    expect(before[0]).toMatchObject({ id_pms: expect.any(String), pms_origen: 'xlsx', activo: true, revision: 1 });
    const second = await upload(PATH, sample);
    expect(second.body.resultado).toEqual({ total: 160, nuevos: 0, actualizados: 160 });
    expect(importacionOf(second).id).toBeNull();
    expect(await catalogue()).toEqual(before);
    expect(sizes(await preview(sample))).toEqual([
      ['nuevos', 0],
      ['actualizados', 0],
      ['sin_cambios', 160],
      ['errores', 0],
    ]);
    expect((await syncLog()).map(({ estado, num_registros }) => [estado, num_registros])).toEqual([
      ['exito', 160],
      ['exito', 160],
    ]);
  });
});

describe('preview and import are one engine (D-29)', () => {
  it('they say the same of every row, and the import does what the preview said', async () => {
    await client.write('POST', '/api/apartamentos', { nombre: 'A mano', id_externo: 'H1' });
    await upload(
      PATH,
      await sheet(['1', 'A', 'Sol', null, null], ['2', 'B', 'Luna', 'Calle 2', 'Cádiz'], ['3', 'C', 'Mar', null, null]),
    );
    const [sol, luna] = [await find('Sol'), await find('Luna')];
    await client.write('DELETE', `/api/apartamentos/${luna?.id}`);
    const file = await sheet(
      ['1', 'A', 'Sol', null, null],
      ['2', 'B', 'Luna', null, null],
      [3, 'CC', 'Mar', null, null],
      [null, 'H1', 'A mano', null, null],
      ['9', 'Z', '<b>Nuevo</b>', null, null],
      ['9', 'Z', 'Nuevo', 'Calle 9', null],
      [null, null, 'sin código', null, null],
      ['10', 'Y', null, null, null],
      ['x'.repeat(101), 'W', 'Largo', null, null],
    );
    const previewed = await preview(file);
    const expected = [
      'sin_cambios',
      'actualizado',
      'actualizado',
      'actualizado',
      'nuevo',
      'actualizado',
      'omitido',
      'omitido',
      'omitido',
    ];
    expect(outcomes(previewed)).toEqual(expected);
    expect(previewOf(previewed).actualizados?.[0]).toEqual({
      id_pms: '2',
      id_externo: 'B',
      nombre: 'Luna',
      ciudad: null,
      direccion: null,
      nombre_actual: 'Luna',
    });
    const imported = await upload(PATH, file);
    expect(outcomes(imported)).toEqual(expected);
    expect(imported.body.resultado).toEqual({ total: 6, nuevos: 1, actualizados: 5 });
    expect(imported.body.warnings).toEqual([
      'Fila 8: falta el código (id_externo); no se importa.',
      'Fila 9: falta el nombre; no se importa.',
      'Fila 10: el identificador de la columna A tiene más de 100 caracteres; no se importa.',
    ]);
    expect(imported.body.warnings).toEqual(previewOf(previewed).errores);
    expect(
      (await catalogue()).map(({ nombre, id_pms, id_externo, activo, direccion }) => [
        nombre,
        id_pms,
        id_externo,
        activo,
        direccion,
      ]),
    ).toEqual([
      ['A mano', 'H1', 'H1', true, null],
      ['Luna', '2', 'B', true, 'Calle 2'],
      ['Mar', '3', 'CC', true, null],
      ['Nuevo', '9', 'Z', true, 'Calle 9'],
      ['Sol', '1', 'A', true, null],
    ]);
    expect((await find('Sol'))?.revision).toBe(sol?.revision);
    expect((await syncLog())[0]).toMatchObject({ estado: 'parcial', num_registros: 6 });
  });

  const find = async (nombre: string) => (await catalogue()).find((row) => row.nombre === nombre);

  it('a file of nothing but bad rows is a 422 with all of their sentences', async () => {
    const answer = await upload(PATH, await sheet([null, null, 'x', null, null], ['1', 'A', null, null, null]));
    expect([answer.status, (answer.body.errors as string[]).length]).toEqual([422, 2]);
    expect(await catalogue()).toEqual([]);
  });
});

describe('an import that is bound to a preview', () => {
  const bound = async (file: Uint8Array, vista_previa: string) => upload(PATH, file, { vista_previa });

  it('is carried out, and repeated answers the same without writing', async () => {
    const file = await sheet(['1', 'A', 'Sol', null, null], ['2', 'B', 'Luna', null, null]);
    const { vista_previa } = importacionOf(await preview(file));
    const first = await bound(file, vista_previa);
    expect(first.body.resultado).toEqual({ total: 2, nuevos: 2, actualizados: 0 });
    const [before, lines] = [await catalogue(), await syncLog()];
    const again = await bound(file, vista_previa);
    expect(again.body).toEqual(first.body);
    expect([await catalogue(), await syncLog()]).toEqual([before, lines]);
  });

  it('is refused once the catalogue has changed, or for another file or other columns', async () => {
    const file = await sheet(['1', 'A', 'Sol', null, null]);
    const { vista_previa } = importacionOf(await preview(file));
    const other = await bound(await sheet(['1', 'A', 'Otro', null, null]), vista_previa);
    expect([other.status, other.body.errors]).toEqual([409, [expect.stringContaining('El fichero')]]);
    await client.write('POST', '/api/apartamentos', { nombre: 'Entretanto' });
    const changed = await bound(file, vista_previa);
    expect([changed.status, changed.body.errors]).toEqual([409, [expect.stringContaining('El catálogo ha cambiado')]]);
    expect(await catalogue()).toHaveLength(1);
  });
});

describe('undoing an import', () => {
  const revert = (id: string) => client.write('POST', `/api/apartamentos/importaciones/${id}/reversion`);

  it('leaves the catalogue as it was, ids of the PMS included, and may be repeated', async () => {
    await upload(PATH, await sheet(['1', 'A', 'Sol', 'Calle 1', null], ['2', 'B', 'Luna', null, null]));
    await client.write('POST', '/api/apartamentos', { nombre: 'A mano', id_externo: 'H1' });
    const before = (await catalogue()).map(shape);
    const imported = await upload(
      PATH,
      await sheet(
        ['1', 'A1', 'Sol nuevo', 'Calle 9', 'Cádiz'],
        ['7', 'H1', 'A mano', null, null],
        ['8', 'N', 'Nuevo', null, null],
      ),
    );
    expect(imported.body.resultado).toEqual({ total: 3, nuevos: 1, actualizados: 2 });
    const { id } = importacionOf(imported);
    const answer = await revert(id);
    const reversion = { eliminados: 1, restaurados: 2, conservados: [] };
    expect([answer.status, answer.body]).toEqual([200, { ok: true, reversion }]);
    const { items } = await new AuditRepository(scope).list({ limite: 2 });
    expect(items).toMatchObject([
      { accion: 'apartamentos.deshacer', entidad_id: id, cambios: { eliminados: 1, restaurados: 2 } },
      { accion: 'apartamentos.importar', entidad_id: id },
    ]);
    expect((await catalogue()).map(shape)).toEqual(before);
    expect((await revert(id)).body).toEqual({ ok: true, reversion });
    // The ids are free again for others.
    const again = await upload(PATH, await sheet(['7', 'Q', 'Otra', null, null]));
    expect(again.body.resultado).toEqual({ total: 1, nuevos: 1, actualizados: 0 });
  });

  it('is refused once a row was touched, naming it, and undoes nothing', async () => {
    const { id } = importacionOf(
      await upload(PATH, await sheet(['1', 'A', 'Sol', null, null], ['2', 'B', 'Luna', null, null])),
    );
    const [luna] = (await catalogue()).filter(({ nombre }) => nombre === 'Luna');
    await client.write('PUT', `/api/apartamentos/${luna?.id}`, { nombre: 'Luna llena' });
    const before = await catalogue();
    const answer = await revert(id);
    expect([answer.status, answer.body]).toEqual([
      409,
      {
        ok: false,
        errors: [
          'Un apartamento ha cambiado después de la importación, así que no se ha deshecho nada.',
          `«Luna llena» (${luna?.id}) ha cambiado después.`,
        ],
      },
    ]);
    expect(await catalogue()).toEqual(before);
  });

  it('is possible again once the import after it was undone', async () => {
    const first = importacionOf(
      await upload(PATH, await sheet(['1', 'A', 'Sol', null, null], ['2', 'B', 'Luna', null, null])),
    );
    const between = await catalogue();
    const second = importacionOf(
      await upload(PATH, await sheet(['1', 'A', 'Sol y sombra', null, null], ['3', 'C', 'Mar', null, null])),
    );
    expect((await revert(first.id)).status).toBe(409);
    expect((await revert(second.id)).body.reversion).toEqual({ eliminados: 1, restaurados: 1, conservados: [] });
    const volatile = { revision: expect.anything(), updated_at: expect.anything() };
    expect(await catalogue()).toEqual(between.map((row) => ({ ...row, ...volatile })));
    expect((await revert(first.id)).body.reversion).toEqual({ eliminados: 2, restaurados: 0, conservados: [] });
    expect(await catalogue()).toEqual([]);
  });

  it('is possible for thirty days', async () => {
    const { id } = importacionOf(await upload(PATH, await sheet(['1', 'A', 'Sol', null, null])));
    const { email } = await cloud.given.aUser({ id: scope.empresaId });
    await cloud.passTime(30 * 86_400 + 60);
    client = await cloud.client.signIn(email, PASSWORD);
    const answer = await revert(id);
    expect([answer.status, answer.body.errors]).toEqual([409, [expect.stringContaining('30 días')]]);
  });

  it('and the list of imports tell of each other', async () => {
    await upload(PATH, await sheet(['1', 'A', 'Sol', null, null]));
    const { id } = importacionOf(await upload(PATH, await sheet(['1', 'A', 'Luna', null, null])));
    await revert(id);
    const { body } = await client.get('/api/apartamentos/importaciones?limite=1');
    expect(body.importaciones).toMatchObject([
      {
        id,
        fichero: 'apartamentos.xlsx',
        estado: 'revertida',
        recuentos: { filas: 1, actualizados: 1 },
        reversion: { restaurados: 1 },
      },
    ]);
    expect(body.siguiente).toEqual(expect.any(String));
    expect((await revert('imp_nada')).status).toBe(404);
  });
});

describe('five thousand rows', () => {
  it('in one upload, staged: at most three table requests for each 25 rows; a second time not a row is written', async () => {
    const rows = Array.from({ length: 5_000 }, (_, at): SheetValue[] => [
      at,
      `T${at}`,
      `Piso ${at}`,
      `Calle ${at}`,
      'Cádiz',
    ]);
    const bytes = new Uint8Array(await sheet(...rows));
    const { faults } = cloud.cloud;
    const send = async () => {
      const subida_id = await staged(client, 'apartamentos', 'grande.xlsx', bytes);
      await faults.dynamodb.resetCounts();
      const answer = await client.write('POST', PATH, { subida_id });
      expect(answer.status).toBe(200);
      return { answer, counts: await faults.dynamodb.counts() };
    };
    const first = await send();
    expect(first.answer.body.resultado).toEqual({ total: 5_000, nuevos: 5_000, actualizados: 0 });
    const requests = Object.values(first.counts).reduce((sum, count) => sum + count, 0);
    expect(requests).toBeLessThanOrEqual((3 * 5_000) / 25);
    const second = await send();
    expect(second.answer.body.resultado).toEqual({ total: 5_000, nuevos: 0, actualizados: 5_000 });
    expect(second.counts.TransactWriteItems).toBeUndefined();
    // The line in the sync log, and nothing else.
    expect(second.counts.PutItem).toBe(1);
  });
});

describe('the template', () => {
  it('is a workbook that the import reads without configuration, once it has rows', async () => {
    const answer = await client.call('GET', `${PATH}/plantilla`);
    expect(answer.headers.get('content-disposition')).toContain('apartamentos.xlsx');
    const file = await readFile(new URL('../../functions/apartments/plantilla.xlsx', import.meta.url));
    expect(Number(answer.headers.get('content-length'))).toBe(file.length);
    expect((await upload(PATH, file)).body.errors).toEqual([expect.stringContaining('al menos una fila de datos')]);
  });
});

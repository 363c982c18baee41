import { randomBytes } from 'node:crypto';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { importApartments } from '../../functions/apartments/operations/import-apartments.ts';
import { type SheetValue, sheetWorkbook } from '../../infra/local/demo/sheet-workbook.ts';
import { ApartmentRepository } from '../../shared/domain/apartment/apartment.repository.ts';
import { ApartmentImportRepository } from '../../shared/domain/apartment-import/apartment-import.repository.ts';
import type { AuditFact } from '../../shared/domain/audit/audit-entry.ts';
import { AuditTrail } from '../../shared/domain/audit/audit-trail.ts';
import { SyncLogRepository } from '../../shared/domain/sync-log/sync-log.repository.ts';
import { systemClock } from '../../shared/platform/clock/clock.ts';
import type { Write } from '../../shared/platform/dynamo/table.ts';
import { randomIds } from '../../shared/platform/ids/ids.ts';
import { TenantScope } from '../../shared/platform/tenant/tenant-scope.ts';
import type { ApiClient } from '../support/api-client.ts';
import { PASSWORD } from '../support/given.ts';
import { staged } from '../support/staging.ts';
import { startTestCloud, type TestCloud } from '../support/test-cloud.ts';
import { HOSTILE_CORPUS } from '../support/workbooks/hostile-corpus.ts';

const NOBODY = { actor: undefined, address: undefined, now: new Date('2026-06-01T10:00:00Z') };

const PATH = '/api/apartamentos/importacion';
let cloud: TestCloud;
beforeAll(async () => {
  cloud = await startTestCloud();
});
afterAll(() => cloud.close());
afterEach(() => cloud.cloud.faults.dynamodb.clear());

let scope: TenantScope;
let client: ApiClient;
beforeEach(async () => {
  const company = await cloud.given.aCompany();
  scope = new TenantScope(cloud.table, company.id);
  client = await cloud.client.signIn((await cloud.given.aUser(company)).email, PASSWORD);
});

const catalogue = () => new ApartmentRepository(scope).list();
const sheet = (count: number) =>
  sheetWorkbook([
    ['id', 'nombre'],
    ...Array.from({ length: count }, (_, at): SheetValue[] => [`P${at}`, `Piso ${at}`]),
  ]);
const upload = (bytes: Uint8Array, path = PATH) => client.upload(path, { name: 'apartamentos.xlsx', bytes });
const imports = async () => (await new ApartmentImportRepository(scope).list({ limite: 10 })).items;

describe('two imports at once', () => {
  it('of one file end as one import, and both say what it did', async () => {
    const bytes = await sheet(200);
    const answers = await Promise.all([upload(bytes), upload(bytes), upload(bytes)]);
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200]);
    expect(await catalogue()).toHaveLength(200);
    // Whoever came when all was written finds nothing to do; the others say the same of the one import.
    const news = answers.map(({ body }) => (body.resultado as { nuevos: number }).nuevos);
    expect(news.filter((count) => count !== 200 && count !== 0)).toEqual([]);
    expect(news).toContain(200);
    expect(await imports()).toMatchObject([{ estado: 'terminada', recuentos: { nuevos: 200 } }]);
  });

  it('of files that share dwellings leave each once, with the ids of the PMS unique', async () => {
    const [first, second] = [await sheet(150), await sheet(160)];
    const answers = await Promise.all([upload(first), upload(second)]);
    expect(answers.map(({ status }) => status)).toEqual([200, 200]);
    const ids = (await catalogue()).map(({ id_pms }) => id_pms);
    expect([ids.length, new Set(ids).size]).toEqual([160, 160]);
    const news = answers.map(({ body }) => (body.resultado as { nuevos: number }).nuevos);
    expect((news[0] as number) + (news[1] as number)).toBe(160);
  });
});

describe('an import that is stopped', () => {
  /** Runs the operation as the function does, until `after` changes stand; then the process is gone. */
  async function stopped(bytes: Uint8Array, after: number): Promise<void> {
    const apartments = new ApartmentRepository(scope);
    const deps = {
      apartments: {
        list: () => apartments.list(),
        async commit(...[changes, beside, written]: Parameters<ApartmentRepository['commit']>) {
          await apartments.commit(changes.slice(0, after), beside, written);
          throw new Error('the process is gone');
        },
      },
      imports: new ApartmentImportRepository(scope),
      syncLog: new SyncLogRepository(scope),
      columns: async () => undefined,
      commit: (fact: AuditFact, writes: readonly Write[]) => new AuditTrail(scope).commit(NOBODY, fact, writes),
      clock: systemClock,
      ids: randomIds,
    };
    const file = { name: 'apartamentos.xlsx', contentType: '', bytes };
    const call = { empresaId: scope.empresaId, usuarioId: randomIds.uuid(), upload: file, vistaPrevia: undefined };
    await expect(importApartments(deps, call)).rejects.toThrow('the process is gone');
  }

  it('goes on when the file comes again, and tells of the whole', async () => {
    const bytes = await sheet(150);
    await stopped(bytes, 60);
    expect([(await catalogue()).length, await imports()]).toMatchObject([60, [{ estado: 'en_curso' }]]);
    const answer = await upload(bytes);
    expect(answer.body.resultado).toEqual({ total: 150, nuevos: 150, actualizados: 0 });
    expect(await catalogue()).toHaveLength(150);
    expect(await imports()).toMatchObject([{ estado: 'terminada', recuentos: { nuevos: 150 } }]);
    expect((await new SyncLogRepository(scope).list({ limite: 10 })).items).toHaveLength(1);
  });

  it('can be undone too, once nobody can be working on it any more', async () => {
    await stopped(await sheet(150), 60);
    const [begun] = await imports();
    const revert = () => client.write('POST', `/api/apartamentos/importaciones/${begun?.id}/reversion`);
    expect((await revert()).status).toBe(409);
    await cloud.passTime(61);
    expect((await revert()).body).toMatchObject({ reversion: { eliminados: 60, restaurados: 0 } });
    expect(await catalogue()).toEqual([]);
  });

  it('a lost answer of the table does no harm', async () => {
    cloud.cloud.faults.dynamodb.set({ operation: 'TransactWriteItems', error: 'internal', times: 2, carriedOut: true });
    const answer = await upload(await sheet(120));
    expect(answer.body.resultado).toEqual({ total: 120, nuevos: 120, actualizados: 0 });
    expect(await imports()).toMatchObject([{ estado: 'terminada', recuentos: { nuevos: 120 } }]);
  });

  it('a staged file stays while the table is away, and serves the repeat', async () => {
    const bytes = new Uint8Array(await sheet(10));
    const subida_id = await staged(client, 'apartamentos', 'a.xlsx', bytes);
    cloud.cloud.faults.dynamodb.set({ operation: 'TransactWriteItems', error: 'throttle', times: 1_000 });
    expect((await client.write('POST', PATH, { subida_id })).status).toBe(503);
    cloud.cloud.faults.dynamodb.clear();
    expect((await client.write('POST', PATH, { subida_id })).body.resultado).toMatchObject({ nuevos: 10 });
    expect((await client.write('POST', PATH, { subida_id })).status).toBe(404);
  });
});

describe('hostile files', () => {
  it.each(HOSTILE_CORPUS)('%s: 4xx with a sentence by both ways of uploading, and nothing stored', async (_, make) => {
    const bytes = new Uint8Array(make());
    const subida_id = await staged(client, 'apartamentos', 'a.xlsx', bytes);
    for (const answer of [await upload(bytes), await client.write('POST', PATH, { subida_id })]) {
      expect(answer.status).toBe(422);
      expect(answer.body).toEqual({ ok: false, errors: [expect.stringMatching(/^[A-ZÁÉÍÓÚ].{20,}\.$/)] });
      const previewed = await upload(bytes, `${PATH}/preview`);
      const lists = { nuevos: [], actualizados: [], sin_cambios: [] };
      expect([previewed.status, previewed.body.preview]).toEqual([200, { ...lists, errores: answer.body.errors }]);
    }
    expect([await catalogue(), await imports()]).toEqual([[], []]);
  });

  it('of the wrong name, empty or absent are a 400 on both routes, too large ones a 413', async () => {
    for (const path of [PATH, `${PATH}/preview`]) {
      const statuses = [
        await client.upload(path, { name: 'a.xls', bytes: randomBytes(9) }),
        await client.upload(path, { name: 'a.xlsx', bytes: new Uint8Array() }),
        await client.upload(path, { name: 'a.xlsx', bytes: randomBytes(9) }, { field: 'fichero' }),
        await client.write('POST', path, {}),
        await client.upload(path, { name: 'a.xlsx', bytes: randomBytes(4_400_001) }),
      ].map(({ status, body }) => [status, body.ok, (body.errors as string[]).length]);
      expect(statuses).toEqual([...Array(4).fill([400, false, 1]), [413, false, 1]]);
    }
  });
});

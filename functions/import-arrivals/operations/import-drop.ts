import { createHash } from 'node:crypto';
import {
  ArrivalImportRepository,
  type SourceState,
} from '../../../shared/domain/arrival-import/arrival-import.repository.ts';
import type { ArrivalImport, ArrivalImportResult } from '../../../shared/domain/arrival-import/arrival-import.ts';
import { type Drop, importIdOf, resultKeyOf, sourceOf } from '../../../shared/domain/arrival-import/drop.ts';
import { expiryOf } from '../../../shared/domain/arrival-import/expiry.ts';
import { StoredArrivalRepository } from '../../../shared/domain/arrival-import/stored-arrival.repository.ts';
import { type CompanyAtWork, CompanyRepository } from '../../../shared/domain/company/company.repository.ts';
import { type Clock, toOffsetIso } from '../../../shared/platform/clock/clock.ts';
import type { TenantKeys } from '../../../shared/platform/crypto/tenant-keys.ts';
import { AppError } from '../../../shared/platform/errors/app-error.ts';
import type { Log } from '../../../shared/platform/log/log.ts';
import type { ObjectStore, StoredObject } from '../../../shared/platform/storage/object-store.ts';
import type { TenantScope } from '../../../shared/platform/tenant/tenant-scope.ts';
import { type ReadDrop, readDrop } from './read-drop.ts';

export interface ImportDeps {
  readonly keys: TenantKeys;
  readonly drops: ObjectStore;
  readonly clock: Clock;
  readonly log: Log;
}

/** The reader's own cap; nothing larger is even fetched. */
const MOST_BYTES = 10 * 1024 * 1024;
const TRY_AGAIN =
  'No se han podido cifrar los datos de los huéspedes y no se ha guardado nada. Se volverá a intentar en unos minutos.';
const SWITCHED_OFF = 'La empresa está desactivada. Actívala y vuelve a subir el fichero.';

/** One drop on its way: what is known before its content is read. */
interface Job {
  readonly deps: ImportDeps;
  readonly scope: TenantScope;
  readonly drop: Drop;
  readonly atWork: CompanyAtWork;
  readonly source: string;
  readonly before: SourceState | undefined;
  readonly contentHash: string;
}

/**
 * Imports one dropped workbook (ruling 12). Safe to repeat, whole or after a crash half way, and in any order: rows
 * and the state of the object carry the drop's version, a later version always wins, and the record is written last.
 * @throws whatever a later try may mend (key service, table); a file that cannot be read ends with a result instead
 */
export async function importDrop(deps: ImportDeps, scope: TenantScope, drop: Drop): Promise<void> {
  const ids = { empresa_id: drop.empresaId, import_id: importIdOf(drop) };
  const atWork = await new CompanyRepository(scope).findAtWork();
  if (atWork === undefined) {
    // Erased between drop and event: guests' data of nobody must not lie about.
    await deps.drops.remove(drop.key);
    return deps.log.warn('IMPORT_IGNORED', { ...ids, reason: 'no company' });
  }
  const object = await deps.drops.read(drop.key, MOST_BYTES);
  if (object === undefined) return deps.log.info('IMPORT_IGNORED', { ...ids, reason: 'object gone' });
  const source = sourceOf(drop);
  const before = await new ArrivalImportRepository(scope).findSource(source);
  const contentHash = hashOf(object, atWork);
  if (before !== undefined && isSettled(before, drop, contentHash)) {
    return deps.log.info('IMPORT_IGNORED', { ...ids, reason: 'nothing new' });
  }
  await importContent({ deps, scope, drop, atWork, source, before, contentHash }, object);
}

/** Of the bytes and of the settings that say how to read them: a file dropped again after mending those is read anew. */
function hashOf({ bytes, size }: StoredObject, { lateCheckin, company }: CompanyAtWork): string {
  const content = createHash('sha256').update(bytes ?? `${size} bytes`);
  return content.update(JSON.stringify([lateCheckin, company.zona_horaria])).digest('hex');
}

/** A later version has been seen, or the same bytes have been read to the end. */
function isSettled(before: SourceState, drop: Drop, contentHash: string): boolean {
  return before.version > drop.version || (before.done && before.content_hash === contentHash);
}

async function importContent(job: Job, object: StoredObject): Promise<void> {
  const { deps, drop, atWork } = job;
  const now = deps.clock.now();
  const zone = atWork.company.zona_horaria;
  const isPast = (checkIn: string) => expiryOf(checkIn, zone) <= now;
  let read: ReadDrop;
  try {
    if (!atWork.company.activa) throw new AppError('forbidden', SWITCHED_OFF);
    read = await readDrop(object, { drop, columns: atWork.lateCheckin, isPast });
  } catch (thrown) {
    if (!(thrown instanceof AppError)) throw thrown;
    return finishRejected(job, thrown);
  }
  await storeArrivals(job, read);
}

async function storeArrivals(job: Job, read: ReadDrop): Promise<void> {
  const { deps, scope, drop, source, before } = job;
  const key = await deps.keys.dataKey(scope, 'guest-data').catch(async (thrown: unknown) => {
    if (thrown instanceof AppError) await finishRejected(job, new AppError(thrown.code, TRY_AGAIN));
    deps.log.error('IMPORT_FAILED', thrown, { empresa_id: drop.empresaId });
    throw thrown;
  });
  const imports = new ArrivalImportRepository(scope);
  const arrivals = new StoredArrivalRepository(scope);
  const zone = job.atWork.company.zona_horaria;
  const days = distinct(read.arrivals.map(({ check_in }) => check_in));
  const touched = distinct([...days, ...(before?.days ?? [])]);
  const claimed = await imports.claimSource(source, stateOf(job, { done: false, days: touched }));
  if (!claimed) return deps.log.info('IMPORT_IGNORED', { empresa_id: drop.empresaId, reason: 'overtaken' });
  const expiresAt = (checkIn: string) => Math.floor(expiryOf(checkIn, zone).getTime() / 1000);
  await arrivals.putAll(read.arrivals, { source, version: drop.version }, key, expiresAt);
  const latest = await imports.findSource(source);
  const latestVersion = latest?.version ?? drop.version;
  await arrivals.removeOtherVersions(touched, { source, version: latestVersion }, deps.clock.now());
  await finish(job, recordOf(job, read), read.skipped, { done: true, days });
  deps.log.info('IMPORT_COMPLETED', { empresa_id: drop.empresaId, rows: read.rows, accepted: read.arrivals.length });
}

function recordOf({ drop }: Job, read: ReadDrop): ArrivalImport {
  return {
    ...blankRecord(drop),
    estado: 'procesado',
    filas: read.rows,
    aceptadas: read.arrivals.length,
    omitidas: read.skipped.length,
    advertencias: [...read.warnings],
  };
}

function blankRecord(drop: Drop): Omit<ArrivalImport, 'estado'> {
  const recibido = toOffsetIso(new Date(drop.receivedAt));
  const counts = { filas: 0, aceptadas: 0, omitidas: 0, advertencias: [] };
  return { id: importIdOf(drop), fichero: drop.fileName, recibido, ...counts, error: null };
}

/** Arrivals that an earlier version of the object left stay: a broken file must not make guests disappear. */
async function finishRejected(job: Job, error: AppError): Promise<void> {
  const record: ArrivalImport = { ...blankRecord(job.drop), estado: 'rechazado', error: error.message };
  await finish(job, record, [], { done: false, days: job.before?.days ?? [] });
  job.deps.log.warn('IMPORT_REJECTED', { empresa_id: job.drop.empresaId, import_id: record.id, code: error.code });
}

/** The result file first: were it last, a crash before it would leave a finished import without one. */
async function finish(
  job: Job,
  record: ArrivalImport,
  skipped: ReadDrop['skipped'],
  end: Pick<SourceState, 'done' | 'days'>,
): Promise<void> {
  const { deps, scope, drop, source, atWork } = job;
  const resultKey = resultKeyOf(drop);
  const result: ArrivalImportResult = { ...record, filas_omitidas: skipped };
  await deps.drops.write(resultKey, JSON.stringify(result, null, 2), 'application/json');
  const lastDay = [...end.days].sort().at(-1);
  const zone = atWork.company.zona_horaria;
  const expiresAt = expiryOf(lastDay ?? deps.clock.now().toISOString().slice(0, 10), zone);
  const state = stateOf(job, end);
  const objectKeys = [drop.key, resultKey];
  await new ArrivalImportRepository(scope).finish({ source, state, record, expiresAt, objectKeys });
}

function stateOf({ drop, contentHash }: Job, { done, days }: Pick<SourceState, 'done' | 'days'>): SourceState {
  return { version: drop.version, content_hash: contentHash, done, days, import_id: importIdOf(drop) };
}

function distinct(days: readonly string[]): string[] {
  return [...new Set(days)].sort();
}

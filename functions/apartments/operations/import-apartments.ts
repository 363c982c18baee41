import type { ApartmentRepository } from '../../../shared/domain/apartment/apartment.repository.ts';
import { type ApartmentsSheet, skippedSentences } from '../../../shared/domain/apartment/apartments-sheet.ts';
import { bringCatalogue } from '../../../shared/domain/apartment/bring-catalogue.ts';
import { type CatalogueSource, type Outcome, planCatalogue } from '../../../shared/domain/apartment/catalogue-plan.ts';
import type { ApartmentImportRepository } from '../../../shared/domain/apartment-import/apartment-import.repository.ts';
import type { StoredImport } from '../../../shared/domain/apartment-import/apartment-import.ts';
import type { AuditFact } from '../../../shared/domain/audit/audit-entry.ts';
import type { SyncLogRepository } from '../../../shared/domain/sync-log/sync-log.repository.ts';
import { toOffsetIso } from '../../../shared/platform/clock/clock.ts';
import type { Write } from '../../../shared/platform/dynamo/table.ts';
import { AppError } from '../../../shared/platform/errors/app-error.ts';
import { ok } from '../../../shared/platform/http/answers.ts';
import type { UploadedFile } from '../../../shared/platform/upload/upload.ts';
import { countsOf, linesOf } from './import-lines.ts';
import type { PreviewDeps } from './preview-import.ts';
import { previewOf, readApartments } from './read-workbook.ts';
import { sourceOf } from './sheet-source.ts';
import { type ImportEnd, syncLine } from './sync-line.ts';

export interface ImportDeps extends PreviewDeps {
  readonly apartments: Pick<ApartmentRepository, 'list' | 'commit'>;
  readonly imports: ApartmentImportRepository;
  readonly syncLog: Pick<SyncLogRepository, 'add' | 'additionOf'>;
  readonly commit: (fact: AuditFact, writes: readonly Write[]) => Promise<unknown>;
}

export interface ImportCall {
  readonly empresaId: string;
  readonly usuarioId: string;
  readonly upload: UploadedFile;
  /** The preview that the import is bound to; absent: to none. */
  readonly vistaPrevia: string | undefined;
}

/** Longer than any call may last: after it nobody works on an import any more. */
const LEASE_MS = 60_000;
/** Times that another import of the same file may begin while this one is about to. */
const ATTEMPTS = 5;

const OTHER_FILE =
  'El fichero o las columnas configuradas no son los de la vista previa. Revísalo de nuevo antes de importar.';
const OTHER_CATALOGUE = 'El catálogo ha cambiado desde la vista previa. Revísala de nuevo antes de importar.';

/** One import on its way. */
interface Job {
  readonly deps: ImportDeps;
  readonly call: ImportCall;
  readonly sheet: ApartmentsSheet;
  readonly huella: string;
  readonly source: CatalogueSource;
  readonly begun: Date;
}

/**
 * Imports a workbook of apartments. Every row is written with the trace of it in one transaction, so that an import
 * that was stopped goes on when the same file comes again, and can be undone. What is equal already is not written.
 * @throws AppError `invalid` for a workbook that gives nothing, `conflict` when the preview does not hold any more
 */
export async function importApartments(deps: ImportDeps, call: ImportCall) {
  const begun = deps.clock.now();
  const { sheet, huella } = await readApartments(call.upload, await deps.columns());
  const job: Job = { deps, call, sheet, huella, source: sourceOf(deps, call.empresaId, sheet), begun };
  if (sheet.apartments.length === 0) return refuse(job);
  const entry = await beginOrJoin(job);
  if (entry === undefined) return finishUnwritten(job);
  if (entry.estado !== 'en_curso')
    return answer(job, settledOutcomes(job, await deps.imports.settled(entry.id)), entry.id);
  const { outcomes } = await bringCatalogue(deps.apartments, job.source, {
    beside: (portion) => deps.imports.tracing(entry, portion),
    settled: () => deps.imports.settled(entry.id),
  });
  await finish(job, entry, outcomes);
  return answer(job, outcomes, entry.id);
}

/** The import to go on with: a new one, one that was stopped, the very one of this preview; undefined: nothing to write. */
async function beginOrJoin(job: Job): Promise<StoredImport | undefined> {
  const { deps, call, huella, source } = job;
  for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
    const last = await deps.imports.findOfFile(huella);
    const repeated = last !== undefined && call.vistaPrevia !== undefined && last.vista_previa === call.vistaPrevia;
    if (repeated && last.estado === 'terminada') return last;
    if (last?.estado === 'en_curso' && (repeated || call.vistaPrevia === undefined)) {
      if (await deps.imports.move(last.id, ['en_curso'], { ocupada_hasta: leaseFrom(deps.clock.now()) })) return last;
      continue;
    }
    const catalogue = await deps.apartments.list();
    checkPreview(call.vistaPrevia, previewOf(huella, catalogue));
    if (planCatalogue(source, catalogue).changes.length === 0) return undefined;
    const entry = newImport(job);
    const begun = await deps.imports.begin(entry, last?.id, (writes) => deps.commit(factOf(job, entry), writes));
    if (begun) return entry;
  }
  throw new AppError('unavailable', 'Se está importando el mismo fichero a la vez. Vuelve a intentarlo.', {
    retryAfter: 2,
  });
}

function factOf({ sheet }: Job, { id }: StoredImport): AuditFact {
  const cambios = { filas: sheet.apartments.length };
  return { accion: 'apartamentos.importar', entidad: 'importacion', entidad_id: id, cambios };
}

function checkPreview(given: string | undefined, present: string): void {
  if (given === undefined || given === present) return;
  const sameFile = given.split('.')[0] === present.split('.')[0];
  throw new AppError('conflict', sameFile ? OTHER_CATALOGUE : OTHER_FILE);
}

function newImport({ deps, call, huella }: Job): StoredImport {
  const now = deps.clock.now();
  return {
    id: deps.ids.next('imp', now),
    fichero: call.upload.name,
    estado: 'en_curso',
    usuario_id: call.usuarioId,
    inicio: toOffsetIso(now),
    fin: null,
    recuentos: null,
    reversion: null,
    huella,
    vista_previa: call.vistaPrevia ?? null,
    ocupada_hasta: leaseFrom(now),
  };
}

function leaseFrom(now: Date): string {
  return new Date(now.getTime() + LEASE_MS).toISOString();
}

function settledOutcomes({ source }: Job, settled: ReadonlyMap<number, Outcome>): Outcome[] {
  return source.apartments.map((_, position) => settled.get(position) ?? 'sin_cambios');
}

/** Whoever comes first ends it, with its line in the sync log; for the other nothing is left to do. */
async function finish(job: Job, entry: StoredImport, outcomes: readonly Outcome[]): Promise<void> {
  const recuentos = countsOf(linesOf(job.sheet, outcomes));
  const fin = toOffsetIso(job.deps.clock.now());
  const line = job.deps.syncLog.additionOf(syncLine(endOf(job, entry.id), recuentos));
  await job.deps.imports.move(entry.id, ['en_curso'], { estado: 'terminada', fin, recuentos }, [line]);
}

async function finishUnwritten(job: Job) {
  const { deps, source, sheet } = job;
  const outcomes = source.apartments.map((): Outcome => 'sin_cambios');
  const id = deps.ids.next('imp', job.begun);
  await deps.syncLog.add(syncLine(endOf(job, id), countsOf(linesOf(sheet, outcomes))));
  return answer(job, outcomes, null);
}

async function refuse(job: Job): Promise<never> {
  const messages = [...job.sheet.failures, ...skippedSentences(job.sheet.skipped)];
  const end = endOf(job, job.deps.ids.next('imp', job.begun));
  await job.deps.syncLog.add(syncLine(end, undefined, messages));
  throw new AppError('invalid', messages[0] ?? '', { issues: messages.map((message) => ({ message })) });
}

function endOf({ deps, call, begun }: Job, id: string): ImportEnd {
  return { id, usuarioId: call.usuarioId, begun, ended: deps.clock.now() };
}

function answer({ sheet }: Job, outcomes: readonly Outcome[], id: string | null) {
  const filas = linesOf(sheet, outcomes);
  const { nuevos } = countsOf(filas);
  const total = sheet.apartments.length;
  const warnings = skippedSentences(sheet.skipped);
  return ok({
    resultado: { total, nuevos, actualizados: total - nuevos },
    importacion: { id, filas },
    ...(warnings.length > 0 && { warnings }),
  });
}

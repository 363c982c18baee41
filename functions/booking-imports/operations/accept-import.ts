import { createHash } from 'node:crypto';
import { listRelated } from '../../../shared/domain/booking/list-related.ts';
import {
  type BookingImport,
  IMPORT_KEPT_DAYS,
  importIdOf,
} from '../../../shared/domain/booking-import/booking-import.ts';
import { BookingWorld } from '../../../shared/domain/booking-import/booking-world.ts';
import { importFileKey, sealFile } from '../../../shared/domain/booking-import/import-files.ts';
import type { Finding } from '../../../shared/domain/booking-import/import-row.ts';
import { type ImportPlan, numbered, planImport } from '../../../shared/domain/booking-import/plan-import.ts';
import type { ReadRows } from '../../../shared/domain/booking-import/read-rows.ts';
import { toUtcIso } from '../../../shared/platform/clock/clock.ts';
import type { UploadedFile } from '../../../shared/platform/upload/upload.ts';
import { CONFLICTS_SHOWN, FINDINGS_SHOWN, type ImportAnswer, type ImportBody } from '../schemas.ts';
import { type ImportDeps, ownCompany } from './import-deps.ts';
import { readFileRows } from './read-file-rows.ts';
import { shownConflict, shownImport } from './show-import.ts';

const DAY_S = 86_400;
const OCTETS = 'application/octet-stream';

/** A call for an import. */
export interface ImportCall {
  readonly upload: UploadedFile;
  readonly body: ImportBody;
}

/**
 * Takes a file of bookings (S16): reads it, matches its rows with what stands, and leaves the writing to the worker.
 * Nothing of the import shows before its last step, which also calls the worker, so a call that is cut off leaves
 * nothing behind but sealed rows that expire.
 *
 * @throws AppError `invalid` for a file that cannot be read, or an unknown property
 */
export async function acceptImport(deps: ImportDeps, call: ImportCall): Promise<ImportAnswer> {
  const owner = await ownCompany(deps);
  const { read, properties } = await readFileRows(deps, owner, call);
  const import_id = importIdOf(await deps.nextNumbers('booking-import', 1));
  const at = toUtcIso(deps.now);
  const related = await listRelated(deps.bookings, read.rows, properties);
  const world = new BookingWorld(properties, owner.zona_horaria, related);
  const draft = planImport(world, read.rows, { importId: import_id, by: deps.actor.userId, at });
  const first = draft.creations > 0 ? await deps.nextNumbers('booking', draft.creations) : 0;
  const plan = numbered(draft, first);
  const warnings = [...read.warnings, ...(await repeatWarnings(deps, call.upload))];
  const entry = entryOf(deps, call, { import_id, read, plan, warnings: warnings.length });
  await storeFiles(deps, entry, { bytes: call.upload.bytes, plan });
  for (const pages of [
    await deps.imports.pages(entry, 'CONFLICTS', plan.conflicts),
    await deps.imports.pages(entry, 'ERRORS', read.errors),
    await deps.imports.pages(entry, 'WARNINGS', warnings),
  ]) {
    await deps.imports.addPages(pages);
  }
  await deps.commit([deps.imports.adding(entry)], { fact: factOf(entry), work: entry });
  const shown = plan.conflicts.slice(0, CONFLICTS_SHOWN).map(shownConflict);
  const findings = { errors: read.errors.slice(0, FINDINGS_SHOWN), warnings: warnings.slice(0, FINDINGS_SHOWN) };
  return shownImport({ ...entry, processed_rows: 0, status: 'processing' }, { conflicts: shown, from: 0, ...findings });
}

function entryOf(
  { actor, now }: ImportDeps,
  { upload, body }: ImportCall,
  made: { readonly import_id: string; readonly read: ReadRows; readonly plan: ImportPlan; readonly warnings: number },
): BookingImport {
  const { read, plan } = made;
  const kept = Math.floor(now.getTime() / 1000) + IMPORT_KEPT_DAYS * DAY_S;
  return {
    import_id: made.import_id,
    status: 'processing',
    property_id: body.match_properties === true ? null : (body.property_id ?? null),
    file_name: upload.name.slice(0, 255),
    file_sha256: hashOf(upload),
    size_bytes: upload.bytes.length,
    total_rows: read.total,
    processed_rows: 0,
    conflicts_found: plan.conflicts.length,
    to_review: plan.conflicts.filter((conflict) => conflict.requires_review).length,
    created: 0,
    auto_updated: 0,
    skipped: plan.conflicts.filter((conflict) => !conflict.requires_review).length,
    errors_count: read.total - read.rows.length,
    warnings_count: made.warnings,
    tasks_created: 0,
    applied: 0,
    changes: 0,
    imported_by: { id: actor.userId, number: actor.number, username: actor.username },
    imported_at: toUtcIso(now),
    finished_at: null,
    undo: null,
    version: 1,
    expires_at: read.rows.reduce((earliest, row) => Math.min(earliest, row.expires_at), kept),
  };
}

function hashOf({ bytes }: UploadedFile): string {
  return createHash('sha256').update(bytes).digest('hex');
}

/** The same bytes within a day are worth a word (`aristay.md` §6.12). */
async function repeatWarnings({ imports, now }: ImportDeps, upload: UploadedFile): Promise<readonly Finding[]> {
  const hash = hashOf(upload);
  const since = toUtcIso(new Date(now.getTime() - DAY_S * 1000));
  for await (const entry of imports.listNewest()) {
    if (entry.imported_at < since) break;
    if (entry.file_sha256 !== hash) continue;
    return [{ row_number: 0, field: 'file', message: `The same file was imported before, as ${entry.import_id}.` }];
  }
  return [];
}

/** The file as it came, unless one of its bookings goes before it would; and the rows that are to be written. */
async function storeFiles(
  { files, guestKey, actor, now }: ImportDeps,
  entry: BookingImport,
  { bytes, plan }: { readonly bytes: Uint8Array; readonly plan: ImportPlan },
): Promise<void> {
  const key = await guestKey();
  const place = (kind: 'file' | 'rows') => importFileKey(actor.empresaId, entry.import_id, kind);
  const rows = Buffer.from(JSON.stringify(plan.planned));
  const livesAsLong = entry.expires_at >= Math.floor(now.getTime() / 1000) + IMPORT_KEPT_DAYS * DAY_S;
  await Promise.all([
    files.write(place('rows'), sealFile(key, place('rows'), rows), OCTETS),
    livesAsLong && files.write(place('file'), sealFile(key, place('file'), bytes), OCTETS),
  ]);
}

function factOf(entry: BookingImport) {
  const { import_id, total_rows, conflicts_found, errors_count } = entry;
  return {
    accion: 'reservas.importar',
    entidad: 'importacion',
    entidad_id: import_id,
    cambios: { filas: total_rows, conflictos: conflicts_found, errores: errors_count },
  };
}

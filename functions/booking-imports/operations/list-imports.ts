import type { BookingImport } from '../../../shared/domain/booking-import/booking-import.ts';
import { type NumberedPage, orderRows, pageOf } from '../../../shared/platform/http/numbered-list.ts';
import type { ImportRow, ImportsQuery } from '../schemas.ts';

interface Deps {
  readonly imports: { listNewest(): AsyncIterable<BookingImport> };
}

/**
 * The imports of the last 30 days, the newest first unless asked otherwise: a few hundred rows, one query.
 * @throws AppError `not_found` for a page that does not exist
 */
export async function listImports({ imports }: Deps, asked: ImportsQuery): Promise<NumberedPage<ImportRow>> {
  const fitting: (ImportRow & { readonly id: string })[] = [];
  for await (const entry of imports.listNewest()) {
    const isWanted =
      (asked.status === undefined || entry.status === asked.status) &&
      (asked.property === undefined || entry.property_id === asked.property);
    if (isWanted) fitting.push({ id: entry.import_id, ...importRowOf(entry) });
  }
  const ordered = orderRows(fitting, asked.ordering, (row, key) => row[key]);
  return pageOf(
    ordered.map(({ id: _, ...row }) => row),
    asked,
  );
}

/** An import without what its pages tell. */
export function importRowOf(entry: BookingImport): ImportRow {
  return {
    import_id: entry.import_id,
    status: entry.status,
    property_id: entry.property_id,
    total_rows: entry.total_rows,
    processed_rows: entry.processed_rows,
    conflicts_found: entry.conflicts_found,
    created: entry.created,
    auto_updated: entry.auto_updated,
    skipped: entry.skipped,
    errors_count: entry.errors_count,
    tasks_created: entry.tasks_created,
    file_name: entry.file_name,
    imported_by: entry.imported_by.number,
    imported_at: entry.imported_at,
    finished_at: entry.finished_at,
    undo: entry.undo,
  };
}

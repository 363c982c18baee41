import type { BookingRepository } from '../../../shared/domain/booking/booking.repository.ts';
import type { BookingImportRepository } from '../../../shared/domain/booking-import/booking-import.repository.ts';
import type { BookingImport } from '../../../shared/domain/booking-import/booking-import.ts';
import type { ImportConflict, StoredConflict } from '../../../shared/domain/booking-import/import-conflict.ts';
import type { Finding } from '../../../shared/domain/booking-import/import-row.ts';
import { CONFLICTS_SHOWN, FINDINGS_SHOWN, type ImportAnswer } from '../schemas.ts';
import { foundImport } from './import-deps.ts';
import { importRowOf } from './list-imports.ts';

/** What of an import is shown beside its counts. */
interface Shown {
  readonly conflicts: readonly ImportConflict[];
  /** Index of the first conflict shown. */
  readonly from: number;
  readonly errors: readonly Finding[];
  readonly warnings: readonly Finding[];
}

/** A conflict without what rests beside it. */
export function shownConflict({ row, existing_id, ...conflict }: StoredConflict): ImportConflict {
  return conflict;
}

export function shownImport(entry: BookingImport, { conflicts, from, errors, warnings }: Shown): ImportAnswer {
  const next = from + conflicts.length;
  return {
    ...importRowOf(entry),
    conflicts: [...conflicts],
    conflicts_next: next < entry.conflicts_found ? next : null,
    errors: [...errors],
    warnings: [...warnings],
  };
}

interface Deps {
  readonly imports: Pick<BookingImportRepository, 'find' | 'conflictPages' | 'findings'>;
  readonly bookings: Pick<BookingRepository, 'findOutlines'>;
}

/**
 * An import with its current numbers and 500 of its conflicts (C46).
 * @param from index of the first conflict
 * @throws AppError `not_found`
 */
export async function showImport(deps: Deps, id: string, from = 0): Promise<ImportAnswer> {
  const entry = await foundImport(deps, id);
  const [shown, errors, warnings] = await Promise.all([
    conflictsFrom(deps, entry, from),
    entry.errors_count > 0 ? deps.imports.findings(id, 'ERRORS', FINDINGS_SHOWN) : [],
    entry.warnings_count > 0 ? deps.imports.findings(id, 'WARNINGS', FINDINGS_SHOWN) : [],
  ]);
  const written = await writtenIds(deps, shown);
  return shownImport(entry, { conflicts: shown.map((conflict) => withId(conflict, written)), from, errors, warnings });
}

/** Whoever waits for an import asks often: what there is nothing of is not looked for. */
async function conflictsFrom(
  { imports }: Deps,
  { import_id, conflicts_found }: BookingImport,
  from: number,
): Promise<readonly StoredConflict[]> {
  if (from >= conflicts_found) return [];
  const conflicts: StoredConflict[] = [];
  for await (const page of imports.conflictPages(import_id, from)) {
    conflicts.push(...page.conflicts.filter(({ conflict_index }) => conflict_index >= from));
    if (conflicts.length >= CONFLICTS_SHOWN) break;
  }
  return conflicts.slice(0, CONFLICTS_SHOWN);
}

/** Which of the bookings that rows of the same file make stand by now. */
async function writtenIds({ bookings }: Deps, conflicts: readonly StoredConflict[]): Promise<ReadonlySet<number>> {
  const wanted = conflicts.filter((each) => each.existing_booking.id === null).map(({ existing_id }) => existing_id);
  const ids = [...new Set(wanted)];
  const written = new Set<number>();
  for (let at = 0; at < ids.length; at += 100) {
    for (const { id } of await bookings.findOutlines(ids.slice(at, at + 100))) written.add(id);
  }
  return written;
}

function withId(stored: StoredConflict, written: ReadonlySet<number>): ImportConflict {
  const conflict = shownConflict(stored);
  if (conflict.existing_booking.id !== null || !written.has(stored.existing_id)) return conflict;
  return { ...conflict, existing_booking: { ...conflict.existing_booking, id: stored.existing_id } };
}

import * as z from 'zod';

/** Days for which an import, its file and its conflicts are kept (`aristay.md` §3.10). */
export const IMPORT_KEPT_DAYS = 30;

/** States of an import (`aristay.md` §3.10). */
export const IMPORT_STATUSES = ['processing', 'completed', 'needs_review', 'failed'] as const;
export type ImportStatus = (typeof IMPORT_STATUSES)[number];

const count = z.int().nonnegative();
const instant = z.iso.datetime();

/** What an undoing has done so far; `kept` are bookings that somebody has changed since, left as they are. */
export const importUndo = z.object({
  status: z.enum(['processing', 'completed']),
  deleted: count,
  restored: count,
  kept: z.array(z.int()),
});

/** One import of bookings (`aristay.md` §3.10); what names guests lies in pages of its own, sealed. */
export const bookingImport = z.object({
  import_id: z.string(),
  status: z.enum(IMPORT_STATUSES),
  /** Null where rows name their property. */
  property_id: z.int().nullable(),
  file_name: z.string(),
  file_sha256: z.string(),
  size_bytes: count,
  total_rows: count,
  processed_rows: count,
  conflicts_found: count,
  /** Conflicts that wait for a person. */
  to_review: count,
  created: count,
  auto_updated: count,
  skipped: count,
  errors_count: count,
  warnings_count: count,
  /** Tasks that came into being with its bookings, turnovers among them. */
  tasks_created: count.default(0),
  /** Position in the rows of the file up to which the import has been applied. */
  applied: count,
  /** Changes written so far, for numbering what is written next. */
  changes: count,
  imported_by: z.object({ id: z.string(), number: z.int(), username: z.string() }),
  imported_at: instant,
  finished_at: instant.nullable(),
  undo: importUndo.nullable(),
  /** Raised by every change, so that two workers never continue the same one. */
  version: z.int().positive(),
  /** Epoch seconds: never later than the first of its bookings goes (ruling 8). */
  expires_at: z.int(),
});
export type BookingImport = z.infer<typeof bookingImport>;

/** `imp_` and the number, at least six digits. @example importIdOf(17) // 'imp_000017' */
export function importIdOf(number: number): string {
  return `imp_${String(number).padStart(6, '0')}`;
}

/** The state in which an import ends, for what has become of its rows. */
export function endOf(entry: Pick<BookingImport, 'to_review' | 'errors_count' | 'total_rows'>): ImportStatus {
  if (entry.total_rows > 0 && entry.errors_count >= entry.total_rows) return 'failed';
  return entry.to_review > 0 ? 'needs_review' : 'completed';
}

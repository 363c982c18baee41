import { setTimeout as delay } from 'node:timers/promises';
import type { Booking } from '../../../shared/domain/booking/booking.ts';
import { BookingRefused } from '../../../shared/domain/booking/booking-writer.repository.ts';
import type { BookingChange } from '../../../shared/domain/booking/booking-writes.ts';
import { overlapping } from '../../../shared/domain/booking/overlap.ts';
import type { BookingImport } from '../../../shared/domain/booking-import/booking-import.ts';
import {
  type ImportedChange,
  type ImportTrace,
  isAsImported,
} from '../../../shared/domain/booking-import/import-trace.ts';
import type { Turn } from '../../../shared/domain/outbox/work-on-entry.ts';
import type { Property } from '../../../shared/domain/property/property.ts';
import { toUtcIso } from '../../../shared/platform/clock/clock.ts';
import type { ImportJob } from './import-job.ts';

/** Times that a portion starts over because calendars moved before the turn gives way to another. */
const ROUNDS = 20;
const LONGEST_WAIT_MS = 2_000;
const REASON = 'The import that made it was undone.';

/** What one transaction of an undoing writes. */
interface Undoing {
  readonly changes: readonly BookingChange[];
  readonly properties: readonly Property[];
  readonly kept: readonly number[];
}

/**
 * Undoes what an import wrote, the last first: bookings that it made are deleted, bookings that it changed are as they
 * were. One that somebody has changed since is left as it is and named, and so is one whose old nights are taken.
 */
export async function undoImport(job: ImportJob): Promise<Turn> {
  for await (const trace of job.imports.tracesBackwards(job.importId)) {
    if (job.clock.now().getTime() > job.end) return 'again';
    if (!(await undoTrace(job, trace))) return 'again';
  }
  const entry = await foundEntry(job);
  if (entry.undo === null) throw new Error('An undoing was never begun');
  await job.imports.commit([job.imports.moving(entry, { undo: { ...entry.undo, status: 'completed' } })]);
  return 'done';
}

async function foundEntry({ imports, importId }: ImportJob): Promise<BookingImport> {
  const entry = await imports.find(importId);
  if (entry === undefined) throw new Error('An import was erased while it was being undone');
  return entry;
}

/** @returns false when calendars never stood still */
async function undoTrace(job: ImportJob, trace: ImportTrace): Promise<boolean> {
  let left = trace.changes;
  let [round, most] = [0, left.length];
  while (left.length > 0) {
    if (round >= ROUNDS) return false;
    const entry = await foundEntry(job);
    const [taken, rest] = [left.slice(0, most), left.slice(most)];
    const undoing = await planUndoing(job, entry, taken);
    try {
      await commitUndoing(job, entry, { ...trace, changes: rest }, undoing);
      left = rest;
    } catch (thrown) {
      if (!(thrown instanceof BookingRefused)) throw thrown;
      // Taking a booking back may write more rows than making it did.
      if (thrown.refusal === 'too_many') most = Math.ceil(taken.length / 2);
      else {
        round += 1;
        await delay(Math.random() * Math.min(LONGEST_WAIT_MS, 25 * 2 ** round));
      }
    }
  }
  return true;
}

async function planUndoing(job: ImportJob, entry: BookingImport, changes: readonly ImportedChange[]): Promise<Undoing> {
  const ids = changes.map(({ booking_id }) => booking_id);
  const all = new Map((await job.properties.listAll()).map((property) => [property.id, property]));
  const stored = await job.bookings.findStored(await job.bookings.findOutlines(ids));
  const current = new Map((await job.bookings.open(stored)).map((booking) => [booking.id, booking]));
  const wanted: BookingChange[] = [];
  const kept: number[] = [];
  for (const change of changes) {
    const seen = current.get(change.booking_id);
    const undone =
      seen && isAsImported(seen, change, entry.import_id)
        ? await undoneChange(job, entry, { seen, change, all })
        : undefined;
    if (undone === undefined) kept.push(change.booking_id);
    else wanted.push(undone);
  }
  const homes = new Set(wanted.flatMap((change) => [change.booking.property_id, ...seenHome(change)]));
  return { changes: wanted, properties: [...homes].flatMap((id) => all.get(id) ?? []), kept };
}

function seenHome(change: BookingChange): readonly number[] {
  return change.kind === 'update' ? [change.seen.property_id] : [];
}

async function undoneChange(
  job: ImportJob,
  entry: BookingImport,
  {
    seen,
    change,
    all,
  }: { readonly seen: Booking; readonly change: ImportedChange; readonly all: ReadonlyMap<number, Property> },
): Promise<BookingChange | undefined> {
  if (change.before === null) {
    const deletion = {
      deleted_at: toUtcIso(job.clock.now()),
      deleted_by: entry.imported_by.id,
      deletion_reason: REASON,
    };
    return { kind: 'update', seen, booking: { ...seen, ...deletion } };
  }
  const { before } = change;
  const property = all.get(before.property_id);
  if (property === undefined || property.deleted_at !== null) return undefined;
  const period = { from: before.check_in_date, to: before.check_out_date };
  if (overlapping(property, before, await job.bookings.listStaying(property, period)) !== undefined) return undefined;
  return { kind: 'update', seen, booking: before };
}

/** @param left what of the trace is still to be undone afterwards */
async function commitUndoing(
  job: ImportJob,
  entry: BookingImport,
  left: ImportTrace,
  { changes, properties, kept }: Undoing,
): Promise<void> {
  if (entry.undo === null) throw new Error('An undoing was never begun');
  const deleted = changes.filter(({ booking }) => booking.deleted_at !== null).length;
  const undo = {
    ...entry.undo,
    deleted: entry.undo.deleted + deleted,
    restored: entry.undo.restored + changes.length - deleted,
    kept: [...new Set([...entry.undo.kept, ...kept])],
  };
  const along = [job.imports.moving(entry, { undo }), await job.imports.leaving(entry, left)];
  if (changes.length === 0) return job.imports.commit(along);
  const cambios = { borradas: deleted, restauradas: changes.length - deleted };
  await job.bookings.apply(changes, properties, (writes, events) =>
    job.commit(entry, [...writes, ...along], { accion: 'reservas.deshacer_filas', cambios, events }),
  );
}

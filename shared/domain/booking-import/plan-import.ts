import type { Booking } from '../booking/booking.ts';
import type { BookingWorld, KnownBooking } from './booking-world.ts';
import { decideRow } from './decide-row.ts';
import { conflictOf, type StoredConflict } from './import-conflict.ts';
import type { PlannedRows } from './import-files.ts';
import { bookingOfRow, type ImportOrigin, type ImportRow } from './import-row.ts';
import { statusOfText } from './normalise.ts';

/** Numbers from here on stand for bookings that have none yet. */
const UNNUMBERED = 2 ** 52;

/** What an import will do, before anything is written. */
export interface ImportPlan {
  readonly planned: PlannedRows;
  readonly conflicts: readonly StoredConflict[];
  /** How many bookings need a number. */
  readonly creations: number;
}

/** Matches every row with what stands and with the rows before it; the world takes in what the rows will make. */
export function planImport(world: BookingWorld, rows: readonly ImportRow[], origin: ImportOrigin): ImportPlan {
  const planned: PlannedRows = [];
  const conflicts: StoredConflict[] = [];
  let creations = 0;
  for (const [position, row] of rows.entries()) {
    const booking = bookingOfRow(row, UNNUMBERED + creations, origin);
    const decision = decideRow(world, row, booking);
    if (decision.kind === 'conflict') {
      conflicts.push(conflictOf(world, { row, booking }, decision, conflicts.length));
      continue;
    }
    planned.push({ id: decision.kind === 'create' ? booking.id : decision.existing.booking.id, position, row });
    if (decision.kind === 'create') {
      world.add(booking, row.row_number);
      creations += 1;
    } else decision.existing.booking = withStatusOf(decision.existing, row, origin);
  }
  return { planned, conflicts, creations };
}

/** The same plan with numbers from `first` on for the bookings that will be made. */
export function numbered({ planned, conflicts, creations }: ImportPlan, first: number): ImportPlan {
  const number = (id: number) => (id >= UNNUMBERED ? first + id - UNNUMBERED : id);
  return {
    planned: planned.map((each) => ({ ...each, id: number(each.id) })),
    conflicts: conflicts.map((each) => ({ ...each, existing_id: number(each.existing_id) })),
    creations,
  };
}

/** The only thing that an import changes by itself: what the channel says of a booking's state (`aristay.md` §6.7). */
export function withStatusOf({ booking }: KnownBooking, row: ImportRow, { importId, by, at }: ImportOrigin): Booking {
  return {
    ...booking,
    external_status: row.external_status,
    status: statusOfText(row.external_status),
    last_import_update: at,
    last_import_id: importId,
    modified_via: 'excel_import',
    modified_at: at,
    modified_by: by,
  };
}

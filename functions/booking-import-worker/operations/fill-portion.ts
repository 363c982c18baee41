import { type AutoTaskTemplate, templatesFor } from '../../../shared/domain/auto-task/auto-task-template.ts';
import type { Booking } from '../../../shared/domain/booking/booking.ts';
import { bookingCreated } from '../../../shared/domain/booking/booking-events.ts';
import { type BookingChange, rowsOf } from '../../../shared/domain/booking/booking-writes.ts';
import type { BookingImport } from '../../../shared/domain/booking-import/booking-import.ts';
import type { BookingWorld } from '../../../shared/domain/booking-import/booking-world.ts';
import { decideRow } from '../../../shared/domain/booking-import/decide-row.ts';
import { conflictOf, type StoredConflict } from '../../../shared/domain/booking-import/import-conflict.ts';
import type { PlannedRows } from '../../../shared/domain/booking-import/import-files.ts';
import { bookingOfRow, type Finding } from '../../../shared/domain/booking-import/import-row.ts';
import type { ImportedChange } from '../../../shared/domain/booking-import/import-trace.ts';
import { withStatusOf } from '../../../shared/domain/booking-import/plan-import.ts';
import type { NewEvent } from '../../../shared/domain/event/event-types.ts';
import type { Property } from '../../../shared/domain/property/property.ts';

/** Rows that write nothing but what was found: bounds the pages of one portion. */
const MOST_FOUND = 50;

/** What one transaction of an import will write. */
export interface Portion {
  readonly changes: readonly BookingChange[];
  /** Every property whose calendar a change may touch, as it was read. */
  readonly properties: readonly Property[];
  readonly events: readonly NewEvent[];
  readonly traces: readonly ImportedChange[];
  readonly conflicts: readonly StoredConflict[];
  readonly errors: readonly Finding[];
  readonly counts: Pick<
    BookingImport,
    | 'applied'
    | 'processed_rows'
    | 'created'
    | 'auto_updated'
    | 'skipped'
    | 'conflicts_found'
    | 'to_review'
    | 'errors_count'
  >;
}

interface Scene {
  readonly entry: BookingImport;
  readonly companyZone: string;
  readonly world: BookingWorld;
  readonly templates: readonly AutoTaskTemplate[];
}

/** What bounds a portion. */
interface Bounds {
  /** UTC, whole seconds. */
  readonly at: string;
  /** Rows of the transaction for bookings, what follows from them, and their events. */
  readonly room: number;
}

/**
 * Matches rows from where the import is with what stands, until a transaction is full; the world takes in what they
 * will make.
 */
export function fillPortion(scene: Scene, planned: PlannedRows, bounds: Bounds): Portion {
  const filling = new Filling(scene, bounds);
  let next = scene.entry.applied;
  for (; next < planned.length; next += 1) {
    const each = planned[next];
    if (each === undefined || !filling.take(each)) break;
  }
  return filling.portion(next, planned[next - 1]?.position ?? 0);
}

class Filling {
  readonly #scene: Scene;
  readonly #at: string;
  readonly #room: number;
  readonly #changes: BookingChange[] = [];
  readonly #properties = new Map<number, Property>();
  readonly #events: NewEvent[] = [];
  readonly #traces: ImportedChange[] = [];
  readonly #conflicts: StoredConflict[] = [];
  readonly #errors: Finding[] = [];
  readonly #touched = new Set<number>();
  #rows = 0;

  constructor(scene: Scene, { at, room }: Bounds) {
    this.#scene = scene;
    this.#at = at;
    this.#room = room;
  }

  /** @returns false when the row has to wait for the next portion */
  take({ id, row }: PlannedRows[number]): boolean {
    const { world, entry } = this.#scene;
    if (this.#conflicts.length + this.#errors.length >= MOST_FOUND) return false;
    const property = world.property(row.property_id);
    const unit = property?.units.find((each) => each.id === row.unit_id);
    if (property === undefined || property.deleted_at !== null || (row.unit_id !== null && unit?.deleted_at !== null)) {
      const message = 'The property or unit was deleted while the import was being applied.';
      this.#errors.push({ row_number: row.row_number, field: 'property_label', message });
      return true;
    }
    const origin = { importId: entry.import_id, by: entry.imported_by.id, at: this.#at };
    const booking = bookingOfRow(row, id, origin);
    const decision = decideRow(world, row, booking);
    if (decision.kind === 'conflict') {
      const index = entry.conflicts_found + this.#conflicts.length;
      this.#conflicts.push(conflictOf(world, { row, booking }, decision, index));
      return true;
    }
    if (decision.kind === 'create') return this.#create(booking, property, row.row_number);
    const { existing } = decision;
    // One transaction writes no booking twice.
    if (this.#touched.has(existing.booking.id)) return false;
    const before = existing.booking;
    const after = withStatusOf(existing, row, origin);
    if (!this.#add({ kind: 'update', seen: before, booking: after }, property, 0)) return false;
    this.#traces.push({ booking_id: before.id, modified_at: this.#at, before });
    existing.booking = { ...after, version: before.version + 1 };
    return true;
  }

  #create(booking: Booking, property: Property, rowNumber: number): boolean {
    const { world, entry, companyZone } = this.#scene;
    if (!this.#add({ kind: 'create', booking }, property, 1)) return false;
    const told = { origin: 'import', import_id: entry.import_id } as const;
    this.#events.push(bookingCreated(booking, { property, companyZone }, told));
    this.#traces.push({ booking_id: booking.id, modified_at: this.#at, before: null });
    world.add(booking, rowNumber);
    return true;
  }

  /** @returns false when it does not fit any more */
  #add(change: BookingChange, property: Property, events: number): boolean {
    const templates = templatesFor(this.#scene.templates, change.booking).length;
    const rows = rowsOf(change, templates) + events + (this.#properties.has(property.id) ? 0 : 1);
    // One alone fits, whatever is reckoned.
    if (this.#rows + rows > this.#room && this.#changes.length > 0) return false;
    this.#rows += rows;
    this.#properties.set(property.id, property);
    this.#changes.push(change);
    this.#touched.add(change.booking.id);
    return true;
  }

  portion(applied: number, position: number): Portion {
    const { entry } = this.#scene;
    const created = this.#changes.filter(({ kind }) => kind === 'create').length;
    const to_review = this.#conflicts.filter((conflict) => conflict.requires_review).length;
    return {
      changes: this.#changes,
      properties: [...this.#properties.values()],
      events: this.#events,
      traces: this.#traces,
      conflicts: this.#conflicts,
      errors: this.#errors,
      counts: {
        applied,
        processed_rows: Math.min(entry.total_rows, Math.max(entry.processed_rows, position + 1)),
        created: entry.created + created,
        auto_updated: entry.auto_updated + this.#changes.length - created,
        conflicts_found: entry.conflicts_found + this.#conflicts.length,
        to_review: entry.to_review + to_review,
        skipped: entry.skipped + this.#conflicts.length - to_review,
        errors_count: entry.errors_count + this.#errors.length,
      },
    };
  }
}

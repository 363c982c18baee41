import type { Booking } from '../../../shared/domain/booking/booking.ts';
import { bookingCreated } from '../../../shared/domain/booking/booking-events.ts';
import type { BookingChange } from '../../../shared/domain/booking/booking-writes.ts';
import { changeBookings } from '../../../shared/domain/booking/change-bookings.ts';
import { overlapping } from '../../../shared/domain/booking/overlap.ts';
import { expiryOf } from '../../../shared/domain/booking/retention.ts';
import type { BookingImport } from '../../../shared/domain/booking-import/booking-import.ts';
import type { StoredConflict } from '../../../shared/domain/booking-import/import-conflict.ts';
import { bookingOfRow, type ImportRow } from '../../../shared/domain/booking-import/import-row.ts';
import { statusOfText } from '../../../shared/domain/booking-import/normalise.ts';
import type { Property } from '../../../shared/domain/property/property.ts';
import { toUtcIso } from '../../../shared/platform/clock/clock.ts';
import type { Write } from '../../../shared/platform/dynamo/table.ts';
import { cutText } from '../../../shared/platform/text/cut-text.ts';
import type { ChangeGroup } from '../schemas.ts';
import { type ImportDeps, ownCompany } from './import-deps.ts';
import { factOf } from './resolve-conflicts.ts';

/** A conflict cannot be settled that way; the message says why. */
export class ResolutionRefused extends Error {
  override readonly name = 'ResolutionRefused';
}

/** One conflict on its way. */
export interface ResolutionJob {
  readonly entry: BookingImport;
  readonly conflict: StoredConflict;
  /** Writes that note it as settled, with the tasks that this made. */
  readonly along: (tasksMade: number) => readonly Write[];
  /** Number of what it writes, for undoing it. */
  readonly trace: number;
}

const GONE = 'The property of the row is not there any more.';
const MOST_SUFFIX = 99;
const LONGEST_CODE = 100;

/** Makes a booking of the row, with ` #2` behind a code that is taken (`aristay.md` §6.11). @throws ResolutionRefused */
export async function createFromRow(deps: ImportDeps, { entry, conflict, along, trace }: ResolutionJob): Promise<void> {
  const row = rowOf(conflict);
  const { zona_horaria: companyZone } = await ownCompany(deps);
  const origin = { importId: entry.import_id, by: deps.actor.userId, at: toUtcIso(deps.now) };
  const id = await deps.nextNumbers('booking', 1);
  await changeBookings(deps, [row.property_id], async ([property]) => {
    if (property === undefined) throw new ResolutionRefused(GONE);
    const booking = await withFreeCode(deps, bookingOfRow(row, id, origin));
    await refuseOverlap(deps, property, booking);
    const told = { origin: 'resolution', import_id: entry.import_id } as const;
    const events = [bookingCreated(booking, { property, companyZone }, told)];
    const change = { booking_id: id, modified_at: booking.modified_at, before: null };
    const traced = await deps.imports.tracing(entry, { number: trace, changes: [change] });
    const fact = factOf(entry, conflict, 'created');
    return {
      changes: [{ kind: 'create', booking }],
      commit: (writes, following, tasksMade) =>
        deps.commit([...writes, ...along(tasksMade), traced], { fact, events: [...events, ...following] }),
      answer: undefined,
    };
  });
}

/** Takes the chosen groups of the row over into the booking that it met. @throws ResolutionRefused */
export async function updateExisting(
  deps: ImportDeps,
  { entry, conflict, along, trace, groups }: ResolutionJob & { readonly groups: readonly ChangeGroup[] },
): Promise<void> {
  const row = rowOf(conflict);
  const { retencion_meses } = await ownCompany(deps);
  const [seen] = await knownBooking(deps, conflict.existing_id);
  if (seen === undefined) throw new ResolutionRefused('The booking is not there any more.');
  const homes = groups.includes('property') ? [row.property_id, seen.property_id] : [seen.property_id];
  await changeBookings(deps, [...new Set(homes)], async ([property]) => {
    if (property === undefined) throw new ResolutionRefused(GONE);
    const [current] = await knownBooking(deps, conflict.existing_id);
    if (current === undefined || current.property_id !== seen.property_id) {
      throw new ResolutionRefused('The booking has just changed. Look at it and try again.');
    }
    const booking = merged(deps, current, row, { groups, importId: entry.import_id, retentionMonths: retencion_meses });
    await refuseOverlap(deps, property, booking);
    const change: BookingChange = { kind: 'update', seen: current, booking };
    const left = { booking_id: booking.id, modified_at: booking.modified_at, before: current };
    const traced = await deps.imports.tracing(entry, { number: trace, changes: [left] });
    const fact = factOf(entry, conflict, 'updated');
    return {
      changes: [change],
      commit: (writes, events, tasksMade) => deps.commit([...writes, ...along(tasksMade), traced], { fact, events }),
      answer: undefined,
    };
  });
}

/** Only what waits for a person can be resolved, and that has its row. */
function rowOf({ row }: StoredConflict): ImportRow {
  if (row === null) throw new ResolutionRefused('The conflict has been resolved already.');
  return row;
}

async function knownBooking({ bookings }: ImportDeps, id: number): Promise<readonly (Booking | undefined)[]> {
  return [await bookings.find(id)];
}

function merged(
  { actor, now }: ImportDeps,
  seen: Booking,
  row: ImportRow,
  {
    groups,
    importId,
    retentionMonths,
  }: { readonly groups: readonly ChangeGroup[]; readonly importId: string; readonly retentionMonths: number },
): Booking {
  const at = toUtcIso(now);
  const dates = {
    check_in_date: row.check_in_date,
    check_out_date: row.check_out_date,
    check_in_hour_known: row.check_in_hour_known,
    check_out_hour_known: row.check_out_hour_known,
    expires_at: expiryOf(row.check_out_date, retentionMonths),
  };
  const status = { external_status: row.external_status, status: statusOfText(row.external_status) };
  return {
    ...seen,
    ...(groups.includes('guest_name') && { guest_name: row.guest_name }),
    ...(groups.includes('dates') && dates),
    ...(groups.includes('status') && status),
    ...(groups.includes('property') && { property_id: row.property_id, unit_id: row.unit_id }),
    last_import_update: at,
    last_import_id: importId,
    modified_via: 'excel_import',
    modified_at: at,
    modified_by: actor.userId,
  };
}

async function refuseOverlap({ bookings }: ImportDeps, property: Property, booking: Booking): Promise<void> {
  const period = { from: booking.check_in_date, to: booking.check_out_date };
  const met = overlapping(property, booking, await bookings.listStaying(property, period));
  if (met !== undefined)
    throw new ResolutionRefused(`The dates overlap with booking ${met.id} of the property or unit.`);
}

/** The code, or the first of its numbered forms that no booking of the property and source has. */
async function withFreeCode({ bookings }: ImportDeps, booking: Booking): Promise<Booking> {
  for (let number = 1; number <= MOST_SUFFIX; number += 1) {
    const suffix = number === 1 ? '' : ` #${number}`;
    const external_code = `${cutText(booking.external_code, LONGEST_CODE - suffix.length)}${suffix}`;
    const holders = await bookings.listHoldersOf({ source: booking.source, external_code });
    if (!holders.some(({ property_id }) => property_id === booking.property_id)) return { ...booking, external_code };
  }
  throw new ResolutionRefused('Too many bookings have this code.');
}

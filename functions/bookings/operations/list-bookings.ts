import { type Homes, type Listed, listFitting, withRows } from '../../../shared/domain/booking/booking-list.ts';
import type { BookingRow } from '../../../shared/domain/booking/booking-row.ts';
import type { Moment } from '../../../shared/domain/booking/instant-range.ts';
import { callerZone } from '../../../shared/domain/identity/caller-zone.ts';
import { instantIn, type Timestamp } from '../../../shared/platform/calendar/timestamp.ts';
import { toUtcIso } from '../../../shared/platform/clock/clock.ts';
import { type NumberedPage, numberedPage, orderRows, pageWindow } from '../../../shared/platform/http/numbered-list.ts';
import type { BookingOrder, BookingsQuery } from '../schemas.ts';
import { type BookingDeps, mayReadContacts, ownCompany } from './booking-deps.ts';
import { bookingFor } from './show-booking.ts';

/**
 * A page of the bookings that fit (S17). Filtered by property it costs two requests: the property with its company, and
 * one range of bookings; without one it takes three, and one more where no dates bound it.
 * @throws AppError `not_found` for a page that does not exist
 */
export async function listBookings(deps: BookingDeps, query: BookingsQuery): Promise<NumberedPage<BookingRow>> {
  const homes = await homesOf(deps, query.property);
  // Days are the property's, so only times without an offset are the caller's.
  const local = momentsOf(query).filter((timestamp) => timestamp?.kind === 'local');
  const zone = await callerZone(deps, local, homes.companyZone);
  const momentOf = (timestamp: Timestamp | undefined) => timestamp && readMoment(timestamp, zone);
  const fitting = await listFitting(deps.bookings, homes, {
    statuses: query.status,
    source: query.source,
    unit: query.unit,
    checkIn: {
      on: momentOf(query.check_in_date),
      gte: momentOf(query.check_in_date__gte),
      lte: momentOf(query.check_in_date__lte),
    },
    checkOut: {
      on: momentOf(query.check_out_date),
      gte: momentOf(query.check_out_date__gte),
      lte: momentOf(query.check_out_date__lte),
    },
    search: query.search === undefined ? undefined : { text: query.search, inContacts: mayReadContacts(deps.actor) },
  });
  const window = pageWindow(query, fitting.length);
  const ordered = orderRows(fitting.map(identified), query.ordering, sortValue);
  const page = await withRows(deps.bookings, ordered.slice(window.offset, window.offset + window.size));
  const rows = page.map(({ booking, property }) => bookingFor(deps.actor, booking, property, homes.companyZone));
  return numberedPage(rows, fitting.length, window);
}

async function homesOf(deps: BookingDeps, propertyId: number | undefined): Promise<Homes> {
  if (propertyId !== undefined) {
    const { property, companyZone } = await deps.properties.findAnyWithZone(propertyId);
    return { properties: property === undefined ? [] : [property], companyZone, all: false };
  }
  const [properties, owner] = await Promise.all([deps.properties.listAll(), ownCompany(deps)]);
  return { properties, companyZone: owner.zona_horaria, all: true };
}

function momentsOf(query: BookingsQuery): readonly (Timestamp | undefined)[] {
  return [
    query.check_in_date,
    query.check_in_date__gte,
    query.check_in_date__lte,
    query.check_out_date,
    query.check_out_date__gte,
    query.check_out_date__lte,
  ];
}

/** A day stays a day, for each property to read on its own clocks. */
function readMoment(timestamp: Timestamp, zone: string): Moment {
  if (timestamp.kind === 'date') return timestamp;
  return { kind: 'instant', instant: toUtcIso(instantIn(timestamp, zone)) };
}

function identified(listed: Listed): Listed & { readonly id: number } {
  return { ...listed, id: listed.outline.id };
}

function sortValue({ outline }: Listed, key: BookingOrder): string | number {
  return outline[key];
}

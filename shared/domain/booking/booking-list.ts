import { type Property, unitNumbered, zoneOf } from '../property/property.ts';
import type { BookingRepository } from './booking.repository.ts';
import type { Booking, BookingOutline, BookingStatus, StoredBooking } from './booking.ts';
import { unitOf } from './booking-reservation.ts';
import { contains, type InstantRange, intersection, type MomentBounds, moved, rangeIn, span } from './instant-range.ts';

/** What a list of bookings leaves (S17); what is absent filters nothing. */
export interface BookingFilter {
  readonly statuses?: readonly BookingStatus[] | undefined;
  readonly source?: string | undefined;
  /** A unit's number, in any letter case. */
  readonly unit?: string | undefined;
  readonly checkIn: MomentBounds;
  readonly checkOut: MomentBounds;
  readonly search?: BookingSearch | undefined;
}

/** Part of guest, code, property name or contact, in any letter case. */
export interface BookingSearch {
  readonly text: string;
  /** False for who may not see contacts, and may not try them out either. */
  readonly inContacts: boolean;
}

/** The properties that a list looks at, with the zone of those without one. */
export interface Homes {
  readonly properties: readonly Property[];
  readonly companyZone: string;
  /** True when they are every property there is, deleted ones too. */
  readonly all: boolean;
}

/** A booking that fits, with its home and, where the list has read it, the whole row. */
export interface Listed {
  readonly outline: BookingOutline;
  readonly property: Property;
  readonly stored?: StoredBooking;
}

/**
 * The bookings that fit a filter, in no order. A property's come by one range of the table, a company's within a
 * period by one range of an index, and all of a company's without their guests: whoever shows a page of these reads
 * its rows ({@link withRows}).
 */
export async function listFitting(
  bookings: BookingRepository,
  homes: Homes,
  filter: BookingFilter,
): Promise<readonly Listed[]> {
  const fits = fittingTest(homes, filter);
  const fitting = (await candidates(bookings, homes, filter)).flatMap((read): readonly Listed[] => {
    const property = fits(read);
    if (property === undefined) return [];
    return [{ outline: read, property, ...('sealed' in read && { stored: read }) }];
  });
  return filter.search === undefined ? fitting : found(bookings, fitting, filter.search);
}

/** The whole bookings of some that were listed, in the same order; what went meanwhile is left out. */
export async function withRows(
  bookings: BookingRepository,
  listed: readonly Listed[],
): Promise<readonly { readonly booking: Booking; readonly property: Property }[]> {
  const missing = listed.filter(({ stored }) => stored === undefined).map(({ outline }) => outline);
  const read = new Map((await bookings.findStored(missing)).map((stored) => [stored.id, stored]));
  const rows = listed.flatMap(({ outline, property, stored = read.get(outline.id) }) =>
    stored === undefined ? [] : [{ stored, property }],
  );
  const opened = await bookings.open(rows.map(({ stored }) => stored));
  return rows.flatMap(({ property }, at) => {
    const booking = opened[at];
    return booking === undefined ? [] : [{ booking, property }];
  });
}

/** The least that has to be read to find all that fit. */
async function candidates(
  bookings: BookingRepository,
  homes: Homes,
  filter: BookingFilter,
): Promise<readonly (BookingOutline | StoredBooking)[]> {
  const { from, before: to } = periodOf(homes, filter);
  const [only, ...others] = homes.properties;
  if (only === undefined) return [];
  if (!homes.all && others.length === 0) return bookings.listCheckingIn(only.id, { from, to });
  if (from !== undefined || to !== undefined) return bookings.listCompanyCheckingIn({ from, to });
  return filter.search === undefined ? bookings.listOutlines() : bookings.listAll();
}

/** When those that fit check in: no sooner before their check-out than the longest stay there was. */
function periodOf({ properties, companyZone }: Homes, { checkIn, checkOut }: BookingFilter): InstantRange {
  return span(
    properties.map((property) => {
      const zone = zoneOf(property, companyZone);
      const { from, before } = rangeIn(checkOut, zone);
      const leaving = { from: from && moved(from, -property.longest_stay_s), before };
      return intersection(rangeIn(checkIn, zone), leaving);
    }),
  );
}

/** Answers the home of an outline that fits. */
function fittingTest(homes: Homes, filter: BookingFilter): (outline: BookingOutline) => Property | undefined {
  const known = new Map(homes.properties.map((property) => [property.id, property]));
  const ranges = new Map<string, { readonly checkIn: InstantRange; readonly checkOut: InstantRange }>();
  const rangesIn = (zone: string) => {
    const seen = ranges.get(zone);
    const made = seen ?? { checkIn: rangeIn(filter.checkIn, zone), checkOut: rangeIn(filter.checkOut, zone) };
    if (seen === undefined) ranges.set(zone, made);
    return made;
  };
  return (outline) => {
    const property = known.get(outline.property_id);
    if (property === undefined) return undefined;
    const { checkIn, checkOut } = rangesIn(zoneOf(property, homes.companyZone));
    const fits =
      (filter.statuses === undefined || filter.statuses.includes(outline.status)) &&
      (filter.source === undefined || filter.source === outline.source) &&
      (filter.unit === undefined || isOfUnit(property, outline, filter.unit)) &&
      contains(checkIn, outline.check_in_date) &&
      contains(checkOut, outline.check_out_date);
    return fits ? property : undefined;
  };
}

/** A booking without a unit is one of the only unit that there is (`aristay.md` §3.3). */
function isOfUnit(property: Property, { unit_id }: BookingOutline, number: string): boolean {
  const wanted = unitNumbered(property, number);
  return wanted !== undefined && unitOf(property, unit_id)?.id === wanted.id;
}

async function found(
  bookings: BookingRepository,
  fitting: readonly Listed[],
  { text, inContacts }: BookingSearch,
): Promise<readonly Listed[]> {
  const wanted = text.toLowerCase();
  const opened = await bookings.open(fitting.flatMap(({ stored }) => stored ?? []));
  const texts = new Map(
    opened.map(({ id, guest_name, guest_contact, external_code }) => [
      id,
      [guest_name, external_code, inContacts ? guest_contact : ''].join('\n').toLowerCase(),
    ]),
  );
  return fitting.filter(
    ({ outline, property }) =>
      property.name.toLowerCase().includes(wanted) || texts.get(outline.id)?.includes(wanted) === true,
  );
}

import type { Booking } from '../booking/booking.ts';
import { overlapping } from '../booking/overlap.ts';
import { type Property, zoneOf } from '../property/property.ts';
import { localDays } from './import-row.ts';

/** A booking that a row may turn out to be, or to meet. */
export interface KnownBooking {
  booking: Booking;
  readonly arrival: string;
  readonly departure: string;
  /** The row of this file that makes it; absent for one that stands. */
  readonly row?: number;
}

/** Stays above this are looked at whatever the month. */
const LONG_STAY_MS = 400 * 86_400_000;

/**
 * Bookings of a company as rows are matched against: those that stand, and those that earlier rows of the file make.
 * Every question is answered from an index, so that thousands of rows meet thousands of bookings in no time.
 */
export class BookingWorld {
  readonly #properties: Map<number, Property>;
  readonly #companyZone: string;
  readonly #byId = new Map<number, KnownBooking>();
  readonly #byCode = new Map<string, KnownBooking[]>();
  readonly #byGuest = new Map<string, KnownBooking[]>();
  readonly #byMonth = new Map<string, KnownBooking[]>();

  constructor(properties: readonly Property[], companyZone: string, bookings: readonly Booking[]) {
    this.#properties = new Map(properties.map((property) => [property.id, property]));
    this.#companyZone = companyZone;
    for (const booking of bookings) this.add(booking);
  }

  /** A property of the company, deleted ones too. */
  property(id: number): Property | undefined {
    return this.#properties.get(id);
  }

  /** A property as it stands after its calendar moved. */
  setProperty(property: Property): void {
    this.#properties.set(property.id, property);
  }

  zone(propertyId: number): string {
    const property = this.#properties.get(propertyId);
    return property === undefined ? this.#companyZone : zoneOf(property, this.#companyZone);
  }

  /** @param row of this file that makes it */
  add(booking: Booking, row?: number): void {
    const days = localDays(booking, this.zone(booking.property_id));
    const known: KnownBooking = { booking, ...days, ...(row !== undefined && { row }) };
    this.#byId.set(booking.id, known);
    if (booking.external_code !== '') push(this.#byCode, codeKey(booking), known);
    push(this.#byGuest, guestKey(booking), known);
    for (const month of monthsOf(booking)) push(this.#byMonth, month, known);
  }

  find(id: number): KnownBooking | undefined {
    return this.#byId.get(id);
  }

  /** Bookings of the same source and code, on whichever property, the lowest id first. */
  withCode(booking: Pick<Booking, 'source' | 'external_code'>): readonly KnownBooking[] {
    return byId(booking.external_code === '' ? [] : (this.#byCode.get(codeKey(booking)) ?? []));
  }

  /** Bookings of a guest on the property, letter case apart, the lowest id first. */
  ofGuest(booking: Pick<Booking, 'property_id' | 'guest_name'>): readonly KnownBooking[] {
    return byId(this.#byGuest.get(guestKey(booking)) ?? []);
  }

  /** The active booking of the same calendar whose nights an active one would take. */
  meeting(booking: Booking): KnownBooking | undefined {
    const property = this.#properties.get(booking.property_id);
    if (property === undefined) return undefined;
    const near = new Set(monthsOf(booking).flatMap((month) => this.#byMonth.get(month) ?? []));
    const always = isLong(booking) ? this.#byId.values() : (this.#byMonth.get(longKey(booking.property_id)) ?? []);
    const stays = [...near, ...always].map((known) => known.booking);
    const onProperty = stays.filter(({ property_id }) => property_id === booking.property_id);
    const met = overlapping(property, booking, onProperty);
    return met && this.#byId.get(met.id);
  }
}

function push<K, V>(map: Map<K, V[]>, key: K, value: V): void {
  const list = map.get(key);
  if (list === undefined) map.set(key, [value]);
  else list.push(value);
}

function byId(known: readonly KnownBooking[]): readonly KnownBooking[] {
  return [...known].sort((a, b) => a.booking.id - b.booking.id);
}

/** A guest as names are compared. */
export function comparedGuest(name: string): string {
  return name.trim().toLowerCase();
}

function codeKey({ source, external_code }: Pick<Booking, 'source' | 'external_code'>): string {
  return `${source.toLowerCase()}\n${external_code.trim().toLowerCase()}`;
}

function guestKey({ property_id, guest_name }: Pick<Booking, 'property_id' | 'guest_name'>): string {
  return `${property_id}\n${comparedGuest(guest_name)}`;
}

function longKey(propertyId: number): string {
  return `${propertyId} long`;
}

function isLong({ check_in_date, check_out_date }: Booking): boolean {
  return Date.parse(check_out_date) - Date.parse(check_in_date) > LONG_STAY_MS;
}

/** Every month that a stay touches, at its property. */
function monthsOf(booking: Booking): readonly string[] {
  if (isLong(booking)) return [longKey(booking.property_id)];
  const months: string[] = [];
  let [year = 0, month = 0] = booking.check_in_date.split('-', 2).map(Number);
  const last = booking.check_out_date.slice(0, 7);
  for (let name = ''; name < last; month += 1) {
    if (month > 12) [year, month] = [year + 1, 1];
    name = `${String(year).padStart(4, '0')}-${String(month).padStart(2, '0')}`;
    months.push(`${booking.property_id} ${name}`);
  }
  return months;
}

import * as z from 'zod';
import { createReservation, type Reservation } from '../reservation/reservation.ts';
import { channelOf, type ReservationChannel } from '../reservation/reservation-channel.ts';
import type { ReservationStatus } from '../reservation/reservation-status.ts';
import { joined, languageOf, notesOf, optionalId, phoneOf, wireCount, wireId, wireText } from './wire-values.ts';

/** A listing (`integrations.md` §1.3.3). */
export const hostawayListing = z.object({
  id: wireId,
  name: wireText,
  internalListingName: wireText,
  street: wireText,
  address: wireText,
  city: wireText,
  personCapacity: wireCount,
  checkInTimeStart: wireCount,
  checkOutTime: wireCount,
  specialStatus: wireText,
});
export type HostawayListing = z.output<typeof hostawayListing>;

/** A reservation as Hostaway lists it. */
export const hostawayRow = z.object({
  id: wireId,
  listingMapId: optionalId,
  channelId: wireCount,
  channelName: wireText,
  guestName: wireText,
  guestFirstName: wireText,
  guestLastName: wireText,
  guestEmail: wireText,
  phone: wireText,
  guestLocale: wireText,
  numberOfGuests: wireCount,
  adults: wireCount,
  children: wireCount,
  infants: wireCount,
  /** Required even where they mean nothing: a row without dates is one that we misread. */
  arrivalDate: z.iso.date(),
  departureDate: z.iso.date(),
  isDatesUnspecified: z.unknown().optional(),
  checkInTime: wireCount,
  checkOutTime: wireCount,
  status: wireText,
  hostNote: wireText,
  guestNote: wireText,
  comment: wireText,
});
type HostawayRow = z.output<typeof hostawayRow>;

const STATUSES: Readonly<Record<string, ReservationStatus>> = {
  new: 'confirmed',
  modified: 'confirmed',
  awaitingPayment: 'pending',
  awaitingGuestVerification: 'pending',
  pending: 'pending',
  unconfirmed: 'pending',
  cancelled: 'cancelled',
  declined: 'cancelled',
  expired: 'cancelled',
  ownerStay: 'blocked',
};

/** `integrations.md` §1.3.3; retired ids and unknown ones go by their name. */
const CHANNELS: Readonly<Record<number, ReservationChannel>> = {
  2000: 'direct',
  2002: 'vrbo',
  2005: 'booking',
  2007: 'expedia',
  2009: 'vrbo',
  2010: 'vrbo',
  2013: 'website',
  2015: 'ical',
  2016: 'tripadvisor',
  2017: 'website',
  2018: 'airbnb',
  2022: 'google',
};

/** `integrations.md` §1.3.6; inquiries, unknown statuses and rows without real dates are no reservations. */
export function hostawayReservation(row: HostawayRow, listing: HostawayListing | undefined): readonly Reservation[] {
  const { status } = row;
  if (status === null || status === 'unknown' || status.startsWith('inquiry')) return [];
  if (row.isDatesUnspecified === 1 || row.isDatesUnspecified === true) return [];
  return [
    createReservation({
      source: 'pms',
      id_externo: row.id,
      apartment_id_externo: row.listingMapId,
      apartment_name: listing?.internalListingName ?? listing?.name ?? null,
      guest_name: joined(' ', row.guestFirstName, row.guestLastName) ?? row.guestName,
      guest_first_name: row.guestFirstName,
      guest_last_name: row.guestLastName,
      phone: phoneOf(row.phone),
      email: row.guestEmail,
      check_in: row.arrivalDate,
      check_out: row.departureDate,
      arrival_time: announcedHour(row.checkInTime, listing?.checkInTimeStart),
      departure_time: announcedHour(row.checkOutTime, listing?.checkOutTime),
      status: STATUSES[status] ?? 'pending',
      status_raw: status,
      channel: CHANNELS[row.channelId ?? 0] ?? channelOf(row.channelName ?? ''),
      channel_raw: row.channelName,
      language: languageOf(row.guestLocale),
      adults: row.adults ?? row.numberOfGuests,
      children: row.children === null && row.infants === null ? null : (row.children ?? 0) + (row.infants ?? 0),
      notes: notesOf(row.guestNote, row.comment, row.hostNote),
    }),
  ];
}

/** An hour that says no more than the listing's own was filled in by default and is unknown (ruling 7). */
function announcedHour(hour: number | null, usual: number | null | undefined): string | null {
  if (hour === null || hour > 23 || usual === null || usual === undefined || hour === usual) return null;
  return `${String(hour).padStart(2, '0')}:00`;
}

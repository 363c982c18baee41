import { filingName, type Reservation } from '../reservation/reservation.ts';
import { countsAsArrival } from '../reservation/reservation-status.ts';
import type { GuestStay } from './contact.ts';

/** The guests of a PMS's reservations, filed as `Apellido, Nombre`; who does not come needs no entry. */
export function* staysOfReservations(reservations: Iterable<Reservation>): Generator<GuestStay> {
  for (const reservation of reservations) {
    const name = filingName(reservation);
    if (name === null || !countsAsArrival(reservation.status)) continue;
    const { phone, check_in: checkIn, apartment_name: apartment } = reservation;
    yield { name, phone, checkIn, apartments: apartment === null ? [] : [apartment] };
  }
}

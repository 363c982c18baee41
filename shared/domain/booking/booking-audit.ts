import type { AuditFact } from '../audit/audit-entry.ts';
import { type Booking, bookingGuest } from './booking.ts';

/** Fields that a person set, and that tell nothing of the guest. */
const TOLD = [
  'property_id',
  'unit_id',
  'check_in_date',
  'check_out_date',
  'status',
  'source',
  'external_status',
  'listing_name',
  'earnings_amount',
  'earnings_currency',
  'booked_on',
  'adults',
  'children',
  'infants',
] as const satisfies readonly (keyof Booking)[];

const GUEST_FIELDS = Object.keys(bookingGuest.shape) as (keyof typeof bookingGuest.shape)[];

/** What somebody did to a booking, for the audit trail: of guest fields only which ones changed (ruling 8). */
export function bookingFact(
  accion: 'reserva.crear' | 'reserva.cambiar' | 'reserva.borrar',
  booking: Booking,
  seen?: Booking,
): AuditFact {
  const told = TOLD.filter((field) => booking[field] !== seen?.[field] && (seen !== undefined || booking[field]));
  const guest = GUEST_FIELDS.filter((field) => booking[field] !== (seen?.[field] ?? (field === 'raw_row' ? null : '')));
  return {
    accion,
    entidad: 'reserva',
    entidad_id: String(booking.id),
    cambios: {
      ...Object.fromEntries(told.map((field) => [field, booking[field]])),
      ...(guest.length > 0 && { datos_del_huesped: guest.join(', ') }),
    },
  };
}

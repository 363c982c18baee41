import { bookingRow } from '../../shared/domain/booking/booking-row.ts';
import { defineRoutes } from '../../shared/platform/http/route.ts';
import { bookingParams, bookingsQuery, changeBody, creationBody } from './schemas.ts';

const common = { surface: 'aristay', tag: 'Bookings' } as const;

/** Bookings of the company (`aristay.md` S17, C42–C45). */
export const bookingsRoutes = defineRoutes({
  listBookings: {
    ...common,
    method: 'GET',
    path: '/api/bookings/',
    summary: 'Bookings by property, status and dates',
    access: 'any',
    query: bookingsQuery,
    success: { status: 200, rows: bookingRow },
    failures: [404],
  },
  createBooking: {
    ...common,
    method: 'POST',
    path: '/api/bookings/',
    summary: 'Adds a booking, unless its nights or its code are taken',
    access: 'manager',
    body: { schema: creationBody },
    success: { status: 201, schema: bookingRow },
  },
  readBooking: {
    ...common,
    method: 'GET',
    path: '/api/bookings/{id}/',
    summary: 'One booking',
    access: 'any',
    params: bookingParams,
    success: { status: 200, schema: bookingRow },
    failures: [404],
  },
  editBooking: {
    ...common,
    method: 'PATCH',
    path: '/api/bookings/{id}/',
    summary: 'Changes a booking, unless its nights or its code are taken',
    access: 'manager',
    params: bookingParams,
    body: { schema: changeBody },
    success: { status: 200, schema: bookingRow },
    failures: [404],
  },
  deleteBooking: {
    ...common,
    method: 'DELETE',
    path: '/api/bookings/{id}/',
    summary: 'Deletes a booking; its nights and its code are free',
    access: 'admin',
    params: bookingParams,
    success: { status: 204 },
    failures: [404],
  },
});

import { describe, expect, it } from 'vitest';
import {
  createReservation,
  filingName,
  nightsOf,
  reservationSchema,
} from '../../../shared/domain/reservation/reservation.ts';
import { channelOf } from '../../../shared/domain/reservation/reservation-channel.ts';
import { countsAsArrival, statusOfBooking } from '../../../shared/domain/reservation/reservation-status.ts';

const bare = createReservation({ source: 'pms', id_externo: '901', status: 'confirmed' });

describe('createReservation', () => {
  it('leaves unknown what the source did not say', () => {
    expect(reservationSchema.parse(bare)).toEqual(bare);
    const { source, id_externo, status, channel, ...rest } = bare;
    expect({ source, id_externo, status, channel }).toEqual({
      source: 'pms',
      id_externo: '901',
      status: 'confirmed',
      channel: 'other',
    });
    expect(Object.values(rest).every((value) => value === null)).toBe(true);
  });

  it('computes the nights', () => {
    const stay = createReservation({ ...bare, check_in: '2026-06-03', check_out: '2026-06-06' });
    expect(stay.nights).toBe(3);
    expect(nightsOf('2026-06-03', '2026-06-03')).toBe(0);
    expect(nightsOf('2026-06-06', '2026-06-03')).toBeNull();
    expect(nightsOf(null, '2026-06-03')).toBeNull();
    expect(() => createReservation({ ...bare, check_in: '2026-02-30', check_out: '2026-03-01' })).toThrow(RangeError);
  });
});

describe('reservationSchema', () => {
  it.each([
    ['a date that does not exist', { check_in: '2026-02-30' }],
    ['a date in another form', { check_in: '03/06/2026' }],
    ['an hour that no clock shows', { arrival_time: '25:99' }],
    ['an hour without its zero', { arrival_time: '9:30' }],
    ['a zone that does not exist', { time_zone: 'Mars/Base' }],
    ['an unknown status', { status: 'inquiry' }],
    ['a language in another form', { language: 'es-ES' }],
    ['an empty id', { id_externo: '' }],
    ['a moment without an offset', { observed_at: '2026-06-03T10:00:00' }],
  ])('refuses %s', (_, change) => {
    expect(reservationSchema.safeParse({ ...bare, ...change }).success).toBe(false);
  });
});

describe('filingName', () => {
  const guest = { guest_name: null, guest_first_name: null, guest_last_name: null };

  it('prefers the parts, then what the source wrote', () => {
    expect(filingName({ guest_name: 'Ana García', guest_first_name: 'Ana', guest_last_name: 'García' })).toBe(
      'García, Ana',
    );
    expect(filingName({ ...guest, guest_name: ' Ana García ', guest_first_name: 'Ana' })).toBe('Ana García');
    expect(filingName({ ...guest, guest_last_name: 'García' })).toBe('García');
    expect(filingName({ ...guest, guest_first_name: 'Ana', guest_last_name: ' ' })).toBe('Ana');
    expect(filingName({ ...guest, guest_name: '  ' })).toBeNull();
  });
});

describe('status', () => {
  it.each([
    ['booked', 'confirmed', true],
    ['confirmed', 'confirmed', true],
    ['currently_hosting', 'confirmed', true],
    ['completed', 'completed', true],
    ['owner_staying', 'blocked', false],
    ['cancelled', 'cancelled', false],
    ['anything new', 'pending', false],
    ['toString', 'pending', false],
  ] as const)('reads %s of a booking as %s', (booking, status, arrives) => {
    expect(statusOfBooking(booking)).toBe(status);
    expect(countsAsArrival(statusOfBooking(booking))).toBe(arrives);
  });

  it('expects nobody of a no-show', () => {
    expect(countsAsArrival('no_show')).toBe(false);
  });
});

describe('channelOf', () => {
  it.each([
    ['Airbnb', 'airbnb'],
    ['airbnb.es', 'airbnb'],
    ['Booking.com', 'booking'],
    ['www.booking.com', 'booking'],
    ['Booking Engine', 'website'],
    ['HomeAway', 'vrbo'],
    ['Hotels.com', 'expedia'],
    ['Direct booking', 'direct'],
    ['iCal', 'ical'],
    ['', 'other'],
    ['Holidu', 'other'],
  ])('reads %j as %s', (text, channel) => {
    expect(channelOf(text)).toBe(channel);
  });
});

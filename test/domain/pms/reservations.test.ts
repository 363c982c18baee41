import { describe, expect, it } from 'vitest';
import { beds24Property, dwellingsOf } from '../../../shared/domain/pms/beds24-dwelling.ts';
import { beds24Booking, beds24Reservation } from '../../../shared/domain/pms/beds24-reservation.ts';
import { cloudbedsReservation, cloudbedsRow } from '../../../shared/domain/pms/cloudbeds-reservation.ts';
import { hostawayListing, hostawayReservation, hostawayRow } from '../../../shared/domain/pms/hostaway-reservation.ts';
import { smoobuBooking, smoobuReservation } from '../../../shared/domain/pms/smoobu-reservation.ts';
import { reservationSchema } from '../../../shared/domain/reservation/reservation.ts';
import {
  BEDS24_BOOKINGS,
  BEDS24_PROPERTIES,
  CLOUDBEDS_RESERVATION,
  HOSTAWAY_LISTING,
  HOSTAWAY_RESERVATION,
  SMOOBU_BOOKINGS,
} from './wire-samples.ts';

const sampleOf = <T>([first]: readonly T[]): T => {
  if (first === undefined) throw new Error('There is no sample');
  return first;
};

describe('Smoobu (integrations.md §1.1.7)', () => {
  const sample = sampleOf(SMOOBU_BOOKINGS.bookings);
  const mapped = (facts: object = {}) => smoobuReservation(smoobuBooking.parse({ ...sample, ...facts }));

  it('the printed sample', () => {
    const reservation = mapped();
    expect(reservation).toMatchObject({
      source: 'pms',
      id_externo: '98120455',
      apartment_id_externo: '210045',
      apartment_name: 'Ático Ribera',
      guest_name: 'Inés Robledo',
      guest_first_name: 'Inés',
      guest_last_name: 'Robledo',
      phone: '+34600111222',
      email: 'ines.robledo.x1@guest.example',
      check_in: '2026-12-04',
      check_out: '2026-12-08',
      nights: 4,
      arrival_time: '17:30',
      departure_time: null,
      status: 'confirmed',
      channel: 'airbnb',
      channel_raw: 'Airbnb',
      language: 'es',
      adults: 2,
      children: 1,
      notes: 'Llegamos en tren',
    });
    expect(reservationSchema.safeParse(reservation).success).toBe(true);
  });

  it.each([
    [{ type: 'cancellation' }, 'cancelled'],
    [{ type: 'modification of booking' }, 'confirmed'],
    [{ 'is-blocked-booking': true }, 'blocked'],
    [{ channel: { id: 1, channel_id: 11, name: 'Blocked channel' } }, 'blocked'],
  ] as const)('%j is %s', (facts, status) => {
    expect(mapped(facts).status).toBe(status);
  });

  it('takes the hour by its present and its older names, zero-padded, and none for what is no hour', () => {
    expect(mapped({ 'check-in': '9:05' }).arrival_time).toBe('09:05');
    expect(mapped({ 'check-in': null, check_in_time: '21:00' }).arrival_time).toBe('21:00');
    expect(mapped({ 'check-in': null, checkInTime: '22:15:00' }).arrival_time).toBe('22:15');
    expect(mapped({ 'check-in': 'por la tarde' }).arrival_time).toBeNull();
  });

  it('names, apartment and contact may be missing (D-24)', () => {
    const bare = { firstname: null, lastname: null, 'guest-name': null, apartment: null, channel: null };
    expect(mapped({ ...bare, email: '', phone: null })).toMatchObject({
      guest_name: null,
      apartment_id_externo: null,
      email: null,
      phone: null,
      channel: 'other',
    });
    expect(mapped({ firstname: '', lastname: '', 'guest-name': 'Sra. Ruiz' }).guest_name).toBe('Sra. Ruiz');
  });

  it('unwraps a prefix in brackets', () => {
    expect(mapped({ phone: '(+34) 600 111 222' }).phone).toBe('+34600111222');
    expect(mapped({ phone: '0034 600-111-222' }).phone).toBe('+34600111222');
    expect(mapped({ phone: '600 111 222' }).phone).toBe('600 111 222');
  });
});

describe('Beds24 (integrations.md §1.2.7)', () => {
  const property = sampleOf(BEDS24_PROPERTIES.data);
  const sample = sampleOf(BEDS24_BOOKINGS.data);
  const dwellings = (facts: object = {}, room: object = {}) =>
    dwellingsOf(
      beds24Property.parse({ ...property, ...facts, roomTypes: [{ ...sampleOf(property.roomTypes), ...room }] }),
    );
  const mapped = (facts: object = {}, known = dwellings()) =>
    beds24Reservation(beds24Booking.parse({ ...sample, ...facts }), known);

  it('the printed sample', () => {
    const [reservation] = mapped();
    expect(reservation).toMatchObject({
      id_externo: '71250931',
      apartment_id_externo: '642310',
      apartment_name: 'Casa del Río',
      guest_name: 'Tomasz Wilk',
      phone: '+48500600700',
      email: 'twilk.889@guest.example',
      check_in: '2026-12-11',
      check_out: '2026-12-14',
      arrival_time: '16:00',
      status: 'confirmed',
      channel: 'booking',
      language: 'pl',
      adults: 2,
      children: 0,
      notes: 'Cot please\n\n16:00 - 17:00',
    });
    expect(reservationSchema.safeParse(reservation).success).toBe(true);
  });

  it.each([
    [{ status: 'new' }, ['confirmed']],
    [{ status: 'request' }, ['pending']],
    [{ status: 'cancelled' }, ['cancelled']],
    [{ status: 'black' }, ['blocked']],
    [{ status: 'inquiry' }, []],
    [{ subStatus: 'noShow' }, ['no_show']],
    [{ status: 'something of tomorrow' }, ['pending']],
  ] as const)('%j is %j', (facts, statuses) => {
    expect(mapped(facts).map(({ status }) => status)).toEqual(statuses);
  });

  it.each([
    ['around 4pm', '16:00'],
    ['9 am', '09:00'],
    ['llegamos a las 22:30', '22:30'],
    ['10:30 PM', '22:30'],
    ['late', null],
    ['', null],
  ])('the first hour of %j is %j', (arrivalTime, hour) => {
    expect(mapped({ arrivalTime })[0]?.arrival_time).toBe(hour);
  });

  it('a room with several units is that many dwellings, and a booking is of none until its unit is known', () => {
    const units = dwellings(
      {},
      {
        qty: 2,
        units: [
          { id: 1, name: 'Izq.' },
          { id: 2, name: 'Dcha.' },
        ],
      },
    );
    expect(units.map(({ apartment }) => [apartment.id_externo, apartment.nombre])).toEqual([
      ['642310-1', 'Casa del Río – Izq.'],
      ['642310-2', 'Casa del Río – Dcha.'],
    ]);
    const apartmentOf = (unitId: unknown) => mapped({ unitId }, units)[0]?.apartment_id_externo;
    expect([apartmentOf(2), apartmentOf(0), apartmentOf(null)]).toEqual(['642310-2', null, null]);
  });

  it('a property of several rooms gives each its name', () => {
    const roomTypes = [
      { id: 1, name: 'Sur' },
      { id: 2, name: 'Norte' },
    ];
    const names = dwellingsOf(beds24Property.parse({ ...property, roomTypes })).map(
      ({ apartment }) => apartment.nombre,
    );
    expect(names).toEqual(['Casa del Río – Sur', 'Casa del Río – Norte']);
  });
});

describe('Hostaway (integrations.md §1.3.6)', () => {
  const listing = hostawayListing.parse(HOSTAWAY_LISTING);
  const mapped = (facts: object = {}, of: typeof listing | undefined = listing) =>
    hostawayReservation(hostawayRow.parse({ ...HOSTAWAY_RESERVATION, ...facts }), of);

  it('the printed sample', () => {
    const [reservation] = mapped();
    expect(reservation).toMatchObject({
      id_externo: '44120987',
      apartment_id_externo: '160422',
      apartment_name: 'HL-02',
      guest_name: 'Mirela Popa',
      phone: '+40700000000',
      check_in: '2026-12-18',
      check_out: '2026-12-21',
      arrival_time: '16:00',
      departure_time: null,
      status: 'confirmed',
      status_raw: 'new',
      channel: 'airbnb',
      language: 'ro',
      adults: 2,
      children: 1,
      notes: 'Arriving by car',
    });
    expect(reservationSchema.safeParse(reservation).success).toBe(true);
  });

  it('an hour that is the listing’s own was filled in and is unknown (ruling 7)', () => {
    expect(mapped({ checkInTime: 15 })[0]?.arrival_time).toBeNull();
    expect(mapped({ checkInTime: 22 })[0]?.arrival_time).toBe('22:00');
    const [stranger] = hostawayReservation(hostawayRow.parse(HOSTAWAY_RESERVATION), undefined);
    expect(stranger?.arrival_time).toBeNull();
  });

  it.each([
    [{ status: 'modified' }, ['confirmed']],
    [{ status: 'ownerStay' }, ['blocked']],
    [{ status: 'awaitingPayment' }, ['pending']],
    [{ status: 'declined' }, ['cancelled']],
    [{ status: 'inquiryPreapproved' }, []],
    [{ status: 'unknown' }, []],
    [{ isDatesUnspecified: 1 }, []],
    [{ status: 'something of tomorrow' }, ['pending']],
  ] as const)('%j is %j', (facts, statuses) => {
    expect(mapped(facts).map(({ status }) => status)).toEqual(statuses);
  });

  it('counts infants as children, and everybody where nobody is told apart', () => {
    expect(mapped({ children: 1, infants: 2 })[0]?.children).toBe(3);
    expect(mapped({ adults: null })[0]?.adults).toBe(3);
  });
});

describe('Cloudbeds (integrations.md §1.4.6)', () => {
  const room = sampleOf(CLOUDBEDS_RESERVATION.rooms);
  const nothing = { detail: undefined, onlyRoom: undefined };
  const mapped = (facts: object = {}, context: Parameters<typeof cloudbedsReservation>[1] = nothing) =>
    cloudbedsReservation(cloudbedsRow.parse({ ...CLOUDBEDS_RESERVATION, ...facts }), context);

  it('the printed sample', () => {
    const [reservation] = mapped();
    expect(reservation).toMatchObject({
      id_externo: '8812004471120',
      apartment_id_externo: '402-1',
      apartment_name: 'Studio 1',
      guest_name: 'Yara Haddad',
      phone: '+33600000000',
      email: 'y.haddad@guest.example',
      check_in: '2026-12-02',
      check_out: '2026-12-05',
      arrival_time: null,
      status: 'confirmed',
      channel: 'booking',
      language: null,
      adults: 2,
      children: 0,
    });
    expect(reservationSchema.safeParse(reservation).success).toBe(true);
  });

  it('is one reservation for each room, with the room’s own dates', () => {
    const rooms = [
      { ...room, subReservationID: '1-1' },
      { ...room, subReservationID: '1-2', roomID: '402-2', roomCheckIn: '2026-12-03', roomStatus: 'cancelled' },
    ];
    expect(mapped({ rooms })).toMatchObject([
      { id_externo: '1-1', apartment_id_externo: '402-1', check_in: '2026-12-02', status: 'confirmed' },
      { id_externo: '1-2', apartment_id_externo: '402-2', check_in: '2026-12-03', status: 'cancelled' },
    ]);
  });

  it('without a room yet it is of none, or of the only one that there is', () => {
    const rooms = [{ ...room, roomID: null }];
    expect(mapped({ rooms })[0]?.apartment_id_externo).toBeNull();
    expect(mapped({ rooms }, { ...nothing, onlyRoom: '402-9' })[0]?.apartment_id_externo).toBe('402-9');
    expect(mapped({ rooms: [] })).toMatchObject([{ id_externo: '8812004471120', check_in: '2026-12-02' }]);
  });

  it.each([
    ['not_confirmed', 'pending'],
    ['checked_in', 'confirmed'],
    ['canceled', 'cancelled'],
    ['no_show', 'no_show'],
    ['something of tomorrow', 'pending'],
  ])('%s is %s', (status, expected) => {
    expect(mapped({ status })[0]?.status).toBe(expected);
  });

  it('takes hour and wishes from the detail, and an empty guest list for none', () => {
    const detail = { reservationID: '1', estimatedArrivalTime: '18:30', specialRequests: 'Cuna' };
    expect(mapped({}, { ...nothing, detail })[0]).toMatchObject({ arrival_time: '18:30', notes: 'Cuna' });
    expect(mapped({ guestList: [] })[0]).toMatchObject({ guest_name: 'Yara Haddad', phone: null });
  });
});

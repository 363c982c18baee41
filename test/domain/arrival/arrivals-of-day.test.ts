import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type ArrivalsConfiguration,
  arrivalsOfDay,
  arrivalsOnDate,
} from '../../../shared/domain/arrival/arrivals-of-day.ts';
import type { Reservation } from '../../../shared/domain/reservation/reservation.ts';
import { reservationStatus } from '../../../shared/domain/reservation/reservation-status.ts';
import { anApartment, aReservation } from './given.ts';

const configuration: ArrivalsConfiguration = { zone: 'Europe/Madrid', cutoff: '20:00', catalogue: [] };
/** 23:00 in Madrid on 2026-06-03. */
const EVENING = new Date('2026-06-03T21:00:00Z');

const arrivalsOf = (...reservations: Reservation[]) => arrivalsOfDay(reservations, configuration, EVENING).arrivals;
const guests = (...reservations: Reservation[]) =>
  arrivalsOf(...reservations).map(({ reservation }) => reservation.guest_name);

describe('the day', () => {
  it('is the service day of the company: until 05:59 the arrivals of the evening before', () => {
    const stays = ['2026-06-02', '2026-06-03', '2026-06-04', null].map((check_in, index) =>
      aReservation({ id_externo: String(index), check_in }),
    );
    const at = (iso: string, zone = 'Europe/Madrid') => {
      const { date, arrivals } = arrivalsOfDay(stays, { ...configuration, zone }, new Date(iso));
      return [date, ...arrivals.map(({ reservation }) => reservation.check_in)];
    };
    expect(at('2026-06-04T03:59:00Z')).toEqual(['2026-06-03', '2026-06-03']);
    expect(at('2026-06-04T04:00:00Z')).toEqual(['2026-06-04', '2026-06-04']);
    expect(at('2026-06-04T03:59:00Z', 'Pacific/Auckland')).toEqual(['2026-06-04', '2026-06-04']);
    expect(at('2026-06-04T03:59:00Z', 'America/New_York')).toEqual(['2026-06-03', '2026-06-03']);
  });

  it('is right through the nights in which clocks change', () => {
    const stay = (check_in: string) => aReservation({ check_in, check_out: null, arrival_time: '02:30' });
    const at = (check_in: string, iso: string) =>
      arrivalsOfDay([stay(check_in)], configuration, new Date(iso)).arrivals.map(({ tardio }) => tardio);
    expect(at('2026-03-28', '2026-03-29T01:30:00Z')).toEqual([true]);
    expect(at('2026-03-28', '2026-03-29T04:00:00Z')).toEqual([]);
    expect(at('2026-10-24', '2026-10-25T00:30:00Z')).toEqual([true]);
    expect(at('2026-10-24', '2026-10-25T01:30:00Z')).toEqual([true]);
    expect(at('2026-10-24', '2026-10-25T05:00:00Z')).toEqual([]);
  });

  it('is that of the property where it has a zone of its own', () => {
    const stays = [
      aReservation({ id_externo: '1', check_in: '2026-06-03', guest_name: 'Ana' }),
      aReservation({ id_externo: '2', check_in: '2026-06-02', guest_name: 'Eva', time_zone: 'Atlantic/Canary' }),
      aReservation({ id_externo: '3', check_in: '2026-06-03', guest_name: 'Bea', time_zone: 'Atlantic/Canary' }),
    ];
    const { date, arrivals } = arrivalsOfDay(stays, configuration, new Date('2026-06-03T04:30:00Z'));
    expect(date).toBe('2026-06-03');
    expect(arrivals.map(({ reservation }) => reservation.guest_name).sort()).toEqual(['Ana', 'Eva']);
  });

  it('keeps stays of two days apart that zones bring together', () => {
    const stays = [
      aReservation({ check_in: '2026-06-03', guest_name: 'Ana García López' }),
      aReservation({ check_in: '2026-06-02', guest_name: 'Ana García', id_externo: '2', time_zone: 'Atlantic/Canary' }),
    ];
    expect(arrivalsOfDay(stays, configuration, new Date('2026-06-03T04:30:00Z')).arrivals).toHaveLength(2);
  });

  it('can be asked for by its date', () => {
    const stays = [aReservation(), aReservation({ id_externo: '2', check_in: '2026-06-04' })];
    expect(arrivalsOnDate(stays, configuration, '2026-06-04').arrivals).toHaveLength(1);
    expect(arrivalsOnDate(stays, configuration, '2026-06-05')).toEqual({ date: '2026-06-05', arrivals: [] });
  });
});

describe('who arrives', () => {
  it.each(reservationStatus.options)('of a %s stay', (status) => {
    const expected = status === 'confirmed' || status === 'completed' ? 1 : 0;
    expect(arrivalsOf(aReservation({ status }))).toHaveLength(expected);
  });

  it('is listed by hour as the night runs, unknown last, then by apartment and guest', () => {
    const stay = (guest_name: string, arrival_time: string | null, apartment_name: string) =>
      aReservation({ id_externo: guest_name, guest_name, arrival_time, apartment_name });
    expect(
      guests(
        stay('f', null, 'Ático'),
        stay('d', '00:30', 'A'),
        stay('c', '23:59', 'A'),
        stay('b', '20:00', 'Zaguán'),
        stay('a', '20:00', 'Ático'),
        stay('e', '05:59', 'A'),
        stay('g', null, 'Zaguán'),
        stay('0', '06:00', 'A'),
      ),
    ).toEqual(['0', 'a', 'b', 'c', 'd', 'e', 'f', 'g']);
  });

  it('has the dwelling of the catalogue and a state', () => {
    const catalogue = [anApartment({ id: 'a-9', id_pms: '9', nombre: 'Mar', direccion: null })];
    const stay = aReservation({ apartment_id_externo: '9', apartment_name: 'Unit 9', arrival_time: '20:00' });
    const [arrival] = arrivalsOfDay([stay], { ...configuration, catalogue }, EVENING).arrivals;
    expect(arrival).toMatchObject({
      apartment: { id: 'a-9', nombre: 'Mar', direccion: null },
      tardio: true,
      estado_llegada: 'tardia',
      sources: ['pms'],
    });
    expect(arrival?.id).toMatch(/^arr_[0-9a-f]{32}$/);
  });
});

const fromPms = aReservation({
  guest_name: 'Ana García',
  guest_first_name: 'Ana',
  guest_last_name: 'García',
  phone: '+34600111222',
});
const fromFile = aReservation({
  source: 'arrivals_file',
  id_externo: 'row_1',
  guest_name: 'GARCIA, ana',
  apartment_name: 'atlantico azul',
  arrival_time: '22:00',
});
const fromBooking = aReservation({
  source: 'booking',
  id_externo: '20',
  guest_name: 'Ana García',
  email: 'a@example.com',
});

describe('a stay that several sources report', () => {
  it('is one arrival with what each of them knows', () => {
    const [arrival, ...others] = arrivalsOf(fromFile, fromBooking, fromPms);
    expect(others).toEqual([]);
    expect(arrival?.sources).toEqual(['pms', 'booking', 'arrivals_file']);
    expect(arrival?.reservation).toMatchObject({
      guest_name: 'Ana García',
      arrival_time: '22:00',
      phone: '+34600111222',
      email: 'a@example.com',
    });
  });

  it.each([
    ['a second surname', { guest_name: 'García López, Ana' }],
    ['no guest', { guest_name: null }],
    ['no apartment', { apartment_name: null }],
  ])('is one although one source has %s', (_, change) => {
    expect(arrivalsOf(fromPms, aReservation({ source: 'booking', id_externo: '20', ...change }))).toHaveLength(1);
  });

  it('is one where the PMS has the id of the apartment and the file its code', () => {
    const catalogue = [anApartment({ id_pms: '77', id_externo: '04' })];
    const stays = [
      aReservation({ apartment_id_externo: '77', apartment_name: 'Smoobu name' }),
      aReservation({ source: 'arrivals_file', id_externo: 'row_1', apartment_name: '{4}' }),
    ];
    expect(arrivalsOfDay(stays, { ...configuration, catalogue }, EVENING).arrivals).toHaveLength(1);
  });

  it.each([
    ['another guest', { guest_name: 'Bea Ruiz' }],
    ['a namesake by first name', { guest_name: 'Ana' }],
    ['a relative', { guest_name: 'Eva García' }],
    ['another apartment', { apartment_name: 'Mar' }],
  ])('is not that of %s', (_, change) => {
    expect(arrivalsOf(fromPms, aReservation({ id_externo: '2', ...change }))).toHaveLength(2);
  });

  it('is not guessed where a vague report could be two guests', () => {
    const stay = (id_externo: string, guest_name: string | null, apartment_name: string | null = 'Tipo A') =>
      aReservation({ id_externo, guest_name, apartment_name });
    expect(
      arrivalsOf(stay('1', 'Ana García Ruiz'), stay('2', 'Ana García López'), stay('3', 'Ana García')),
    ).toHaveLength(3);
    expect(arrivalsOf(stay('1', 'Ana García'), stay('2', 'Bea Ruiz'), stay('3', null))).toHaveLength(3);
    expect(
      arrivalsOf(stay('1', 'Ana García', 'A'), stay('2', 'Ana García', 'B'), stay('3', 'Ana García', null)),
    ).toHaveLength(3);
    expect(arrivalsOf(stay('1', null, null), stay('2', null, null))).toHaveLength(2);
  });

  it('joins the most exact report through ever vaguer ones', () => {
    const stay = (id_externo: string, guest_name: string | null) => aReservation({ id_externo, guest_name });
    const chain = ['Ana García', 'Ana García López', 'Ana María García López', null];
    expect(arrivalsOf(...chain.map((name, index) => stay(String(index), name)))).toHaveLength(1);
  });
});

describe('sources that differ', () => {
  const at = (reservation: Reservation, observed_at: string | null, change: Partial<Reservation> = {}) => ({
    ...reservation,
    observed_at,
    ...change,
  });
  const hour = (...reservations: Reservation[]) => arrivalsOf(...reservations)[0]?.reservation.arrival_time;

  it('the freshest hour counts, and one without does not erase it', () => {
    const morning = at(fromFile, '2026-06-03T08:00:00Z', { arrival_time: '18:00' });
    const evening = at(fromBooking, '2026-06-03T20:00:00+02:00', { arrival_time: '23:00' });
    const now = at(fromPms, '2026-06-03T21:00:00Z');
    expect(hour(morning, evening, now)).toBe('23:00');
    expect(hour(morning, at(fromPms, null, { arrival_time: '23:30' }))).toBe('18:00');
  });

  it('at one moment the PMS counts before a booking and a file, and of one source the later hour', () => {
    expect(hour(fromFile, { ...fromPms, arrival_time: '19:00' })).toBe('19:00');
    const [early, late] = ['23:00', '00:30'].map((arrival_time) => ({ ...fromPms, arrival_time }));
    expect(hour({ ...fromPms, ...early, id_externo: '1' }, { ...fromPms, ...late, id_externo: '2' })).toBe('00:30');
    expect(hour({ ...fromPms, ...late, id_externo: '1' }, { ...fromPms, ...early, id_externo: '2' })).toBe('00:30');
  });

  it('of equal reports always the same counts', () => {
    const [one, other] = ['+34600000001', '+34600000002'].map((phone) => aReservation({ phone })) as [
      Reservation,
      Reservation,
    ];
    expect(arrivalsOf(one, other)).toEqual(arrivalsOf(other, one));
  });

  it('a dwelling of the catalogue counts before a name typed into a fresher file', () => {
    const catalogue = [anApartment({ id_pms: '77' })];
    const stays = [
      at(aReservation({ apartment_id_externo: '77' }), '2026-06-01T08:00:00Z'),
      at(fromFile, '2026-06-03T08:00:00Z'),
    ];
    const [arrival, ...others] = arrivalsOfDay(stays, { ...configuration, catalogue }, EVENING).arrivals;
    expect(others).toEqual([]);
    expect(arrival?.apartment).toEqual({ id: 'a-1', nombre: 'Atlántico Azul', direccion: 'Plaza de Gadir, 111' });
    expect(arrival?.sources).toEqual(['arrivals_file', 'pms']);
  });

  it('a cancellation undoes an older report, not a fresher one', () => {
    const file = at(fromFile, '2026-06-03T08:00:00Z');
    expect(arrivalsOf(file, at(fromPms, '2026-06-03T21:00:00Z', { status: 'cancelled' }))).toEqual([]);
    expect(arrivalsOf(file, at(fromBooking, '2026-06-01T00:00:00Z', { status: 'cancelled' }))).toHaveLength(1);
  });

  it('cancelled and booked again in one source is booked', () => {
    const now = '2026-06-03T21:00:00Z';
    const again = [at(fromPms, now, { status: 'cancelled' }), at(fromPms, now, { id_externo: '2' })];
    expect(arrivalsOf(...again)).toHaveLength(1);
    expect(arrivalsOf(...again)[0]?.reservation.status).toBe('confirmed');
  });

  it('cancelled and booked again shows the hour and the phone of the booking that stands, known or not', () => {
    const given = { arrival_time: '23:30', phone: '+34600000001' };
    for (const status of ['cancelled', 'no_show'] as const) {
      const gone = at(fromPms, null, { ...given, status });
      const stands = at(fromPms, null, { id_externo: '2', phone: null });
      const [unknown] = arrivalsOf(gone, stands);
      expect([unknown?.reservation.arrival_time, unknown?.reservation.phone]).toEqual([null, null]);
      expect(unknown?.estado_llegada).toBe('desconocida');
      const [known] = arrivalsOf(gone, { ...stands, arrival_time: '18:00' });
      expect([known?.reservation.arrival_time, known?.reservation.id_externo]).toEqual(['18:00', '2']);
      expect(known?.tardio).toBe(false);
    }
  });

  it('a closed calendar takes no guest away, an owner stay of that name does', () => {
    const file = at(fromFile, '2026-06-03T08:00:00Z');
    const blocked = (guest_name: string | null) =>
      aReservation({ status: 'blocked', guest_name, observed_at: '2026-06-03T21:00:00Z' });
    expect(arrivalsOf(file, blocked(null))).toHaveLength(1);
    expect(arrivalsOf({ ...file, guest_name: null }, blocked(null))).toHaveLength(1);
    expect(arrivalsOf(file, blocked('Ana García'))).toEqual([]);
    const feed = aReservation({
      source: 'ical',
      guest_name: null,
      status: 'cancelled',
      observed_at: '2026-06-03T21:00:00Z',
    });
    expect(arrivalsOf(file, feed)).toHaveLength(1);
  });
});

describe('the identity of an arrival', () => {
  const id = (...reservations: Reservation[]) => arrivalsOf(...reservations)[0]?.id;
  const identities = (...reservations: Reservation[]) => arrivalsOf(...reservations)[0]?.identities ?? [];

  it('stays while hour, phone, check-out, record and source change', () => {
    const first = id(fromPms);
    expect(id({ ...fromPms, arrival_time: '23:45', phone: null, check_out: null, id_externo: '99' })).toBe(first);
    expect(id(fromFile)).toBe(first);
    expect(id(fromFile, fromPms, fromBooking)).toBe(first);
  });

  it('is another on another day, of another guest, in another dwelling', () => {
    const others = [
      id(fromPms),
      arrivalsOnDate([{ ...fromPms, check_in: '2026-06-04' }], configuration, '2026-06-04').arrivals[0]?.id,
      id(aReservation({ guest_name: 'Eva Ruiz' })),
      id(aReservation({ apartment_name: 'Mar' })),
    ];
    expect(new Set(others).size).toBe(4);
  });

  it('is found again among the identities when a name is completed or a fuller report joins', () => {
    const before = arrivalsOf(aReservation({ guest_name: 'Ana' }))[0];
    expect(
      identities(aReservation({ guest_name: 'Ana García' })).filter((one) => before?.identities.includes(one)),
    ).toHaveLength(1);
    const fuller = aReservation({ source: 'booking', id_externo: '20', guest_name: 'Ana García López' });
    expect(identities(fromPms, fuller)).toContain(id(fromPms));
    expect(identities(fromPms, fuller)).toContain(id(fuller));
  });

  it('is shared by no two rooms of one reservation', () => {
    const rooms = ['Mar', 'Sol'].map((apartment_name) => aReservation({ apartment_name }));
    const [one, other] = arrivalsOf(...rooms);
    expect(one?.identities.filter((identity) => other?.identities.includes(identity))).toEqual([]);
  });
});

const anyReservation = fc
  .record({
    source: fc.constantFrom('pms', 'booking', 'arrivals_file', 'ical' as const),
    id_externo: fc.constantFrom('1', '2', '3'),
    status: fc.constantFrom('confirmed', 'confirmed', 'cancelled', 'blocked' as const),
    guest_name: fc.constantFrom(null, 'Ana', 'Ana García', 'García López, Ana', 'Eva Ruiz'),
    apartment_name: fc.constantFrom(null, 'Mar', '{04}', 'Sol'),
    arrival_time: fc.constantFrom(null, '19:00', '22:00', '00:30'),
    observed_at: fc.constantFrom(null, '2026-06-03T08:00:00Z', '2026-06-03T12:00:00+02:00', '2026-06-03T10:00:00Z'),
    check_out: fc.constantFrom(null, '2026-06-04'),
  })
  .map((facts) => aReservation(facts as Partial<Reservation>));
const reports = fc.array(anyReservation, { maxLength: 12 });

describe('whatever is reported', () => {
  it('the order of the reports changes nothing', () => {
    const shuffled = reports.chain((list) =>
      fc.tuple(fc.constant(list), fc.shuffledSubarray(list, { minLength: list.length })),
    );
    fc.assert(
      fc.property(shuffled, ([list, other]) => {
        expect(arrivalsOf(...other)).toEqual(arrivalsOf(...list));
      }),
      { numRuns: 300 },
    );
  });

  it('saying it twice changes nothing', () => {
    fc.assert(
      fc.property(reports, (list) => {
        expect(arrivalsOf(...list, ...list)).toEqual(arrivalsOf(...list));
      }),
    );
  });

  it('no two arrivals share an id, and each is among its own identities', () => {
    fc.assert(
      fc.property(reports, (list) => {
        const arrivals = arrivalsOf(...list);
        expect(new Set(arrivals.map((arrival) => arrival.id)).size).toBe(arrivals.length);
        for (const arrival of arrivals) expect(arrival.identities).toContain(arrival.id);
      }),
    );
  });

  it('nobody is lost: each standing report is part of exactly one arrival, under the id it would have alone', () => {
    fc.assert(
      fc.property(reports, (list) => {
        const standing = list.map((reservation, index) =>
          aReservation({ ...reservation, id_externo: String(index), status: 'confirmed' }),
        );
        const arrivals = arrivalsOf(...standing);
        for (const report of standing) {
          const [alone] = arrivalsOf(report);
          const holders = arrivals.filter(({ identities }) => identities.includes(alone?.id ?? ''));
          expect(holders).toHaveLength(1);
        }
      }),
    );
  });

  it('an hour that changes keeps the ids', () => {
    const ids = (list: Reservation[]) =>
      arrivalsOf(...list)
        .map((arrival) => arrival.id)
        .sort();
    fc.assert(
      fc.property(reports, fc.constantFrom(null, '21:15', '03:00'), (list, arrival_time) => {
        expect(ids(list.map((reservation) => ({ ...reservation, arrival_time })))).toEqual(ids(list));
      }),
    );
  });
});

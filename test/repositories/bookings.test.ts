import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { BookingRefused } from '../../shared/domain/booking/booking-writer.repository.ts';
import { changeBookings } from '../../shared/domain/booking/change-bookings.ts';
import { listArrivingOn } from '../../shared/domain/booking/list-arriving.ts';
import { overlapping } from '../../shared/domain/booking/overlap.ts';
import { PropertyRefused } from '../../shared/domain/property/property.repository.ts';
import type { Property } from '../../shared/domain/property/property.ts';
import { GivenBookings } from '../support/given-bookings.ts';
import { startTestCloud, type TestCloud } from '../support/test-cloud.ts';

let cloud: TestCloud;
let given: GivenBookings;
beforeAll(async () => {
  cloud = await startTestCloud({ clock: '2026-06-01T10:00:00Z' });
  given = new GivenBookings(cloud, (await cloud.given.aCompany()).id);
});
afterAll(() => cloud.close());

const ids = (bookings: readonly { readonly id: number }[]) => bookings.map(({ id }) => id);
const refusal = (name: string) => expect.objectContaining({ refusal: name });

describe('a booking', () => {
  it('is read as it was written, and its guest rests sealed', async () => {
    const property = await given.aProperty();
    const booking = await given.aBooking(property, { guest_name: 'Ana Canario', guest_contact: '+34600111222' });
    expect(await given.bookings().find(booking.id)).toEqual(booking);
    const rows = await cloud.table.query({ pk: `T#${given.scope.empresaId}#BOOKING`, prefix: '' });
    expect(rows.items.length).toBeGreaterThan(0);
    expect(JSON.stringify(rows.items)).not.toMatch(/Canario|600111222/);
  });

  it('moves with its property and dates, and its id finds it there', async () => {
    const [from, to] = [await given.aProperty(), await given.aProperty()];
    const seen = await given.aBooking(from, { external_code: 'MOVES', source: 'airbnb' });
    const booking = { ...seen, property_id: to.id, check_in_date: '2026-06-12T13:00:00Z' };
    const properties = await Promise.all([from, to].map(({ id }) => given.properties.find(id)));
    const after = await given.bookings().apply(
      [{ kind: 'update', seen, booking }],
      properties.filter((property) => property !== undefined),
    );
    expect(after.map(({ version }) => version)).toEqual([3, 2]);
    expect(await given.bookings().find(seen.id)).toEqual({ ...booking, version: 2 });
    expect(ids(await given.bookings().listCheckingIn(from.id))).toEqual([]);
    expect(await given.bookings().listHoldersOf(booking)).toEqual([{ booking_id: seen.id, property_id: to.id }]);
  });

  it('is gone from every list when it is deleted, and its code is free', async () => {
    const property = await given.aProperty();
    const seen = await given.aBooking(property, { external_code: 'FREED', source: 'airbnb' });
    const standing = await given.properties.find(property.id);
    const booking = { ...seen, deleted_at: '2026-06-01T10:00:00Z', deleted_by: null, deletion_reason: 'error' };
    await given.bookings().apply([{ kind: 'update', seen, booking }], standing === undefined ? [] : [standing]);
    const bookings = given.bookings();
    expect(await bookings.find(seen.id)).toBeUndefined();
    expect(ids(await bookings.listCheckingIn(property.id))).toEqual([]);
    expect(ids(await bookings.listOutlines())).not.toContain(seen.id);
    expect(ids(await bookings.listAll())).not.toContain(seen.id);
    expect(ids(await bookings.listCompanyCheckingIn({}))).not.toContain(seen.id);
    await given.aBooking(property, { external_code: 'freed', source: 'airbnb' });
  });

  it('is gone when its time is over, before TTL deletes it', async () => {
    const property = await given.aProperty();
    const booking = await given.aBooking(property, { expires_at: Date.parse('2026-06-02T00:00:00Z') / 1000 });
    const [before, after] = ['2026-06-01T23:59:59Z', '2026-06-02T00:00:00Z'].map((at) => given.bookings(new Date(at)));
    expect((await before?.find(booking.id))?.id).toBe(booking.id);
    expect(await after?.find(booking.id)).toBeUndefined();
    expect(ids((await after?.listCheckingIn(property.id)) ?? [])).toEqual([]);
    expect(ids((await after?.listOutlines()) ?? [])).not.toContain(booking.id);
  });

  it('holds its code against others of the property and source, letter case apart', async () => {
    const [property, other] = [await given.aProperty(), await given.aProperty()];
    await given.aBooking(property, { external_code: 'HMABC12345', source: 'airbnb', status: 'cancelled' });
    const again = given.aBooking(property, { external_code: 'hmabc12345', source: 'Airbnb', status: 'cancelled' });
    await expect(again).rejects.toEqual(refusal('code_taken'));
    await given.aBooking(property, { external_code: 'HMABC12345', source: 'vrbo', status: 'cancelled' });
    await given.aBooking(other, { external_code: 'HMABC12345', source: 'airbnb' });
    const holders = await given.bookings().listHoldersOf({ external_code: 'HmAbC12345', source: 'AIRBNB' });
    expect(holders.map(({ property_id }) => property_id)).toEqual([property.id, other.id]);
  });

  it('changes only as it was read', async () => {
    const property = await given.aProperty();
    const seen = await given.aBooking(property);
    const change = (guest_name: string) =>
      given.bookings().apply([{ kind: 'update', seen, booking: { ...seen, guest_name } }], []);
    await change('first');
    await expect(change('second')).rejects.toEqual(refusal('changed'));
    expect((await given.bookings().find(seen.id))?.guest_name).toBe('first');
  });
});

describe('the calendar of a property', () => {
  it('finds who stays in a period, however long before they came', async () => {
    const property = await given.aProperty();
    const long = { check_in_date: '2026-01-10T14:00:00Z', check_out_date: '2026-05-20T10:00:00Z' };
    const short = { check_in_date: '2026-05-20T14:00:00Z', check_out_date: '2026-05-22T10:00:00Z' };
    const [first, second] = [await given.aBooking(property, long), await given.aBooking(property, short)];
    const standing = await given.properties.find(property.id);
    if (standing === undefined) throw new Error('The property is gone');
    const staying = async (from: string, to: string) =>
      ids(await given.bookings().listStaying(standing, { from: `2026-05-${from}Z`, to: `2026-05-${to}Z` }));
    expect(await staying('19T00:00:00', '20T00:00:00')).toEqual([first.id]);
    expect(await staying('20T00:00:00', '20T15:00:00')).toEqual([first.id, second.id]);
    expect(await staying('20T10:00:00', '20T14:00:00')).toEqual([]);
    expect(await staying('22T10:00:00', '25T10:00:00')).toEqual([]);
  });

  it('stands still for who reads it: what was decided on an older one is not written', async () => {
    const property = await given.aProperty();
    const [first, second] = [await given.draft(property), await given.draft(property)];
    await given.bookings().apply([{ kind: 'create', booking: first }], [property]);
    const late = given.bookings().apply([{ kind: 'create', booking: second }], [property]);
    await expect(late).rejects.toBeInstanceOf(BookingRefused);
    await expect(late).rejects.toEqual(refusal('calendar_changed'));
    const renamed = given.properties.change(property, { ...property, name: 'Renamed meanwhile' });
    await expect(renamed).rejects.toEqual(new PropertyRefused('changed'));
  });

  it('takes all who come at once for nights of their own', async () => {
    const property = await given.aProperty();
    const bookings = given.bookings();
    const book = async (at: number) => {
      const day = new Date(Date.UTC(2027, 0, 1 + at)).toISOString().slice(0, 10);
      const next = new Date(Date.UTC(2027, 0, 2 + at)).toISOString().slice(0, 10);
      const dates = { check_in_date: `${day}T14:00:00Z`, check_out_date: `${next}T10:00:00Z` };
      const booking = await given.draft(property, dates);
      return changeBookings({ properties: given.properties, bookings }, [property.id], async ([seen]) => {
        if (seen === undefined) throw new Error('The property is gone');
        const staying = await bookings.listStaying(seen, { from: dates.check_in_date, to: dates.check_out_date });
        const met = overlapping(seen, booking, staying);
        return { changes: met === undefined ? [{ kind: 'create', booking }] : [], answer: met === undefined };
      });
    };
    const answers = await Promise.all(Array.from({ length: 20 }, (_, at) => book(at)));
    expect(answers.filter(Boolean)).toHaveLength(20);
    expect(await bookings.listCheckingIn(property.id)).toHaveLength(20);
  });

  it('takes many changes in one transaction, each on top of the one before', async () => {
    const property = await given.aProperty();
    let standing: readonly Property[] = [property];
    const bookings = given.bookings();
    for (let batch = 0; batch < 3; batch += 1) {
      const drafts = await Promise.all(
        Array.from({ length: 12 }, () => given.draft(property, { status: 'completed' })),
      );
      standing = await bookings.apply(
        drafts.map((booking) => ({ kind: 'create', booking }) as const),
        standing,
      );
    }
    expect(standing.map(({ version }) => version)).toEqual([4]);
    expect(await bookings.listCheckingIn(property.id)).toHaveLength(36);
  });
});

describe('who arrives on a day', () => {
  it('are those who check in on that date of the property, as reservations', async () => {
    const home = new GivenBookings(cloud, (await cloud.given.aCompany()).id);
    const madrid = await home.aProperty({ external_ref: 'PMS-1' });
    const tampa = await home.aProperty({ timezone: 'America/New_York', name: 'Lake House' }, ['101', '102']);
    const [late, early] = ['2026-06-10T22:30:00Z', '2026-06-09T22:30:00Z'];
    const out = { check_out_date: '2026-06-15T09:00:00Z' };
    const inMadrid = await home.aBooking(madrid, { check_in_date: early, ...out, guest_contact: 'a@example.com' });
    const unit_id = tampa.units[1]?.id ?? null;
    const inTampa = await home.aBooking(tampa, { check_in_date: late, ...out, unit_id, check_in_hour_known: false });
    await home.aBooking(tampa, { check_in_date: early, ...out });
    await home.aBooking(madrid, { check_in_date: late, ...out });
    const deps = { bookings: home.bookings(), properties: home.properties, zone: 'Europe/Madrid' };
    const arriving = await listArrivingOn(deps, '2026-06-10');
    expect(arriving).toEqual([
      expect.objectContaining({
        source: 'booking',
        id_externo: String(inMadrid.id),
        check_in: '2026-06-10',
        arrival_time: '00:30',
        apartment_id_externo: 'PMS-1',
        apartment_name: madrid.name,
        email: 'a@example.com',
        phone: null,
        time_zone: null,
        status: 'confirmed',
      }),
      expect.objectContaining({
        id_externo: String(inTampa.id),
        check_in: '2026-06-10',
        arrival_time: null,
        apartment_name: 'Lake House 102',
        time_zone: 'America/New_York',
        nights: 5,
      }),
    ]);
    expect(await listArrivingOn(deps, '2026-07-10')).toEqual([]);
  });
});

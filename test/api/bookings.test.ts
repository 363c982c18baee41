import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Company } from '../../shared/domain/company/company.ts';
import { EventRepository, openEvents } from '../../shared/domain/event/event.repository.ts';
import { tenantKeys } from '../../shared/platform/crypto/tenant-keys.ts';
import { TenantScope } from '../../shared/platform/tenant/tenant-scope.ts';
import type { ApiClient } from '../support/api-client.ts';
import { PASSWORD } from '../support/given.ts';
import { startTestCloud, type TestCloud } from '../support/test-cloud.ts';

let cloud: TestCloud;
beforeAll(async () => {
  cloud = await startTestCloud({ clock: '2025-09-12T08:00:00Z' });
});
afterAll(() => cloud.close());

let company: Company;
let admin: ApiClient;
/** Each test has a company of its own, so that numbers begin at 1. */
beforeEach(async () => {
  company = await cloud.given.aCompany({ zona_horaria: 'America/New_York' });
  admin = await signedIn();
});

async function signedIn(role: 'admin' | 'manager' | 'member' | 'viewer' = 'admin'): Promise<ApiClient> {
  const user = await cloud.given.aUser(company, { role });
  return cloud.client.signIn(user.email, PASSWORD);
}

type Body = Record<string, unknown>;
const post = (path: string, body: Body, client = admin) => client.call('POST', path, { body });
const patch = (path: string, body: Body, client = admin) => client.call('PATCH', path, { body });
const remove = (path: string, client = admin) => client.call('DELETE', path);
const invalid = (details: Record<string, string[]>) => ({ error: 'Validation failed', details });

/** Whole seconds of UTC. */
const INSTANT = expect.stringMatching(/^2025-09-12T08:\d\d:\d\dZ$/);

const LAKE_HOUSE = { name: 'Lake House', address: '12 Lake Rd, Tampa, FL', property_type: 'house' };

async function aProperty(...units: readonly string[]): Promise<number> {
  const body = { ...LAKE_HOUSE, units: units.map((unit_number) => ({ unit_number })) };
  const answer = await post('/api/properties/', body);
  expect(answer.status).toBe(201);
  return Number(answer.body.id);
}

const STAY = { check_in_date: '2025-10-01T19:00:00Z', check_out_date: '2025-10-04T15:00:00Z' };

async function aBooking(body: Body): Promise<number> {
  const answer = await post('/api/bookings/', { ...STAY, ...body });
  expect([answer.status, answer.text]).toEqual([201, expect.any(String)]);
  return Number(answer.body.id);
}

async function listed(query = ''): Promise<readonly Body[]> {
  const { body } = await admin.get(`/api/bookings/${query}`);
  return body.results as Body[];
}
const ids = async (query = '') => (await listed(query)).map(({ id }) => id);

describe('the samples of the seed', () => {
  it('S14: the list of properties', async () => {
    await aProperty('101');
    const { status, body } = await admin.get('/api/properties/');
    expect([status, body.count, body.next, body.previous]).toEqual([200, 1, null, null]);
    expect(body.results).toEqual([
      {
        ...{ id: 1, ...LAKE_HOUSE, total_units: 1, active_units: 1 },
        ...{ check_in_time: '15:00', check_out_time: '11:00', timezone: 'America/New_York', external_ref: null },
        ...{ created_at: INSTANT, updated_at: INSTANT },
      },
    ]);
  });

  it('S15: a property with its units, one of them occupied', async () => {
    const id = await aProperty('102', '101');
    const booking = await aBooking({ property: id, unit: '101', guest_name: 'A. Guest' });
    await cloud.setTime('2025-10-02T12:00:00Z');
    const { status, body } = await (await signedIn()).get(`/api/properties/${id}/`);
    await cloud.setTime('2025-09-12T08:00:00Z');
    expect(status).toBe(200);
    expect(body).toMatchObject({ id, ...LAKE_HOUSE, total_units: 2, active_units: 2 });
    const current = {
      id: booking,
      guest_name: 'A. Guest',
      check_in: STAY.check_in_date,
      check_out: STAY.check_out_date,
    };
    expect(body.units).toEqual([
      { id: 2, unit_number: '101', status: 'occupied', current_booking: current, external_ref: null },
      { id: 1, unit_number: '102', status: 'available', current_booking: null, external_ref: null },
    ]);
  });

  it('S17: the list of bookings', async () => {
    const property = await aProperty('101');
    const code = { external_code: 'HMABC12345', source: 'Airbnb', guest_name: 'A. Guest', status: 'confirmed' };
    const id = await aBooking({ property, unit: '101', ...code });
    const { status, body } = await admin.get('/api/bookings/');
    expect([status, Object.keys(body)]).toEqual([200, ['count', 'next', 'previous', 'results']]);
    expect(body.count).toBe(1);
    expect(body.results).toEqual([
      {
        ...{ id, external_code: 'HMABC12345', source: 'airbnb', guest_name: 'A. Guest', ...STAY },
        ...{ property, property_name: 'Lake House', unit: '101' },
        ...{ status: 'confirmed', total_nights: 3, created_at: INSTANT },
        ...{ guest_contact: '', external_status: '', listing_name: '', adults: 1, children: 0, infants: 0 },
        ...{
          earnings_amount: null,
          earnings_currency: 'USD',
          booked_on: null,
          same_day_note: '',
          same_day_flag: false,
        },
        ...{ created_via: 'api', modified_via: 'api', updated_at: INSTANT },
      },
    ]);
  });

  it('S17: code and source are empty texts and the unit null when they are unknown', async () => {
    const id = await aBooking({ property: await aProperty() });
    const { body } = await admin.get(`/api/bookings/${id}/`);
    expect(body).toMatchObject({ external_code: '', source: '', guest_name: '', unit: null });
  });
});

describe('properties', () => {
  it('are listed by name, found by part of name or address, by type, and in the order asked for', async () => {
    for (const [name, address, property_type] of [
      ['beach hut', 'Sea Street', 'villa'],
      ['Ático', 'Calle Mar', 'apartment'],
      ['Cabin', 'Sea Street', 'house'],
    ]) {
      await post('/api/properties/', { name, address, property_type });
    }
    const names = async (query: string) =>
      ((await admin.get(`/api/properties/?${query}`)).body.results as Body[]).map(({ name }) => name);
    expect(await names('')).toEqual(['Ático', 'beach hut', 'Cabin']);
    expect(await names('search=SEA')).toEqual(['beach hut', 'Cabin']);
    expect(await names('search=cab&property_type=house')).toEqual(['Cabin']);
    expect(await names('ordering=-id')).toEqual(['Cabin', 'Ático', 'beach hut']);
    expect(await names('page=2&page_size=2')).toEqual(['Cabin']);
    expect((await admin.get('/api/properties/?page=9')).body).toEqual({ detail: 'Invalid page.' });
  });

  it('C38: are searched for a field that completes itself', async () => {
    for (const name of ['Lake A', 'Lake B', 'Lake C', 'Hill'])
      await post('/api/properties/', { name, address: 'Tampa' });
    const { body } = await admin.get('/api/properties/search/?q=lake&page_size=2');
    expect(body).toEqual({
      results: [
        { id: 1, name: 'Lake A', display: 'Lake A (Tampa)' },
        { id: 2, name: 'Lake B', display: 'Lake B (Tampa)' },
      ],
      has_more: true,
      total: 3,
      page: 1,
      page_size: 2,
    });
    expect((await admin.get('/api/properties/search/?page_size=80')).body).toMatchObject({ total: 4, page_size: 50 });
  });

  it('C35: have defaults, and a name that no other has in any letter case', async () => {
    const { status, body } = await post('/api/properties/', { name: ' Lake House ' });
    expect([status, body]).toEqual([
      201,
      expect.objectContaining({
        ...{ name: 'Lake House', address: '', property_type: 'other', units: [], total_units: 0 },
        ...{ timezone: 'America/New_York', check_in_time: '15:00', check_out_time: '11:00' },
      }),
    ]);
    const again = await post('/api/properties/', { name: 'LAKE house' });
    expect([again.status, again.body]).toEqual([400, invalid({ name: ['Another property has this name.'] })]);
  });

  it('C35: tell field by field what is wrong', async () => {
    const wrong = {
      timezone: 'Mars/Olympus',
      check_in_time: '25:00',
      units: [{ unit_number: '', status: 'broken' }],
      property_type: 'A house!',
    };
    expect((await post('/api/properties/', wrong)).body).toEqual(
      invalid({
        name: ['This field is required.'],
        property_type: ['Use letters, digits, hyphens and underscores.'],
        timezone: ['Enter a time zone of the IANA database, e.g. Europe/Madrid.'],
        check_in_time: ['Enter a time as HH:MM, 00:00 to 23:59.'],
        'units.0.unit_number': ['This field may not be blank.'],
        'units.0.status': ['"broken" is not a valid choice.'],
      }),
    );
    const twice = { name: 'Twice', units: [{ unit_number: 'a1' }, { unit_number: 'A1' }] };
    expect((await post('/api/properties/', twice)).body).toEqual(
      invalid({ units: ['The unit number "A1" comes twice.'] }),
    );
  });

  it('C36: change field by field, take the link to an apartment and lose it again', async () => {
    const id = await aProperty();
    const changes = { name: 'lake house', timezone: 'Europe/Madrid', external_ref: 'PMS-7' };
    expect((await patch(`/api/properties/${id}/`, changes)).body).toMatchObject({ ...LAKE_HOUSE, ...changes });
    const back = await patch(`/api/properties/${id}/`, { timezone: null, external_ref: '' });
    expect(back.body).toMatchObject({ timezone: 'America/New_York', external_ref: null, name: 'lake house' });
    await post('/api/properties/', { name: 'Other' });
    expect((await patch(`/api/properties/${id}/`, { name: 'OTHER' })).status).toBe(400);
    expect((await patch('/api/properties/99/', { name: '' })).status).toBe(404);
  });

  it('C37: are deleted once nobody has active bookings there; past bookings keep their name', async () => {
    const id = await aProperty('101');
    const booking = await aBooking({ property: id });
    const refused = await remove(`/api/properties/${id}/`);
    expect([refused.status, Object.keys(refused.body.details as Body)]).toEqual([400, ['non_field_errors']]);
    await patch(`/api/bookings/${booking}/`, { status: 'completed' });
    // Its turnover is still to be done.
    expect((await remove(`/api/properties/${id}/`)).status).toBe(400);
    expect((await patch('/api/staff/tasks/1/', { status: 'completed' })).status).toBe(200);
    expect((await remove(`/api/properties/${id}/`, await signedIn('manager'))).status).toBe(403);
    expect((await remove(`/api/properties/${id}/`)).status).toBe(204);
    expect((await admin.get(`/api/properties/${id}/`)).body).toEqual({ detail: 'Not found.' });
    expect((await admin.get('/api/properties/')).body.count).toBe(0);
    expect((await listed())[0]).toMatchObject({ id: booking, property: id, property_name: 'Lake House' });
    expect((await post('/api/properties/', LAKE_HOUSE)).status).toBe(201);
    expect((await post('/api/bookings/', { ...STAY, property: id })).body).toEqual(
      invalid({ property: ['There is no such property.'] }),
    );
  });
});

describe('units (C39–C41)', () => {
  it('are added, renamed, closed and deleted; their bookings follow', async () => {
    const id = await aProperty('9');
    const added = await post(`/api/properties/${id}/units/`, { unit_number: '10', external_ref: 'PMS-10' });
    expect([added.status, added.body]).toEqual([
      201,
      { id: 2, unit_number: '10', status: 'available', current_booking: null, external_ref: 'PMS-10' },
    ]);
    const twice = await post(`/api/properties/${id}/units/`, { unit_number: '10' });
    expect(twice.body).toEqual(invalid({ unit_number: ['The property already has a unit "10".'] }));
    const booking = await aBooking({ property: id, unit: 10 });
    const renamed = await patch(`/api/properties/${id}/units/2/`, { unit_number: 'Penthouse', status: 'INACTIVE' });
    expect(renamed.body).toMatchObject({ unit_number: 'Penthouse', status: 'inactive' });
    expect((await admin.get(`/api/bookings/${booking}/`)).body.unit).toBe('Penthouse');
    expect((await admin.get(`/api/properties/${id}/`)).body).toMatchObject({ total_units: 2, active_units: 1 });
    expect((await patch(`/api/properties/${id}/units/2/`, { unit_number: '9' })).status).toBe(400);
    expect((await remove(`/api/properties/${id}/units/2/`)).status).toBe(400);
    await patch(`/api/bookings/${booking}/`, { status: 'cancelled' });
    expect((await remove(`/api/properties/${id}/units/2/`)).status).toBe(204);
    expect((await remove(`/api/properties/${id}/units/2/`)).status).toBe(404);
    expect((await admin.get(`/api/bookings/${booking}/`)).body.unit).toBe('Penthouse');
    expect((await patch(`/api/properties/${id}/units/77/`, { unit_number: '' })).status).toBe(404);
  });

  it('do not go while their going would make bookings overlap', async () => {
    const id = await aProperty('101', '102');
    await aBooking({ property: id, unit: '101' });
    const unassigned = await aBooking({ property: id });
    const refused = await remove(`/api/properties/${id}/units/2/`);
    expect([refused.status, Object.keys(refused.body.details as Body)]).toEqual([400, ['non_field_errors']]);
    await patch(`/api/bookings/${unassigned}/`, { status: 'cancelled' });
    expect((await remove(`/api/properties/${id}/units/2/`)).status).toBe(204);
  });

  it('show a booking without a unit as one of the only unit', async () => {
    const id = await aProperty('101');
    const dates = { check_in_date: '2025-09-11T19:00:00Z', check_out_date: '2025-09-13T15:00:00Z' };
    const booking = await aBooking({ property: id, ...dates });
    const units = async () => (await admin.get(`/api/properties/${id}/`)).body.units;
    expect(await units()).toEqual([
      expect.objectContaining({ status: 'occupied', current_booking: expect.objectContaining({ id: booking }) }),
    ]);
    await post(`/api/properties/${id}/units/`, { unit_number: '102' });
    expect(await units()).toEqual([
      expect.objectContaining({ status: 'available', current_booking: null }),
      expect.objectContaining({ status: 'available', current_booking: null }),
    ]);
  });
});

describe('a booking is created (C42)', () => {
  it('with all that is known of it', async () => {
    const property = await aProperty('101');
    const known = {
      ...{
        guest_contact: '+1 813 555 0100',
        external_status: 'Accepted',
        listing_name: 'Lake',
        adults: 2,
        children: 1,
      },
      ...{ infants: 1, booked_on: '2025-08-01T10:00:00Z', same_day_note: 'early', status: 'OWNER_STAYING' },
    };
    const answer = await post('/api/bookings/', {
      ...{ property: String(property), unit: '101', ...STAY, ...known, source: 'Booking.com' },
      ...{ earnings_amount: 150, earnings_currency: 'eur', id: 77, created_at: 'x', unknown: 1 },
    });
    expect([answer.status, answer.body]).toEqual([
      201,
      expect.objectContaining({
        ...{ id: 1, ...known, status: 'owner_staying', source: 'booking_com' },
        ...{ earnings_amount: '150.00', earnings_currency: 'EUR', same_day_flag: true },
      }),
    ]);
    expect((await admin.get('/api/bookings/1/')).body).toEqual(answer.body);
  });

  it('not from what is wrong, told field by field', async () => {
    const cases: readonly (readonly [Body, Body])[] = [
      [{}, { property: ['This field is required.'], check_in_date: ['This field is required.'] }],
      [{ property: 99, ...STAY }, { property: ['There is no such property.'] }],
      [{ property: 'x', ...STAY }, { property: ['A valid integer is required.'] }],
      [{ property: 1, ...STAY, unit: '7' }, { unit: ['The property has no unit "7".'] }],
      [{ property: 1, ...STAY, status: 'gone' }, { status: ['"gone" is not a valid choice.'] }],
      [{ property: 1, ...STAY, guest_name: null }, { guest_name: ['This field may not be null.'] }],
      [{ property: 1, ...STAY, earnings_amount: '1e9' }, { earnings_amount: ['A valid number is required.'] }],
      [{ property: 1, ...STAY, adults: -1 }, { adults: ['Ensure this value is greater than or equal to 0.'] }],
      [
        { property: 1, ...STAY, guest_name: 'x'.repeat(201) },
        { guest_name: ['Ensure this field has no more than 200 characters.'] },
      ],
      [
        { property: 1, ...STAY, check_in_date: 'soon' },
        { check_in_date: ['Enter a date and time as ISO 8601, e.g. 2025-09-12T08:00:00Z.'] },
      ],
      [
        { property: 1, ...STAY, check_out_date: STAY.check_in_date },
        { non_field_errors: ['check_in_date must be before check_out_date.'] },
      ],
      [
        { property: 1, check_in_date: '2020-01-01', check_out_date: '2020-01-02' },
        { check_out_date: ['Bookings are kept for 24 months after check-out.'] },
      ],
    ];
    await aProperty('101');
    for (const [body, details] of cases) {
      const answer = await post('/api/bookings/', body);
      const told = { error: 'Validation failed', details: expect.objectContaining(details) };
      expect([body, answer.status, answer.body]).toEqual([body, 400, told]);
    }
    expect((await admin.get('/api/bookings/')).body.count).toBe(0);
  });

  it("from times without an offset on the caller's clocks, else the company's, and days as midnights there", async () => {
    const property = await aProperty();
    const local = { check_in_date: '2025-10-01T15:00', check_out_date: '2025-10-04 11:00:00' };
    expect((await post('/api/bookings/', { property, ...local })).body).toMatchObject(STAY);
    const days = { check_in_date: '2025-11-01', check_out_date: '2025-11-03' };
    expect((await post('/api/bookings/', { property, ...days })).body).toMatchObject({
      check_in_date: '2025-11-01T04:00:00Z',
      check_out_date: '2025-11-03T05:00:00Z',
      total_nights: 2,
    });
    const traveller = await cloud.given.aUser(company, { timezone: 'Europe/Madrid' });
    const client = await cloud.client.signIn(traveller.email, PASSWORD);
    const abroad = { check_in_date: '2025-12-01T15:00', check_out_date: '2025-12-04T11:00' };
    expect((await post('/api/bookings/', { property, ...abroad }, client)).body).toMatchObject({
      check_in_date: '2025-12-01T14:00:00Z',
      check_out_date: '2025-12-04T10:00:00Z',
    });
    const found = await client.get('/api/bookings/?check_in_date=2025-12-01T15:00');
    expect([found.body.count, (await admin.get('/api/bookings/?check_in_date=2025-12-01T15:00')).body.count]).toEqual([
      1, 0,
    ]);
  });

  it('unless its nights are taken, on the calendar where it stands', async () => {
    const property = await aProperty('101', '102');
    const first = await aBooking({ property, unit: '101' });
    const meeting = { property, check_in_date: '2025-10-03T19:00:00Z', check_out_date: '2025-10-06T15:00:00Z' };
    const refused = await post('/api/bookings/', { ...meeting, unit: '101' });
    expect([refused.status, refused.body]).toEqual([
      400,
      invalid({ non_field_errors: [`These dates overlap with booking ${first} of the same property or unit.`] }),
    ]);
    await aBooking({ ...meeting, unit: '102' });
    await aBooking(meeting);
    await aBooking({ ...meeting, unit: '101', status: 'cancelled' });
    const after = { check_in_date: STAY.check_out_date, check_out_date: '2025-10-05T15:00:00Z' };
    await aBooking({ property, unit: '101', ...after });
  });

  it('unless its code is taken by another of the same property and source', async () => {
    const property = await aProperty();
    const code = { property, source: 'airbnb', external_code: 'HMABC12345', status: 'completed' };
    await aBooking(code);
    const refused = await post('/api/bookings/', { ...STAY, ...code, external_code: 'hmabc12345' });
    const message = 'The property already has a booking with this code from this source.';
    expect([refused.status, refused.body]).toEqual([400, invalid({ external_code: [message] })]);
    await aBooking({ ...code, source: 'vrbo' });
    await aBooking({ ...code, external_code: '' });
    await aBooking({ ...code, external_code: '' });
  });

  it('with an event and an audit entry that name what and not whom', async () => {
    const property = await aProperty('101');
    const id = await aBooking({ property, guest_name: 'Ana Canario', guest_contact: 'ana@example.com' });
    const scope = new TenantScope(cloud.table, company.id);
    const keys = tenantKeys('alias/stay-ops-local', { now: () => cloud.cloud.now() });
    const rows = await new EventRepository(scope).listBetween(1, 9, 10, cloud.cloud.now());
    const events = await openEvents(keys, scope, rows);
    expect(events.map(({ type, data }) => [type, data])).toEqual([
      ['booking.created', { booking: expect.objectContaining({ id, guest_name: 'Ana Canario' }), origin: 'api' }],
    ]);
    await patch(`/api/bookings/${id}/`, { guest_name: 'Eva Canario', status: 'confirmed' });
    await patch(`/api/bookings/${id}/`, { status: 'confirmed' });
    await remove(`/api/bookings/${id}/`);
    const { body, text } = await admin.get('/api/auditoria');
    const told = (body.entradas as Body[]).map(({ accion, entidad_id, cambios }) => [accion, entidad_id, cambios]);
    expect(told).toEqual([
      ['reserva.borrar', String(id), {}],
      ['reserva.cambiar', String(id), { status: 'confirmed', datos_del_huesped: 'guest_name' }],
      [
        'reserva.crear',
        String(id),
        expect.objectContaining({ property_id: property, datos_del_huesped: 'guest_name, guest_contact' }),
      ],
      ['propiedad.crear', String(property), { ...LAKE_HOUSE, unidades: 1 }],
    ]);
    expect(text).not.toMatch(/Canario|ana@/);
  });
});

describe('a booking is changed and deleted (C44, C45)', () => {
  it('field by field, and stays where nothing is said', async () => {
    const property = await aProperty('101');
    const id = await aBooking({ property, unit: '101', guest_name: 'A. Guest', guest_contact: 'a@example.com' });
    const answer = await patch(`/api/bookings/${id}/`, { check_out_date: '2025-10-06T15:00:00Z', adults: 3 });
    expect([answer.status, answer.body]).toEqual([
      200,
      expect.objectContaining({ total_nights: 5, adults: 3, unit: '101', guest_contact: 'a@example.com' }),
    ]);
    expect((await admin.get(`/api/bookings/${id}/`)).body).toEqual(answer.body);
    expect((await patch(`/api/bookings/${id}/`, { unit: null })).body.unit).toBeNull();
    expect((await patch(`/api/bookings/${id}/`, { check_out_date: STAY.check_in_date })).status).toBe(400);
    expect((await patch('/api/bookings/99/', { adults: 'x' })).status).toBe(404);
    expect((await patch('/api/bookings/x/', {})).status).toBe(404);
  });

  it('to another property, where its nights and its code are looked at again', async () => {
    const [from, to] = [await aProperty(), (await post('/api/properties/', { name: 'Hill', units: [] })).body.id];
    const code = { source: 'airbnb', external_code: 'HMABC12345' };
    const [id, standing] = [await aBooking({ property: from, ...code }), await aBooking({ property: to })];
    expect((await patch(`/api/bookings/${id}/`, { property: to })).body).toMatchObject({
      details: { non_field_errors: [expect.stringContaining(`booking ${standing} `)] },
    });
    await patch(`/api/bookings/${standing}/`, { status: 'cancelled', ...code });
    expect((await patch(`/api/bookings/${id}/`, { property: to })).body).toMatchObject({
      details: { external_code: [expect.any(String)] },
    });
    await patch(`/api/bookings/${standing}/`, { external_code: 'OTHER' });
    expect((await patch(`/api/bookings/${id}/`, { property: to })).body).toMatchObject({ id, property: to });
    expect([await ids(`?property=${from}`), await ids(`?property=${to}&status=booked`)]).toEqual([[], [id]]);
    await aBooking({ property: from, ...code });
  });

  it('and comes back to life only where its nights are free', async () => {
    const property = await aProperty();
    const id = await aBooking({ property, status: 'cancelled' });
    await aBooking({ property });
    expect((await patch(`/api/bookings/${id}/`, { guest_name: 'Still cancelled' })).status).toBe(200);
    expect((await patch(`/api/bookings/${id}/`, { status: 'confirmed' })).status).toBe(400);
  });

  it('and is gone, its nights free, once an admin has deleted it', async () => {
    const property = await aProperty();
    const id = await aBooking({ property });
    expect((await remove(`/api/bookings/${id}/`, await signedIn('manager'))).body).toEqual({
      error: 'Permission denied',
    });
    expect((await remove(`/api/bookings/${id}/`)).status).toBe(204);
    expect((await remove(`/api/bookings/${id}/`)).status).toBe(404);
    expect((await admin.get(`/api/bookings/${id}/`)).body).toEqual({ detail: 'Not found.' });
    expect(await ids()).toEqual([]);
    await aBooking({ property });
  });
});

describe('the list of bookings (S17)', () => {
  const NIGHT = { check_in_date: '2025-10-02T02:00:00Z', check_out_date: '2025-10-05T15:00:00Z' };

  /** Two properties in zones of their own; ids 1 to 4. */
  async function aWorld() {
    const tampa = await aProperty('101', '102');
    const madrid = Number((await post('/api/properties/', { name: 'Ático', timezone: 'Europe/Madrid' })).body.id);
    await aBooking({
      property: tampa,
      unit: '101',
      source: 'airbnb',
      guest_name: 'Ana López',
      guest_contact: '600111222',
    });
    await aBooking({ property: tampa, unit: '102', ...NIGHT, status: 'cancelled', external_code: 'HMXYZ' });
    await aBooking({ property: madrid, ...NIGHT, status: 'completed', source: 'Directly' });
    await aBooking({ property: madrid, check_in_date: '2025-12-01T14:00:00Z', check_out_date: '2025-12-20T10:00:00Z' });
    return { tampa, madrid };
  }

  it('is filtered by each parameter and by several', async () => {
    const { tampa, madrid } = await aWorld();
    const cases: readonly (readonly [string, readonly number[]])[] = [
      ['', [4, 3, 2, 1]],
      [`property=${tampa}`, [2, 1]],
      [`property=${madrid}&status=completed`, [3]],
      ['property=99', []],
      ['status=cancelled, COMPLETED', [3, 2]],
      ['status=', [4, 3, 2, 1]],
      ['source=airbnb', [1]],
      ['source=direct', [3]],
      [`property=${tampa}&unit=102`, [2]],
      ['search=lópez', [1]],
      ['search=600111', [1]],
      ['search=hmxyz', [2]],
      ['search=ático&status=booked', [4]],
      // 02:00 UTC of the 2nd is still the 1st in New York.
      ['check_in_date=2025-10-01', [2, 1]],
      ['check_in_date=2025-10-02', [3]],
      [`check_in_date=2025-10-02&property=${tampa}`, []],
      ['check_in_date=2025-10-02T02:00:00Z', [3, 2]],
      ['check_in_date=2025-10-01T22:00', [3, 2]],
      ['check_in_date__gte=2025-10-02', [4, 3]],
      ['check_in_date__lte=2025-10-01', [2, 1]],
      ['check_in_date__gte=2025-10-02T02:00:00Z&check_in_date__lte=2025-10-02T02:00:00Z', [3, 2]],
      ['check_out_date=2025-10-05', [3, 2]],
      ['check_out_date=2025-12-20T10:00:00Z', [4]],
      [`check_out_date=2025-12-20&property=${madrid}`, [4]],
      ['check_out_date__gte=2025-10-05', [4, 3, 2]],
      [`check_out_date__lte=2025-10-05T15:00:00Z&property=${tampa}`, [2, 1]],
      ['check_in_date__gte=2025-10-01&check_out_date__lte=2025-10-04&search=ana', [1]],
    ];
    for (const [query, expected] of cases) expect([query, await ids(`?${query}`)]).toEqual([query, expected]);
  });

  it('is ordered as asked, by check-in backwards when nothing is', async () => {
    await aWorld();
    expect(await ids('?ordering=check_in_date')).toEqual([1, 3, 2, 4]);
    expect(await ids('?ordering=-check_out_date,id')).toEqual([4, 2, 3, 1]);
    expect(await ids('?ordering=status,-id')).toEqual([4, 1, 2, 3]);
    expect(await ids('?ordering=nothing')).toEqual([4, 3, 2, 1]);
  });

  it('costs two requests to the table when it is filtered by property, whatever the page', async () => {
    const { tampa } = await aWorld();
    const { dynamodb } = cloud.cloud.faults;
    for (const query of [
      'check_in_date__gte=2025-10-01',
      'check_out_date=2025-10-05',
      'search=ana',
      'page=2&page_size=1',
    ]) {
      await admin.get('/api/perfil');
      await dynamodb.resetCounts();
      expect((await admin.get(`/api/bookings/?property=${tampa}&${query}`)).status).toBe(200);
      expect([query, await dynamodb.counts()]).toEqual([query, { BatchGetItem: 1, Query: 1 }]);
    }
  });

  it('comes in pages', async () => {
    const { tampa } = await aWorld();
    const { body } = await admin.get('/api/bookings/?page=2&page_size=3');
    expect([body.count, body.next, (body.results as Body[]).map(({ id }) => id)]).toEqual([4, null, [1]]);
    expect(body.previous).toBe(`${cloud.cloud.address}/api/bookings/?page_size=3`);
    const last = await admin.get(`/api/bookings/?page=last&page_size=1&property=${tampa}`);
    expect([last.body.count, (last.body.results as Body[])[0]?.id]).toEqual([2, 1]);
    expect((await admin.get('/api/bookings/?page=3&page_size=3')).body).toEqual({ detail: 'Invalid page.' });
  });

  it('is a 400 for a filter of the wrong type or outside its enumeration', async () => {
    for (const query of ['status=gone', 'property=x', 'check_in_date=tomorrow', 'check_out_date__lte=2025-02-30']) {
      const answer = await admin.get(`/api/bookings/?${query}`);
      expect([answer.status, Object.keys(answer.body.details as Body)]).toEqual([400, [query.split('=')[0]]]);
    }
  });

  it('shows contacts to managers and admins alone, who alone can search them', async () => {
    await aWorld();
    for (const [role, shown] of [
      ['manager', true],
      ['member', false],
      ['viewer', false],
    ] as const) {
      const client = await signedIn(role);
      const { body } = await client.get('/api/bookings/?ordering=id&page_size=1');
      expect([role, (body.results as Body[])[0]?.guest_contact]).toEqual([role, shown ? '600111222' : undefined]);
      expect((await client.get('/api/bookings/?search=600111222')).body.count).toBe(shown ? 1 : 0);
      expect((await client.get('/api/bookings/1/')).body.guest_contact).toBe(shown ? '600111222' : undefined);
    }
  });
});

describe('who may', () => {
  it.each(['member', 'viewer'] as const)('%s reads and writes nothing', async (role) => {
    const property = await aProperty('101');
    const id = await aBooking({ property });
    const client = await signedIn(role);
    const reads = [
      '/api/properties',
      `/api/properties/${property}`,
      '/api/properties/search',
      '/api/bookings',
      `/api/bookings/${id}`,
    ];
    for (const path of reads) expect([path, (await client.get(path)).status]).toEqual([path, 200]);
    const writes = [
      await post('/api/properties/', { name: 'X' }, client),
      await patch(`/api/properties/${property}/`, { name: 'X' }, client),
      await remove(`/api/properties/${property}/`, client),
      await post(`/api/properties/${property}/units/`, { unit_number: 'X' }, client),
      await patch(`/api/properties/${property}/units/1/`, { unit_number: 'X' }, client),
      await remove(`/api/properties/${property}/units/1/`, client),
      await post('/api/bookings/', { property, ...STAY }, client),
      await patch(`/api/bookings/${id}/`, { adults: 2 }, client),
      await remove(`/api/bookings/${id}/`, client),
    ];
    expect(writes.map(({ status }) => status)).toEqual(Array(9).fill(403));
  });
});

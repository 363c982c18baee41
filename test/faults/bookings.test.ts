import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { ApiClient } from '../support/api-client.ts';
import { PASSWORD } from '../support/given.ts';
import { startTestCloud, type TestCloud } from '../support/test-cloud.ts';

let cloud: TestCloud;
beforeAll(async () => {
  cloud = await startTestCloud({ clock: '2026-06-01T10:00:00Z' });
});
afterEach(() => {
  for (const fault of Object.values(cloud.cloud.faults)) fault.clear();
});
afterAll(() => cloud.close());

let client: ApiClient;
let property: number;
let empresaId: string;
beforeEach(async () => {
  const company = await cloud.given.aCompany();
  empresaId = company.id;
  const { email } = await cloud.given.aUser(company);
  client = await cloud.client.signIn(email, PASSWORD);
  const units = ['101', '102'].map((unit_number) => ({ unit_number }));
  property = Number((await client.call('POST', '/api/properties/', { body: { name: 'Lake House', units } })).body.id);
});

const NIGHT = { check_in_date: '2026-07-01T15:00:00Z', check_out_date: '2026-07-02T11:00:00Z' };
const book = (body: Record<string, unknown> = {}) =>
  client.call('POST', '/api/bookings/', { body: { property, unit: '101', ...NIGHT, ...body } });
const bookings = async () => (await client.get('/api/bookings/?page_size=100')).body;
const statusesOf = (answers: readonly { readonly status: number }[]) => answers.map(({ status }) => status).sort();
const times = <T>(count: number, make: (at: number) => Promise<T>) =>
  Promise.all(Array.from({ length: count }, (_, at) => make(at)));

describe('fifty at once', () => {
  it('who book the same night: one wins, 49 are told so', async () => {
    const answers = await times(50, (at) => book({ guest_name: `Guest ${at}` }));
    expect(statusesOf(answers)).toEqual([201, ...Array(49).fill(400)]);
    const [winner] = answers.filter(({ status }) => status === 201);
    const told = `These dates overlap with booking ${winner?.body.id} of the same property or unit.`;
    for (const { status, body } of answers) {
      if (status !== 201) expect(body).toEqual({ error: 'Validation failed', details: { non_field_errors: [told] } });
    }
    expect((await bookings()).count).toBe(1);
    const { body } = await client.get('/api/auditoria');
    expect((body.entradas as { accion: string }[]).filter(({ accion }) => accion === 'reserva.crear')).toHaveLength(1);
  });

  it('who book nights that meet in pairs: no two of those that stand meet', async () => {
    const day = (at: number) => String(1 + (at % 12)).padStart(2, '0');
    const next = (at: number) => String(3 + (at % 12)).padStart(2, '0');
    await times(24, (at) =>
      book({ check_in_date: `2026-08-${day(at)}T15:00:00Z`, check_out_date: `2026-08-${next(at)}T11:00:00Z` }),
    );
    const { results } = await bookings();
    const stays = (results as { check_in_date: string; check_out_date: string }[]).sort((a, b) =>
      a.check_in_date < b.check_in_date ? -1 : 1,
    );
    expect(stays.length).toBeGreaterThanOrEqual(4);
    for (const [at, stay] of stays.entries()) {
      const before = stays[at - 1];
      if (before) expect(before.check_out_date <= stay.check_in_date).toBe(true);
    }
  });

  it('who take the same code on other units and dates: one wins', async () => {
    const answers = await times(20, (at) => {
      const dates = { check_in_date: `2026-09-${10 + at}`, check_out_date: `2026-09-${11 + at}` };
      return book({ ...dates, unit: null, source: 'airbnb', external_code: 'HMABC12345' });
    });
    expect(statusesOf(answers)).toEqual([201, ...Array(19).fill(400)]);
  });

  it('who move to the same night, wake up in it or book it: one of them has it', async () => {
    const moving = await times(5, async (at) => {
      const dates = { check_in_date: `2026-10-0${1 + at}`, check_out_date: `2026-10-0${2 + at}` };
      return Number((await book(dates)).body.id);
    });
    const sleeping = await times(5, async () => Number((await book({ status: 'cancelled' })).body.id));
    const answers = await Promise.all([
      ...moving.map((id) => client.call('PATCH', `/api/bookings/${id}/`, { body: NIGHT })),
      ...sleeping.map((id) => client.call('PATCH', `/api/bookings/${id}/`, { body: { status: 'confirmed' } })),
      ...Array.from({ length: 5 }, () => book()),
    ]);
    expect(answers.filter(({ status }) => status < 300)).toHaveLength(1);
    expect(answers.filter(({ status }) => status === 400)).toHaveLength(14);
  });

  it('of whom some delete the unit or the property: nobody is left in what is gone', async () => {
    const [unit] = (await client.get(`/api/properties/${property}/`)).body.units as { id: number }[];
    const answers = await Promise.all([
      ...Array.from({ length: 8 }, (_, at) =>
        book({ check_in_date: `2026-11-${10 + at}`, check_out_date: `2026-11-${11 + at}` }),
      ),
      client.call('DELETE', `/api/properties/${property}/units/${unit?.id}/`),
      client.call('DELETE', `/api/properties/${property}/`),
    ]);
    expect(answers.filter(({ status }) => status >= 500)).toEqual([]);
    const { count } = await bookings();
    const home = await client.get(`/api/properties/${property}/`);
    if (Number(count) > 0) {
      const units = home.body.units as { id: number }[];
      expect([home.status, units.some(({ id }) => id === unit?.id)]).toEqual([200, true]);
    } else {
      expect(home.status).toBe(404);
    }
  });
});

describe('bookings that stand already', () => {
  const retain = (retencion_meses: number) => client.write('PATCH', '/api/empresa', { retencion_meses });
  const timesOf = async () => {
    const pk = `T#${empresaId}#`;
    const rows = [];
    for (const collection of ['BOOKING', 'BOOKING_ID', 'BOOKING_CODE']) {
      rows.push(...(await cloud.table.query({ pk: `${pk}${collection}` })).items);
    }
    return rows.map(({ expires_at }) => new Date(Number(expires_at) * 1000).toISOString().slice(0, 10)).sort();
  };

  it('follow another retention of their company, deleted ones too, though the queue was away', async () => {
    await book({ source: 'airbnb', external_code: 'HMABC12345' });
    const { body } = await book({ unit: '102' });
    await client.call('DELETE', `/api/bookings/${body.id}/`);
    expect(await timesOf()).toEqual(Array(4).fill('2028-07-02'));
    expect((await retain(6)).status).toBe(200);
    await cloud.cloud.drain();
    expect(await timesOf()).toEqual(Array(4).fill('2027-01-02'));
    cloud.cloud.faults.sqs.set({ operation: 'SendMessage', error: 'unavailable', times: 100 });
    expect((await retain(36)).status).toBe(200);
    cloud.cloud.faults.sqs.clear();
    await cloud.passTime(180);
    await cloud.cloud.runSchedule('stay-ops-local-outbox-sweeper');
    await cloud.cloud.drain();
    expect(await timesOf()).toEqual(Array(4).fill('2029-07-02'));
    expect((await bookings()).count).toBe(1);
  });
});

describe('a booking', () => {
  it('is made once, though the answer of the table was lost', async () => {
    cloud.cloud.faults.dynamodb.set({ operation: 'TransactWriteItems', error: 'internal', times: 1, carriedOut: true });
    expect((await book()).status).toBe(201);
    expect((await bookings()).count).toBe(1);
  });

  it('is made wholly or not at all while the table fails, and 503 says when to try again', async () => {
    cloud.cloud.faults.dynamodb.set({ operation: 'TransactWriteItems', error: 'throttle', times: 1_000 });
    const answer = await book({ source: 'airbnb', external_code: 'HMABC12345' });
    expect([answer.status, Number(answer.headers.get('retry-after')) > 0]).toEqual([503, true]);
    cloud.cloud.faults.dynamodb.clear();
    expect((await bookings()).count).toBe(0);
    expect((await book({ source: 'airbnb', external_code: 'HMABC12345' })).status).toBe(201);
  });

  it('is repeated under its idempotency key without a second one', async () => {
    const headers = { 'x-idempotency-key': 'one-booking' };
    const body = { property, unit: '101', ...NIGHT };
    const [first, second] = [
      await client.call('POST', '/api/bookings/', { body, headers }),
      await client.call('POST', '/api/bookings/', { body, headers }),
    ];
    expect([first.status, second.status, second.body]).toEqual([201, 201, first.body]);
    expect(second.headers.get('idempotent-replay')).toBe('true');
  });
});

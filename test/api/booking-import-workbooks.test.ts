import ExcelJS from 'exceljs';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Booking } from '../../shared/domain/booking/booking.ts';
import type { Property } from '../../shared/domain/property/property.ts';
import type { ApiAnswer, ApiClient } from '../support/api-client.ts';
import { PASSWORD } from '../support/given.ts';
import { GivenBookings } from '../support/given-bookings.ts';
import { startTestCloud, type TestCloud } from '../support/test-cloud.ts';
import { cleaningSchedule, type ScheduledStay, stayOf } from '../support/workbooks/cleaning-schedule.ts';

const PATH = '/api/bookings/import/';
const PROPERTIES = 40;
const ROWS = 170;

let cloud: TestCloud;
beforeAll(async () => {
  cloud = await startTestCloud({ clock: '2026-01-05T08:00:00Z' });
});
afterAll(() => cloud.close());

let given: GivenBookings;
let client: ApiClient;
beforeEach(async () => {
  const company = await cloud.given.aCompany({ zona_horaria: 'UTC' });
  given = new GivenBookings(cloud, company.id);
  client = await cloud.client.signIn((await cloud.given.aUser(company)).email, PASSWORD);
});

async function imported(bytes: Uint8Array, fields: Record<string, string>): Promise<ApiAnswer> {
  const accepted = await client.upload(PATH, { name: 'Cleaning schedule.xlsx', bytes }, { fields });
  expect([accepted.status, accepted.text]).toEqual([202, expect.stringContaining('"status":"processing"')]);
  await cloud.cloud.drain();
  return client.get(`${PATH}${String(accepted.body.import_id)}/`);
}
const bookings = async (): Promise<readonly Booking[]> => {
  const repository = given.bookings();
  return [...(await repository.open(await repository.listAll()))].sort((a, b) => a.id - b.id);
};
async function homes(count: number): Promise<readonly Property[]> {
  const made: Property[] = [];
  for (let at = 0; at < count; at += 1) made.push(await given.aProperty({ name: stayOf(at, count).property }));
  return made;
}
/** What the file says, as bookings show it. */
const shown = (stay: ScheduledStay, properties: readonly Property[]) => ({
  property_id: properties.find(({ name }) => name === stay.property)?.id,
  guest_name: stay.guest,
  source: stay.source === 'Airbnb' ? 'airbnb' : 'direct',
  check_in_date: `${stay.from}T15:00:00Z`,
  check_out_date: `${stay.to}T11:00:00Z`,
  adults: stay.adults,
  same_day_note: stay.note,
});

describe('a weekly cleaning schedule (aristay.md §6)', () => {
  it('of 170 rows on 40 properties among a thousand is read as it is, and again without doing anything', async () => {
    const properties = await homes(PROPERTIES);
    const stays = Array.from({ length: ROWS }, (_, at) => stayOf(at, PROPERTIES));
    const bytes = await cleaningSchedule(stays);
    const first = await imported(bytes, { match_properties: 'true' });
    expect(first.body).toMatchObject({
      ...{ status: 'completed', property_id: null, total_rows: ROWS, processed_rows: ROWS, created: ROWS },
      ...{ tasks_created: ROWS, conflicts_found: 0, errors: [], warnings: [] },
    });
    const made = await bookings();
    const fields = Object.keys(shown(stayOf(0, 1), [])) as (keyof Booking)[];
    expect(made.map((booking) => Object.fromEntries(fields.map((field) => [field, booking[field]])))).toEqual(
      stays.map((stay) => shown(stay, properties)),
    );
    const direct = made.filter(({ source }) => source === 'direct');
    expect(new Set(direct.map(({ external_code }) => external_code)).size).toBe(direct.length);
    const second = await imported(bytes, { match_properties: 'true' });
    expect(second.body).toMatchObject({ status: 'completed', created: 0, skipped: ROWS, tasks_created: 0 });
    expect(await bookings()).toEqual(made);
  });
});

describe('templates', () => {
  /** The template as a person fills it in: below the header, and nothing else touched. */
  async function filledIn(query: string, rows: readonly Record<string, ExcelJS.CellValue>[]): Promise<Uint8Array> {
    const workbook = new ExcelJS.Workbook();
    const headers = { authorization: `Bearer ${client.token}` };
    const answer = await fetch(`${cloud.cloud.address}${PATH}template/${query}`, { headers });
    await workbook.xlsx.load(await answer.arrayBuffer());
    const sheet = workbook.getWorksheet('Cleaning schedule');
    if (sheet === undefined) throw new Error('The template has no such sheet');
    const titles = (sheet.getRow(1).values as string[]).slice(1);
    for (const row of rows) sheet.addRow(titles.map((title) => row[title] ?? null));
    return new Uint8Array(await workbook.xlsx.writeBuffer());
  }
  const ROW = {
    ...{
      Properties: 'sea villa',
      Unit: '101',
      'Confirmation code': '007',
      Status: 'Confirmed',
      'Guest name': 'Ana García',
    },
    ...{ Contact: '+34 600 000 000', 'Booking source': 'Booking.com', Listing: 'Villa by the sea' },
    ...{ 'Start date': new Date('2026-07-01'), 'End date': new Date('2026-07-05') },
    ...{ '# of adults': 2, '# of children': 1, '# of infants': 0, Earnings: 412.5, Booked: new Date('2026-05-01') },
  };
  const BOOKING = {
    ...{ external_code: '007', external_status: 'Confirmed', status: 'confirmed', guest_name: 'Ana García' },
    ...{ guest_contact: '+34 600 000 000', source: 'booking_com', listing_name: 'Villa by the sea' },
    ...{ check_in_date: '2026-07-01T15:00:00Z', check_out_date: '2026-07-05T11:00:00Z' },
    ...{ adults: 2, children: 1, infants: 0, earnings_amount: '412.50', booked_on: '2026-05-01T00:00:00Z' },
  };

  it.each([
    ['of one property', '', false],
    ['whose rows name their property', '?match_properties=true', true],
  ])('%s are filled in and give exactly the bookings that they say', async (_, query, byLabel) => {
    const [villa] = [await given.aProperty({ name: 'Sea Villa' }), await given.aProperty({ name: 'Lake House' })];
    const second = { ...ROW, Unit: null, 'Confirmation code': null, 'Guest name': 'Bob', Status: null };
    const dates = { 'Start date': '2026-08-01', 'End date': '2026-08-02', '# of adults': null, Earnings: null };
    const bytes = await filledIn(query, [ROW, { ...second, ...dates, Booked: null }]);
    const fields = byLabel ? { match_properties: 'true' } : { property_id: String(villa.id) };
    const { body } = await imported(bytes, fields);
    expect(body).toMatchObject({ status: 'completed', total_rows: 2, created: 2, errors: [], warnings: [] });
    const unit_id = villa.units[0]?.id;
    expect(await bookings()).toMatchObject([
      { ...BOOKING, property_id: villa.id, unit_id },
      {
        ...{ property_id: villa.id, unit_id: null, guest_name: 'Bob', status: 'booked', adults: 1 },
        ...{ check_in_date: '2026-08-01T15:00:00Z', earnings_amount: null, booked_on: null },
        external_code: expect.stringMatching(/^DIR-/),
      },
    ]);
  });
});

describe('the list of imports', () => {
  it('shows them newest first, page by page, and those that wait for somebody', async () => {
    const [home] = await homes(1);
    const fields = { property_id: String(home?.id) };
    const stays = [stayOf(0, 1), stayOf(1, 1), stayOf(2, 1)];
    for (const part of [stays.slice(0, 1), stays.slice(1)]) {
      await imported(await cleaningSchedule(part), fields);
      await cloud.passTime(5);
    }
    await imported(await cleaningSchedule([{ ...stayOf(0, 1), guest: 'Somebody else' }]), fields);
    const list = async (query: string) => (await client.get(`${PATH}${query}`)).body;
    const first = await list('?page_size=2');
    const ids = ({ results }: typeof first) => (results as { import_id: string }[]).map((row) => row.import_id);
    expect([first.count, ids(first), first.previous]).toEqual([3, ['imp_000003', 'imp_000002'], null]);
    const { conflicts, conflicts_next, errors, warnings, ...row } = (await client.get(`${PATH}imp_000002/`)).body;
    expect((first.results as unknown[])[1]).toEqual(row);
    expect(ids(await list('?page_size=2&page=2'))).toEqual(['imp_000001']);
    expect(ids(await list('?status=needs_review'))).toEqual(['imp_000003']);
    expect(ids(await list('?ordering=imported_at'))).toEqual(['imp_000001', 'imp_000002', 'imp_000003']);
    expect((await list('?property=999')).results).toEqual([]);
  });
});

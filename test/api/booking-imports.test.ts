import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type SheetValue, sheetWorkbook } from '../../infra/local/demo/sheet-workbook.ts';
import type { Booking } from '../../shared/domain/booking/booking.ts';
import type { Property } from '../../shared/domain/property/property.ts';
import type { ApiAnswer, ApiClient } from '../support/api-client.ts';
import { PASSWORD } from '../support/given.ts';
import { GivenBookings } from '../support/given-bookings.ts';
import { startTestCloud, type TestCloud } from '../support/test-cloud.ts';
import { HOSTILE_CORPUS } from '../support/workbooks/hostile-corpus.ts';

const PATH = '/api/bookings/import/';
const HEADERS = ['Confirmation code', 'Status', 'Guest name', 'Booking source', 'Start date', 'End date'];

let cloud: TestCloud;
beforeAll(async () => {
  cloud = await startTestCloud({ clock: '2025-09-12T08:00:00Z' });
});
afterAll(() => cloud.close());

let given: GivenBookings;
let client: ApiClient;
let company: { id: string };
let home: Property;
beforeEach(async () => {
  company = await cloud.given.aCompany({ zona_horaria: 'America/New_York' });
  given = new GivenBookings(cloud, company.id);
  client = await cloud.client.signIn((await cloud.given.aUser(company)).email, PASSWORD);
  home = await given.aProperty({ name: 'Lake House' });
});

const day = (text: string) => new Date(`${text}T00:00:00Z`);
const sheet = (...rows: SheetValue[][]) =>
  sheetWorkbook([HEADERS, ...rows], {
    sheetName: 'Cleaning schedule',
    formats: { E: 'yyyy-mm-dd', F: 'yyyy-mm-dd' },
  });
const row = (
  code: string,
  guest: string,
  [from, to]: readonly [string, string],
  status = 'Confirmed',
): SheetValue[] => [code, status, guest, 'Airbnb', day(from), day(to)];
const OCTOBER = ['2025-10-01', '2025-10-04'] as const;

const send = (bytes: Uint8Array, fields: Record<string, string> = {}, name = 'schedule.xlsx') =>
  client.upload(PATH, { name, bytes }, { fields: { property_id: String(home.id), ...fields } });
const csv = (text: string, fields: Record<string, string> = {}) => send(Buffer.from(text), fields, 'schedule.csv');
const read = (id: unknown) => client.get(`${PATH}${String(id)}/`);
const conflictsOf = ({ body }: ApiAnswer) => body.conflicts as Record<string, unknown>[];
/** Sends a file and waits until it has been applied. */
async function applied(answer: Promise<ApiAnswer>): Promise<ApiAnswer> {
  const accepted = await answer;
  expect([accepted.status, accepted.text]).toEqual([202, expect.stringContaining('"status":"processing"')]);
  await cloud.cloud.drain();
  return read(accepted.body.import_id);
}
const bookings = async () => {
  const repository = given.bookings();
  return [...(await repository.open(await repository.listAll()))].sort((a, b) => a.id - b.id);
};
const facts = ({ external_code, guest_name, status }: Booking) => [external_code, guest_name, status];

describe('accepting a file (S16)', () => {
  it('answers as the contract shows, with what the rows meet, and applies afterwards', async () => {
    const known = await given.aBooking(home, {
      guest_name: 'B. Guest',
      external_code: 'HMABC12345',
      source: 'airbnb',
      status: 'confirmed',
      external_status: 'Confirmed',
      check_in_date: '2025-10-01T19:00:00Z',
      check_out_date: '2025-10-04T15:00:00Z',
    });
    const answer = await send(
      await sheet(row('HMABC12345', 'A. Guest', OCTOBER), row('HM2', 'New Guest', ['2025-10-05', '2025-10-07'])),
    );
    expect([answer.status, answer.body]).toMatchObject([
      202,
      {
        import_id: 'imp_000001',
        status: 'processing',
        total_rows: 2,
        processed_rows: 0,
        conflicts_found: 1,
        conflicts: [
          {
            row_number: 2,
            conflict_type: 'duplicate_booking',
            conflict_types: ['guest_change'],
            conflict_index: 0,
            requires_review: true,
            resolution: null,
            confidence_score: 0.7,
            existing_booking: { id: known.id, external_code: 'HMABC12345', guest_name: 'B. Guest' },
            new_booking: { external_code: 'HMABC12345', guest_name: 'A. Guest', source: 'airbnb' },
            changes_summary: {
              guest: { current: 'B. Guest', excel: 'A. Guest', change_type: 'minor_correction' },
            },
          },
        ],
        errors: [],
      },
    ]);
    await cloud.cloud.drain();
    const done = await read('imp_000001');
    expect(done.body).toMatchObject({ status: 'needs_review', processed_rows: 2, created: 1, tasks_created: 1 });
    const [, made] = await bookings();
    expect(made).toMatchObject({
      external_code: 'HM2',
      source: 'airbnb',
      status: 'confirmed',
      check_in_date: '2025-10-05T19:00:00Z',
      check_out_date: '2025-10-07T15:00:00Z',
      check_in_hour_known: false,
      created_via: 'excel_import',
      import_id: 'imp_000001',
      raw_row: expect.objectContaining({ 'Guest name': 'New Guest' }),
    });
    const events = await client.get('/api/events/?page_size=5');
    expect(events.text).toContain('booking.created');
  });

  it('imported twice creates nothing, says that it is the same file, and lists identical rows as settled', async () => {
    const file = await sheet(row('HM1', 'Ana', OCTOBER), [
      '',
      'Booked',
      'Bob',
      'Direct',
      day('2025-11-01'),
      day('2025-11-03'),
    ]);
    const first = await applied(send(file));
    expect(first.body).toMatchObject({ status: 'completed', created: 2, conflicts_found: 0 });
    const before = await bookings();
    expect(before.map(({ external_code }) => external_code)).toEqual([
      'HM1',
      expect.stringMatching(/^DIR-[0-9A-F]{8}$/),
    ]);
    const second = await applied(send(file));
    expect(second.body).toMatchObject({
      status: 'completed',
      created: 0,
      skipped: 2,
      conflicts_found: 2,
      conflicts: [
        { requires_review: false, resolution: 'skipped_identical' },
        { requires_review: false, resolution: 'skipped_identical' },
      ],
      warnings: [{ message: expect.stringContaining('imp_000001') }],
    });
    expect(await bookings()).toEqual(before);
  });

  it('takes over a status that the channel changed, and nothing else without a person', async () => {
    await applied(send(await sheet(row('HM1', 'Ana', OCTOBER), row('HM2', 'Bob', ['2025-10-10', '2025-10-12']))));
    const second = await applied(
      send(
        await sheet(row('HM1', 'Ana', OCTOBER, 'Cancelled by guest'), row('HM2', 'Bob', ['2025-10-11', '2025-10-13'])),
      ),
    );
    expect(second.body).toMatchObject({ status: 'needs_review', auto_updated: 1, conflicts_found: 1 });
    expect(conflictsOf(second)).toMatchObject([{ conflict_types: ['date_change'] }]);
    expect((await bookings()).map(facts)).toEqual([
      ['HM1', 'Ana', 'cancelled'],
      ['HM2', 'Bob', 'confirmed'],
    ]);
  });

  it('reads CSV with semicolons in Windows-1252, quoted line breaks, and dates as people write them', async () => {
    const text = [
      'Guest name;Start date;End date;Adults;Contact;Earnings',
      'Begoña;10/01/2025;10/04/2025;2;"line one\nline two";"$1,250.5"',
      '',
      'Bob;5 Oct 2025;Oct 7, 2025;x;;free',
      ';2025-11-01;2025-11-02;;;',
      'Eve;2025-12-05;2025-12-01;;;',
    ].join('\r\n');
    const answer = await applied(send(Buffer.from(text, 'latin1'), {}, 'schedule.csv'));
    expect(answer.body).toMatchObject({
      status: 'completed',
      total_rows: 4,
      created: 2,
      errors_count: 2,
      errors: [
        { row_number: 5, field: 'guest_name' },
        { row_number: 6, field: 'end_date' },
      ],
      warnings: [{ row_number: 4, field: 'earnings_amount' }],
    });
    expect((await bookings()).map((each) => [each.guest_name, each.adults, each.earnings_amount])).toEqual([
      ['Begoña', 2, '1250.50'],
      ['Bob', 1, null],
    ]);
  });

  it('finds the properties of its rows by their labels, and adds what an admin names and nobody knows', async () => {
    const villa = await given.aProperty({ name: 'Sea Villa' });
    const text = [
      'Properties,Guest name,Start date,End date',
      'lake house,Ana,2025-10-01,2025-10-04',
      'Villa,Bob,2025-10-01,2025-10-04',
      'Harbour Loft,Eve,2025-10-01,2025-10-04',
      ',Nobody,2025-10-01,2025-10-04',
    ].join('\n');
    const done = await applied(csv(text, { property_id: '', match_properties: 'true' }));
    expect(done.body).toMatchObject({ property_id: null, created: 3, errors_count: 1, errors: [{ row_number: 5 }] });
    const made = await given.properties.list();
    const loft = made.find(({ name }) => name === 'Harbour Loft');
    expect((await bookings()).map(({ property_id }) => property_id)).toEqual([home.id, villa.id, loft?.id]);
    const manager = await cloud.given.aUser(company, { role: 'manager' });
    client = await cloud.client.signIn(manager.email, PASSWORD);
    const unknown = await csv('Properties,Guest name,Start date,End date\nNowhere,Ana,2025-10-01,2025-10-04', {
      match_properties: 'true',
    });
    expect(unknown.body).toMatchObject({ errors: [{ message: 'There is no property “Nowhere”.' }] });
  });
});

describe('files that are refused', () => {
  const fileError = ({ body }: ApiAnswer) => (body.details as Record<string, string[]>).file?.[0];

  it('a missing one, an old one, one without headers, one without rows, and an unknown property', async () => {
    const none = await client.call('POST', PATH, { body: { property_id: home.id } });
    expect([none.status, fileError(none)]).toEqual([400, expect.stringContaining('No file')]);
    const old = await send(Buffer.from('x'), {}, 'schedule.xls');
    expect([old.status, fileError(old)]).toEqual([400, expect.stringContaining('save it as “Excel Workbook (.xlsx)”')]);
    expect(fileError(await csv('Guest name,Start date\nAna,2025-10-01'))).toContain('“End date”');
    expect(fileError(await csv('Guest name,Start date,End date\n,,\n'))).toContain('no rows');
    expect(fileError(await csv(''))).toContain('empty');
    const unknown = await csv('Guest name,Start date,End date\nAna,2025-10-01,2025-10-02', { property_id: '999' });
    expect(unknown.body).toEqual({
      error: 'Validation failed',
      details: { property_id: ['There is no such property.'] },
    });
    const unsaid = await csv('x', { property_id: '' });
    expect(unsaid.body).toEqual({ error: 'Validation failed', details: { property_id: ['This field is required.'] } });
  });

  it('one of more than 5,000 rows, for whose sake no property is added', async () => {
    const row = 'Ana,2025-10-01,2025-10-02,Harbour Loft';
    const text = ['Guest name,Start date,End date,Properties', ...Array(5_001).fill(row)].join('\n');
    expect(fileError(await csv(text, { match_properties: 'true' }))).toBe(
      'The file has 5001 rows; an import takes 5000. Split it into several.',
    );
    expect((await given.properties.list()).map(({ id }) => id)).toEqual([home.id]);
  });

  it('every file of the hostile corpus, whatever it is called', async () => {
    const answers: unknown[] = [];
    for (const [what, make] of HOSTILE_CORPUS) {
      for (const name of ['schedule.xlsx', 'schedule.csv']) {
        const answer = await send(make(), {}, name);
        if (answer.status !== 400 || fileError(answer) === undefined) answers.push([what, name, answer.status]);
      }
    }
    expect(answers).toEqual([]);
    expect(await bookings()).toEqual([]);
  });
});

describe('resolving conflicts (C47)', () => {
  const resolve = (id: unknown, ...resolutions: Record<string, unknown>[]) =>
    client.write('POST', `${PATH}${String(id)}/resolve/`, { resolutions });
  const results = ({ body }: ApiAnswer) => body.results;

  /** Ana and Bob stand; the file gives Ana other days and name, puts Bob on Carl's nights, and Eve on Ana's. */
  async function disputed(): Promise<ApiAnswer> {
    await applied(
      send(
        await sheet(
          row('HM1', 'Ana', OCTOBER),
          row('HM2', 'Bob', ['2025-10-10', '2025-10-12']),
          row('HM3', 'Carl', ['2025-10-20', '2025-10-22']),
        ),
      ),
    );
    return applied(
      send(
        await sheet(
          row('HM1', 'Anna', ['2025-10-02', '2025-10-05'], 'Currently hosting'),
          row('HM2', 'Bob', ['2025-10-20', '2025-10-21']),
          row('HM9', 'Eve', ['2025-10-03', '2025-10-04']),
        ),
      ),
    );
  }

  it('updates name, dates and status, skips, creates another, and tells what cannot be', async () => {
    const { body } = await disputed();
    expect(body).toMatchObject({ status: 'needs_review', conflicts_found: 3 });
    const first = await resolve(
      body.import_id,
      { conflict_index: 0, action: 'update_existing', apply_changes: ['guest_name', 'dates', 'status'] },
      { conflict_index: 1, action: 'update_existing', apply_changes: ['dates'] },
      { conflict_index: 2, action: 'create_new' },
      { conflict_index: 0, action: 'skip' },
      { conflict_index: 77, action: 'skip' },
    );
    expect([first.status, first.body.success, results(first)]).toMatchObject([
      200,
      true,
      {
        updated: 1,
        created: 0,
        skipped: 0,
        errors: [
          { conflict_index: 1, message: expect.stringContaining('overlap') },
          { conflict_index: 2, message: expect.stringContaining('overlap') },
          { conflict_index: 0, message: expect.stringContaining('already') },
          { conflict_index: 77 },
        ],
      },
    ]);
    const [ana] = await bookings();
    expect(ana).toMatchObject({
      guest_name: 'Anna',
      status: 'currently_hosting',
      external_status: 'Currently hosting',
      check_in_date: '2025-10-02T19:00:00Z',
      check_out_date: '2025-10-05T15:00:00Z',
    });
    const rest = await resolve(
      body.import_id,
      { conflict_index: 1, action: 'skip' },
      { conflict_index: 2, action: 'skip' },
    );
    expect(rest.body).toEqual({ success: true, results: { updated: 0, created: 0, skipped: 2, errors: [] } });
    expect((await read(body.import_id)).body).toMatchObject({
      status: 'completed',
      conflicts: [{ resolution: 'updated' }, { resolution: 'skipped' }, { resolution: 'skipped' }],
    });
  });

  it('creates from the row with a numbered code once the nights are free', async () => {
    await applied(send(await sheet(row('HM1', 'Ana', OCTOBER))));
    const { body } = await applied(send(await sheet(row('HM1', 'Dora', ['2025-11-01', '2025-11-03']))));
    const answer = await resolve(body.import_id, { conflict_index: 0, action: 'create_new' });
    expect(results(answer)).toEqual({ updated: 0, created: 1, skipped: 0, errors: [] });
    expect((await bookings()).map(facts)).toEqual([
      ['HM1', 'Ana', 'confirmed'],
      ['HM1 #2', 'Dora', 'confirmed'],
    ]);
  });

  it('moves a booking to the property that the file names', async () => {
    const other = await given.aProperty({ name: 'Sea Villa' });
    await applied(send(await sheet(row('HM1', 'Ana', OCTOBER))));
    const { body } = await applied(send(await sheet(row('HM1', 'Ana', OCTOBER)), { property_id: String(other.id) }));
    expect(body).toMatchObject({ conflicts: [{ conflict_type: 'property_change' }] });
    await resolve(body.import_id, { conflict_index: 0, action: 'update_existing', apply_changes: ['property'] });
    expect((await bookings()).map(({ property_id }) => property_id)).toEqual([other.id]);
  });
});

describe('undoing an import', () => {
  const undo = (id: unknown) => client.write('POST', `${PATH}${String(id)}/undo/`);

  it('deletes what it made, puts back what it changed, resolutions too, and keeps what somebody touched', async () => {
    await applied(send(await sheet(row('HM1', 'Ana', OCTOBER), row('HM2', 'Bob', ['2025-10-10', '2025-10-12']))));
    const before = (await bookings()).map(facts);
    const { body } = await applied(
      send(
        await sheet(
          row('HM1', 'Ana', OCTOBER, 'Cancelled'),
          row('HM2', 'Bobby', ['2025-10-10', '2025-10-12']),
          row('HM3', 'Eve', ['2025-12-01', '2025-12-03']),
          row('HM4', 'Fay', ['2025-12-05', '2025-12-07']),
        ),
      ),
    );
    await client.write('POST', `${PATH}${String(body.import_id)}/resolve/`, {
      resolutions: [{ conflict_index: 0, action: 'update_existing', apply_changes: ['guest_name'] }],
    });
    const fay = (await bookings()).find(({ guest_name }) => guest_name === 'Fay');
    await client.write('PATCH', `/api/bookings/${fay?.id}/`, { adults: 3 });
    const asked = await undo(body.import_id);
    expect([asked.status, asked.body.undo]).toMatchObject([202, { status: expect.any(String) }]);
    await cloud.cloud.drain();
    expect((await read(body.import_id)).body.undo).toEqual({
      status: 'completed',
      deleted: 1,
      restored: 2,
      kept: [fay?.id],
    });
    expect((await bookings()).map(facts)).toEqual([...before, ['HM4', 'Fay', 'confirmed']]);
    // A second time changes nothing.
    expect((await undo(body.import_id)).body.undo).toMatchObject({ status: 'completed' });
  });
});

describe('templates and staged files', () => {
  it('templates are downloaded under a name of their own', async () => {
    for (const query of ['', '?match_properties=true']) {
      const answer = await client.call('GET', `${PATH}template/${query}`);
      expect([answer.status, answer.headers.get('content-disposition')]).toEqual([
        200,
        expect.stringContaining('.xlsx'),
      ]);
    }
  });

  it('a staged file is imported by its upload_id and is gone afterwards', async () => {
    const bytes = await sheet(row('HM1', 'Ana', OCTOBER));
    const form = await client.write('POST', `${PATH}uploads/`, { file_name: 'big.xlsx', size_bytes: bytes.length });
    expect(form.status).toBe(201);
    const { upload_id, url, fields } = form.body as { upload_id: string; url: string; fields: Record<string, string> };
    const posted = new FormData();
    for (const [name, value] of Object.entries(fields)) posted.set(name, value);
    posted.set('file', new File([new Uint8Array(bytes)], 'file'));
    expect((await fetch(url, { method: 'POST', body: posted })).status).toBe(204);
    const done = await applied(client.write('POST', PATH, { property_id: home.id, upload_id }));
    expect(done.body).toMatchObject({ created: 1, file_name: 'big.xlsx' });
    expect((await client.write('POST', PATH, { property_id: home.id, upload_id })).status).toBe(404);
  });
});

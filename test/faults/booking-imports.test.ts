import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Property } from '../../shared/domain/property/property.ts';
import type { ApiAnswer, ApiClient } from '../support/api-client.ts';
import { PASSWORD } from '../support/given.ts';
import { GivenBookings } from '../support/given-bookings.ts';
import { startTestCloud, type TestCloud } from '../support/test-cloud.ts';

const PATH = '/api/bookings/import/';
const ROWS = 60;

let cloud: TestCloud;
beforeAll(async () => {
  cloud = await startTestCloud({ clock: '2026-01-01T08:00:00Z' });
});
afterAll(() => cloud.close());
afterEach(async () => {
  cloud.cloud.faults.sqs.clear();
  await cloud.cloud.faults.dynamodb.clear();
});

let given: GivenBookings;
let client: ApiClient;
let home: Property;
beforeEach(async () => {
  const company = await cloud.given.aCompany();
  given = new GivenBookings(cloud, company.id);
  client = await cloud.client.signIn((await cloud.given.aUser(company)).email, PASSWORD);
  home = await given.aProperty();
});

/** Sixty stays of a night, one after the other. */
function file(): { name: string; bytes: Uint8Array } {
  const day = (at: number) => new Date(Date.UTC(2026, 2, 1 + at)).toISOString().slice(0, 10);
  const rows = Array.from({ length: ROWS }, (_, at) => `HM${at},Guest ${at},airbnb,${day(at)},${day(at + 1)}`);
  const text = ['Confirmation code,Guest name,Source,Start date,End date', ...rows].join('\n');
  return { name: 'schedule.csv', bytes: Buffer.from(text) };
}
const send = () => client.upload(PATH, file(), { fields: { property_id: String(home.id) } });
const read = async ({ body }: ApiAnswer) => (await client.get(`${PATH}${String(body.import_id)}/`)).body;
const codes = async () => {
  const repository = given.bookings();
  return (await repository.open(await repository.listAll())).map(({ external_code }) => external_code).sort();
};
const ALL = Array.from({ length: ROWS }, (_, at) => `HM${at}`).sort();
const events = async () => Number((await client.get('/api/events/?page_size=1')).body.count);

async function passAndSweep(minutes: number): Promise<void> {
  await cloud.passTime(minutes * 60);
  await cloud.cloud.runSchedule('stay-ops-local-outbox-sweeper');
  await cloud.cloud.drain();
}

describe('an import that is stopped', () => {
  it('between accepting and applying is applied once the sweeper comes by', async () => {
    cloud.cloud.faults.sqs.set({ operation: 'SendMessage', error: 'unavailable', times: 100 });
    const accepted = await send();
    cloud.cloud.faults.sqs.clear();
    expect([accepted.status, await codes()]).toEqual([202, []]);
    await passAndSweep(3);
    expect(await read(accepted)).toMatchObject({ status: 'completed', created: ROWS, processed_rows: ROWS });
    expect(await codes()).toEqual(ALL);
  });

  it('while it is being applied goes on where it was, and makes no booking twice', async () => {
    cloud.cloud.faults.sqs.set({ operation: 'SendMessage', error: 'unavailable', times: 100 });
    const accepted = await send();
    cloud.cloud.faults.sqs.clear();
    // The first portions are carried out and nobody hears of it.
    await cloud.cloud.faults.dynamodb.set({
      operation: 'TransactWriteItems',
      error: 'drop',
      times: 4,
      carriedOut: true,
    });
    await passAndSweep(3);
    await cloud.cloud.faults.dynamodb.clear();
    for (const minutes of [6, 12, 24]) await passAndSweep(minutes);
    client = await cloud.client.signIn((await cloud.given.aUser({ id: given.scope.empresaId })).email, PASSWORD);
    expect(await read(accepted)).toMatchObject({ status: 'completed', created: ROWS, conflicts_found: 0 });
    expect([await codes(), await events()]).toEqual([ALL, ROWS]);
  });
});

describe('the same file twice at once', () => {
  it('makes every booking once: what the other has made is skipped, and no row is an error', async () => {
    const answers = await Promise.all([send(), send()]);
    expect(answers.map(({ status }) => status)).toEqual([202, 202]);
    await cloud.cloud.drain();
    const ended = await Promise.all(answers.map(read));
    expect(await codes()).toEqual(ALL);
    const sum = (name: string) => ended.reduce((total, body) => total + Number(body[name]), 0);
    expect([sum('created'), sum('skipped'), sum('errors_count')]).toEqual([ROWS, ROWS, 0]);
    expect(ended.map(({ status }) => status)).toEqual(['completed', 'completed']);
  });
});

import { eachLimit } from '../../shared/platform/concurrency/each-limit.ts';
import type { ApiClient } from '../support/api-client.ts';
import { done } from '../support/example-world.ts';
import { PASSWORD } from '../support/given.ts';
import { startTestCloud, type TestCloud } from '../support/test-cloud.ts';
import { type Bench, type Figure, rounded } from './figure.ts';

const SIZES = [1, 100, 10_000];
const AT_ONCE = 32;
const MEASURED = 50;

/** What a call needs of the table. */
interface Need {
  readonly requests: number;
  /** Read and written, as they are billed. */
  readonly units: number;
}

const OPERATIONS: readonly (readonly [string, (client: ApiClient, nth: number) => Promise<unknown>])[] = [
  ['GET /api/perfil', (client) => client.get('/api/perfil')],
  ['GET /api/bookings/', (client) => client.get('/api/bookings/?property=1')],
  ['POST /api/tasks/', (client, nth) => done(client.call('POST', '/api/tasks/', { body: { title: `T ${nth}` } }))],
];

/** The same calls of one company, while ever more companies share the table: each needs what it needed alone. */
export const growthBench: Bench = {
  topic: 'growth',
  async measure() {
    const cloud = await startTestCloud({ clock: '2026-06-01T10:00:00Z' });
    try {
      const client = await firstCompany(cloud);
      const needs = new Map<string, Need[]>();
      let there = 1;
      for (const size of SIZES) {
        await addCompanies(cloud, size - there);
        there = size;
        for (const [name, call] of OPERATIONS) {
          needs.set(name, [...(needs.get(name) ?? []), await needOf(cloud, (nth) => call(client, nth))]);
        }
      }
      return [...needs].flatMap(([name, measured]) => figuresOf(name, measured));
    } finally {
      await cloud.close();
    }
  },
};

async function firstCompany(cloud: TestCloud): Promise<ApiClient> {
  const { email } = await cloud.given.aUser(await cloud.given.aCompany());
  const client = await cloud.client.signIn(email, PASSWORD);
  await done(client.call('POST', '/api/properties/', { body: { name: 'Faro', units: [{ unit_number: '1' }] } }));
  for (const month of ['06', '07', '08']) {
    const stay = { check_in_date: `2026-${month}-10`, check_out_date: `2026-${month}-14`, guest_name: 'Ana García' };
    await done(client.call('POST', '/api/bookings/', { body: { property: 1, unit: '1', ...stay } }));
  }
  return client;
}

/** Companies with a person and a dwelling each. */
async function addCompanies(cloud: TestCloud, count: number): Promise<void> {
  await eachLimit(Array.from({ length: count }), AT_ONCE, async () => {
    const company = await cloud.given.aCompany();
    await cloud.given.aUser(company);
    await cloud.given.anApartment(company);
  });
}

async function needOf(cloud: TestCloud, call: (nth: number) => Promise<unknown>): Promise<Need> {
  const { faults, meter, drain } = cloud.cloud;
  for (let nth = 0; nth < 5; nth += 1) await call(nth);
  await drain();
  await faults.dynamodb.resetCounts();
  await meter.start();
  for (let nth = 0; nth < MEASURED; nth += 1) await call(nth);
  await drain();
  const { read, write } = await meter.consumed();
  const requests = Object.values(await faults.dynamodb.counts()).reduce((sum, each) => sum + each, 0);
  return { requests: requests / MEASURED, units: (read + write) / MEASURED };
}

function figuresOf(name: string, measured: readonly Need[]): readonly Figure[] {
  const [alone] = measured;
  return measured.flatMap((need, at) => {
    const label = `${name}, ${SIZES[at]?.toLocaleString('en')} in the table`;
    const target = (value: number | undefined) => (at === 0 ? {} : { target: String(rounded(value ?? Number.NaN)) });
    return [
      { name: label, value: rounded(need.requests), unit: 'requests', ...target(alone?.requests) },
      { name: label, value: rounded(need.units), unit: 'units', ...target(alone?.units) },
    ];
  });
}

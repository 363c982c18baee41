import { PASSWORD } from '../support/given.ts';
import { GivenBookings } from '../support/given-bookings.ts';
import { requestsOf } from '../support/requests-of.ts';
import { startTestCloud, type TestCloud } from '../support/test-cloud.ts';
import type { Bench } from './figure.ts';
import { loadOf } from './list-load.ts';

const PROPERTIES = 40;
const STAYS_EACH = 250;
/** Bookings in one transaction: eight rows each, and the property's. */
const AT_ONCE = 12;
const FIRST_DAY = Date.UTC(2026, 0, 1);
const DAY_MS = 86_400_000;

/** The cloud runs here, the load comes from a process of its own. */
export const bookingsBench: Bench = {
  topic: 'bookings',
  async measure() {
    const { requests, month, all } = await measureLists();
    return [
      { name: '10,000 bookings by property and month', value: requests, unit: 'requests', target: '<= 2' },
      { name: '10,000 bookings by property and month, p99', value: month.p99Ms, unit: 'ms', target: '<= 60' },
      { name: '10,000 bookings by property and month', value: month.requestsPerSecond, unit: 'req/s' },
      { name: '10,000 bookings by property and month', value: month.failed, unit: 'failed', target: '0' },
      { name: '10,000 bookings unfiltered, p99', value: all.p99Ms, unit: 'ms' },
      { name: '10,000 bookings unfiltered', value: all.requestsPerSecond, unit: 'req/s' },
    ];
  },
};

async function measureLists() {
  const cloud = await startTestCloud({ clock: '2026-06-01T10:00:00Z' });
  try {
    const company = await cloud.given.aCompany();
    const { email } = await cloud.given.aUser(company);
    await tenThousandBookings(cloud, company.id);
    const client = await cloud.client.signIn(email, PASSWORD);
    const months = Array.from({ length: PROPERTIES }, (_, at) => {
      const month = String(1 + (at % 12)).padStart(2, '0');
      const dates = `check_in_date__gte=2026-${month}-01&check_in_date__lte=2026-${month}-28`;
      return `/api/bookings/?property=${at + 1}&${dates}`;
    });
    const requests = await requestsOf(cloud, async () => {
      const { body } = await client.get(months[0] ?? '');
      if (Number(body.count) < 5) throw new Error('The month is too empty to tell anything');
    });
    const load = (paths: readonly string[]) =>
      loadOf({ address: cloud.cloud.address, token: client.token ?? '', paths });
    return { requests, month: await load(months), all: await load(['/api/bookings/']) };
  } finally {
    await cloud.close();
  }
}

/** Stays of two nights every three days, property after property. */
async function tenThousandBookings(cloud: TestCloud, companyId: string): Promise<void> {
  const given = new GivenBookings(cloud, companyId);
  const bookings = given.bookings();
  for (let home = 0; home < PROPERTIES; home += 1) {
    let standing = [await given.aProperty()] as Awaited<ReturnType<typeof bookings.apply>>;
    const [property] = standing;
    if (property === undefined) throw new Error('There is no property');
    for (let first = 0; first < STAYS_EACH; first += AT_ONCE) {
      const count = Math.min(AT_ONCE, STAYS_EACH - first);
      const drafts = await Promise.all(
        Array.from({ length: count }, (_, at) =>
          given.draft(property, { ...stay(first + at), guest_contact: 'x@example.com' }),
        ),
      );
      const changes = drafts.map((booking) => ({ kind: 'create', booking }) as const);
      standing = await bookings.apply(changes, standing);
    }
  }
}

function stay(at: number): {
  readonly check_in_date: string;
  readonly check_out_date: string;
  readonly external_code: string;
} {
  const day = (days: number) => new Date(FIRST_DAY + days * DAY_MS).toISOString().slice(0, 10);
  return {
    check_in_date: `${day(at * 3)}T14:00:00Z`,
    check_out_date: `${day(at * 3 + 2)}T09:00:00Z`,
    external_code: `HM${at}`,
  };
}

import { dailyArrivalsWorkbook } from '../../infra/local/demo/daily-arrivals-workbook.ts';
import { DEMO_COMPANY_ID } from '../../infra/local/demo/demo-world.ts';
import type { ApiAnswer } from '../support/api-client.ts';
import { connectPms, done, type ExampleWorld, signInDemo } from '../support/example-world.ts';
import { sampleForm } from '../support/sample-files.ts';

/** A company of the size that most have, for which the month is counted. */
export const COMPANY = '40 dwellings, 8 people, 22 working days, 160 stays a month, 480 bookings kept';
export const DWELLINGS = 40;
const STAYS_EACH = 12;
const DAY_MS = 86_400_000;
const FIRST_DAY = Date.UTC(2026, 5, 4);

/** One thing that a company does, and how often in a month. */
export interface Work {
  readonly name: string;
  readonly timesAMonth: number;
  /** Functions that run for it: the authorizer, the function itself, and the worker where there is one. */
  readonly lambdas: number;
  readonly overHttp: boolean;
  /** Does it once; `nth` is another number each time. */
  perform(world: ExampleWorld, nth: number): Promise<ApiAnswer | undefined>;
}

type Json = Readonly<Record<string, unknown>>;
const day = (at: number) => new Date(FIRST_DAY + at * DAY_MS).toISOString().slice(0, 10);

/** The rest of the company's dwellings, and a year of stays in each. */
export async function fillCompany({ client }: ExampleWorld): Promise<void> {
  const post = (path: string, body: Json) => done(client.call('POST', path, { body }));
  for (let home = 0; home < DWELLINGS; home += 1) {
    const { id } = await post('/api/properties/', { name: `Casa ${home}`, units: [{ unit_number: '1' }] });
    for (let stay = 0; stay < STAYS_EACH; stay += 1) {
      const dates = { check_in_date: day(stay * 30), check_out_date: day(stay * 30 + 4) };
      await post('/api/bookings/', { property: id, unit: '1', ...dates, guest_name: 'Ana García', adults: 2 });
    }
  }
}

const get = (name: string, path: string, timesAMonth: number): Work => ({
  name,
  timesAMonth,
  lambdas: 2,
  overHttp: true,
  perform: ({ client }) => client.get(path),
});

const send = (
  name: string,
  timesAMonth: number,
  [method, path, bodyOf]: readonly [string, (nth: number) => string, (nth: number) => Json],
): Work => ({
  name,
  timesAMonth,
  lambdas: 2.5,
  overHttp: true,
  perform: ({ client }, nth) => client.call(method, path(nth), { body: bodyOf(nth) }),
});

/** A month of a company: what its people open, what they change, and what runs by itself. */
export const MONTH: readonly Work[] = [
  {
    name: 'sign in',
    timesAMonth: 176,
    lambdas: 1,
    overHttp: true,
    perform: async ({ cloud }) => void (await signInDemo(cloud, 0)),
  },
  get('GET /api/perfil', '/api/perfil', 1_760),
  get('GET /api/staff/dashboard/', '/api/staff/dashboard/', 880),
  get('GET /api/notificaciones', '/api/notificaciones', 1_760),
  get('GET /api/apartamentos', '/api/apartamentos', 400),
  get(
    'GET /api/bookings/, dwelling and month',
    '/api/bookings/?property=5&check_in_date__gte=2026-07-01&check_in_date__lte=2026-07-31',
    2_000,
  ),
  get('GET /api/bookings/, a page of all', '/api/bookings/', 600),
  get('GET /api/staff/tasks/', '/api/staff/tasks/?status=pending', 3_500),
  send('POST /api/bookings/', 160, [
    'POST',
    () => '/api/bookings/',
    (nth) => ({
      property: 5,
      unit: '1',
      check_in_date: day(400 + nth * 3),
      check_out_date: day(402 + nth * 3),
      guest_name: 'Luis Pérez',
      guest_contact: 'luis@example.com',
    }),
  ]),
  send('PATCH /api/bookings/{id}/', 320, [
    'PATCH',
    () => '/api/bookings/7/',
    (nth) => ({ same_day_note: `A las ${nth}` }),
  ]),
  send('POST /api/tasks/', 200, ['POST', () => '/api/tasks/', (nth) => ({ title: `Repasar ${nth}`, property: 5 })]),
  send('POST /api/tasks/{id}/set_status/', 700, [
    'POST',
    () => '/api/tasks/1/set_status/',
    (nth) => ({ status: nth % 2 === 0 ? 'in-progress' : 'waiting_dependency' }),
  ]),
  {
    name: 'photo of a task, 12 KB',
    timesAMonth: 400,
    lambdas: 2.5,
    overHttp: true,
    async perform({ client }) {
      const raw = await sampleForm({ photo_type: 'after' }, { image: 'kitchen.jpg' });
      return client.call('POST', '/api/tasks/1/images/create/', { raw });
    },
  },
  {
    name: 'apartments from the PMS',
    timesAMonth: 60,
    lambdas: 2,
    overHttp: true,
    perform: ({ client }) => client.write('POST', '/api/apartamentos/sincronizacion/smoobu'),
  },
  {
    name: 'XLSX drop of 11 arrivals',
    timesAMonth: 30,
    lambdas: 1,
    overHttp: false,
    async perform({ cloud }, nth) {
      const workbook = new Uint8Array(await dailyArrivalsWorkbook({ checkIn: day(nth) }));
      await cloud.cloud.dropArrivals(DEMO_COMPANY_ID, `llegadas-${nth}.xlsx`, workbook);
      await cloud.cloud.drain();
      return undefined;
    },
  },
  {
    name: 'late check-in run, its share of one',
    timesAMonth: 2_880,
    lambdas: 1,
    overHttp: false,
    async perform({ cloud }) {
      await cloud.runLateCheckin();
      return undefined;
    },
  },
];

/** What has to be there before the month begins. */
export async function prepareMonth(world: ExampleWorld): Promise<void> {
  await fillCompany(world);
  await connectPms(world);
}

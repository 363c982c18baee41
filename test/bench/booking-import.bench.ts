import { setTimeout as delay } from 'node:timers/promises';
import { type SheetValue, sheetWorkbook } from '../../infra/local/demo/sheet-workbook.ts';
import { PASSWORD } from '../support/given.ts';
import { GivenBookings } from '../support/given-bookings.ts';
import { staged } from '../support/staging.ts';
import { startTestCloud } from '../support/test-cloud.ts';
import { type Bench, rounded } from './figure.ts';

const ROWS = 5_000;
const CONFLICTS = 500;
const PROPERTIES = 40;
const PATH = '/api/bookings/import/';
const DAY_MS = 86_400_000;
const FIRST_DAY = Date.UTC(2026, 0, 5);
const HEADERS = ['Properties', 'Confirmation code', 'Status', 'Guest name', 'Booking source', 'Start date', 'End date'];

/** A workbook of 5,000 rows on 40 properties, every tenth on nights that an earlier row takes: from call to last booking. */
export const bookingImportBench: Bench = {
  topic: 'booking-import',
  async measure() {
    const cloud = await startTestCloud({ clock: '2026-01-01T08:00:00Z' });
    try {
      const company = await cloud.given.aCompany();
      const given = new GivenBookings(cloud, company.id);
      for (let at = 0; at < PROPERTIES; at += 1) await given.aProperty({ name: nameOf(at) });
      const client = await cloud.client.signIn((await cloud.given.aUser(company)).email, PASSWORD);
      const bytes = new Uint8Array(await workbook());
      const run = async () => {
        const upload_id = await staged(client, 'reservas', 'schedule.xlsx', bytes);
        const start = performance.now();
        const accepted = await client.write('POST', PATH, { match_properties: true, upload_id });
        const answered = (performance.now() - start) / 1000;
        if (accepted.status !== 202) throw new Error(`The import was answered ${accepted.status}: ${accepted.text}`);
        let body = accepted.body;
        while (body.status === 'processing') {
          await delay(100);
          ({ body } = await client.get(`${PATH}${String(accepted.body.import_id)}/?conflicts_from=1000000`));
        }
        return { answered, seconds: (performance.now() - start) / 1000, body };
      };
      const first = await run();
      if (first.body.created !== ROWS - CONFLICTS || first.body.conflicts_found !== CONFLICTS) {
        throw new Error(`The import did something else: ${first.body.created} and ${first.body.conflicts_found}`);
      }
      const second = await run();
      return [
        { name: 'import 5,000 rows, 500 conflicts', value: rounded(first.seconds), unit: 's', target: '<= 15' },
        { name: 'of which until the answer', value: rounded(first.answered), unit: 's' },
        { name: 'import them again', value: rounded(second.seconds), unit: 's' },
        { name: 'import them again, bookings', value: Number(second.body.created), unit: 'rows', target: '0' },
      ];
    } finally {
      await cloud.close();
    }
  },
};

function nameOf(property: number): string {
  return `House ${String(property).padStart(2, '0')} by the lake`;
}

/** Each property has stays of two nights, one after the other; every tenth row claims the nights of the one before it. */
function workbook(): Promise<Buffer> {
  const perProperty = ROWS / PROPERTIES;
  const rows = Array.from({ length: ROWS }, (_, at): SheetValue[] => {
    const place = Math.floor(at / PROPERTIES);
    const claims = at >= ROWS - CONFLICTS;
    const stay = claims ? place - (ROWS - CONFLICTS) / PROPERTIES : place;
    const from = FIRST_DAY + (stay % perProperty) * 2 * DAY_MS;
    const who = claims ? `Second Guest ${at}` : `Guest ${at}`;
    return [
      nameOf(at % PROPERTIES),
      `HM${String(at).padStart(8, '0')}`,
      'Confirmed',
      who,
      'Airbnb',
      new Date(from),
      new Date(from + 2 * DAY_MS),
    ];
  });
  return sheetWorkbook([HEADERS, ...rows], {
    sheetName: 'Cleaning schedule',
    formats: { F: 'yyyy-mm-dd', G: 'yyyy-mm-dd' },
  });
}

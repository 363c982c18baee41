import { sheetWorkbook } from '../../../infra/local/demo/sheet-workbook.ts';
import { objectStore } from '../../../shared/platform/storage/object-store.ts';
import { noise } from '../../support/pictures.ts';
import type { Actor, Step } from '../actor.ts';
import { SERVICE_DAY } from '../world.ts';

const ROWS = 12;
const ARRIVALS = 3;
const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';

/** A file of bookings with codes of its own, sometimes sent twice at once. */
async function importBookings(actor: Actor): Promise<void> {
  const { tenant, world, random } = actor;
  const entries = Array.from({ length: ROWS }, () => world.ledger.open('row', tenant.at));
  // The actors share a property: a year for each.
  const day = actor.days(ROWS);
  const year = (date: string) => String(Number(date.slice(0, 4)) + 3 + actor.seat * 4) + date.slice(4);
  const lines = entries.map(({ marker }, at) =>
    [marker.toUpperCase(), `${tenant.canary} Guest`, 'airbnb', year(day(at)), year(day(at + 1))].join(','),
  );
  const text = ['Confirmation code,Guest name,Source,Start date,End date', ...lines].join('\n');
  const send = () => {
    const raw = new FormData();
    raw.set('property_id', String(tenant.importProperty));
    raw.set('file', new File([text], `${entries[0]?.marker}.csv`));
    return actor.send('POST', '/api/bookings/import/', { raw });
  };
  const ends = await Promise.all(random.chance(0.3) ? [send(), send()] : [send()]);
  const done = ends.some(({ outcome }) => outcome === 'done');
  for (const entry of entries) entry.settle(done ? 'done' : (ends[0]?.outcome ?? 'unknown'), 'v1');
}

/** A workbook of late arrivals, dropped as a company's own tool would: again and again until it is there. */
async function dropArrivals(actor: Actor): Promise<void> {
  const { tenant, world } = actor;
  const entries = Array.from({ length: ARRIVALS }, () => world.ledger.open('late', tenant.at));
  const rows = entries.map(({ marker }) => {
    const place = `${tenant.canary} ${marker}`;
    return [`Huésped ${place}`, new Date(`${SERVICE_DAY}T00:00:00Z`), '22:30', '600111222', place];
  });
  const bytes = await sheetWorkbook([['Huésped', 'Entrada', 'Hora', 'Teléfono', 'Apartamento'], ...rows]);
  const bucket = objectStore(world.cloud.cloud.info.buckets.arrivals);
  const key = `arrivals/${tenant.company.id}/${entries[0]?.marker}.xlsx`;
  const done = await bucket.write(key, bytes, XLSX).then(
    () => true,
    () => false,
  );
  for (const entry of entries) entry.settle(done ? 'done' : 'unknown', 'v1');
}

let picture: Promise<Buffer> | undefined;

/** A photo of a chore: nobody deletes those. */
async function addPhoto(actor: Actor): Promise<void> {
  const chore = actor.some('chore');
  if (chore === undefined) return;
  picture ??= noise(8, 8);
  const bytes = new Uint8Array(await picture);
  const entry = actor.open('photo');
  const raw = new FormData();
  raw.set('description', actor.text(entry, 'v1'));
  raw.set('image', new File([bytes], `${entry.marker}.png`));
  const { outcome } = await actor.send('POST', `/api/tasks/${chore.id}/images/create/`, { raw });
  entry.settle(outcome, 'v1');
}

/** Files: bookings of a channel, arrivals of the day, photos. */
export const FILES: readonly Step[] = [
  { name: 'import bookings', weight: 1.5, run: importBookings },
  { name: 'drop arrivals', weight: 2, run: dropArrivals },
  { name: 'add photo', weight: 0.5, run: addPhoto },
];

import { writeFile } from 'node:fs/promises';
import { cpus, release, totalmem } from 'node:os';
import { apartmentImportBench } from './apartment-import.bench.ts';
import { bookingImportBench } from './booking-import.bench.ts';
import { bookingsBench } from './bookings.bench.ts';
import { bootBench } from './boot.bench.ts';
import { bundleBench } from './bundle.bench.ts';
import { contactsCsvBench } from './contacts-csv.bench.ts';
import { erasureBench } from './erasure.bench.ts';
import type { Bench, Figure } from './figure.ts';
import { heatmapBench } from './heatmap.bench.ts';
import { lateRunBench } from './late-run.bench.ts';
import { loadBench } from './load.bench.ts';
import { photosBench } from './photos.bench.ts';
import { spreadsheetBench } from './spreadsheet.bench.ts';
import { tasksBench } from './tasks.bench.ts';
import { webhooksBench } from './webhooks.bench.ts';

const BENCHES: readonly Bench[] = [
  bootBench,
  bundleBench,
  loadBench,
  spreadsheetBench,
  heatmapBench,
  lateRunBench,
  apartmentImportBench,
  contactsCsvBench,
  erasureBench,
  bookingsBench,
  bookingImportBench,
  tasksBench,
  webhooksBench,
  photosBench,
];

const asked = process.argv.slice(2);
const unknown = asked.filter((topic) => !BENCHES.some((bench) => bench.topic === topic));
if (unknown.length > 0) {
  throw new Error(`No bench ${unknown.join(', ')}: there are ${BENCHES.map(({ topic }) => topic).join(', ')}`);
}
const machine = `${cpus().length} cores (${cpus()[0]?.model ?? 'unknown'}), ${Math.round(totalmem() / 2 ** 30)} GiB, ${process.platform} ${release()}, Node ${process.versions.node}`;
console.log(machine);
const figures: Figure[] = [];
for (const { topic, measure } of BENCHES) {
  if (asked.length > 0 && !asked.includes(topic)) continue;
  const measured = await measure();
  figures.push(...measured);
  for (const { name, value, unit, target = '' } of measured) {
    console.log(`${name.padEnd(44)} ${String(value).padStart(10)} ${unit.padEnd(8)} ${target}`);
  }
}
if (asked.length === 0) await writeFile('bench.json', `${JSON.stringify({ machine, figures }, null, 2)}\n`);

import { writeFile } from 'node:fs/promises';
import { cpus, release, totalmem } from 'node:os';
import { parseArgs } from 'node:util';
import { collectRarely } from '../../infra/local/host/collect-rarely.ts';
import { apartmentImportBench } from './apartment-import.bench.ts';
import { bookingImportBench } from './booking-import.bench.ts';
import { bookingsBench } from './bookings.bench.ts';
import { bootBench } from './boot.bench.ts';
import { bundleBench } from './bundle.bench.ts';
import { besideCommitted, commitFigures, readCommittedFigures, type TopicFigure } from './committed-figures.ts';
import { contactsCsvBench } from './contacts-csv.bench.ts';
import { costBench } from './cost.bench.ts';
import { erasureBench } from './erasure.bench.ts';
import type { Bench } from './figure.ts';
import { growthBench } from './growth.bench.ts';
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
  costBench,
  growthBench,
];

/** `npm run bench -- [topic ...] [--commit]`: the latter keeps what was measured for the runs to come. */
const { values: flags, positionals: asked } = parseArgs({
  options: { commit: { type: 'boolean', default: false } },
  allowPositionals: true,
});
const unknown = asked.filter((topic) => !BENCHES.some((bench) => bench.topic === topic));
if (unknown.length > 0) {
  throw new Error(`No bench ${unknown.join(', ')}: there are ${BENCHES.map(({ topic }) => topic).join(', ')}`);
}
// As `npm start` does.
collectRarely();
const machine = `${cpus().length} cores (${cpus()[0]?.model ?? 'unknown'}), ${Math.round(totalmem() / 2 ** 30)} GiB, ${process.platform} ${release()}, Node ${process.versions.node}`;
console.log(machine);
const last = await readCommittedFigures();
const figures: TopicFigure[] = [];
for (const { topic, measure } of BENCHES) {
  if (asked.length > 0 && !asked.includes(topic)) continue;
  for (const figure of await measure()) {
    const { name, value, unit, target = '' } = figure;
    figures.push({ topic, ...figure });
    const beside = besideCommitted({ topic, ...figure }, last.figures);
    console.log(`${name.padEnd(48)} ${String(value).padStart(10)} ${unit.padEnd(16)} ${target.padEnd(10)} ${beside}`);
  }
}
const measured = new Date().toISOString().slice(0, 10);
const all = [...last.figures.filter(({ topic }) => !figures.some((figure) => figure.topic === topic)), ...figures];
const order = (figure: TopicFigure) => BENCHES.findIndex(({ topic }) => topic === figure.topic);
const run = { machine, measured, figures: all.filter((one) => order(one) >= 0).sort((a, b) => order(a) - order(b)) };
if (flags.commit) await commitFigures(run);
else await writeFile('bench.json', `${JSON.stringify({ ...run, figures }, null, 2)}\n`);

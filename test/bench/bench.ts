import { writeFile } from 'node:fs/promises';
import { cpus, release, totalmem } from 'node:os';
import { benchBoot } from './boot.bench.ts';
import { benchBundles } from './bundle.bench.ts';
import { benchErasure } from './erasure.bench.ts';
import { benchProfile } from './profile.bench.ts';
import { benchSpreadsheet } from './spreadsheet.bench.ts';

/** One figure beside what it should be. */
interface Figure {
  readonly name: string;
  readonly value: number;
  readonly unit: string;
  readonly target?: string;
}

const round = (value: number, digits = 2) => Number(value.toFixed(digits));

async function measure(): Promise<readonly Figure[]> {
  const boot = await benchBoot();
  const bundles = await benchBundles();
  const profile = await benchProfile();
  const sheet = await benchSpreadsheet();
  const erasure = await benchErasure();
  return [
    { name: 'npm start until ready', value: round(boot.ready), unit: 's', target: '<= 3' },
    { name: 'npm start until the demo is told', value: round(boot.demoTold), unit: 's' },
    ...bundles.flatMap(({ name, kilobytes, importMs }) => [
      { name: `bundle ${name}`, value: kilobytes, unit: 'KB' },
      { name: `import ${name}`, value: importMs, unit: 'ms' },
    ]),
    { name: 'GET /api/perfil, 10 connections', value: profile.requestsPerSecond, unit: 'req/s', target: '>= 2500' },
    { name: 'GET /api/perfil, p99', value: profile.p99Ms, unit: 'ms' },
    { name: 'GET /api/perfil, not answered 200', value: profile.failed, unit: 'calls', target: '0' },
    { name: 'XLSX 50,000 x 12 read', value: round(sheet.seconds), unit: 's', target: '<= 1.0' },
    { name: 'XLSX 50,000 x 12 read', value: sheet.rowsPerSecond, unit: 'rows/s' },
    { name: 'XLSX 50,000 x 12 memory', value: Math.round(sheet.peakMb), unit: 'MB', target: '<= 150' },
    { name: 'erase 100,000 rows', value: round(erasure.seconds), unit: 's' },
    { name: 'erase 100,000 rows', value: Math.round(erasure.rowsPerSecond), unit: 'rows/s' },
    { name: 'erase 100,000 rows, memory', value: Math.round(erasure.peakMb), unit: 'MB' },
  ];
}

const machine = `${cpus().length} cores (${cpus()[0]?.model ?? 'unknown'}), ${Math.round(totalmem() / 2 ** 30)} GiB, ${process.platform} ${release()}, Node ${process.versions.node}`;
const figures = await measure();
console.log(machine);
for (const { name, value, unit, target = '' } of figures) {
  console.log(`${name.padEnd(36)} ${String(value).padStart(10)} ${unit.padEnd(7)} ${target}`);
}
await writeFile('bench.json', `${JSON.stringify({ machine, figures }, null, 2)}\n`);

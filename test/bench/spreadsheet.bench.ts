import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { readWorkbook } from '../../shared/platform/spreadsheet/workbook.ts';
import { rawWorkbook } from '../support/workbooks/raw-workbook.ts';
import { type Bench, rounded } from './figure.ts';
import { peakMemory } from './peak-memory.ts';

const ROWS = 50_000;
const RUNS = 3;
const PARSE = '--parse';
const MEGABYTE = 1_000_000;

/** Figures of reading one 50,000×12 workbook whole, file in memory to rows in memory. */
interface SpreadsheetFigures {
  readonly rowsPerSecond: number;
  /** Median of the runs. */
  readonly seconds: number;
  /** Highest growth of the resident set while reading, in MB of 10⁶ bytes. */
  readonly peakMb: number;
}

interface Run {
  readonly seconds: number;
  readonly peakMb: number;
}

/** Measures in fresh processes, one after the other, so that one run's heap is not another's. */
export const spreadsheetBench: Bench = {
  topic: 'spreadsheet',
  async measure() {
    const { seconds, rowsPerSecond, peakMb } = await medianRead();
    return [
      { name: 'XLSX 50,000 x 12 read', value: rounded(seconds), unit: 's', target: '<= 1.0' },
      { name: 'XLSX 50,000 x 12 read', value: rowsPerSecond, unit: 'rows/s' },
      { name: 'XLSX 50,000 x 12 memory', value: Math.round(peakMb), unit: 'MB', target: '<= 150' },
    ];
  },
};

async function medianRead(): Promise<SpreadsheetFigures> {
  const folder = await mkdtemp(join(tmpdir(), 'spreadsheet-bench-'));
  try {
    const file = join(folder, 'bookings.xlsx');
    await writeFile(file, bookingsWorkbook());
    const runs: Run[] = [];
    for (let run = 0; run < RUNS; run += 1) runs.push(await parseInChild(file));
    const seconds = runs.map((run) => run.seconds).sort((a, b) => a - b)[Math.floor(RUNS / 2)] ?? Number.NaN;
    const peakMb = Math.max(...runs.map((run) => run.peakMb));
    return { rowsPerSecond: Math.round(ROWS / seconds), seconds, peakMb };
  } finally {
    await rm(folder, { recursive: true });
  }
}

async function parseInChild(file: string): Promise<Run> {
  const { stdout } = await promisify(execFile)(process.execPath, [fileURLToPath(import.meta.url), PARSE, file]);
  return JSON.parse(stdout);
}

async function parse(file: string): Promise<Run> {
  const bytes = await readFile(file);
  const before = process.memoryUsage.rss();
  const start = performance.now();
  const { rows } = await readWorkbook(bytes);
  const seconds = (performance.now() - start) / 1000;
  if (rows.length !== ROWS) throw new Error(`read ${rows.length} rows`);
  return { seconds, peakMb: (peakMemory() - before) / MEGABYTE };
}

/** Twelve columns as booking exports have them: ids, shared and own text, dates, times, amounts, flags. */
function bookingsWorkbook(): Buffer {
  const strings = Array.from({ length: 5000 }, (_, index) => `<si><t>Apellido ${index}, Nombre</t></si>`).join('');
  const rows = Array.from({ length: ROWS }, (_, index) => bookingRow(index + 1)).join('');
  return rawWorkbook({ rows, strings, formats: ['dd/mm/yyyy', 'hh:mm'] });
}

function bookingRow(row: number): string {
  const cell = (column: string, value: string | number, attributes = '') =>
    `<c r="${column}${row}"${attributes}><v>${value}</v></c>`;
  const checkIn = 46_000 + (row % 365);
  return `<row r="${row}">${[
    cell('A', row),
    cell('B', row % 5000, ' t="s"'),
    cell('C', checkIn, ' s="1"'),
    cell('D', checkIn + 1 + (row % 9), ' s="1"'),
    cell('E', ((15 + (row % 9)) / 24).toString(), ' s="2"'),
    cell('F', 600_000_000 + row),
    cell('G', (row % 1000) * 1.25),
    cell('H', row % 2, ' t="b"'),
    cell('I', (row * 7) % 5000, ' t="s"'),
    cell('J', `{${row % 160}}`, ' t="str"'),
    cell('K', `nota de la reserva ${row}`, ' t="str"'),
    cell('L', row % 6),
  ].join('')}</row>`;
}

const [, , mode, file] = process.argv;
if (mode === PARSE && file !== undefined) console.log(JSON.stringify(await parse(file)));

import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import type { Contact } from '../../shared/domain/contact/contact.ts';
import { contactsCsv } from '../../shared/domain/contact/contacts-csv.ts';
import { DEFAULT_CONTACT_PREFERENCES } from '../../shared/domain/contact/preferences.ts';
import { textOfPieces } from '../../shared/platform/http/text-pieces.ts';
import { type Bench, rounded } from './figure.ts';

const ROWS = 50_000;
const FEW = 5_000;
const WRITE = '--write';
const MEGABYTE = 1_000_000;
/** Pieces between two looks at what is alive. */
const LOOK_EVERY = 10;

interface Run {
  readonly seconds: number;
  /** Most that was alive beyond what was before, in MB of 10⁶ bytes. */
  readonly aliveMb: number;
  /** Of the answer's body as it leaves. */
  readonly answerMb: number;
}

/** The CSV of contacts as the function makes it: piece by piece, packed on its way out. */
export const contactsCsvBench: Bench = {
  topic: 'contacts-csv',
  async measure() {
    const [few, many] = [await writeInChild(FEW), await writeInChild(ROWS)];
    return [
      { name: 'CSV of 50,000 contacts', value: rounded(many.seconds), unit: 's' },
      { name: 'CSV of 50,000 contacts, alive', value: rounded(many.aliveMb), unit: 'MB', target: '<= 4' },
      { name: 'CSV of 5,000 contacts, alive', value: rounded(few.aliveMb), unit: 'MB' },
      { name: 'CSV of 50,000 contacts, answer', value: rounded(many.answerMb), unit: 'MB', target: '<= 6' },
    ];
  },
};

async function writeInChild(rows: number): Promise<Run> {
  const args = ['--expose-gc', fileURLToPath(import.meta.url), WRITE, String(rows)];
  const { stdout } = await promisify(execFile)(process.execPath, args);
  return JSON.parse(stdout) as Run;
}

function* guests(rows: number): Generator<Contact> {
  for (let n = 0; n < rows; n += 1) {
    const phone = `+346${String(n).padStart(8, '0')}`;
    yield { name: `Apellido ${n}, Nombre`, phone, checkIn: '2026-06-03', apartments: [`Ático ${n % 40}`, 'Sol'] };
  }
}

async function write(rows: number): Promise<Run> {
  const pieces = () => contactsCsv(guests(rows), DEFAULT_CONTACT_PREFERENCES);
  const start = performance.now();
  const answer = await textOfPieces(pieces(), 'gzip');
  const seconds = (performance.now() - start) / 1000;
  const before = alive();
  let most = before;
  let seen = 0;
  for await (const piece of pieces()) {
    seen += piece.length > 0 ? 1 : 0;
    if (seen % LOOK_EVERY === 0) most = Math.max(most, alive());
  }
  return { seconds, aliveMb: (most - before) / MEGABYTE, answerMb: answer.body.length / MEGABYTE };
}

function alive(): number {
  globalThis.gc?.();
  return process.memoryUsage().heapUsed;
}

if (process.argv.includes(WRITE)) console.log(JSON.stringify(await write(Number(process.argv.at(-1)))));

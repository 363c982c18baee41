import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { bundleFunctions } from '../../infra/bundle/bundle-functions.ts';
import { environmentOf, environmentValues } from '../../infra/config/environment.ts';
import { FUNCTIONS } from '../../infra/config/functions.ts';
import { namesOf } from '../../infra/config/names.ts';
import { localStage } from '../../infra/config/stage.ts';
import type { Bench } from './figure.ts';

const RUNS = 7;

/** One function's deployed code: size, and median time to import it in a fresh process. */
interface BundleFigures {
  readonly name: string;
  readonly kilobytes: number;
  readonly importMs: number;
}

const IMPORT = `
const start = performance.now();
await import(process.argv[1]);
console.log(performance.now() - start);
process.exit();
`;

/** Size and import time of every function. */
export const bundleBench: Bench = {
  topic: 'bundles',
  async measure() {
    return (await measureBundles()).flatMap(({ name, kilobytes, importMs }) => [
      { name: `bundle ${name}`, value: kilobytes, unit: 'KB' },
      { name: `import ${name}`, value: importMs, unit: 'ms' },
    ]);
  },
};

async function measureBundles(): Promise<readonly BundleFigures[]> {
  const outdir = await mkdtemp(join(tmpdir(), 'bundle-bench-'));
  try {
    const bundles = await bundleFunctions(Object.keys(FUNCTIONS), { outdir });
    const figures: BundleFigures[] = [];
    for (const { name, bytes } of bundles) {
      const file = join(outdir, 'functions', name, 'handler.mjs');
      figures.push({ name, kilobytes: Math.round(bytes / 1024), importMs: await importTime(name, file) });
    }
    return figures;
  } finally {
    await rm(outdir, { recursive: true });
  }
}

async function importTime(name: string, file: string): Promise<number> {
  const names = namesOf('local', { partition: 'aws', account: '000000000000', region: 'eu-west-1' });
  const values = environmentValues(localStage, names, (queue) => `http://127.0.0.1:1/${queue}`);
  const spec = Object.entries(FUNCTIONS).find(([key]) => key === name)?.[1];
  const env = { ...(spec && environmentOf(spec, values)), AWS_REGION: 'eu-west-1', PATH: process.env.PATH };
  const times: number[] = [];
  for (let run = 0; run < RUNS; run += 1) {
    const args = ['--input-type=module', '-e', IMPORT, file];
    const { stdout } = await promisify(execFile)(process.execPath, args, { env });
    times.push(Number(stdout));
  }
  return Math.round(times.sort((a, b) => a - b)[Math.floor(RUNS / 2)] ?? Number.NaN);
}

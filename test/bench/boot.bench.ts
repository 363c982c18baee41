import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Bench, rounded } from './figure.ts';

const RUNS = 5;
const PORT = 3918;

/** Seconds from the start of `npm start` until the first 200 of `GET /api/health`, and until it has told its story. */
interface BootFigures {
  readonly ready: number;
  readonly demoTold: number;
}

/** Median of fresh starts with nothing kept, npm's own start included. */
export const bootBench: Bench = {
  topic: 'boot',
  async measure() {
    const { ready, demoTold } = await medianBoot();
    return [
      { name: 'npm start until ready', value: rounded(ready), unit: 's', target: '<= 3' },
      { name: 'npm start until the demo is told', value: rounded(demoTold), unit: 's' },
    ];
  },
};

async function medianBoot(): Promise<BootFigures> {
  const runs: BootFigures[] = [];
  for (let run = 0; run < RUNS; run += 1) runs.push(await bootOnce());
  return { ready: median(runs.map(({ ready }) => ready)), demoTold: median(runs.map(({ demoTold }) => demoTold)) };
}

async function bootOnce(): Promise<BootFigures> {
  const started = performance.now();
  const seconds = () => (performance.now() - started) / 1000;
  const env = { ...process.env, PORT: String(PORT), LOCAL_DATA: 'memory' };
  const server = spawn('npm', ['start'], { env, stdio: ['ignore', 'pipe', 'inherit'], detached: true });
  let demoTold = Number.NaN;
  server.stdout.on('data', (chunk: Buffer) => {
    if (chunk.includes('npm run -s api')) demoTold = seconds();
  });
  const ended = once(server, 'exit');
  await answering();
  const ready = seconds();
  while (Number.isNaN(demoTold)) await sleep(5);
  process.kill(-(server.pid ?? 0), 'SIGINT');
  await ended;
  return { ready, demoTold };
}

async function answering(): Promise<void> {
  for (let attempt = 0; attempt < 6_000; attempt += 1) {
    const answer = await fetch(`http://127.0.0.1:${PORT}/api/health`).catch(() => undefined);
    if (answer?.ok) return;
    await sleep(10);
  }
  throw new Error('npm start never became ready');
}

function median(figures: readonly number[]): number {
  return [...figures].sort((a, b) => a - b)[Math.floor(figures.length / 2)] ?? Number.NaN;
}

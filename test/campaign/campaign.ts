import { randomInt } from 'node:crypto';
import { parseArgs } from 'node:util';
import { reportOf, runCampaign } from './run-campaign.ts';

const DEFAULT_SECONDS = 120;

/** `npm run test:faults -- --seed 7 --seconds 20`: breaks everything under load and says what held. */
const { values } = parseArgs({ options: { seed: { type: 'string' }, seconds: { type: 'string' } } });
const seed = values.seed ?? String(randomInt(1_000_000));
const seconds = Number(values.seconds ?? DEFAULT_SECONDS);
if (!Number.isInteger(seconds) || seconds < 1) throw new Error('--seconds takes a whole number from 1');
console.log(
  `Fault campaign, seed ${seed}, ${seconds} s. Repeat it: npm run test:faults -- --seed ${seed} --seconds ${seconds}`,
);

// The SDK's own frames are many.
Error.stackTraceLimit = 40;
const result = await runCampaign({ seed, seconds, companies: 4 });
console.log(reportOf(result));
process.exitCode = result.invariants.some(({ breaches }) => breaches.length > 0) ? 1 : 0;

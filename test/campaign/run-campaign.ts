import type { Finding } from './invariants/invariant.ts';
import { INVARIANTS } from './invariants/invariants.ts';
import { Random } from './random.ts';
import { type Load, runLoad } from './run-load.ts';
import { settle } from './settle.ts';
import { createWorld } from './world.ts';

export interface CampaignOptions {
  readonly seed: string;
  /** How long things break under load. */
  readonly seconds: number;
  readonly companies: number;
}

/** What a campaign has found. */
export interface CampaignResult extends Load {
  readonly invariants: readonly (Finding & { readonly name: string })[];
  readonly answers: ReadonlyMap<number, number>;
  readonly broken: number;
  readonly crashes: number;
  readonly doubled: number;
  readonly answersLost: number;
}

/** Load and faults for some seconds, quiet after it, then every invariant. */
export async function runCampaign({ seed, seconds, companies }: CampaignOptions): Promise<CampaignResult> {
  const world = await createWorld(companies, new Random(seed));
  try {
    const load = await runLoad(world, world.random.fork('load'), seconds);
    // What comes later is the checks' own.
    const answers = new Map(world.answers.statuses);
    const redriven = await settle(world);
    const invariants = [];
    for (const invariant of INVARIANTS) {
      const finding = await invariant.check({ ...world, redriven }).catch((error: unknown): Finding => {
        return { checked: 0, breaches: [`it could not be checked: ${String(error)}`] };
      });
      invariants.push({ name: invariant.name, ...finding });
    }
    const crashes = [...world.crashes.ended.values()].reduce((sum, count) => sum + count, 0);
    const { doubled, answersLost } = world.crashes;
    return { ...load, invariants, answers, broken: world.answers.broken, crashes, doubled, answersLost };
  } finally {
    await world.close();
  }
}

const MOST_LINES = 10;

/** The story of the load and a table of the invariants. */
export function reportOf({ steps, faults, invariants, answers, broken, crashes, ...struck }: CampaignResult): string {
  const width = Math.max(...invariants.map(({ name }) => name.length));
  const table = invariants.map(({ name, checked, breaches, note = '' }) => {
    const verdict = breaches.length === 0 ? 'holds ' : 'BROKEN';
    return `${name.padEnd(width)}  ${verdict}  ${String(checked).padStart(7)}  ${String(breaches.length).padStart(8)}  ${note}`.trimEnd();
  });
  const lines = invariants.flatMap(({ name, breaches }) => [
    ...breaches.slice(0, MOST_LINES).map((breach) => `${name}: ${breach}`),
    ...(breaches.length > MOST_LINES ? [`${name}: and ${breaches.length - MOST_LINES} more`] : []),
  ]);
  return [
    `Load      ${counted(steps)}`,
    `Faults    ${counted(faults)}`,
    `Struck    ${crashes} calls ended half way, ${struck.answersLost} lost their answers, ${struck.doubled} events came twice, ${broken} connections ended without one`,
    `Answers   ${counted(new Map([...answers].sort(([a], [b]) => a - b).map(([status, count]) => [String(status), count])))}`,
    '',
    `${'Invariant'.padEnd(width)}  Verdict  Checked  Breaches  Note`,
    ...table,
    ...(lines.length === 0 ? [] : ['', ...lines]),
  ].join('\n');
}

function counted(counts: ReadonlyMap<string, number>): string {
  return [...counts].map(([name, count]) => `${name} ${count}`).join(', ');
}

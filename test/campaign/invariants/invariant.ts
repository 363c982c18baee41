import type { Redriven } from '../settle.ts';
import type { World } from '../world.ts';

/** What was looked at, and what was not as it must be. */
export interface Finding {
  readonly checked: number;
  /** A line for each breach. */
  readonly breaches: readonly string[];
  /** What the reader of the table may want to know. */
  readonly note?: string;
}

/** A quiet world, with what it took to make it quiet. */
export interface Quiet extends World {
  readonly redriven: Redriven;
}

/** Something that holds whatever has failed. */
export interface Invariant {
  readonly name: string;
  check(world: Quiet): Promise<Finding>;
}

/** Rows of all companies together. */
export async function ofEveryTenant(
  world: Quiet,
  look: (tenant: World['tenants'][number]) => Promise<Finding>,
): Promise<Finding> {
  const found: Finding[] = [];
  for (const tenant of world.tenants) found.push(await look(tenant));
  return {
    checked: found.reduce((sum, { checked }) => sum + checked, 0),
    breaches: found.flatMap(({ breaches }) => breaches),
  };
}

import { ABSENT, type Entry } from '../ledger.ts';
import type { Invariant } from './invariant.ts';
import { type Found, READERS } from './readers.ts';

/** Whatever was acknowledged is there, as it was left, and once; whatever was refused is not. */
export const acknowledgedWrites: Invariant = {
  name: 'acknowledged writes are there, each effect once',
  async check(world) {
    const breaches: string[] = [];
    const checked: Entry[] = [];
    for (const tenant of world.tenants) {
      const client = await world.signIn(tenant);
      for (const [kind, read] of Object.entries(READERS)) {
        const found = groupedByMarker(await read(world, tenant, client));
        const entries = world.ledger.entries(kind).filter((entry) => entry.tenant === tenant.at);
        checked.push(...entries);
        breaches.push(...entries.flatMap((entry) => breachesOf(entry, found.get(entry.marker) ?? [])));
      }
    }
    const acknowledged = checked.reduce((sum, entry) => sum + entry.acknowledged, 0);
    return { checked: checked.length, breaches, note: `${acknowledged} writes acknowledged` };
  },
};

function breachesOf({ kind, marker, tenant, states }: Entry, here: readonly string[]): readonly string[] {
  const what = `${marker} of company ${tenant}`;
  if (here.length > 1) return [`${what} is there ${here.length} times`];
  const [state = ABSENT] = here;
  // Settings have a value before anybody saves them.
  const isFree = kind === 'setting' && states.includes(ABSENT);
  return isFree || states.includes(state) ? [] : [`${what} is ${state} and was to be ${states.join(' or ')}`];
}

function groupedByMarker(found: readonly Found[]): ReadonlyMap<string, readonly string[]> {
  const groups = new Map<string, string[]>();
  for (const { marker, state } of found) groups.set(marker, [...(groups.get(marker) ?? []), state]);
  return groups;
}

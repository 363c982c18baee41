import type { Actor } from '../../platform/auth/actor.ts';
import type { Timestamp } from '../../platform/calendar/timestamp.ts';
import type { User } from './user.ts';

interface Deps {
  readonly actor: Actor;
  readonly users: { find(userId: string): Promise<User | undefined> };
}

/**
 * The clocks that times without an offset are read on: the caller's, else the company's (`aristay.md` §1.3). The caller
 * is looked up only where there is such a time.
 */
export async function callerZone(
  { actor, users }: Deps,
  timestamps: readonly (Timestamp | null | undefined)[],
  companyZone: string,
): Promise<string> {
  if (!timestamps.some((timestamp) => timestamp && timestamp.kind !== 'instant')) return companyZone;
  return (await users.find(actor.userId))?.timezone ?? companyZone;
}

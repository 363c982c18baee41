import * as z from 'zod';

/**
 * When somebody set a value, as a text that sorts by it: `<instant with milliseconds>#<tie>`. Of two values for one
 * thing the one with the later stamp stands, so that it does not matter which of them arrives first.
 */
export const stamp = z.string().min(24);
export type Stamp = z.infer<typeof stamp>;

const INSTANT_LENGTH = 24;
/** Sorts behind every tie of a device: of one millisecond, what the platform saw itself stands. */
const DIRECT = '~';

/** A change that a device made while nobody heard it. */
export interface LateChange {
  /** The author's integer. */
  readonly by: number;
  /** UTC with milliseconds; never later than the platform's own clock. */
  readonly at: string;
  /** The device's own name for the change, drawn once. */
  readonly key: string;
}

/** Stamps of one instant go by author and key: any order will do that all agree on. */
export function lateStamp({ at, by, key }: LateChange): Stamp {
  return `${at}#${by}#${key}`;
}

/** Of two ticks of one instant the one that completes is the later, so that no tick is lost to its own undoing. */
export function lateTickStamp(change: LateChange, completed: boolean): Stamp {
  return `${change.at}#${completed ? 1 : 0}#${change.by}#${change.key}`;
}

/** The stamp of a change that is made now by somebody who sees `seen`: later than it in any case. */
export function directStamp(now: Date, seen: Stamp | undefined): Stamp {
  const plain = `${now.toISOString()}#${DIRECT}`;
  if (seen === undefined || seen < plain) return plain;
  return `${new Date(Date.parse(momentOf(seen)) + 1).toISOString()}#${DIRECT}`;
}

/** The instant of a stamp: UTC with milliseconds. */
export function momentOf(value: Stamp): string {
  return value.slice(0, INSTANT_LENGTH);
}

/** The instant of a stamp as the API tells it: UTC, whole seconds. */
export function secondOf(value: Stamp): string {
  return `${value.slice(0, 19)}Z`;
}

/** Entries in the order of their stamps with a new one among them; the same list when it is there already. */
export function withStamped<T extends { readonly stamp: Stamp }>(entries: readonly T[], entry: T): readonly T[] {
  if (entries.some((other) => other.stamp === entry.stamp)) return entries;
  return [...entries, entry].sort((a, b) => (a.stamp < b.stamp ? -1 : 1));
}

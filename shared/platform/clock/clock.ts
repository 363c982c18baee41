/** The only source of "now". An operation takes it as an input, so that a test can hold time still. */
export interface Clock {
  /** The current instant. */
  now(): Date;
}

declare global {
  /** Set by the local cloud alone, so that `PUT /_local/clock` moves every handler at once. */
  var stayOpsClockOffsetMs: number | undefined;
}

/** The machine's clock (moved by the local cloud when a person asks for another day). */
export const systemClock: Clock = {
  now: () => new Date(Date.now() + (globalThis.stayOpsClockOffsetMs ?? 0)),
};

/** ISO 8601 in UTC with the offset spelled out, as `stay-sidekick.md` §2.15 wants it: `2025-06-01T09:00:00+00:00`. */
export function toOffsetIso(instant: Date): string {
  return `${instant.toISOString().slice(0, 19)}+00:00`;
}

/** RFC 3339 in UTC with whole seconds, as `aristay.md` §1.3 wants it: `2025-09-12T08:00:00Z`. */
export function toUtcIso(instant: Date): string {
  return `${instant.toISOString().slice(0, 19)}Z`;
}

/** The clock of the platform on this machine: the machine's own, moved by some time. */
export interface LocalClock {
  now(): Date;
  /** Lets the platform have this instant now; undefined goes back to the machine's clock. */
  set(instant: Date | undefined): void;
}

/**
 * Moves `systemClock` of every handler in this process (`shared/platform/clock/clock.ts`).
 */
export function createLocalClock(instant: Date | undefined): LocalClock {
  const clock: LocalClock = {
    now: () => new Date(Date.now() + (globalThis.stayOpsClockOffsetMs ?? 0)),
    set(wanted) {
      globalThis.stayOpsClockOffsetMs = wanted === undefined ? undefined : wanted.getTime() - Date.now();
    },
  };
  clock.set(instant);
  return clock;
}

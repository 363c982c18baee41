import * as z from 'zod';

/** Longer than any client of ours waits (`integrations.md` §0.2). */
const SLOW_MS = 25_000;

const KINDS = [
  'down',
  '401',
  '429',
  'echo',
  'slow',
  'refuse',
  'half_page',
  'short_page',
  'empty_page',
  'changed_schema',
] as const;

/**
 * What goes wrong with the next calls. `down`, `401` (an expired key) and `429` answer in the service's own words and
 * do nothing; `echo` answers 400 with the whole call in it, as careless services do; `refuse` ends the connection
 * without an answer; the others carry the call out and spoil its answer:
 * `slow` gives it late, `half_page` breaks off in the middle of it, `short_page` leaves out half of the rows of every
 * list and `empty_page` all of them, without saying so, `changed_schema` gives the rows' fields other names.
 */
export const partnerFault = z.strictObject({
  fault: z.enum(KINDS).nullable(),
  /** How many calls it strikes; all until it is lifted when absent. */
  times: z.int().positive().optional(),
  /** How many calls pass before it strikes the first: 1 spoils the second page. */
  after: z.int().positive().optional(),
  /** Strikes, and counts, the calls alone whose path contains this text. */
  path: z.string().min(1).optional(),
  /** How late `slow` answers. */
  delay_ms: z.int().positive().max(120_000).optional(),
  /** Put over those of the service's own answer, e.g. `{ "retry-after": "7" }` for `429`. */
  headers: z.record(z.string(), z.string()).optional(),
});
export type PartnerFault = z.infer<typeof partnerFault>;
export type FaultKind = (typeof KINDS)[number];

/** A fault as it strikes one call. */
export interface StruckBy {
  readonly kind: FaultKind;
  readonly delayMs: number;
  readonly headers: Readonly<Record<string, string>>;
}

export interface FaultSetting {
  set(fault: PartnerFault): void;
  /** What is set, with the calls that it still lets pass and strikes. */
  current(): PartnerFault;
  /** The fault that strikes a call to this path, if any. */
  next(path: string): StruckBy | undefined;
}

export function createFaultSetting(): FaultSetting {
  let setting: PartnerFault = { fault: null };
  return {
    set: (fault) => {
      setting = fault;
    },
    current: () => setting,
    next(path) {
      const { fault, after, times, delay_ms: delayMs = SLOW_MS, headers = {} } = setting;
      if (fault === null || !path.includes(setting.path ?? '')) return undefined;
      if (after !== undefined) {
        const { after: _, ...struckNext } = setting;
        setting = after === 1 ? struckNext : { ...setting, after: after - 1 };
        return undefined;
      }
      if (times === 1) setting = { fault: null };
      else if (times !== undefined) setting = { ...setting, times: times - 1 };
      return { kind: fault, delayMs, headers };
    },
  };
}

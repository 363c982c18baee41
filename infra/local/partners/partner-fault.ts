import * as z from 'zod';

/** Longer than any client of ours waits (`integrations.md` §0.2). */
const SLOW_MS = 25_000;

/**
 * What goes wrong with the next calls. `slow` carries the call out and answers late; `refuse` ends the connection
 * without an answer; the others answer in the service's own words and do nothing.
 */
export const partnerFault = z.strictObject({
  fault: z.enum(['down', '401', '429', 'slow', 'refuse']).nullable(),
  /** How many calls it strikes; all until it is lifted when absent. */
  times: z.int().positive().optional(),
  /** How late `slow` answers. */
  delay_ms: z.int().positive().max(120_000).optional(),
});
export type PartnerFault = z.infer<typeof partnerFault>;

export interface FaultSetting {
  set(fault: PartnerFault): void;
  /** What is set, with the calls that it still strikes. */
  current(): PartnerFault;
  /** The fault that strikes this call, if any. */
  next(): { readonly kind: Exclude<PartnerFault['fault'], null>; readonly delayMs: number } | undefined;
}

export function createFaultSetting(): FaultSetting {
  let setting: PartnerFault = { fault: null };
  return {
    set: (fault) => {
      setting = fault;
    },
    current: () => setting,
    next() {
      const { fault, times, delay_ms: delayMs = SLOW_MS } = setting;
      if (fault === null) return undefined;
      if (times === 1) setting = { fault: null };
      else if (times !== undefined) setting = { ...setting, times: times - 1 };
      return { kind: fault, delayMs };
    },
  };
}

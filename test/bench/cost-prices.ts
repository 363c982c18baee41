/**
 * US dollars, list prices on demand in us-east-1 without free tiers, as of November 2026 by the pages of
 * https://aws.amazon.com/<service>/pricing/. Other regions cost up to a fifth more; Ireland about a tenth.
 */
export const PRICES = {
  tableRead: 0.125 / 1e6,
  tableWrite: 0.625 / 1e6,
  tableGbMonth: 0.25,
  recoveryGbMonth: 0.2,
  apiCall: 1 / 1e6,
  lambdaCall: 0.2 / 1e6,
  /** ARM64. */
  lambdaGbSecond: 0.0000133334,
  kmsCall: 0.03 / 1e4,
  queueCall: 0.4 / 1e6,
  objectPut: 5 / 1e6,
  objectGet: 0.4 / 1e6,
  objectGbMonth: 0.023,
  logGb: 0.5,
  trace: 5 / 1e6,
  outGb: 0.09,
  keyMonth: 1,
  secretMonth: 0.4,
  alarmMonth: 0.1,
  dashboardMonth: 3,
  metricMonth: 0.3,
  firewallMonth: 5,
  firewallRuleMonth: 1,
  firewallCall: 0.6 / 1e6,
} as const;

/** Memory that buys one whole processor. */
const WHOLE_PROCESSOR_GB = 1.769;
const LOG_BYTES_PER_CALL = 1_200;

/** What one operation needs, averaged over several calls. */
export interface Use {
  readonly read: number;
  readonly write: number;
  /** Requests to the table. */
  readonly table: number;
  readonly kms: number;
  readonly queue: number;
  readonly puts: number;
  readonly gets: number;
  /** Wall time on this machine, authorizer included. */
  readonly ms: number;
  readonly answerBytes: number;
}

/**
 * What it costs, in US dollars. Time counts as if it were all work of the processor, of which a function with less
 * memory has proportionally less: an upper bound, because a part of it is waiting.
 *
 * @param lambdas functions that run for it
 */
export function costOf(use: Use, { overHttp, lambdas }: { overHttp: boolean; lambdas: number }): number {
  const P = PRICES;
  return (
    use.read * P.tableRead +
    use.write * P.tableWrite +
    use.kms * P.kmsCall +
    use.queue * P.queueCall +
    use.puts * P.objectPut +
    use.gets * P.objectGet +
    lambdas * (P.lambdaCall + P.trace + (LOG_BYTES_PER_CALL / 1e9) * P.logGb) +
    (use.ms / 1_000) * WHOLE_PROCESSOR_GB * P.lambdaGbSecond +
    (overHttp ? P.apiCall + (use.answerBytes / 1e9) * P.outGb : 0)
  );
}

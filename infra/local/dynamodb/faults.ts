import { serviceError } from './errors.ts';

/** What goes wrong with a request, on demand. */
export interface Fault {
  /** The operation it strikes, e.g. `PutItem`; any when absent. */
  readonly operation?: string;
  /**
   * `throttle`: ProvisionedThroughputExceededException (400). `internal`: InternalServerError (500). `timeout`: no
   * answer, the connection stays open. `drop`: the connection is cut without an answer.
   */
  readonly error: 'throttle' | 'internal' | 'timeout' | 'drop';
  /** How many requests it strikes; 0 takes an earlier fault back. */
  readonly times: number;
  /** The operation is carried out all the same and only its answer is lost: what a retry must live with. */
  readonly carriedOut?: boolean;
}

/** Faults due, and how often each operation was asked for. */
export interface FaultBook {
  /** Replaces the fault for the same operation. */
  set(fault: Fault): void;
  clear(): void;
  /** Counts the request and answers the fault that strikes it, if any. One for the operation goes before one for any. */
  next(operation: string): Fault | undefined;
  counts(): Readonly<Record<string, number>>;
  resetCounts(): void;
}

const ANY = '*';

/** An empty book. */
export function createFaultBook(): FaultBook {
  const faults = new Map<string, { fault: Fault; left: number }>();
  const counts = new Map<string, number>();
  return {
    set: (fault) => void faults.set(fault.operation ?? ANY, { fault, left: fault.times }),
    clear: () => faults.clear(),
    next(operation) {
      counts.set(operation, (counts.get(operation) ?? 0) + 1);
      const due = [faults.get(operation), faults.get(ANY)].find((entry) => entry !== undefined && entry.left > 0);
      if (due === undefined) return undefined;
      due.left -= 1;
      return due.fault;
    },
    counts: () => Object.fromEntries(counts),
    resetCounts: () => counts.clear(),
  };
}

/** What a fault makes the service answer; undefined when it answers nothing. */
export function faultError({ error }: Fault): Error | undefined {
  if (error === 'throttle') {
    return serviceError(
      'ProvisionedThroughputExceededException',
      'The level of configured provisioned throughput for the table was exceeded.',
    );
  }
  if (error === 'internal') return serviceError('InternalServerError', 'Internal server error', { statusCode: 500 });
  return undefined;
}

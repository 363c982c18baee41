import type { IncomingMessage } from 'node:http';

/** No answer: the connection ends at once, or is held open for longer than any client should wait. */
const SILENT_FAULTS = ['drop', 'timeout'] as const;
type SilentFault = (typeof SILENT_FAULTS)[number];

/** What a faulted call meets: a throttle, a 500, a 503, or no answer. */
export type FaultError = 'throttle' | 'internal' | 'unavailable' | SilentFault;

/** The faults that have an answer. */
export type AnsweredFault = Exclude<FaultError, SilentFault>;

export function isSilent(error: FaultError): error is SilentFault {
  return SILENT_FAULTS.some((silent) => silent === error);
}

/** A client that waits without a limit is let go in the end. */
const HELD_OPEN_MS = 30_000;

/** Leaves a request without an answer. */
export function stayAway({ socket }: IncomingMessage, error: SilentFault): void {
  if (error === 'drop') socket.destroy();
  else setTimeout(() => socket.destroy(), HELD_OPEN_MS).unref();
}

/** A fault to come. */
export interface Fault {
  /** SDK operation name such as `PutObject`; any operation when absent. */
  readonly operation?: string;
  readonly error: FaultError;
  /** How many calls it meets before it is spent. */
  readonly times: number;
  /** The call is carried out all the same and only its answer is replaced: what a repeated call has to live with. */
  readonly carriedOut?: boolean;
}

/** Lets a test or a person break an emulator on purpose, and count the calls it received. */
export interface FaultSwitch {
  /** Arms a fault; a second one for the same operation replaces the first. */
  set(fault: Fault): void;
  /** Disarms every fault. */
  clear(): void;
  /** Calls received per operation since the last reset, faulted ones included. */
  counts(): Record<string, number>;
  resetCounts(): void;
}

/** The emulator's side of the switch. */
export interface FaultRegister extends FaultSwitch {
  /** Counts a call and answers the fault it has to meet, if any. A fault of that very operation goes first. */
  meet(operation: string): Fault | undefined;
}

const ANY_OPERATION = '*';

/** One switch per emulator. */
export function createFaultRegister(): FaultRegister {
  const armed = new Map<string, { readonly fault: Fault; left: number }>();
  const calls = new Map<string, number>();

  function spend(name: string): Fault | undefined {
    const due = armed.get(name);
    if (due === undefined) return undefined;
    due.left -= 1;
    if (due.left <= 0) armed.delete(name);
    return due.fault;
  }

  return {
    set: (fault) => {
      const name = fault.operation ?? ANY_OPERATION;
      if (fault.times > 0) armed.set(name, { fault, left: fault.times });
      else armed.delete(name);
    },
    clear: () => armed.clear(),
    counts: () => Object.fromEntries(calls),
    resetCounts: () => calls.clear(),
    meet: (operation) => {
      calls.set(operation, (calls.get(operation) ?? 0) + 1);
      return spend(operation) ?? spend(ANY_OPERATION);
    },
  };
}

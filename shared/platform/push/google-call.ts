import { type CallOut, type OutboundAnswer, OutboundFailed } from '../outbound/outbound-call.ts';
import { PushUndelivered } from './push-errors.ts';

const MOST_BYTES = 65_536;

/** One call to Google. Neither its address nor its headers stand in an error: both may hold what opens a device. */
export interface GoogleCall {
  readonly address: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** @throws PushUndelivered when there is no answer */
export async function askGoogle(callOut: CallOut, call: GoogleCall, signal: AbortSignal): Promise<OutboundAnswer> {
  try {
    return await callOut({ method: 'POST', ...call }, { signal, mostBytes: MOST_BYTES });
  } catch (thrown) {
    if (thrown instanceof OutboundFailed) throw new PushUndelivered(`Google gave no answer: ${thrown.problem}`);
    throw thrown;
  }
}

/** A status that says nothing of the call itself: the same call may be answered otherwise later. */
export function isPassing(status: number): boolean {
  return status === 408 || status === 429 || status >= 500;
}

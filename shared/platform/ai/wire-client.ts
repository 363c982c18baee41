import {
  type CallOut,
  jsonOf,
  type OutboundAnswer,
  OutboundFailed,
  type OutboundRequest,
} from '../outbound/outbound-call.ts';
import { type AiAnswer, type AiClient, AiFailed, type AiProblem, type AiRequest } from './ai-client.ts';

/** A refusal as a vendor words it. */
export interface WireFailure {
  readonly problem: AiProblem;
  readonly retryAfterMs?: number;
}

/** How one vendor is asked and how its answers are read. */
export interface Wire {
  /** @param base the vendor's address without a slash at its end */
  requestOf(base: string, request: AiRequest, apiKey: string): OutboundRequest;
  /** Reads a success. @throws AiFailed for one that holds no usable text */
  read(body: unknown): AiAnswer;
  /** Reads any other status. */
  failureOf(answer: OutboundAnswer, body: unknown): WireFailure;
}

/** Far above any text that we ask for. */
const MOST_BYTES = 2_000_000;

/** Makes a vendor's wire into a client. */
export function wireClient(
  wire: Wire,
  { base, callOut }: { readonly base: string; readonly callOut: CallOut },
): AiClient {
  return async ({ request, apiKey, signal }) => {
    const answer = await called(() =>
      callOut(wire.requestOf(base, request, apiKey), { signal, mostBytes: MOST_BYTES }),
    );
    const body = jsonOf(answer);
    const { status } = answer;
    if (status !== 200) {
      const { problem, retryAfterMs } = wire.failureOf(answer, body);
      throw new AiFailed(problem, { status, ...(retryAfterMs !== undefined && { retryAfterMs }) });
    }
    const { text, usage } = wire.read(body);
    if (text.trim() === '') throw new AiFailed('BAD_RESPONSE', { status, usage });
    return { text: text.trim(), usage };
  };
}

const PROBLEMS = { timeout: 'TIMEOUT', unreachable: 'UPSTREAM_UNAVAILABLE', too_large: 'BAD_RESPONSE' } as const;

async function called(call: () => Promise<OutboundAnswer>): Promise<OutboundAnswer> {
  try {
    return await call();
  } catch (thrown) {
    if (thrown instanceof OutboundFailed) throw new AiFailed(PROBLEMS[thrown.problem]);
    throw thrown;
  }
}

/** What a status says by itself, where the vendor's words say nothing more (`integrations.md` §3.4). */
export function problemOfStatus(status: number): AiProblem {
  switch (status) {
    case 401:
      return 'AUTH_INVALID';
    case 402:
      return 'QUOTA_EXHAUSTED';
    case 403:
      return 'AUTH_SCOPE';
    case 404:
      return 'MODEL_GONE';
    case 408:
    case 504:
      return 'TIMEOUT';
    case 429:
      return 'RATE_LIMITED';
    default:
      return status >= 499 ? 'UPSTREAM_UNAVAILABLE' : 'BAD_REQUEST';
  }
}

/** The wait that the answer's headers ask for: milliseconds, seconds, or a date. */
export function retryAfterOf(headers: Headers, now = Date.now()): number | undefined {
  const milliseconds = headers.get('retry-after-ms');
  if (milliseconds !== null) return waitOf(Number(milliseconds));
  const text = headers.get('retry-after');
  if (text === null) return undefined;
  return /^[\d.]+$/.test(text) ? waitOf(Number(text) * 1_000) : waitOf(Date.parse(text) - now);
}

function waitOf(milliseconds: number): number | undefined {
  return Number.isFinite(milliseconds) ? Math.max(0, milliseconds) : undefined;
}

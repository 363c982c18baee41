import type * as z from 'zod';
import {
  type CallOut,
  jsonOf,
  type OutboundAnswer,
  OutboundFailed,
  type OutboundRequest,
} from '../../platform/outbound/outbound-call.ts';
import type { Pace } from '../../platform/outbound/pace.ts';
import { callRetrying } from '../../platform/outbound/retrying-call.ts';
import type { TimeLeft } from '../../platform/outbound/time-left.ts';
import type { PmsProvider } from '../integration/pms-provider.ts';
import { PmsFailed, type PmsProblem } from './pms-failed.ts';

/** What a conversation with one account needs from outside. */
export interface SessionDeps {
  readonly proveedor: PmsProvider;
  /** Base address without a slash at its end. */
  readonly base: string;
  readonly callOut: CallOut;
  readonly time: TimeLeft;
  /** How long the provider wants us to wait, in milliseconds, after an answer that says so. */
  readonly delayOf: (answer: OutboundAnswer) => number | undefined;
  readonly pace?: Pace | undefined;
}

/** One conversation with one account: one call at a time (`integrations.md` §0.2), none beyond the time it has. */
export interface PmsSession {
  readonly proveedor: PmsProvider;
  readonly base: string;
  readonly time: TimeLeft;
  /**
   * Reads, repeating what a repeat may mend; `request` makes each attempt anew.
   * @throws PmsFailed for every answer but 200
   */
  ask(request: () => OutboundRequest): Promise<OutboundAnswer>;
}

const ATTEMPTS = 3;
/** All in all a PMS has 20 s (`integrations.md` §0.2); an attempt that hangs leaves time for another. */
const ATTEMPT_MS = 10_000;
/** A page of a hundred bookings with all their texts is about a megabyte. */
const MOST_BYTES = 8 * 1024 * 1024;

export function pmsSession(deps: SessionDeps): PmsSession {
  const { proveedor, base, time, callOut } = deps;
  let turn: Promise<unknown> = Promise.resolve();
  /** When the provider is to be asked again, by its own word, on the clock of `performance`. */
  let notBefore = 0;

  async function askOnce(request: () => OutboundRequest): Promise<OutboundAnswer> {
    await waitUntil(notBefore, deps);
    await deps.pace?.();
    const answer = await answered(
      () =>
        callRetrying(request, {
          callOut,
          time,
          attempts: ATTEMPTS,
          attemptMs: ATTEMPT_MS,
          mostBytes: MOST_BYTES,
          delayOf: deps.delayOf,
        }),
      proveedor,
    );
    const wait = deps.delayOf(answer);
    if (answer.status !== 200) throw failureOf(proveedor, answer.status, wait);
    if (wait !== undefined) notBefore = performance.now() + wait;
    return answer;
  }

  return {
    proveedor,
    base,
    time,
    ask(request) {
      const asked = turn.then(() => askOnce(request));
      turn = asked.catch(() => undefined);
      return asked;
    },
  };
}

/** @throws PmsFailed `RATE_LIMITED` when the wait is longer than the time that is left */
async function waitUntil(instant: number, { proveedor, time }: SessionDeps): Promise<void> {
  const wait = instant - performance.now();
  if (wait <= 0) return;
  if (wait >= time.leftMs()) throw new PmsFailed(proveedor, 'RATE_LIMITED', Math.ceil(wait / 1000));
  await time.wait(wait);
}

async function answered(call: () => Promise<OutboundAnswer>, proveedor: PmsProvider): Promise<OutboundAnswer> {
  try {
    return await call();
  } catch (thrown) {
    if (!(thrown instanceof OutboundFailed)) throw thrown;
    const problems = { timeout: 'TIMEOUT', unreachable: 'UPSTREAM_UNAVAILABLE', too_large: 'BAD_RESPONSE' } as const;
    throw new PmsFailed(proveedor, problems[thrown.problem]);
  }
}

const PROBLEMS: Readonly<Record<number, PmsProblem>> = {
  400: 'BAD_REQUEST',
  401: 'AUTH_INVALID',
  403: 'AUTH_SCOPE',
  404: 'NOT_FOUND',
  408: 'UPSTREAM_UNAVAILABLE',
  422: 'BAD_REQUEST',
  425: 'UPSTREAM_UNAVAILABLE',
  429: 'RATE_LIMITED',
};

function failureOf(proveedor: PmsProvider, status: number, waitMs: number | undefined): PmsFailed {
  const problem = PROBLEMS[status] ?? (status >= 500 ? 'UPSTREAM_UNAVAILABLE' : 'BAD_RESPONSE');
  return new PmsFailed(proveedor, problem, waitMs === undefined ? undefined : Math.ceil(waitMs / 1000));
}

/**
 * A body as the shape that we know of it.
 * @throws PmsFailed `BAD_RESPONSE` when it has another one
 */
export function readAs<S extends z.ZodType>({ proveedor }: PmsSession, schema: S, body: unknown): z.output<S> {
  const parsed = schema.safeParse(body);
  if (!parsed.success) throw new PmsFailed(proveedor, 'BAD_RESPONSE');
  return parsed.data;
}

/**
 * Asks for a body of a known shape.
 * @throws PmsFailed
 */
export async function askFor<S extends z.ZodType>(
  session: PmsSession,
  schema: S,
  request: () => OutboundRequest,
): Promise<z.output<S>> {
  return readAs(session, schema, jsonOf(await session.ask(request)));
}

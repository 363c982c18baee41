import type { Key, Table } from '../dynamo/table.ts';
import { platformPartition } from '../tenant/tenant-partition.ts';
import type { RateLimit } from './route.ts';
import { logCall, rateLogKey } from './sliding-log.ts';

const WINDOW_SECONDS = { minute: 60, hour: 3_600, day: 86_400 } as const;

/** How one counted call stands against its limit. */
export interface RateState {
  readonly allowed: boolean;
  readonly limit: number;
  readonly remaining: number;
  /** Seconds until another call may pass. */
  readonly resetSeconds: number;
  readonly windowSeconds: number;
}

/** Calls of one caller in one window: `P#RATE#<operation>#<caller>` / `WINDOW#<opened, epoch seconds>`. */
export function rateKey(operationId: string, caller: string, opened: number): Key {
  return { pk: platformPartition('RATE', operationId, caller), sk: `WINDOW#${opened}` };
}

/** Whose calls are counted, and under which name. */
export interface Counted {
  readonly operationId: string;
  readonly caller: string;
  readonly now: Date;
}

/** Counts one call in the way that its limit asks for; parallel calls cannot slip through either. */
export function countCall(table: Table, limit: RateLimit, counted: Counted): Promise<RateState> {
  return limit.log === true ? countInLog(table, limit, counted) : countInWindow(table, limit, counted);
}

/**
 * Counts one call in its fixed window by a single atomic addition, so that a limited call costs one table request
 * (ADR 0007). The row dies by TTL a window later.
 */
async function countInWindow(table: Table, limit: RateLimit, counted: Counted): Promise<RateState> {
  const windowSeconds = WINDOW_SECONDS[limit.window];
  const seconds = Math.floor(counted.now.getTime() / 1000);
  const opened = seconds - (seconds % windowSeconds);
  const row = await table.write({
    kind: 'update',
    key: rateKey(counted.operationId, counted.caller, opened),
    update: {
      expression: 'ADD calls :one SET expires_at = :expires',
      values: { ':one': 1, ':expires': opened + 2 * windowSeconds },
    },
  });
  const calls = Number(row?.calls);
  return {
    allowed: calls <= limit.limit,
    limit: limit.limit,
    remaining: Math.max(0, limit.limit - calls),
    resetSeconds: opened + windowSeconds - seconds,
    windowSeconds,
  };
}

/** Exact at any instant: for limits so low that the turn of a window would double them. */
async function countInLog(table: Table, limit: RateLimit, counted: Counted): Promise<RateState> {
  const windowSeconds = WINDOW_SECONDS[limit.window];
  const { now } = counted;
  const key = rateLogKey(counted.operationId, counted.caller);
  const logged = await logCall(table, key, { limit: limit.limit, windowMs: windowSeconds * 1000, now });
  const cutoff = now.getTime() - windowSeconds * 1000;
  const live = logged.times.filter((time) => time > cutoff);
  const [oldest = now.getTime()] = live;
  return {
    allowed: logged.allowed,
    limit: limit.limit,
    remaining: Math.max(0, limit.limit - live.length),
    resetSeconds: Math.max(1, Math.ceil((oldest - cutoff) / 1000)),
    windowSeconds,
  };
}

/** `RateLimit` and `RateLimit-Policy` fields (IETF draft-ietf-httpapi-ratelimit-headers), one item for each limit. */
export function rateHeaders(states: readonly { readonly name: string; readonly state: RateState }[]) {
  const items = (parameters: (state: RateState) => string) =>
    states.map(({ name, state }) => `"${name}";${parameters(state)}`).join(', ');
  return {
    RateLimit: items(({ remaining, resetSeconds }) => `r=${remaining};t=${resetSeconds}`),
    'RateLimit-Policy': items(({ limit, windowSeconds }) => `q=${limit};w=${windowSeconds}`),
  };
}

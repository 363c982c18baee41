import type { Key, Table } from '../dynamo/table.ts';
import { platformPartition } from '../tenant/tenant-scope.ts';
import type { RateLimit } from './route.ts';

const WINDOW_SECONDS = { minute: 60, hour: 3_600, day: 86_400 } as const;

/** How one counted call stands against its limit. */
export interface RateState {
  readonly allowed: boolean;
  readonly limit: number;
  readonly remaining: number;
  /** Seconds until the window begins anew. */
  readonly resetSeconds: number;
  readonly windowSeconds: number;
}

/** Calls of one caller in one window: `P#RATE#<operation>#<caller>` / `WINDOW#<opened, epoch seconds>`. */
export function rateKey(operationId: string, caller: string, opened: number): Key {
  return { pk: platformPartition('RATE', operationId, caller), sk: `WINDOW#${opened}` };
}

/**
 * Counts one call in its fixed window by a single atomic addition, so that parallel calls cannot slip through and a
 * limited call costs one table request. The row dies by TTL a window later.
 */
export async function countCall(
  table: Table,
  limit: RateLimit,
  counted: { readonly operationId: string; readonly caller: string; readonly now: Date },
): Promise<RateState> {
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

/** `RateLimit` and `RateLimit-Policy` fields (IETF draft-ietf-httpapi-ratelimit-headers). */
export function rateHeaders(state: RateState): Record<string, string> {
  return {
    RateLimit: `"default";r=${state.remaining};t=${state.resetSeconds}`,
    'RateLimit-Policy': `"default";q=${state.limit};w=${state.windowSeconds}`,
  };
}

import * as z from 'zod';
import { ConditionFailed } from '../dynamo/storage-errors.ts';
import type { Key, Table } from '../dynamo/table.ts';
import { platformPartition } from '../tenant/tenant-partition.ts';

/** Times of the calls that a limit let through: `P#RATE#<scope>#<caller>` / `LOG`. */
export function rateLogKey(scope: string, caller: string): Key {
  return { pk: platformPartition('RATE', scope, caller), sk: 'LOG' };
}

/** A log as a refused write hands it over: as it is stored. `version` counts its writes. */
const storedLog = z.object({
  times: z.object({ L: z.array(z.object({ N: z.coerce.number() })) }),
  version: z.object({ N: z.coerce.number() }),
});
const log = z.object({ times: z.array(z.number()), version: z.number() });

/** Times that a full log is trimmed anew because somebody else did it first. */
const ROUNDS = 20;

/** A call that was let through, or not, with the times of those that were, oldest first, in epoch milliseconds. */
export interface Logged {
  readonly allowed: boolean;
  readonly times: readonly number[];
}

/**
 * Logs one call unless the window already holds `limit` of them (`aristay.md` §1.9). One request to the table while
 * there is room in the log, a second one to trim it when it is full. What a call is refused by is never logged, and
 * calls at once cannot slip through: every write is conditional on what it counts.
 */
export async function logCall(
  table: Table,
  key: Key,
  { limit, windowMs, now }: { readonly limit: number; readonly windowMs: number; readonly now: Date },
): Promise<Logged> {
  const at = now.getTime();
  const expires = Math.ceil((at + 2 * windowMs) / 1000);
  let full = await append(table, key, { at, limit, expires });
  for (let round = 0; full.refused && round < ROUNDS; round += 1) {
    const live = full.times.filter((time) => time > at - windowMs);
    if (live.length >= limit) return { allowed: false, times: live };
    full = await replace(table, key, { seen: full.version, times: [...live, at], expires });
  }
  return { allowed: !full.refused, times: full.times };
}

interface Attempt {
  readonly refused: boolean;
  readonly times: readonly number[];
  readonly version: number;
}

function append(table: Table, key: Key, call: { at: number; limit: number; expires: number }): Promise<Attempt> {
  return attempt(table, key, {
    update: {
      expression: 'SET times = list_append(if_not_exists(times, :none), :at), expires_at = :expires ADD version :one',
      values: { ':none': [], ':at': [call.at], ':expires': call.expires, ':one': 1 },
    },
    condition: { expression: 'attribute_not_exists(times) OR size(times) < :limit', values: { ':limit': call.limit } },
  });
}

function replace(
  table: Table,
  key: Key,
  call: { seen: number; times: readonly number[]; expires: number },
): Promise<Attempt> {
  return attempt(table, key, {
    update: {
      expression: 'SET times = :times, expires_at = :expires ADD version :one',
      values: { ':times': call.times, ':expires': call.expires, ':one': 1 },
    },
    condition: { expression: 'version = :seen', values: { ':seen': call.seen } },
  });
}

async function attempt(
  table: Table,
  key: Key,
  { update, condition }: Pick<Extract<Parameters<Table['write']>[0], { kind: 'update' }>, 'update' | 'condition'>,
): Promise<Attempt> {
  try {
    const row = await table.write({ kind: 'update', key, update, ...(condition && { condition }) });
    return { refused: false, ...log.parse(row) };
  } catch (thrown) {
    if (!(thrown instanceof ConditionFailed)) throw thrown;
    const { times, version } = storedLog.parse(thrown.item);
    return { refused: true, times: times.L.map(({ N }) => N), version: version.N };
  }
}

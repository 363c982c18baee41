import { toUtcIso } from '../../platform/clock/clock.ts';
import { ConditionFailed } from '../../platform/dynamo/storage-errors.ts';
import { ABSENT, type Condition, type Item, type Write } from '../../platform/dynamo/table.ts';
import { ulidTime } from '../../platform/ids/ulid.ts';
import type { TenantScope } from '../../platform/tenant/tenant-scope.ts';
import { outboxDueKey } from '../outbox/outbox.keys.ts';
import { type AttemptRow, type DeliveryRow, deliveryRow, type NewDelivery } from './delivery.ts';
import { deliveryKey, deliveryPartition } from './webhook.keys.ts';

/** Up to this long a message waits in the queue itself; longer waits are the sweeper's. */
export const LONGEST_QUEUE_DELAY_MS = 15 * 60_000;
/** The sweeper looks every five minutes: it brings a longer wait back early, and the queue waits out the rest. */
const SWEEP_EARLY_MS = 10 * 60_000;
/** A message on its way is given so long before the sweeper sends another. */
const SWEEP_AFTER_MS = 2 * 60_000;

/** What an attempt has made of a delivery. */
export type AttemptOutcome =
  | { readonly status: 'succeeded' | 'failed' }
  | { readonly status: 'pending'; readonly due: Date };

/** The deliveries of one company; those to come stand in the outbox's work list. */
export class DeliveryRepository {
  readonly #scope: TenantScope;

  constructor(scope: TenantScope) {
    this.#scope = scope;
  }

  /** The write that adds one, due at once. */
  additionOf(addition: NewDelivery, now: Date): Write {
    const { empresaId } = this.#scope;
    const row: DeliveryRow = {
      ...addition,
      status: 'pending',
      attempt_count: 0,
      attempts: [],
      created_at: toUtcIso(now),
      next_attempt_at: toUtcIso(now),
      due_at: now.getTime(),
    };
    const work = { empresa_id: empresaId, kind: 'delivery', ...outboxDueKey(row.id, sweepTime(now, now)) };
    return { kind: 'put', item: { ...deliveryKey(empresaId, row.id), ...row, ...work }, condition: ABSENT };
  }

  async find(id: string): Promise<DeliveryRow | undefined> {
    const row = await this.#scope.table.get(deliveryKey(this.#scope.empresaId, id), { consistent: true });
    return row === undefined ? undefined : deliveryRow.parse(row);
  }

  /**
   * Deliveries made between two instants, both included, newest first.
   * @param most read at most
   */
  async listNewest(
    bounds: { readonly from?: Date | undefined; readonly to?: Date | undefined },
    most: number,
  ): Promise<readonly DeliveryRow[]> {
    const { empresaId, table } = this.#scope;
    const pk = deliveryPartition(empresaId);
    const query = { pk, ...rangeOf(bounds), newestFirst: true, consistent: true };
    const found: DeliveryRow[] = [];
    for await (const item of table.queryAll(query)) {
      found.push(deliveryRow.parse(item));
      if (found.length === most) break;
    }
    return found;
  }

  /**
   * Takes a delivery that is due for one attempt; should the attempt never end, the sweeper brings it back when its time
   * is over.
   * @returns undefined when it is done, not due, taken by somebody else, or gone
   */
  async claim(id: string, now: Date, leaseMs: number): Promise<DeliveryRow | undefined> {
    const until = new Date(now.getTime() + leaseMs);
    const due = outboxDueKey(id, until);
    const row = await this.#change(id, {
      update: {
        expression: 'SET leased_until = :until, gsi2pk = :pk, gsi2sk = :sk',
        values: { ':until': until.getTime(), ':pk': due.gsi2pk, ':sk': due.gsi2sk },
      },
      condition: {
        expression:
          '#status = :pending AND due_at <= :now AND (attribute_not_exists(leased_until) OR leased_until < :now)',
        names: { '#status': 'status' },
        values: { ':pending': 'pending', ':now': now.getTime() },
      },
    });
    return row === undefined ? undefined : deliveryRow.parse(row);
  }

  /** Notes an attempt of a delivery that was claimed, and what comes of it. */
  async settle(seen: DeliveryRow, attempt: AttemptRow, outcome: AttemptOutcome, now: Date): Promise<void> {
    const next = outcome.status === 'pending' ? outcome.due : undefined;
    const due = next === undefined ? undefined : outboxDueKey(seen.id, sweepTime(now, next));
    const set =
      '#status = :status, attempt_count = :count, attempts = list_append(attempts, :attempt), next_attempt_at = :next, due_at = :due';
    await this.#change(seen.id, {
      update: {
        expression:
          due === undefined
            ? `SET ${set} REMOVE leased_until, gsi2pk, gsi2sk`
            : `SET ${set}, gsi2pk = :pk, gsi2sk = :sk REMOVE leased_until`,
        names: { '#status': 'status' },
        values: {
          ':status': outcome.status,
          ':count': seen.attempt_count + 1,
          ':attempt': [attempt],
          ':next': next === undefined ? null : toUtcIso(next),
          ':due': next === undefined ? null : next.getTime(),
          ...(due && { ':pk': due.gsi2pk, ':sk': due.gsi2sk }),
        },
      },
      condition: {
        expression: '#status = :pending AND attempt_count = :seen',
        values: { ':pending': 'pending', ':seen': seen.attempt_count },
      },
    });
  }

  /** The sweeper leaves a delivery alone that waits in the queue until it is due. */
  async waitInQueue(seen: DeliveryRow, due: Date): Promise<void> {
    const mark = outboxDueKey(seen.id, new Date(due.getTime() + SWEEP_AFTER_MS));
    await this.#change(seen.id, {
      update: { expression: 'SET gsi2pk = :pk, gsi2sk = :sk', values: { ':pk': mark.gsi2pk, ':sk': mark.gsi2sk } },
      condition: {
        expression: '#status = :pending AND attempt_count = :seen',
        names: { '#status': 'status' },
        values: { ':pending': 'pending', ':seen': seen.attempt_count },
      },
    });
  }

  /** For what belongs to an endpoint that is gone. */
  async remove(id: string): Promise<void> {
    await this.#scope.table.write({ kind: 'delete', key: deliveryKey(this.#scope.empresaId, id) });
  }

  /** The row as it stands afterwards; undefined when the condition does not hold. */
  async #change(id: string, write: { update: Condition; condition: Condition }): Promise<Item | undefined> {
    const key = deliveryKey(this.#scope.empresaId, id);
    try {
      return await this.#scope.table.write({ kind: 'update', key, ...write });
    } catch (thrown) {
      if (thrown instanceof ConditionFailed) return undefined;
      throw thrown;
    }
  }
}

/** The ids of a period: they begin with their time, which is finer than the second that is shown. */
function rangeOf({ from, to }: { readonly from?: Date | undefined; readonly to?: Date | undefined }) {
  return {
    ...(from !== undefined && { from: deliveryKey('', ulidTime('dlv', startOfSecond(from))).sk }),
    ...(to !== undefined && { to: deliveryKey('', ulidTime('dlv', new Date(startOfSecond(to).getTime() + 1_000))).sk }),
  };
}

function startOfSecond(at: Date): Date {
  return new Date(Math.floor(at.getTime() / 1_000) * 1_000);
}

/** When the sweeper is to look at a delivery that is due at an instant. */
function sweepTime(now: Date, due: Date): Date {
  const waitsInQueue = due.getTime() - now.getTime() <= LONGEST_QUEUE_DELAY_MS;
  return new Date(due.getTime() + (waitsInQueue ? SWEEP_AFTER_MS : -SWEEP_EARLY_MS));
}

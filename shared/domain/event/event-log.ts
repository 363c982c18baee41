import { toUtcIso } from '../../platform/clock/clock.ts';
import type { TenantKeys } from '../../platform/crypto/tenant-keys.ts';
import { type Continuation, commitInOrder } from '../../platform/dynamo/ordered-commit.ts';
import { ABSENT, type Item, type Write } from '../../platform/dynamo/table.ts';
import type { NewUlid } from '../../platform/ids/ulid.ts';
import type { Log } from '../../platform/log/log.ts';
import type { WorkQueue } from '../../platform/queue/work-queue.ts';
import type { TenantScope } from '../../platform/tenant/tenant-scope.ts';
import { enqueueEntry } from '../outbox/enqueue-entry.ts';
import { outboxDueKey } from '../outbox/outbox.keys.ts';
import { eventHeadKey, eventKey } from './event.keys.ts';
import { EVENT_KEPT_DAYS, sealEventData } from './event.ts';
import { type EventHead, eventHeadOf, eventsWorkId, SWEEP_AFTER_MS, tellingOf } from './event-head.ts';
import { EVENT_TYPES, type NewEvent } from './event-types.ts';

export interface EventLogDeps {
  readonly keys: TenantKeys;
  readonly ulid: NewUlid;
  /** The queue `webhooks`, whose worker hands new events to the company's endpoints. */
  readonly queue: WorkQueue;
  readonly log: Log;
}

const DAY_S = 86_400;

/**
 * The numbered log of a company's events. An event stands in the transaction of its change, so that none is lost and
 * none tells of a change that did not happen; numbers follow each other in the order of the commits.
 *
 * @example
 * await log.commit([{ type: 'photo.uploaded', data }], writes, now);
 * // A change that is audited too: one transaction, both logs.
 * await trail.commit(origin, fact, writes, await log.continuationOf([{ type: 'photo.uploaded', data }], now));
 */
export class EventLog {
  readonly #scope: TenantScope;
  readonly #deps: EventLogDeps;

  constructor(scope: TenantScope, deps: EventLogDeps) {
    this.#scope = scope;
    this.#deps = deps;
  }

  /**
   * Commits `writes` together with the events that tell of them, and has the events delivered. Without events it is a
   * plain transaction.
   *
   * @param writes with one more for each event and one for the log's head, at most 100
   * @throws TransactionRefused when one of `writes` was refused, with its positions in `writes`
   * @throws AppError `unavailable` when too many commit at once or KMS is away
   */
  async commit(events: readonly NewEvent[], writes: readonly Write[], now: Date): Promise<void> {
    const continuation = await this.continuationOf(events, now);
    await commitInOrder(this.#scope, writes, continuation === undefined ? [] : [continuation]);
  }

  /**
   * What continues the log, for a commit that continues the audit trail as well: see {@link AuditTrail.commit}.
   * @returns undefined when there are no events
   */
  async continuationOf(events: readonly NewEvent[], now: Date): Promise<Continuation | undefined> {
    if (events.length === 0) return undefined;
    const { empresaId } = this.#scope;
    const rows = await this.#rowsOf(events, now);
    return {
      log: 'El registro de eventos',
      head: eventHeadKey(empresaId),
      writesAfter: (row) => writesAfter(empresaId, eventHeadOf(row), rows, now),
      committed: async (row) => {
        if (tellingOf(eventHeadOf(row), now) !== 'tell worker') return;
        await enqueueEntry(this.#deps, empresaId, eventsWorkId(empresaId));
      },
    };
  }

  async #rowsOf(events: readonly NewEvent[], now: Date): Promise<readonly Item[]> {
    const key = await this.#deps.keys.dataKey(this.#scope, 'guest-data');
    const expires_at = Math.floor(now.getTime() / 1000) + EVENT_KEPT_DAYS * DAY_S;
    return events.map(({ type, data }) => {
      const id = this.#deps.ulid('msg', now);
      const sealed = sealEventData(key, id, EVENT_TYPES[type].data.parse(data));
      return { id, type, timestamp: toUtcIso(now), sealed, expires_at };
    });
  }
}

function writesAfter(empresaId: string, head: EventHead, rows: readonly Item[], now: Date): readonly Write[] {
  const added: readonly Write[] = rows.map((row, at) => {
    const number = head.number + 1 + at;
    return { kind: 'put', item: { ...eventKey(empresaId, number), number, ...row }, condition: ABSENT };
  });
  return [headMove(empresaId, head, rows.length, now), ...added];
}

/**
 * With somebody to deliver to, the head is also an entry of the outbox's work list, due since its oldest event. A commit
 * that tells nobody, because the head is marked, stands only while it still is.
 */
function headMove(empresaId: string, head: EventHead, count: number, now: Date): Write {
  const names = { '#number': 'number' };
  const telling = tellingOf(head, now);
  const due = outboxDueKey(eventsWorkId(empresaId), new Date(now.getTime() + SWEEP_AFTER_MS));
  const mark = ', gsi2pk = if_not_exists(gsi2pk, :pk), gsi2sk = if_not_exists(gsi2sk, :sk)';
  const isTold = telling === 'worker is told' ? ' AND attribute_exists(gsi2pk)' : '';
  const next = { ':next': head.number + count };
  return {
    kind: 'update',
    key: eventHeadKey(empresaId),
    update:
      telling === 'tell worker'
        ? { expression: `SET #number = :next${mark}`, names, values: { ...next, ':pk': due.gsi2pk, ':sk': due.gsi2sk } }
        : { expression: 'SET #number = :next', names, values: next },
    condition:
      head.number === 0
        ? { expression: `attribute_not_exists(#number)${isTold}`, names }
        : { expression: `#number = :seen${isTold}`, names, values: { ':seen': head.number } },
  };
}

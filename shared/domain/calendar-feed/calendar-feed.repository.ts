import { ConditionFailed } from '../../platform/dynamo/storage-errors.ts';
import { ABSENT, type Condition, PRESENT, type Write } from '../../platform/dynamo/table.ts';
import type { TenantScope } from '../../platform/tenant/tenant-scope.ts';
import { outboxDueKey } from '../outbox/outbox.keys.ts';
import { calendarFeedKey, calendarFeedPartition } from './calendar-feed.keys.ts';
import { type CalendarFeed, calendarFeed } from './calendar-feed.ts';

/** Whoever makes a feed due tells the worker as well; the sweeper takes over after this time. */
const SWEEP_AFTER_MS = 2 * 60_000;

/** What a reading changes of a feed. */
export type FeedOutcome = Partial<
  Pick<
    CalendarFeed,
    'channel' | 'sealed' | 'state' | 'error' | 'counts' | 'failures' | 'suspicions' | 'last_polled_at' | 'last_good_at'
  >
>;

/**
 * The calendar feeds of one company. Each stands in the outbox's work list from when it is due: the sweeper hands it to
 * the queue `calendars`, so that nobody ever looks for due feeds company by company.
 */
export class CalendarFeedRepository {
  readonly #scope: TenantScope;

  constructor(scope: TenantScope) {
    this.#scope = scope;
  }

  /** All of them, oldest first. */
  async list(): Promise<readonly CalendarFeed[]> {
    const { empresaId, table } = this.#scope;
    const found: CalendarFeed[] = [];
    for await (const row of table.queryAll({ pk: calendarFeedPartition(empresaId), consistent: true })) {
      found.push(calendarFeed.parse(row));
    }
    return found;
  }

  async find(id: string): Promise<CalendarFeed | undefined> {
    const row = await this.#scope.table.get(calendarFeedKey(this.#scope.empresaId, id), { consistent: true });
    return row === undefined ? undefined : calendarFeed.parse(row);
  }

  /** The write that adds one, due at once. */
  additionOf(feed: Omit<CalendarFeed, 'due_at'>, now: Date): Write {
    const { empresaId } = this.#scope;
    const work = { empresa_id: empresaId, kind: 'calendar', ...dueKey(feed.id, now) };
    const item = { ...calendarFeedKey(empresaId, feed.id), ...feed, due_at: now.getTime(), ...work };
    return { kind: 'put', item, condition: ABSENT };
  }

  /** Refused when it is gone already. Its stays go by themselves, its bookings stay. */
  removalOf(id: string): Write {
    return { kind: 'delete', key: calendarFeedKey(this.#scope.empresaId, id), condition: PRESENT };
  }

  /** Makes a feed due at an instant, one that was stopped too. Refused when it is gone. */
  duenessOf(id: string, lossesConfirmed: boolean, at: Date): Write {
    const due = dueKey(id, at);
    return {
      kind: 'update',
      key: calendarFeedKey(this.#scope.empresaId, id),
      update: {
        expression: 'SET due_at = :due, gsi2pk = :pk, gsi2sk = :sk, losses_confirmed = :losses',
        values: { ':due': at.getTime(), ':pk': due.gsi2pk, ':sk': due.gsi2sk, ':losses': lossesConfirmed },
      },
      condition: PRESENT,
    };
  }

  /**
   * Takes a feed that is due for one reading; should the reading never end, the sweeper brings it back when its time is
   * over.
   * @returns undefined when it is not due, taken by somebody else, or gone
   */
  async claim(id: string, now: Date, leaseMs: number): Promise<CalendarFeed | undefined> {
    const until = now.getTime() + leaseMs;
    const due = outboxDueKey(id, new Date(until));
    try {
      const row = await this.#scope.table.write({
        kind: 'update',
        key: calendarFeedKey(this.#scope.empresaId, id),
        update: {
          expression: 'SET leased_until = :until, turn = turn + :one, gsi2pk = :pk, gsi2sk = :sk',
          values: { ':until': until, ':one': 1, ':pk': due.gsi2pk, ':sk': due.gsi2sk },
        },
        condition: {
          expression: 'due_at <= :now AND (attribute_not_exists(leased_until) OR leased_until < :now)',
          values: { ':now': now.getTime() },
        },
      });
      return row && calendarFeed.parse(row);
    } catch (thrown) {
      if (thrown instanceof ConditionFailed) return undefined;
      throw thrown;
    }
  }

  /**
   * Notes how a reading ended and when the next one is due; undefined for none until somebody asks. Nothing is noted of
   * a feed that was deleted meanwhile, or taken by another because the lease was over. A reading that a person has asked
   * for in the meantime stays asked for.
   */
  async settle(seen: CalendarFeed, outcome: FeedOutcome, next: Date | undefined): Promise<void> {
    const told = Object.entries(outcome);
    const names = Object.fromEntries(told.map(([name]) => [`#${name}`, name]));
    const values = Object.fromEntries(told.map(([name, value]) => [`:${name}`, value]));
    const set = `SET ${told.map(([name]) => `#${name} = :${name}`).join(', ')}`;
    const own = { expression: 'turn = :turn', values: { ':turn': seen.turn } };
    const asSeen = {
      expression: `${own.expression} AND due_at = :seen`,
      values: { ...own.values, ':seen': seen.due_at },
    };
    const due = next && dueKey(seen.id, next);
    const scheduled =
      next === undefined || due === undefined
        ? { expression: `${set} REMOVE leased_until, losses_confirmed, due_at, gsi2pk, gsi2sk`, names, values }
        : {
            expression: `${set}, due_at = :due, gsi2pk = :pk, gsi2sk = :sk REMOVE leased_until, losses_confirmed`,
            names,
            values: { ...values, ':due': next.getTime(), ':pk': due.gsi2pk, ':sk': due.gsi2sk },
          };
    if (await this.#change(seen.id, scheduled, asSeen)) return;
    await this.#change(seen.id, { expression: `${set} REMOVE leased_until`, names, values }, own);
  }

  /** False when the condition does not hold. */
  async #change(id: string, update: Condition, condition: Condition): Promise<boolean> {
    const key = calendarFeedKey(this.#scope.empresaId, id);
    try {
      await this.#scope.table.write({ kind: 'update', key, update, condition });
      return true;
    } catch (thrown) {
      if (thrown instanceof ConditionFailed) return false;
      throw thrown;
    }
  }
}

function dueKey(id: string, due: Date) {
  return outboxDueKey(id, new Date(due.getTime() + SWEEP_AFTER_MS));
}

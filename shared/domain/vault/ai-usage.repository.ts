import { setTimeout as delay } from 'node:timers/promises';
import { ConditionFailed, TransactionRefused } from '../../platform/dynamo/storage-errors.ts';
import { ABSENT, type Condition, PRESENT, type Write } from '../../platform/dynamo/table.ts';
import { AppError } from '../../platform/errors/app-error.ts';
import type { TenantScope } from '../../platform/tenant/tenant-scope.ts';
import { aiCallKey, aiUsageKey } from './ai-usage.keys.ts';
import {
  type AiCallRecord,
  type AiLimits,
  NO_USAGE,
  type Reservation,
  reserve,
  type UsageMoment,
  type UsageWindow,
  usageWindow,
} from './ai-usage.ts';

/** Times that a reservation starts over because another call of the company came first. */
const ROUNDS = 20;
const LONGEST_WAIT_MS = 100;
/** Calls are kept for thirteen months: a year's bill and the one before it. */
const KEPT_S = 396 * 86_400;

/** How a call has ended. */
export interface CallEnd {
  /** The place that it held; absent for a call with the company's own key. */
  readonly reserved?: { readonly id: string; readonly fecha: string };
  /** Whether it counts against the allowance; a failed one does not. */
  readonly counts: boolean;
  /** Every answer that came, those that were of no use included: their tokens are billed all the same. */
  readonly answers: readonly AiCallRecord[];
  readonly now: Date;
}

/** What one company uses of AI. */
export class AiUsageRepository {
  readonly #scope: TenantScope;

  constructor(scope: TenantScope) {
    this.#scope = scope;
  }

  async find(): Promise<UsageWindow> {
    const row = await this.#scope.table.get(aiUsageKey(this.#scope.empresaId), { consistent: true });
    return row === undefined ? NO_USAGE : usageWindow.parse(row);
  }

  /**
   * Takes a place for a call, if there is one: a read, and a write that holds only while nobody else has written.
   * @throws AppError `unavailable` when too many calls of the company come at once
   */
  async reserve(id: string, limits: AiLimits, moment: UsageMoment): Promise<Reservation> {
    for (let round = 0; round < ROUNDS; round += 1) {
      const seen = await this.find();
      const outcome = reserve(seen, id, limits, moment);
      if (outcome.kind === 'full' || (await this.#put(outcome.window, seen))) return outcome;
      await delay(Math.random() * Math.min(LONGEST_WAIT_MS, 5 * 2 ** round));
    }
    throw new AppError('unavailable', 'Hay demasiadas peticiones de IA a la vez. Vuelve a intentarlo.', {
      retryAfter: 1,
    });
  }

  /** @returns false when somebody else has written since `seen` was read */
  async #put(window: UsageWindow, seen: UsageWindow): Promise<boolean> {
    const unchanged: Condition = { expression: 'version = :seen', values: { ':seen': seen.version } };
    const item = { ...aiUsageKey(this.#scope.empresaId), ...window };
    try {
      await this.#scope.table.write({ kind: 'put', item, condition: seen.version === 0 ? ABSENT : unchanged });
      return true;
    } catch (thrown) {
      if (thrown instanceof ConditionFailed) return false;
      throw thrown;
    }
  }

  /**
   * Gives the place back, counts the call if it is to be counted and keeps its answers, all of it or nothing. May be
   * repeated: the answers' rows tell that it was done.
   */
  async settle({ reserved, counts, answers, now }: CallEnd): Promise<void> {
    const writes = [
      ...(reserved === undefined ? [] : [this.#release(reserved, counts)]),
      ...answers.map((answer) => this.#keep(answer, now)),
    ];
    if (writes.length === 0) return;
    try {
      await this.#scope.table.transact(writes);
    } catch (thrown) {
      if (!(thrown instanceof TransactionRefused)) throw thrown;
    }
  }

  #release({ id, fecha }: NonNullable<CallEnd['reserved']>, counts: boolean): Write {
    const counted = counts ? ', dias.#day = if_not_exists(dias.#day, :none) + :one' : '';
    return {
      kind: 'update',
      key: aiUsageKey(this.#scope.empresaId),
      update: {
        expression: `SET version = version + :one${counted} REMOVE reservas.#id`,
        names: { '#id': id, ...(counts && { '#day': fecha }) },
        values: { ':one': 1, ...(counts && { ':none': 0 }) },
      },
      // A company that was erased meanwhile stays gone.
      condition: PRESENT,
    };
  }

  #keep(answer: AiCallRecord, now: Date): Write {
    const key = aiCallKey(this.#scope.empresaId, now.toISOString(), answer.id);
    const expires_at = Math.floor(now.getTime() / 1000) + KEPT_S;
    return { kind: 'put', item: { ...key, ...answer, created_at: now.toISOString(), expires_at }, condition: ABSENT };
  }
}

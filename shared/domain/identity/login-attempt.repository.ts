import { createHash } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import * as z from 'zod';
import { ConditionFailed } from '../../platform/dynamo/storage-errors.ts';
import type { Condition, Item, Table } from '../../platform/dynamo/table.ts';
import { countCall } from '../../platform/http/rate-limit.ts';
import { loginFailuresKey } from './login-attempt.keys.ts';

/** Consecutive failures of one pair within the window, after which it is locked out (`aristay.md` §4.5). */
const MOST_FAILURES = 5;
const WINDOW_S = 30 * 60;
/** A pair that signed in within this time is known, and rows are kept for it. */
const KNOWN_S = 30 * 86_400;
/**
 * Tries for one name from all the addresses that it did not sign in from of late. A botnet of any size is left 1,200
 * guesses a day, too few for any password that the rules let in, and a person mistypes far less often. Addresses that
 * are known for the name are not counted: strangers who use the cap up do not lock the owner out at home or at work.
 */
const UNKNOWN_ADDRESSES = { limit: 50, window: 'hour', per: 'address' } as const;
/** Tries of the same pair that are under way end within a few rounds. */
const ROUNDS = 20;
const ROUND_MS = 50;

/** A number of the row; a refused write hands it over as it is stored, e.g. `{ N: '5' }`. */
const count = z.union([z.int(), z.object({ N: z.coerce.number().int() }).transform(({ N }) => N)]).default(0);

/** `slots` counts tries begun and not known to have succeeded, `failures` those that failed; times in epoch seconds. */
const pairRow = z.object({ slots: count, failures: count, window_ends: count, known_until: count });
type PairRow = z.infer<typeof pairRow>;

/** Whether a log-in may be tried. `pair` is handed back with its outcome. */
export type Admission =
  | { readonly admitted: true; readonly pair: string }
  | { readonly admitted: false; readonly retryAfter: number };

function digestOf(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 32);
}

function secondsOf(instant: Date): number {
  return Math.floor(instant.getTime() / 1000);
}

/**
 * Failed log-ins, counted for both doors (ruling 16): five in a row from one pair of name and address close that pair,
 * and a cap over all unknown addresses keeps many machines from guessing one password. Every try takes a slot before
 * the password is looked at, so that tries at once cannot slip through; names that nobody has cost the same.
 */
export class LoginAttemptRepository {
  readonly #table: Table;

  constructor(table: Table) {
    this.#table = table;
  }

  /**
   * Asks for one try; its outcome must be told by {@link succeeded} or {@link failed}.
   * @param name the person's e-mail where there is a person, else what was typed, in one spelling
   * @param address the gateway's source address
   */
  async admit(name: string, address: string, now: Date): Promise<Admission> {
    const pair = digestOf(`${name}\n${address}`);
    const row = await this.#takeSlot(pair, secondsOf(now));
    if (row.slots > MOST_FAILURES) {
      return { admitted: false, retryAfter: Math.max(1, row.window_ends - secondsOf(now)) };
    }
    if (row.known_until > secondsOf(now)) return { admitted: true, pair };
    const counted = { operationId: 'login-name', caller: digestOf(name), now };
    const state = await countCall(this.#table, UNKNOWN_ADDRESSES, counted);
    if (state.allowed) return { admitted: true, pair };
    await this.#update(pair, { expression: 'ADD slots :back', values: { ':back': -1 } });
    return { admitted: false, retryAfter: state.resetSeconds };
  }

  /** The password was right: the count starts over, and the address is known for the name. */
  async succeeded(pair: string, now: Date): Promise<void> {
    const until = secondsOf(now) + KNOWN_S;
    await this.#update(pair, {
      expression: 'SET known_until = :until, expires_at = :until REMOVE slots, failures, window_ends',
      values: { ':until': until },
    });
  }

  /** The password was wrong, or nobody may enter under the name. */
  async failed(pair: string): Promise<void> {
    await this.#update(pair, { expression: 'ADD failures :one', values: { ':one': 1 } });
  }

  /** The row with the slot taken; more slots than there are failures allowed mean that none was left. */
  async #takeSlot(pair: string, now: number): Promise<PairRow> {
    let row: PairRow = { slots: MOST_FAILURES + 1, failures: 0, window_ends: now + WINDOW_S, known_until: 0 };
    for (let round = 0; round < ROUNDS; round += 1) {
      row = (await this.#openWindow(pair, now)) ?? (await this.#joinWindow(pair, now));
      if (row.slots <= MOST_FAILURES || row.failures >= MOST_FAILURES) return row;
      // Tries under way hold the slots: whether they fail is known in a moment, and five right ones must not lock out.
      await pause(ROUND_MS);
    }
    return row;
  }

  async #openWindow(pair: string, now: number): Promise<PairRow | undefined> {
    const update = {
      expression: 'SET slots = :one, failures = :none, window_ends = :ends, expires_at = :kept',
      values: { ':one': 1, ':none': 0, ':ends': now + WINDOW_S, ':kept': now + KNOWN_S },
    };
    const condition = {
      expression: 'attribute_not_exists(window_ends) OR window_ends <= :now',
      values: { ':now': now },
    };
    const { row, refused } = await this.#attempt(pair, update, condition);
    return refused ? undefined : row;
  }

  async #joinWindow(pair: string, now: number): Promise<PairRow> {
    const update = { expression: 'ADD slots :one', values: { ':one': 1 } };
    const condition = {
      expression: 'window_ends > :now AND slots < :most',
      values: { ':now': now, ':most': MOST_FAILURES },
    };
    const { row, refused } = await this.#attempt(pair, update, condition);
    return refused ? { ...row, slots: MOST_FAILURES + 1 } : row;
  }

  async #attempt(pair: string, update: Condition, condition: Condition): Promise<{ row: PairRow; refused: boolean }> {
    try {
      return { row: pairRow.parse(await this.#update(pair, update, condition)), refused: false };
    } catch (thrown) {
      if (!(thrown instanceof ConditionFailed)) throw thrown;
      return { row: pairRow.parse(thrown.item ?? {}), refused: true };
    }
  }

  #update(pair: string, update: Condition, condition?: Condition): Promise<Item | undefined> {
    return this.#table.write({
      kind: 'update',
      key: loginFailuresKey(pair),
      update,
      ...(condition && { condition }),
    });
  }
}

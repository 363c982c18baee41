import * as z from 'zod';
import { ConditionFailed, TransactionRefused } from '../../platform/dynamo/storage-errors.ts';
import type { Condition, Write } from '../../platform/dynamo/table.ts';
import { AppError } from '../../platform/errors/app-error.ts';
import type { TenantScope } from '../../platform/tenant/tenant-scope.ts';
import { eventHeadKey } from '../event/event.keys.ts';
import { type EventHead, eventHeadOf } from '../event/event-head.ts';
import { handedOutKey } from './webhook.keys.ts';

const cursorRow = z.object({ number: z.int().nonnegative() });

/** Where a company's log ends, and up to where it has been handed to the endpoints. */
export interface HandOut {
  readonly head: EventHead;
  /** Undefined before the first time. */
  readonly handedOut: number | undefined;
}

/** How far the event log of one company has been handed to its endpoints. */
export class HandOutRepository {
  readonly #scope: TenantScope;

  constructor(scope: TenantScope) {
    this.#scope = scope;
  }

  async find(): Promise<HandOut> {
    const { empresaId, table } = this.#scope;
    const [head, cursor] = [eventHeadKey(empresaId), handedOutKey(empresaId)];
    const rows = await table.getMany([head, cursor], { consistent: true });
    const row = rows.find(({ pk }) => pk === cursor.pk);
    return {
      head: eventHeadOf(rows.find(({ pk }) => pk === head.pk)),
      handedOut: row === undefined ? undefined : cursorRow.parse(row).number,
    };
  }

  /**
   * Moves on to the event `number` together with the deliveries up to it: each is made once, whoever else tries.
   * @returns false when somebody else has moved on meanwhile
   */
  async moveOn(seen: number | undefined, number: number, deliveries: readonly Write[]): Promise<boolean> {
    const names = { '#number': 'number' };
    const unmoved: Condition =
      seen === undefined
        ? { expression: 'attribute_not_exists(pk)' }
        : { expression: '#number = :seen', names, values: { ':seen': seen } };
    const item = { ...handedOutKey(this.#scope.empresaId), number };
    try {
      await this.#scope.table.transact([{ kind: 'put', item, condition: unmoved }, ...deliveries]);
      return true;
    } catch (thrown) {
      if (thrown instanceof TransactionRefused) return false;
      throw thrown;
    }
  }

  /**
   * Takes the log off the sweeper's list, all of it being handed out.
   * @returns false when it has grown meanwhile, or is growing
   */
  async rest(head: EventHead): Promise<boolean> {
    try {
      await this.#scope.table.write({
        kind: 'update',
        key: eventHeadKey(this.#scope.empresaId),
        update: { expression: 'REMOVE gsi2pk, gsi2sk' },
        condition: {
          expression: '#number = :seen',
          names: { '#number': 'number' },
          values: { ':seen': head.number },
        },
      });
      return true;
    } catch (thrown) {
      if (thrown instanceof ConditionFailed || isGrowing(thrown)) return false;
      throw thrown;
    }
  }
}

/** A commit is at the head in this very moment: it will tell the worker of its events. */
function isGrowing(thrown: unknown): boolean {
  const { cause } = thrown instanceof AppError ? thrown : {};
  return cause instanceof Error && cause.name === 'TransactionConflictException';
}

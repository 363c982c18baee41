import { ConditionFailed } from './storage-errors.ts';
import type { Condition, Key, Table } from './table.ts';

/** Deletes a row while a condition holds. @returns false when it does not, or there is no such row */
export async function deleteIf(table: Table, key: Key, condition: Condition): Promise<boolean> {
  try {
    await table.write({ kind: 'delete', key, condition });
    return true;
  } catch (thrown) {
    if (thrown instanceof ConditionFailed) return false;
    throw thrown;
  }
}

import { AsyncLocalStorage } from 'node:async_hooks';
import { AppError } from '../errors/app-error.ts';
import type { TenantScope } from '../tenant/tenant-scope.ts';
import { TransactionRefused } from './storage-errors.ts';
import type { Write } from './table.ts';

/**
 * A write that goes along with whatever a call commits for its company, so that it stands exactly if the effect stands.
 */
export interface Receipt {
  readonly empresaId: string;
  /** Holds while the call is still the one that may have the effect. */
  readonly write: Write;
}

const receipts = new AsyncLocalStorage<Receipt>();

/** Does `work` with a receipt at hand for all that it commits. */
export function withReceipt<T>(receipt: Receipt, work: () => Promise<T>): Promise<T> {
  return receipts.run(receipt, work);
}

/**
 * All of the writes or none, and the receipt of the call under way with them, if it has one.
 * @param writes at most 99
 * @throws TransactionRefused naming the positions whose condition did not hold
 * @throws AppError `unavailable` when a repeat of the call has come in its place
 */
export async function transactWithReceipt({ empresaId, table }: TenantScope, writes: readonly Write[]): Promise<void> {
  const receipt = receipts.getStore();
  if (receipt?.empresaId !== empresaId) return table.transact(writes);
  try {
    await table.transact([...writes, receipt.write]);
  } catch (thrown) {
    if (!(thrown instanceof TransactionRefused && thrown.failed.includes(writes.length))) throw thrown;
    throw new AppError('unavailable', 'La petición ha tardado demasiado. Vuelve a intentarlo.', { retryAfter: 1 });
  }
}

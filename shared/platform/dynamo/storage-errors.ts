import { AppError } from '../errors/app-error.ts';

/**
 * A condition of a single write did not hold. `item` is what stood there, in the table's own attribute values
 * (`{ N: '5' }`): ask it which attributes there are, not what they say.
 */
export class ConditionFailed extends Error {
  override readonly name = 'ConditionFailed';
  readonly item: Record<string, unknown> | undefined;

  constructor(item?: Record<string, unknown>) {
    super('The condition of a write did not hold');
    this.item = item;
  }
}

/** A transaction was refused. `failed` holds the positions of the writes whose condition did not hold. */
export class TransactionRefused extends Error {
  override readonly name = 'TransactionRefused';
  readonly failed: readonly number[];

  constructor(failed: readonly number[]) {
    super('A condition of a transaction did not hold');
    this.failed = failed;
  }
}

interface AwsError {
  readonly name?: unknown;
  readonly Item?: Record<string, unknown>;
  readonly CancellationReasons?: readonly { readonly Code?: string }[];
}

const BUSY = new Set([
  'ProvisionedThroughputExceededException',
  'ThrottlingException',
  'RequestLimitExceeded',
  'TransactionInProgressException',
  'TransactionConflictException',
  'InternalServerError',
  'TimeoutError',
]);

function failedConditions(error: AwsError): readonly number[] {
  return (error.CancellationReasons ?? []).flatMap((reason, at) =>
    reason.Code === 'ConditionalCheckFailed' ? [at] : [],
  );
}

/**
 * Turns the store's own errors into ours: a failed condition is a fact for the repository to name, a busy or absent
 * store is `unavailable`, everything else passes and becomes an opaque 500.
 */
export function translateStorageError(thrown: unknown): unknown {
  const error = (typeof thrown === 'object' && thrown !== null ? thrown : {}) as AwsError;
  if (error.name === 'ConditionalCheckFailedException') return new ConditionFailed(error.Item);
  if (error.name === 'TransactionCanceledException') {
    const failed = failedConditions(error);
    if (failed.length > 0) return new TransactionRefused(failed);
    return storeBusy(thrown);
  }
  return typeof error.name === 'string' && BUSY.has(error.name) ? storeBusy(thrown) : thrown;
}

/** Two transactions touched a row at the same instant: DynamoDB cancels one without looking at its conditions. */
export function isTransactionConflict(thrown: unknown): boolean {
  const { cause } = thrown instanceof AppError ? thrown : {};
  return cause instanceof Error && cause.name === 'TransactionCanceledException';
}

/** The table takes no more right now. */
export function storeBusy(cause: unknown): AppError {
  return new AppError('unavailable', 'El servicio está saturado. Vuelve a intentarlo dentro de unos segundos.', {
    cause,
    retryAfter: 5,
  });
}

import { hash } from 'node:crypto';
import type { LevelWrite } from 'dynalite/db/index.js';
import type { Request } from 'dynalite/validations/index.js';
import { type Operation, run, validate } from './actions.ts';
import { errorName, isServiceError, type ServiceError, serviceError, validationError } from './errors.ts';
import { DELETE, GET, type ItemAction, PUT, runStaged, UPDATE } from './items.ts';
import type { Meter } from './meter.ts';
import { stageWrites } from './staging.ts';
import type { TableStore } from './store.ts';
import type { TokenMemory } from './tokens.ts';

const MAX_ITEMS = 100;

/** A condition check is a deletion that is not carried out. */
const CONDITION_CHECK: ItemAction = {
  action: DELETE.action,
  rules: {
    types: { ...DELETE.rules.types, ConditionExpression: { type: 'String', notNull: true } },
    custom: DELETE.rules.custom,
  },
};

const WRITES: Readonly<Record<string, ItemAction>> = {
  Put: PUT,
  Update: UPDATE,
  Delete: DELETE,
  ConditionCheck: CONDITION_CHECK,
};

const READS: Readonly<Record<string, ItemAction>> = { Get: GET };

/** One member of `TransactItems`. */
interface Part extends ItemAction {
  readonly kind: string;
  readonly request: Request;
}

/** What came of one part. */
interface Attempt {
  readonly error?: ServiceError;
  readonly result?: Record<string, unknown>;
}

/** Reads and writes of up to 100 items, all or none. */
export function transactionOperations(
  store: TableStore,
  committed: TokenMemory,
  meter: Meter,
): Record<string, Operation> {
  return {
    async TransactWriteItems(body) {
      const { TransactItems: items, ClientRequestToken: token } = body as Request;
      const fingerprint = hash('sha256', JSON.stringify(items ?? null));
      const parts = partsOf(items, WRITES, store);
      return store.exclusive(async () => {
        if (committed.has(token, fingerprint)) return {};
        const writes = await evaluate(parts, store);
        meter.noteWrites(writes, { checks: parts.filter(({ kind }) => kind === 'ConditionCheck').length });
        await store.commit(writes);
        committed.add(token, fingerprint);
        return {};
      });
    },
    async TransactGetItems(body) {
      const parts = partsOf((body as Request).TransactItems, READS, store);
      // Takes its turn among the writes: a transaction committed between two of the reads would be seen by half.
      return store.exclusive(async () => {
        const attempts = await Promise.all(
          parts.map(({ action, request }) => attempt(() => run(action, store.tables, request))),
        );
        refuseUnlessAllSucceeded(attempts);
        meter.noteTransactRead(attempts.map(({ result }) => result?.Item));
        return { Responses: attempts.map(({ result }) => ({ Item: result?.Item })) };
      });
    },
  };
}

function partsOf(items: unknown, kinds: Readonly<Record<string, ItemAction>>, store: TableStore): Part[] {
  if (!Array.isArray(items) || items.length < 1 || items.length > MAX_ITEMS) {
    const rule = Array.isArray(items) ? `have length between 1 and ${MAX_ITEMS}` : 'not be null';
    throw validationError(
      `1 validation error detected: Value at 'transactItems' failed to satisfy constraint: Member must ${rule}`,
    );
  }
  return items.map((item: Readonly<Record<string, unknown>>) => {
    const [kind = '', ...others] = Object.keys(item ?? {}).filter((key) => item[key] !== null);
    const itemAction = kinds[kind];
    if (itemAction === undefined || others.length > 0) {
      throw validationError(`TransactItems can only contain one of ${Object.keys(kinds).join(', ')}`);
    }
    return { ...itemAction, kind, request: validate(itemAction.rules, item[kind], store.tables) };
  });
}

/** What the parts write, provided that every condition holds. Writes nothing itself. */
async function evaluate(parts: readonly Part[], store: TableStore): Promise<LevelWrite[]> {
  const attempts = await Promise.all(
    parts.map(async ({ kind, action, request }) => {
      const stage = stageWrites(store.tables);
      const outcome = await attempt(() => runStaged(action, stage, request));
      const target = stage.itemKey === undefined ? undefined : `${request.TableName}/${stage.itemKey}`;
      return { ...outcome, target, writes: kind === 'ConditionCheck' ? [] : stage.writes };
    }),
  );
  const targets = attempts.map(({ target }) => target).filter((target) => target !== undefined);
  if (new Set(targets).size < targets.length) {
    throw validationError('Transaction request cannot include multiple operations on one item');
  }
  refuseUnlessAllSucceeded(attempts);
  return attempts.flatMap(({ writes }) => writes);
}

async function attempt(task: () => Promise<Record<string, unknown>>): Promise<Attempt> {
  try {
    return { result: await task() };
  } catch (error) {
    if (isServiceError(error) && cancellationCode(error) !== undefined) return { error };
    throw error;
  }
}

/** Undefined for errors that are answered by themselves, such as a table that does not exist. */
function cancellationCode(error: ServiceError): string | undefined {
  const codes: Record<string, string> = {
    ConditionalCheckFailedException: 'ConditionalCheckFailed',
    ValidationException: 'ValidationError',
  };
  return codes[errorName(error)];
}

function refuseUnlessAllSucceeded(attempts: readonly Attempt[]): void {
  if (attempts.every(({ error }) => error === undefined)) return;
  const reasons = attempts.map(({ error }) =>
    error === undefined
      ? { Code: 'None' }
      : { Code: cancellationCode(error), Message: error.message, Item: error.body.Item },
  );
  const codes = reasons.map(({ Code }) => Code).join(', ');
  throw serviceError(
    'TransactionCanceledException',
    `Transaction cancelled, please refer cancellation reasons for specific reasons [${codes}]`,
    { members: { CancellationReasons: reasons } },
  );
}

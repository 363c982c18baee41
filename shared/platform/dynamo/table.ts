import { setTimeout as delay } from 'node:timers/promises';
import {
  BatchGetCommand,
  BatchWriteCommand,
  type BatchWriteCommandInput,
  DeleteCommand,
  type DynamoDBDocumentClient,
  GetCommand,
  PutCommand,
  QueryCommand,
  TransactWriteCommand,
  UpdateCommand,
} from '@aws-sdk/lib-dynamodb';
import { eachLimit } from '../concurrency/each-limit.ts';
import { isTenantPartition } from '../tenant/tenant-partition.ts';
import { projection, queryInput } from './query-input.ts';
import { storeBusy, translateStorageError } from './storage-errors.ts';
import { conditionInput, transactItem, updateInput } from './write-input.ts';

/** Primary key of the single table. */
export interface Key {
  readonly pk: string;
  readonly sk: string;
}

export type Item = Record<string, unknown>;

/** A condition in DynamoDB's own expression language, with its names and values. */
export interface Condition {
  readonly expression: string;
  readonly names?: Record<string, string>;
  readonly values?: Item;
}

/** One write of a transaction, or a write by itself. */
export type Write =
  | { readonly kind: 'put'; readonly item: Item & Key; readonly condition?: Condition }
  | { readonly kind: 'update'; readonly key: Key; readonly update: Condition; readonly condition?: Condition }
  | { readonly kind: 'delete'; readonly key: Key; readonly condition?: Condition }
  | { readonly kind: 'check'; readonly key: Key; readonly condition: Condition };

interface GetManyOptions {
  readonly consistent?: boolean;
  /** Answers these attributes of the rows alone; name the keys too where rows are told apart by them. */
  readonly attributes?: readonly string[];
}

/** One page of one partition. `from` and `to` bound the sort key, both included. */
export interface PartitionQuery {
  readonly pk: string;
  readonly index?: string;
  readonly prefix?: string;
  readonly from?: string;
  readonly to?: string;
  readonly newestFirst?: boolean;
  readonly limit?: number;
  readonly after?: Item;
  /** Reads what was just written; not to be had on an index. */
  readonly consistent?: boolean;
  /** Answers the rows' keys and nothing else of them. */
  readonly keysOnly?: boolean;
  /** Answers these attributes of the rows alone: what is read costs the same, what is taken in does not. */
  readonly attributes?: readonly string[];
  /** Answers the rows that fit alone: what is read, and `limit`, count the others too. */
  readonly filter?: Condition;
}

/** A query of which nothing but numbers is wanted. */
type CountedQuery = Omit<PartitionQuery, 'keysOnly' | 'attributes'>;

export interface Page {
  readonly items: readonly Item[];
  /** Where the next page starts; absent on the last. */
  readonly next?: Item;
}

/** The row must not exist yet. */
export const ABSENT: Condition = { expression: 'attribute_not_exists(pk)' };
/** The row must exist. */
export const PRESENT: Condition = { expression: 'attribute_exists(pk)' };

const BATCH_GET_MOST = 100;
/** Writes that one transaction holds. */
export const TRANSACTION_MOST = 100;
const BATCH_WRITE_MOST = 25;
/** Batches under way at once: fills the writes that one partition takes, and no socket pool. */
const PARALLEL_BATCHES = 8;
/** Times that a batch is sent; with the waits between them it gives a throttled partition ten seconds. */
const BATCH_ROUNDS = 10;

function keyOf(write: Write): Key {
  return write.kind === 'put' ? write.item : write.key;
}

/** Waits before a batch is sent again. @throws AppError `unavailable` when it was sent often enough */
async function beforeRound(round: number): Promise<void> {
  if (round === BATCH_ROUNDS) throw storeBusy(undefined);
  if (round > 0) await delay(Math.random() * Math.min(2_000, 50 * 2 ** round));
}

/**
 * The single table, one method for each plain operation we use; nothing here scans. Failed conditions come out as
 * {@link ConditionFailed} or {@link TransactionRefused}, a busy store as `AppError('unavailable')`.
 */
export class Table {
  readonly name: string;
  readonly #client: DynamoDBDocumentClient;
  readonly #clientOf: ((empresaId: string) => DynamoDBDocumentClient) | undefined;

  /** @param clientOf the client that acts for a company, where it is another one (`connect-table.ts`) */
  constructor(client: DynamoDBDocumentClient, name: string, clientOf?: (empresaId: string) => DynamoDBDocumentClient) {
    this.#client = client;
    this.#clientOf = clientOf;
    this.name = name;
  }

  /** Rows of a company are reached through its session: a key of one here is a mistake of ours. */
  #checked(keys: readonly Pick<Key, 'pk'>[]): void {
    if (this.#clientOf === undefined) return;
    if (keys.some(({ pk }) => isTenantPartition(pk)))
      throw new Error('Rows of a company are reached through its scope');
  }

  /** The same table, seen as one company may see it. */
  ofTenant(empresaId: string): Table {
    return this.#clientOf === undefined ? this : new Table(this.#clientOf(empresaId), this.name);
  }

  async get(key: Key, options: { consistent?: boolean } = {}): Promise<Item | undefined> {
    this.#checked([key]);
    const command = new GetCommand({
      TableName: this.name,
      Key: key,
      ...(options.consistent && { ConsistentRead: true }),
    });
    return (await this.#run(() => this.#client.send(command))).Item;
  }

  /**
   * Up to 100 rows in one round trip, in no order; asks again for what a busy table left out.
   * @throws AppError `unavailable` when the table stays busy
   */
  async getMany(keys: readonly Key[], options: GetManyOptions = {}): Promise<readonly Item[]> {
    this.#checked(keys);
    const found: Item[] = [];
    const common = { ...projection(options), ...(options.consistent && { ConsistentRead: true }) };
    let wanted: Item[] = keys.slice(0, BATCH_GET_MOST).map((key) => ({ ...key }));
    for (let round = 0; wanted.length > 0; round += 1) {
      await beforeRound(round);
      const command = new BatchGetCommand({ RequestItems: { [this.name]: { Keys: wanted, ...common } } });
      const answer = await this.#run(() => this.#client.send(command));
      found.push(...(answer.Responses?.[this.name] ?? []));
      wanted = answer.UnprocessedKeys?.[this.name]?.Keys ?? [];
    }
    return found;
  }

  async query(query: PartitionQuery): Promise<Page> {
    this.#checked([query]);
    const command = new QueryCommand({ TableName: this.name, ...queryInput(query) });
    const answer = await this.#run(() => this.#client.send(command));
    return { items: answer.Items ?? [], ...(answer.LastEvaluatedKey && { next: answer.LastEvaluatedKey }) };
  }

  /**
   * Where a query goes on after so many of its rows: they are read, and paid for, but not sent.
   * @returns undefined when nothing comes after them
   */
  async passOver(rows: number, query: CountedQuery): Promise<Item | undefined> {
    let after = query.after;
    for (let left = rows; left > 0; ) {
      const { count, next } = await this.#countPage({ ...query, limit: left, ...(after && { after }) });
      if (next === undefined) return undefined;
      left -= count;
      after = next;
    }
    return after;
  }

  /** How many rows a query finds: they are read, and paid for, but not sent. */
  async count(query: CountedQuery): Promise<number> {
    let total = 0;
    let after = query.after;
    do {
      const { count, next } = await this.#countPage({ ...query, ...(after && { after }) });
      total += count;
      after = next;
    } while (after !== undefined);
    return total;
  }

  async #countPage(query: CountedQuery): Promise<{ readonly count: number; readonly next: Item | undefined }> {
    this.#checked([query]);
    const command = new QueryCommand({ TableName: this.name, ...queryInput(query), Select: 'COUNT' });
    const { Count = 0, LastEvaluatedKey } = await this.#run(() => this.#client.send(command));
    return { count: Count, next: LastEvaluatedKey };
  }

  /** Every row of the query, page after page, holding one page at a time. */
  async *queryAll(query: PartitionQuery): AsyncGenerator<Item> {
    let after = query.after;
    do {
      const page = await this.query({ ...query, ...(after && { after }) });
      yield* page.items;
      after = page.next;
    } while (after !== undefined);
  }

  /** One write; answers the row as it stands afterwards for an update, else nothing. */
  async write(write: Exclude<Write, { kind: 'check' }>): Promise<Item | undefined> {
    this.#checked([keyOf(write)]);
    const common = { TableName: this.name };
    const old = { ReturnValuesOnConditionCheckFailure: 'ALL_OLD' } as const;
    return this.#run(async () => {
      if (write.kind === 'update') {
        const command = new UpdateCommand({
          ...common,
          ...old,
          ...updateInput(write),
          ReturnValues: 'ALL_NEW',
        });
        return (await this.#client.send(command)).Attributes;
      }
      if (write.kind === 'put') {
        await this.#client.send(
          new PutCommand({ ...common, ...old, Item: write.item, ...conditionInput(write.condition) }),
        );
        return undefined;
      }
      await this.#client.send(
        new DeleteCommand({ ...common, ...old, Key: write.key, ...conditionInput(write.condition) }),
      );
      return undefined;
    });
  }

  /**
   * All of the writes or none.
   * @param token makes a repeat within ten minutes of the very same writes harmless
   * @throws TransactionRefused naming the positions whose condition did not hold
   */
  async transact(writes: readonly Write[], token?: string): Promise<void> {
    this.#checked(writes.map(keyOf));
    const TransactItems = writes.map((write) => transactItem(this.name, write));
    const command = new TransactWriteCommand({ TransactItems, ...(token && { ClientRequestToken: token }) });
    await this.#run(() => this.#client.send(command));
  }

  /**
   * Deletes rows by their keys, each once, and asks again for what a busy table left out; a row that is not there is
   * no failure. Not atomic: after an error some are gone.
   * @throws AppError `unavailable` when the table stays busy
   */
  async deleteMany(keys: readonly Key[]): Promise<void> {
    this.#checked(keys);
    const batches = Array.from({ length: Math.ceil(keys.length / BATCH_WRITE_MOST) }, (_, batch) =>
      keys.slice(batch * BATCH_WRITE_MOST, (batch + 1) * BATCH_WRITE_MOST),
    );
    await eachLimit(batches, PARALLEL_BATCHES, (batch) => this.#deleteBatch(batch));
  }

  async #deleteBatch(keys: readonly Key[]): Promise<void> {
    let left: NonNullable<BatchWriteCommandInput['RequestItems']>[string] = keys.map(({ pk, sk }) => ({
      DeleteRequest: { Key: { pk, sk } },
    }));
    for (let round = 0; left.length > 0; round += 1) {
      await beforeRound(round);
      const command = new BatchWriteCommand({ RequestItems: { [this.name]: left } });
      const answer = await this.#run(() => this.#client.send(command));
      left = answer.UnprocessedItems?.[this.name] ?? [];
    }
  }

  async #run<T>(operation: () => Promise<T>): Promise<T> {
    try {
      return await operation();
    } catch (thrown) {
      throw translateStorageError(thrown);
    }
  }
}

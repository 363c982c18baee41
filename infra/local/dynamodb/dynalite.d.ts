/** The parts of `dynalite` 4.0.0 (pinned) that the local table is built from; the package ships no types. */
declare module 'dynalite/db/index.js' {
  export type AttributeValue = Readonly<Record<string, unknown>>;
  export type Item = Readonly<Record<string, AttributeValue>>;
  export type Callback<Result> = (error: Error | null, result?: Result) => void;

  export interface KeyElement {
    readonly AttributeName: string;
  }
  export interface Index {
    readonly IndexName: string;
    readonly KeySchema: readonly KeyElement[];
  }
  export interface Table {
    readonly TableName: string;
    readonly TableArn: string;
    readonly TableStatus: 'CREATING' | 'ACTIVE' | 'UPDATING' | 'DELETING';
    readonly KeySchema: readonly KeyElement[];
    readonly GlobalSecondaryIndexes?: readonly Index[];
    readonly LocalSecondaryIndexes?: readonly Index[];
  }

  /** Bounds and options of a range read, relative to one item or index collection. */
  export interface Range {
    readonly gt?: string;
    readonly gte?: string;
    readonly lt?: string;
    readonly lte?: string;
    readonly reverse?: boolean;
    /** −1 for no limit. */
    readonly limit?: number;
  }
  /** One collection of records: the items of a table, or the entries of an index. */
  export interface Collection {
    get(key: string, callback: Callback<Item>): void;
    createValueStream(range: Range): import('node:events').EventEmitter;
  }
  /** A collection as the actions that write use it. */
  export interface WritableCollection {
    lock(key: string, run: (release: <T>(callback: T) => T) => void): void;
    get(key: string, callback: Callback<Item>): void;
    put(key: string, item: Item, callback: Callback<void>): void;
    del(key: string, callback: Callback<void>): void;
  }
  export interface TableCollection {
    put(name: string, table: Table, callback: Callback<void>): void;
    del(name: string, callback: Callback<void>): void;
    createKeyStream(range: Range): import('node:events').EventEmitter;
  }

  export interface ValueIterator {
    nextv(size: number): Promise<string[]>;
    close(): Promise<void>;
  }
  export type LevelWrite =
    | { readonly type: 'put'; readonly key: string; readonly value: string; readonly valueEncoding: 'utf8' }
    | { readonly type: 'del'; readonly key: string };
  export interface Level {
    open(): Promise<void>;
    close(): Promise<void>;
    clear(range?: Range): Promise<void>;
    getSync(key: string, options: { readonly valueEncoding: 'utf8' }): string | undefined;
    batch(writes: readonly LevelWrite[]): Promise<void>;
    values(range: Range & { readonly valueEncoding: 'utf8' }): ValueIterator;
    keys(range: Range): { all(): Promise<string[]> };
  }

  /** What an action of dynalite reads and writes through. */
  export interface Store {
    readonly options: { readonly maxItemSize: number };
    readonly db: Level;
    readonly tableDb: TableCollection;
    getItemDb(table: string): Collection | WritableCollection;
    getIndexDb(kind: string, table: string, index: string): Collection | WritableCollection;
    deleteItemDb(table: string, callback: Callback<void>): void;
    deleteIndexDb(kind: string, table: string, index: string, callback: Callback<void>): void;
    getTable(name: string, callback: Callback<Table>): void;
    getTable(name: string, checkStatus: boolean, callback: Callback<Table>): void;
  }

  export function create(options: {
    readonly path?: string;
    readonly createTableMs: number;
    readonly deleteTableMs: number;
    readonly updateTableMs: number;
  }): Store;
  /** Bytes of an item as DynamoDB counts them; compressed and with what it adds, as it measures pages. */
  export function itemSize(item: Item, compress?: boolean, addMetaSize?: boolean, rangeKey?: string): number;
  export function createKey(item: Item, table: Table): string;
  export function createIndexKey(item: Item, table: Table, keySchema: readonly KeyElement[]): string;
}

declare module 'dynalite/validations/index.js' {
  export type Types = Readonly<Record<string, unknown>>;
  export type Request = Record<string, unknown>;
  /** Checks the JSON types, drops unknown parameters, and answers the rest. Throws an error with `statusCode` and `body`. */
  export function checkTypes(data: Request, types: Types): Request;
  /** Checks the rules and parses the expressions into `_condition`, `_updates`, … on `data`. Throws as above. */
  export function checkValidations(data: Request, types: Types, custom: Custom | undefined, store: unknown): void;
  export type Custom = (data: Request, store: unknown) => string | undefined;
}

declare module 'dynalite/validations/*.js' {
  export const types: import('dynalite/validations/index.js').Types;
  export const custom: import('dynalite/validations/index.js').Custom | undefined;
}

declare module 'dynalite/actions/*.js' {
  const action: (
    store: import('dynalite/db/index.js').Store,
    data: import('dynalite/validations/index.js').Request,
    callback: import('dynalite/db/index.js').Callback<Record<string, unknown>>,
  ) => void;
  export = action;
}

import type { QueueName } from '../../shared/platform/queue/queue-names.ts';
import type { BucketName, SecretName } from './names.ts';

/** What may be done to rows, all of it. Never `Scan`: no condition can keep it inside a tenant. */
export const ROW_ACTIONS = [
  'BatchGetItem',
  'ConditionCheckItem',
  'DeleteItem',
  'GetItem',
  'PutItem',
  'Query',
  'UpdateItem',
] as const;
/** Writing in batches can be neither conditional nor kept from putting: for what deletes a whole tenant, alone. */
export type RowAction = (typeof ROW_ACTIONS)[number] | 'BatchWriteItem';

/** Partition keys that a statement is limited to, as `dynamodb:LeadingKeys` patterns. */
type LeadingKeys = 'T#*' | `P#${string}#*`;

/** One thing that a function may do; a function may do nothing that is not listed. */
export type Grant =
  | {
      readonly kind: 'rows';
      readonly actions: readonly RowAction[];
      readonly leadingKeys: LeadingKeys;
      /** The statement covers these indexes; the table too, unless `indexOnly`. */
      readonly indexes?: readonly ('gsi1' | 'gsi2')[];
      readonly indexOnly?: boolean;
    }
  | { readonly kind: 'secret'; readonly secret: SecretName }
  | { readonly kind: 'data-keys'; readonly actions: readonly ('Decrypt' | 'GenerateDataKey')[] }
  | {
      readonly kind: 'objects';
      readonly bucket: BucketName;
      readonly prefix: `${string}/`;
      readonly actions: readonly ('DeleteObject' | 'GetObject' | 'PutObject')[];
    }
  | { readonly kind: 'bucket-listing'; readonly bucket: BucketName }
  | { readonly kind: 'queue'; readonly queue: QueueName; readonly use: 'send' | 'consume' };

/** Rows of tenants, in the table and in the tenant's own order on `gsi1`. */
export function tenantRows(...actions: readonly RowAction[]): Grant {
  return { kind: 'rows', actions, leadingKeys: 'T#*', ...(actions.includes('Query') && { indexes: ['gsi1'] }) };
}

/** Reading and changing whatever a tenant has, row by row: what most functions of the APIs do. */
export const TENANT_ROWS = tenantRows('BatchGetItem', 'DeleteItem', 'GetItem', 'PutItem', 'Query', 'UpdateItem');
/** Data keys of tenants, opened and, where there is none yet, made. */
export const DATA_KEYS: Grant = { kind: 'data-keys', actions: ['Decrypt', 'GenerateDataKey'] };

/** The counters of rate limits, one atomic addition for each call. */
export const RATE_COUNTERS: Grant = { kind: 'rows', actions: ['UpdateItem'], leadingKeys: 'P#RATE#*' };
/** Replies to writes that came with an idempotency key, sealed under the tenant's data key. */
export const KEPT_REPLIES: readonly Grant[] = [
  { kind: 'rows', actions: ['DeleteItem', 'GetItem', 'PutItem', 'UpdateItem'], leadingKeys: 'T#*' },
  DATA_KEYS,
];
/** Who holds an e-mail address, for signing in. */
export const EMAIL_LOCKS: Grant = { kind: 'rows', actions: ['GetItem'], leadingKeys: 'P#EMAIL#*' };
/** Who holds a user name, for signing in by it. */
export const USERNAME_LOCKS: Grant = { kind: 'rows', actions: ['GetItem'], leadingKeys: 'P#USERNAME#*' };
/** The list of all tenants, for scheduled runs alone. */
export const TENANT_DIRECTORY: Grant = { kind: 'rows', actions: ['Query'], leadingKeys: 'P#TENANTS#*' };
/** What is still to be done on the whole platform, for the sweeper alone. */
export const OUTBOX_WORK_LIST: Grant = {
  kind: 'rows',
  actions: ['Query'],
  leadingKeys: 'P#OUTBOX#*',
  indexes: ['gsi2'],
  indexOnly: true,
};

/** Erasures that nobody has gone on with, for the sweeper alone. */
export const DUE_ERASURES: Grant = {
  kind: 'rows',
  actions: ['Query'],
  leadingKeys: 'P#ERASURE#*',
  indexes: ['gsi2'],
  indexOnly: true,
};
/** The names that an erased company's users and invites hold. */
export const FREED_NAMES: readonly Grant[] = [
  { kind: 'rows', actions: ['DeleteItem'], leadingKeys: 'P#INVITE#*' },
  { kind: 'rows', actions: ['DeleteItem'], leadingKeys: 'P#EMAIL#*' },
  { kind: 'rows', actions: ['DeleteItem'], leadingKeys: 'P#USERNAME#*' },
];

/** Taking a file that was staged for an operation, and deleting it after its use. */
export const STAGED_FILES: readonly Grant[] = [
  { kind: 'objects', bucket: 'exports', prefix: 'uploads/', actions: ['GetObject', 'DeleteObject'] },
  // Without it S3 answers 403 for a file that is gone, which reads as a failure instead of an absence.
  { kind: 'bucket-listing', bucket: 'exports' },
];

export function secret(name: SecretName): Grant {
  return { kind: 'secret', secret: name };
}

/** Handing work to the worker of a queue. */
export function sendTo(queue: QueueName): Grant {
  return { kind: 'queue', queue, use: 'send' };
}

/** What two grants have to share to be one statement; undefined for a kind that is never merged. */
function statementKey(grant: Grant): string | undefined {
  switch (grant.kind) {
    case 'rows':
      return `rows ${grant.leadingKeys} ${grant.indexOnly === true}`;
    case 'data-keys':
      return grant.kind;
    case 'secret':
      return `secret ${grant.secret}`;
    default:
      return undefined;
  }
}

function union<T extends string>(a: readonly T[] = [], b: readonly T[] = []): readonly T[] {
  return [...new Set([...a, ...b])].sort();
}

function merged(a: Grant, b: Grant): Grant {
  if (a.kind === 'rows' && b.kind === 'rows') {
    const indexes = union(a.indexes, b.indexes);
    return { ...a, actions: union(a.actions, b.actions), ...(indexes.length > 0 && { indexes }) };
  }
  return a.kind === 'data-keys' && b.kind === 'data-keys' ? { ...a, actions: union(a.actions, b.actions) } : a;
}

/** The same rights with one statement for each thing: what a function lists and what its routes bring may overlap. */
export function mergedGrants(grants: readonly Grant[]): readonly Grant[] {
  const byKey = new Map<string, Grant>();
  for (const [at, grant] of grants.entries()) {
    const key = statementKey(grant) ?? String(at);
    const known = byKey.get(key);
    byKey.set(key, known === undefined ? grant : merged(known, grant));
  }
  return [...byKey.values()];
}

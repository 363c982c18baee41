import * as z from 'zod';
import { eachLimit } from '../../platform/concurrency/each-limit.ts';
import { ConditionFailed } from '../../platform/dynamo/storage-errors.ts';
import type { Condition, Key, Table } from '../../platform/dynamo/table.ts';
import type { TenantScope } from '../../platform/tenant/tenant-scope.ts';
import { emailLockKey, usernameLockKey, userPartition } from '../identity/user.keys.ts';
import type { Holding } from './holding.ts';

/** People listed at once. */
const PORTION = 250;
const PARALLEL_PEOPLE = 16;

/** What has to be known of a person to free what the person holds; a damaged row holds nothing. */
const holder = z.object({ sk: z.string(), email: z.string().optional(), username: z.string().optional() });
type Holder = z.infer<typeof holder>;

/**
 * The users of a company with the names that they hold on the whole platform. A name is freed only while this company
 * holds it, because a freed one may be somebody else's a moment later, and before its row goes, which is what leads to it.
 */
export function peopleHolding(scope: TenantScope): Holding {
  const query = { pk: userPartition(scope.empresaId), limit: PORTION, consistent: true };
  return {
    name: 'USER',
    async first(through) {
      const { items } = await scope.table.query({ ...query, ...(through !== undefined && { to: through }) });
      const people = items.map((item) => holder.parse(item));
      const last = people.at(-1);
      if (last === undefined) return undefined;
      const filas = { USER: people.length, EMAIL: countOf(people, 'email'), USERNAME: countOf(people, 'username') };
      return {
        last: last.sk,
        filas,
        remove: () => eachLimit(people, PARALLEL_PEOPLE, (person) => removePerson(scope, person)),
      };
    },
  };
}

function countOf(people: readonly Holder[], name: 'email' | 'username'): number {
  return people.filter((person) => person[name] !== undefined).length;
}

async function removePerson({ empresaId, table }: TenantScope, { sk, email, username }: Holder): Promise<void> {
  const own = { expression: 'empresa_id = :id', values: { ':id': empresaId } };
  if (email !== undefined) await removeIf(table, emailLockKey(email), own);
  if (username !== undefined) await removeIf(table, usernameLockKey(username), own);
  await removeIf(table, { pk: userPartition(empresaId), sk }, holdsStill({ email, username }));
}

/** A row that got another name since it was read stays, to be read again: its new names would never be found. */
function holdsStill(names: Pick<Holder, 'email' | 'username'>): Condition {
  const parts = Object.entries(names).map(([name, value]) =>
    value === undefined
      ? { expression: `attribute_not_exists(#${name})`, values: {} }
      : { expression: `#${name} = :${name}`, values: { [`:${name}`]: value } },
  );
  return {
    expression: parts.map(({ expression }) => expression).join(' AND '),
    names: Object.fromEntries(Object.keys(names).map((name) => [`#${name}`, name])),
    values: Object.assign({}, ...parts.map(({ values }) => values)),
  };
}

async function removeIf(table: Table, key: Key, condition: Condition): Promise<void> {
  try {
    await table.write({ kind: 'delete', key, condition });
  } catch (thrown) {
    if (!(thrown instanceof ConditionFailed)) throw thrown;
  }
}

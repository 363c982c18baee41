import type { PartitionQuery, Table } from '../../platform/dynamo/table.ts';
import type { TenantScope } from '../../platform/tenant/tenant-scope.ts';
import { dueRange, taskPartition, UNDATED } from './task.keys.ts';
import { type StoredTask, storedTask } from './task.ts';
import { type CountedFilter, withValues } from './task-filter.ts';

/** A page of a list by due date. */
export interface PageByDue {
  /** How many tasks are on the pages before. */
  readonly offset: number;
  readonly size: number;
  /** The latest first; otherwise the earliest. */
  readonly descending: boolean;
  readonly filter?: CountedFilter;
  /** How many of the company's tasks fit the filter, above 0 and up to 1: the fewer, the more are read by one request. */
  readonly share?: number;
}

/** Rows of the pages before from which on a request more costs less than to take them in. */
const PASSED_OVER_FROM = 60;
/** Room for tasks that do not fit where those that do are not spread evenly. */
const ROOM = 1.5;
/** Room for tasks that are due at the same time as the last one of a page. */
const EQUAL_DATES = 5;

/**
 * The tasks of a page of a list by due date, in its order: those without a date last, of equal dates the greater id
 * first. Answered by the index of due dates, which may be a moment behind the table and holds live tasks alone. One
 * request mostly; two for a page far back.
 */
export async function listPageByDue(scope: TenantScope, page: PageByDue): Promise<readonly StoredTask[]> {
  return page.descending ? latestFirst(scope, page) : earliestFirst(scope, page);
}

async function latestFirst(
  { empresaId, table }: TenantScope,
  { offset, size, filter = {}, share = 1 }: PageByDue,
): Promise<readonly StoredTask[]> {
  const query = { ...byDue(empresaId, filter), newestFirst: true } as const;
  const passed = offset < PASSED_OVER_FROM || query.filter !== undefined ? 0 : offset;
  const after = passed === 0 ? undefined : await table.passOver(passed, query);
  if (passed > 0 && after === undefined) return [];
  const wanted = offset + size - passed;
  const limit = readAtOnce(wanted, share);
  const found = await taken(table, { ...query, limit, ...(after && { after }) }, wanted);
  return found.slice(offset - passed);
}

async function earliestFirst(
  { empresaId, table }: TenantScope,
  { offset, size, filter = {}, share = 1 }: PageByDue,
): Promise<readonly StoredTask[]> {
  const wanted = offset + size;
  const query = { ...byDue(empresaId, filter), limit: readAtOnce(wanted + EQUAL_DATES, share) };
  // The index has the lesser id first where dates are equal: they are taken in together and turned round.
  const dated = await taken(table, { ...query, ...dueRange({}) }, wanted, { wholeDates: true });
  const left = wanted - dated.length;
  const undated = { ...query, prefix: UNDATED, newestFirst: true };
  const rest = left > 0 ? await taken(table, undated, left) : [];
  return [...dated.sort(earlierFirst), ...rest].slice(offset, wanted);
}

function byDue(empresaId: string, filter: CountedFilter) {
  return { pk: taskPartition(empresaId), index: 'gsi1', ...withValues(filter) } as const;
}

function readAtOnce(wanted: number, share: number): number {
  return share === 1 ? wanted : Math.ceil((wanted / share) * ROOM);
}

async function taken(
  table: Table,
  query: PartitionQuery,
  wanted: number,
  { wholeDates = false }: { readonly wholeDates?: boolean } = {},
): Promise<StoredTask[]> {
  const found: StoredTask[] = [];
  for await (const row of table.queryAll(query)) {
    const task = storedTask.parse(row);
    if (found.length >= wanted && task.due_date !== found.at(-1)?.due_date) break;
    found.push(task);
    if (found.length === wanted && !wholeDates) break;
  }
  return found;
}

function earlierFirst(a: StoredTask, b: StoredTask): number {
  const [left, right] = [a.due_date ?? '', b.due_date ?? ''];
  if (left === right) return b.id - a.id;
  return left < right ? -1 : 1;
}

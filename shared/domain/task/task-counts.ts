import type { Item, Write } from '../../platform/dynamo/table.ts';
import { taskCountKey } from './task.keys.ts';
import { isLive, TASK_STATUSES, TASK_TYPES, type Task, type TaskStatus, type TaskType } from './task.ts';
import { seesAllTasks, type TaskViewer, teamTypes } from './task-access.ts';
import { type CountedFilter, hasValues } from './task-filter.ts';
import { concernedPeople, type TaskChange } from './task-writes.ts';

/** Whose tasks a row counts: all of the company, or those that a person does or has made. */
export type CountSubject = 'ALL' | number;

/** Tasks of one type in one status. */
export type CountCell = `${TaskType}#${TaskStatus}`;
export type TaskCounts = Partial<Readonly<Record<CountCell, number>>>;

/** What of a task decides where it is counted. */
export type CountedTask = Pick<Task, 'status' | 'task_type' | 'assigned_to' | 'created_by' | 'deleted_at'>;

const CELLS = TASK_TYPES.flatMap((task_type) =>
  TASK_STATUSES.map((status) => ({ task_type, status, cell: `${task_type}#${status}` as const })),
);

/** The counts of what fits. */
export function countsOf(counts: TaskCounts, filter: CountedFilter): TaskCounts {
  const cells = CELLS.filter((one) => hasValues(filter, one));
  return Object.fromEntries(
    cells.map(({ cell }) => [cell, counts[cell] ?? 0] as const).filter(([, count]) => count > 0),
  );
}

/** Where a task is counted, deleted ones nowhere. */
function subjectsOf(task: CountedTask): readonly CountSubject[] {
  return isLive(task) ? ['ALL', ...concernedPeople(task)] : [];
}

/** Counts of many subjects while they are added up. */
export class CountSheet {
  readonly #rows = new Map<CountSubject, Map<CountCell, number>>();

  add(task: CountedTask, by: 1 | -1): void {
    const cell: CountCell = `${task.task_type}#${task.status}`;
    for (const subject of subjectsOf(task)) {
      const row = this.#rows.get(subject) ?? new Map<CountCell, number>();
      row.set(cell, (row.get(cell) ?? 0) + by);
      this.#rows.set(subject, row);
    }
  }

  /** Every subject with the cells that are not zero; subjects without any are left out. */
  rows(): ReadonlyMap<CountSubject, TaskCounts> {
    const rows = [...this.#rows].map(([subject, row]) => {
      const counts = Object.fromEntries([...row].filter(([, count]) => count !== 0));
      return [subject, counts as TaskCounts] as const;
    });
    return new Map(rows.filter(([, counts]) => Object.keys(counts).length > 0));
  }
}

/** What the company's row holds beside its counts: their sum, which lists tell on each page. */
export const TOTAL = 'total';

/**
 * The writes that keep the counts of tasks, for the transaction that changes these: one for each row of counts that
 * changes, none where nothing counted does. The company's row counts the changes too, so that whoever counts anew
 * knows whether all stood still meanwhile.
 */
export function countingTasks(empresaId: string, changes: readonly TaskChange[]): readonly Write[] {
  const sheet = new CountSheet();
  for (const { seen, task } of changes) {
    if (seen !== undefined) sheet.add(seen, -1);
    sheet.add(task, 1);
  }
  const rows = sheet.rows();
  if (rows.size === 0) return [];
  return [...new Map<CountSubject, TaskCounts>([['ALL', {}], ...rows])].map(([subject, counts]): Write => {
    const added = Object.entries(subject === 'ALL' ? { changes: 1, [TOTAL]: totalOf(counts), ...counts } : counts);
    return {
      kind: 'update',
      key: taskCountKey(empresaId, subject),
      update: {
        expression: `ADD ${added.map((_, at) => `#c${at} :c${at}`).join(', ')}`,
        names: Object.fromEntries(added.map(([name], at) => [`#c${at}`, name])),
        values: Object.fromEntries(added.map(([, by], at) => [`:c${at}`, by])),
      },
    };
  });
}

/** How many tasks the counts of a row are about. */
export function totalOf(counts: TaskCounts): number {
  return Object.values(counts).reduce((sum, count) => sum + count, 0);
}

/** How many tasks the company's row says that there are. */
export function readTotal(row: Item | undefined): number {
  return Number(row?.[TOTAL] ?? 0);
}

/** The counts of a row as it rests, the zeros left out. */
export function readCounts(row: Item | undefined): TaskCounts {
  const counted = CELLS.map(({ cell }) => [cell, Number(row?.[cell] ?? 0)] as const);
  return Object.fromEntries(counted.filter(([, count]) => count !== 0));
}

/** Whose counts tell how many tasks a person sees. */
export function subjectsSeenBy(viewer: TaskViewer): readonly CountSubject[] {
  if (seesAllTasks(viewer)) return ['ALL'];
  return teamTypes(viewer).length > 0 ? ['ALL', viewer.number] : [viewer.number];
}

/**
 * How many tasks a person sees, by type and status: of the crew's types all, of the others those that are the person's.
 * @param of the counts of each of {@link subjectsSeenBy}
 */
export function countsSeenBy(viewer: TaskViewer, of: (subject: CountSubject) => TaskCounts): TaskCounts {
  if (seesAllTasks(viewer)) return of('ALL');
  const own = of(viewer.number);
  const crew = teamTypes(viewer);
  if (crew.length === 0) return own;
  const all = of('ALL');
  const seen = CELLS.map(({ cell, task_type }) => {
    return [cell, (crew.includes(task_type) ? all : own)[cell] ?? 0] as const;
  });
  return Object.fromEntries(seen.filter(([, count]) => count !== 0));
}

/** How many tasks there are of each status, whatever their type. */
export function byStatus(counts: TaskCounts): Readonly<Record<TaskStatus, number>> & { readonly total: number } {
  const of = (status: TaskStatus) => TASK_TYPES.reduce((sum, type) => sum + (counts[`${type}#${status}`] ?? 0), 0);
  const statuses = Object.fromEntries(TASK_STATUSES.map((status) => [status, of(status)])) as Record<
    TaskStatus,
    number
  >;
  return { ...statuses, total: totalOf(counts) };
}

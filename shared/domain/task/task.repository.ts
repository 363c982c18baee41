import type { DataKey } from '../../platform/crypto/sealed.ts';
import type { Item, PartitionQuery } from '../../platform/dynamo/table.ts';
import type { TenantScope } from '../../platform/tenant/tenant-scope.ts';
import { checklistKey } from '../checklist/checklist.keys.ts';
import { type StoredChecklist, storedChecklist } from '../checklist/checklist.ts';
import { openHistory, openTask } from './sealed-task.ts';
import {
  dueRange,
  historyOfTask,
  personPartition,
  taskCountKey,
  taskDuePartition,
  taskHistoryPartition,
  taskKey,
  taskOriginKey,
  taskPartition,
  tasksOfPerson,
} from './task.keys.ts';
import {
  isLive,
  type ListedTask,
  listedTask,
  OVERDUE_STATUSES,
  type StoredTask,
  storedTask,
  TASK_STATUSES,
  type Task,
} from './task.ts';
import { countingTasks, readTotal } from './task-counts.ts';
import { type CountedFilter, type TaskFilter, type ValueFilter, withValues } from './task-filter.ts';
import type { HistoryLine } from './task-history.ts';
import { findSurroundings, type TaskSurroundings } from './task-surroundings.ts';
import { type ChangeOrigin, type GuardedWrite, type TaskChange, writesOfTaskChange } from './task-writes.ts';
import { listPageByDue, type PageByDue } from './tasks-by-due.ts';

/** Rows read at once where the newest few are wanted: room for some that were deleted. */
const NEWEST_PAGE = 20;

const LISTED = Object.keys(listedTask.shape);

interface Options {
  readonly scope: TenantScope;
  /** The company's data key of purpose `guest-data`; asked for where texts are read or written. */
  readonly guestKey: () => Promise<DataKey>;
}

/** A task with its checklist, both as they are now. */
export interface TaskWithChecklist {
  readonly task: Task;
  readonly checklist: StoredChecklist | undefined;
}

/** An open task with a due date, without its texts. */
export type DueTask = Pick<Task, 'id' | 'status' | 'task_type' | 'assigned_to' | 'created_by'> & {
  readonly due_date: string;
};

/** The tasks of one company. Reads are of what stands this instant, but for those by the index of due dates. */
export class TaskRepository {
  readonly #scope: TenantScope;
  readonly #guestKey: () => Promise<DataKey>;

  constructor({ scope, guestKey }: Options) {
    this.#scope = scope;
    this.#guestKey = guestKey;
  }

  /** A task that is there. */
  async find(id: number): Promise<Task | undefined> {
    return (await this.findMany([id]))[0];
  }

  /** Up to 100 tasks that are there, in one round trip and in the order of the ids. */
  async findMany(ids: readonly number[]): Promise<readonly Task[]> {
    if (ids.length === 0) return [];
    const keys = [...new Set(ids)].map((id) => taskKey(this.#scope.empresaId, id));
    const rows = await this.#scope.table.getMany(keys, { consistent: true });
    const found = new Map((await this.open(rows.flatMap(readLive))).map((task) => [task.id, task]));
    return ids.flatMap((id) => found.get(id) ?? []);
  }

  /** A task that is there, with its checklist: one round trip. */
  async findWithChecklist(id: number): Promise<TaskWithChecklist | undefined> {
    const { empresaId, table } = this.#scope;
    const [wanted, listed] = [taskKey(empresaId, id), checklistKey(empresaId, id)];
    const rows = await table.getMany([wanted, listed], { consistent: true });
    const [task] = await this.open(rows.filter(({ pk }) => pk === wanted.pk).flatMap(readLive));
    if (task === undefined) return undefined;
    const row = rows.find(({ pk }) => pk === listed.pk);
    return { task, checklist: row === undefined ? undefined : storedChecklist.parse(row) };
  }

  /** The tasks of the company without their texts open, by id: a page of the table holds some 1,500. */
  async listAll(): Promise<readonly StoredTask[]> {
    return this.#list({ pk: taskPartition(this.#scope.empresaId), consistent: true });
  }

  /**
   * What lists look at of the company's tasks that have the values, and are due between the bounds: the latter from the
   * index of due dates, which may be a moment behind the table.
   */
  async listListed({ due, ...filter }: ValueFilter & Pick<TaskFilter, 'due'>): Promise<readonly ListedTask[]> {
    const found: ListedTask[] = [];
    const isBounded = due.gte !== undefined || due.lte !== undefined;
    const range = isBounded ? ({ index: 'gsi1', ...dueRange(due) } as const) : { consistent: true };
    const query = { pk: taskPartition(this.#scope.empresaId), attributes: LISTED, ...range, ...withValues(filter) };
    for await (const row of this.#scope.table.queryAll(query)) {
      const listed = listedTask.parse(row);
      if (isLive(listed)) found.push(listed);
    }
    return found;
  }

  /** The tasks that a person does or has made. @param person the integer of the profile */
  async listOfPerson(person: number): Promise<readonly StoredTask[]> {
    const pk = personPartition(this.#scope.empresaId);
    return this.#list({ pk, prefix: tasksOfPerson(person), consistent: true });
  }

  /** The tasks of a page of a list by due date: see {@link listPageByDue}. */
  async listPageByDue(page: PageByDue): Promise<readonly StoredTask[]> {
    return listPageByDue(this.#scope, page);
  }

  /** How many tasks there are. */
  async count(): Promise<number> {
    const row = await this.#scope.table.get(taskCountKey(this.#scope.empresaId, 'ALL'), { consistent: true });
    return readTotal(row);
  }

  /**
   * The tasks that were made last, newest first; numbers are given in the order in which tasks are made.
   * @param isWanted where it leaves few, all tasks may have to be read: a page of the table for each 1,500
   */
  async listNewest(limit: number, isWanted?: (task: StoredTask) => boolean): Promise<readonly StoredTask[]> {
    const pk = taskPartition(this.#scope.empresaId);
    return this.#first(limit, { pk, ...(isWanted === undefined && { limit: NEWEST_PAGE }) }, isWanted);
  }

  /** The tasks that a person does or has made, the ones made last first. @param person the integer of the profile */
  async listNewestOfPerson(person: number, limit: number): Promise<readonly StoredTask[]> {
    const pk = personPartition(this.#scope.empresaId);
    return this.#first(limit, { pk, prefix: tasksOfPerson(person), limit: NEWEST_PAGE });
  }

  /** What stands around some tasks, with the count of all: one round trip. */
  async findSurroundings(
    tasks: readonly Pick<Task, 'property_id' | 'booking_id'>[],
    now: Date,
  ): Promise<TaskSurroundings> {
    return findSurroundings(this.#scope, tasks, now);
  }

  /** Open tasks that were due before an instant: one range. @param now UTC, whole seconds */
  async listDueBefore(now: string): Promise<readonly DueTask[]> {
    const found: DueTask[] = [];
    for await (const row of this.#scope.table.queryAll(this.#dueBefore(now))) found.push(row as unknown as DueTask);
    return found;
  }

  /** How many of the company's tasks that fit are overdue: one range, of which nothing is sent. */
  async countOverdue(now: string, { statuses = TASK_STATUSES, taskType }: CountedFilter): Promise<number> {
    const overdue = { statuses: OVERDUE_STATUSES.filter((status) => statuses.includes(status)), taskType };
    if (overdue.statuses.length === 0) return 0;
    return this.#scope.table.count({ ...this.#dueBefore(now), ...withValues(overdue) });
  }

  #dueBefore(now: string) {
    return { pk: taskDuePartition(this.#scope.empresaId), to: now, consistent: true };
  }

  /** The task that an automatic template made for a booking, if it lives. */
  async findByOrigin(bookingId: number, templateId: number): Promise<Task | undefined> {
    const key = taskOriginKey(this.#scope.empresaId, bookingId, templateId);
    const row = await this.#scope.table.get(key, { consistent: true });
    return row === undefined ? undefined : this.find(Number(row.task_id));
  }

  /** Everything that became of a task, oldest first. */
  async listHistory(id: number): Promise<readonly HistoryLine[]> {
    const key = await this.#guestKey();
    const lines: HistoryLine[] = [];
    const query = { pk: taskHistoryPartition(this.#scope.empresaId), prefix: historyOfTask(id), consistent: true };
    for await (const { sealed } of this.#scope.table.queryAll(query))
      lines.push(...openHistory(key, id, String(sealed)));
    return lines;
  }

  /** The tasks with their texts, in the same order. */
  async open(stored: readonly StoredTask[]): Promise<readonly Task[]> {
    if (stored.length === 0) return [];
    const key = await this.#guestKey();
    return stored.map((row) => openTask(key, row));
  }

  /**
   * The writes of some changes, for a transaction of the caller's, with the counts that they change: fourteen a change
   * at most. Their refusals are named, so
   * that whoever commits can tell why (`refusalOf`).
   */
  async writesOf(changes: readonly TaskChange[], origin: ChangeOrigin): Promise<readonly GuardedWrite[]> {
    const { empresaId } = this.#scope;
    const context = { empresaId, key: await this.#guestKey() };
    const counted = countingTasks(empresaId, changes).map((write): GuardedWrite => ({ write, refusal: 'other' }));
    return [...changes.flatMap((change) => writesOfTaskChange(context, change, origin)), ...counted];
  }

  async #first(
    limit: number,
    query: PartitionQuery,
    isWanted: (task: StoredTask) => boolean = () => true,
  ): Promise<readonly StoredTask[]> {
    const found: StoredTask[] = [];
    for await (const row of this.#scope.table.queryAll({ ...query, newestFirst: true, consistent: true })) {
      found.push(...readLive(row).filter(isWanted));
      if (found.length === limit) break;
    }
    return found;
  }

  async #list(query: PartitionQuery): Promise<readonly StoredTask[]> {
    const found: StoredTask[] = [];
    for await (const row of this.#scope.table.queryAll(query)) found.push(...readLive(row));
    return found;
  }
}

function readLive(row: Item): readonly StoredTask[] {
  const stored = storedTask.parse(row);
  return isLive(stored) ? [stored] : [];
}

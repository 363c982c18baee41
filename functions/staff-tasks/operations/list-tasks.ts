import {
  isOverdue,
  type ListedTask,
  type StoredTask,
  TASK_PRIORITIES,
  TASK_STATUSES,
  type Task,
} from '../../../shared/domain/task/task.ts';
import { maySeeTask } from '../../../shared/domain/task/task-access.ts';
import { isWhole, listFitting, listFittingOutlines, type TaskFilter } from '../../../shared/domain/task/task-list.ts';
import { viewerOf } from '../../../shared/domain/task/task-viewer.ts';
import { toUtcIso } from '../../../shared/platform/clock/clock.ts';
import {
  type NumberedPage,
  numberedPage,
  orderRows,
  pageWindow,
  type Sortable,
} from '../../../shared/platform/http/numbered-list.ts';
import type { StatusCounts, TaskRow } from '../answers.ts';
import type { CountQuery, TaskOrder, TasksQuery } from '../schemas.ts';
import { readFilter } from './read-filter.ts';
import { shownRow } from './show-task.ts';
import type { TaskDeps } from './task-deps.ts';

/**
 * A page of the tasks that the caller may see (S6, C10). The whole company's in their default order cost two requests,
 * whatever their number: the pages up to the one asked for, and their count with the names of the page's properties.
 * @throws AppError `not_found` for a page that does not exist
 */
export async function listTasks(deps: TaskDeps, query: TasksQuery): Promise<NumberedPage<TaskRow>> {
  const [viewer, filter] = await Promise.all([viewerOf(deps), readFilter(deps, query)]);
  const search = query.search ?? query.q;
  if (search === undefined && isWhole(viewer, filter) && isDefaultOrder(query)) return firstPages(deps, query);
  const found = await foundTasks(deps, { viewer, filter, search, query });
  const window = pageWindow(query, found.length);
  const page = found.slice(window.offset, window.offset + window.size);
  const [tasks, around] = await Promise.all([
    deps.tasks.findMany(page.map(({ id }) => id)),
    deps.tasks.findSurroundings(page, deps.now),
  ]);
  // Who has given a task away since it was listed does not see it any more.
  const rows = tasks.filter((task) => maySeeTask(viewer, task)).map((task) => shownRow(deps, task, around));
  return numberedPage(rows, found.length, window);
}

interface Asked {
  readonly viewer: Awaited<ReturnType<typeof viewerOf>>;
  readonly filter: TaskFilter;
  readonly search: string | undefined;
  readonly query: TasksQuery;
}

/** All that fit, in the order that was asked for; texts are read only where they decide. */
async function foundTasks(deps: TaskDeps, { viewer, filter, search, query }: Asked): Promise<readonly ListedTask[]> {
  const now = toUtcIso(deps.now);
  if (search === undefined && !query.ordering.some(({ key }) => key === 'title')) {
    const fitting = await listFittingOutlines(deps.tasks, viewer, filter, now);
    return orderRows(fitting, query.ordering, (task, key) => sortValue(task, key, new Map()));
  }
  const fitting = await listFitting(deps.tasks, viewer, filter, now);
  return orderedRows(deps, search === undefined ? fitting : await searched(deps, fitting, search), query);
}

function isDefaultOrder({ ordering, page }: TasksQuery): boolean {
  const [only, ...others] = ordering;
  return page !== 'last' && only?.key === 'due_date' && only.descending && others.length === 0;
}

async function firstPages(deps: TaskDeps, query: TasksQuery): Promise<NumberedPage<TaskRow>> {
  const upTo = Number(query.page) * query.page_size;
  const skipping = upTo - query.page_size;
  const page = upTo === 0 ? [] : await deps.tasks.listByDue(upTo, { skipping });
  const around = await deps.tasks.findSurroundings(page, deps.now);
  const window = pageWindow(query, around.count);
  const rows = (await deps.tasks.open(page)).map((task) => shownRow(deps, task, around));
  return numberedPage(rows, around.count, window);
}

/** Those whose title, description or property's name has the text in it. */
async function searched(deps: TaskDeps, fitting: readonly StoredTask[], text: string): Promise<readonly StoredTask[]> {
  const wanted = text.toLowerCase();
  const [opened, properties] = await Promise.all([deps.tasks.open(fitting), deps.properties.listAll()]);
  const named = new Set(
    properties.filter(({ name }) => name.toLowerCase().includes(wanted)).map(({ id }): number | null => id),
  );
  return fitting.filter((task, at) => {
    const { title = '', description = '' } = opened[at] ?? {};
    return named.has(task.property_id) || `${title}\n${description}`.toLowerCase().includes(wanted);
  });
}

/** Titles are sealed: they are opened only for an order by title. */
async function orderedRows(
  { tasks }: TaskDeps,
  found: readonly StoredTask[],
  { ordering }: TasksQuery,
): Promise<readonly StoredTask[]> {
  const byTitle = ordering.some(({ key }) => key === 'title');
  const opened = byTitle ? await tasks.open(found) : [];
  const titles = new Map(opened.map(({ id, title }) => [id, title]));
  return orderRows(found, ordering, (task, key) => sortValue(task, key, titles));
}

function sortValue(task: ListedTask, key: TaskOrder, titles: ReadonlyMap<number, string>): Sortable {
  if (key === 'title') return titles.get(task.id);
  return key === 'priority' ? TASK_PRIORITIES.indexOf(task.priority) : task[key];
}

/** How many of the tasks that fit have which status (C15). */
export async function countTasks(deps: TaskDeps, query: CountQuery): Promise<StatusCounts> {
  const [viewer, filter] = await Promise.all([viewerOf(deps), readFilter(deps, query)]);
  const now = toUtcIso(deps.now);
  const counted = await countable(deps, { query, filter, viewer, now });
  const of = (status: Task['status']) => counted.filter((task) => task.status === status).length;
  const present = TASK_STATUSES.map((status) => [status, of(status)] as const).filter(([, count]) => count > 0);
  return {
    total: counted.length,
    by_status: Object.fromEntries(present),
    overdue: counted.filter((task) => isOverdue(task, now)).length,
    pending: of('pending'),
    in_progress: of('in-progress'),
    completed: of('completed'),
  };
}

async function countable(
  deps: TaskDeps,
  asked: {
    readonly query: CountQuery;
    readonly filter: TaskFilter;
    readonly viewer: Awaited<ReturnType<typeof viewerOf>>;
    readonly now: string;
  },
): Promise<readonly ListedTask[]> {
  const search = asked.query.search ?? asked.query.q;
  if (search === undefined) return listFittingOutlines(deps.tasks, asked.viewer, asked.filter, asked.now);
  return searched(deps, await listFitting(deps.tasks, asked.viewer, asked.filter, asked.now), search);
}

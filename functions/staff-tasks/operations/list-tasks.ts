import { type ListedTask, type StoredTask, TASK_PRIORITIES } from '../../../shared/domain/task/task.ts';
import { maySeeTask, seesAllTasks, type TaskViewer } from '../../../shared/domain/task/task-access.ts';
import { countsOf, totalOf } from '../../../shared/domain/task/task-counts.ts';
import { type CountedFilter, isWhole } from '../../../shared/domain/task/task-filter.ts';
import { personOf } from '../../../shared/domain/task/task-list.ts';
import type { TaskSurroundings } from '../../../shared/domain/task/task-surroundings.ts';
import {
  type NumberedPage,
  numberedPage,
  orderRows,
  pageWindow,
  type Sortable,
} from '../../../shared/platform/http/numbered-list.ts';
import type { TaskRow } from '../answers.ts';
import type { TaskOrder, TasksQuery } from '../schemas.ts';
import { type AskedTasks, countedPart, findOutlines, findTasks, readAsked } from './find-tasks.ts';
import { shownRow } from './show-task.ts';
import type { TaskDeps } from './task-deps.ts';

/**
 * A page of the tasks that the caller may see (S6, C10). The whole company's, the latest due first, cost two requests,
 * whatever their number: the pages up to the one asked for, and their count with the names of the page's properties.
 * @throws AppError `not_found` for a page that does not exist
 */
export async function listTasks(deps: TaskDeps, query: TasksQuery): Promise<NumberedPage<TaskRow>> {
  const asked = await readAsked(deps, query);
  const { viewer } = asked;
  const counted = seesAllTasks(viewer) ? countedPart(asked) : undefined;
  const order = orderByDue(query);
  if (counted !== undefined && order !== undefined) return pageByDue(deps, query, { viewer, filter: counted, order });
  return comesWhole(query, asked) ? pageOfTasks(deps, query, asked) : pageOfOutlines(deps, query, asked);
}

function ordersByTitle({ ordering }: TasksQuery): boolean {
  return ordering.some(({ key }) => key === 'title');
}

/** Whether the tasks are read with their texts: because these decide, or because one person's rows are whole anyway. */
function comesWhole(query: TasksQuery, { viewer, filter, search }: AskedTasks): boolean {
  return search !== undefined || ordersByTitle(query) || personOf(viewer, filter) !== undefined;
}

async function pageOfTasks(deps: TaskDeps, query: TasksQuery, asked: AskedTasks): Promise<NumberedPage<TaskRow>> {
  const fitting = await findTasks(deps, asked);
  // Titles are sealed: they are opened only for an order by title.
  const opened = ordersByTitle(query) ? await deps.tasks.open(fitting) : [];
  const found = inOrder(fitting, query, new Map(opened.map(({ id, title }) => [id, title])));
  const window = pageWindow(query, found.length);
  const page = found.slice(window.offset, window.offset + window.size);
  const around = await deps.tasks.findSurroundings(page, deps.now);
  return numberedPage(await shownRows(deps, page, around), found.length, window);
}

async function pageOfOutlines(deps: TaskDeps, query: TasksQuery, asked: AskedTasks): Promise<NumberedPage<TaskRow>> {
  const found = inOrder(await findOutlines(deps, asked), query);
  const window = pageWindow(query, found.length);
  const page = found.slice(window.offset, window.offset + window.size);
  const [tasks, around] = await Promise.all([
    deps.tasks.findMany(page.map(({ id }) => id)),
    deps.tasks.findSurroundings(page, deps.now),
  ]);
  // Who has given a task away since it was listed does not see it any more.
  const rows = tasks.filter((task) => maySeeTask(asked.viewer, task)).map((task) => shownRow(deps, task, around));
  return numberedPage(rows, found.length, window);
}

async function shownRows(deps: TaskDeps, page: readonly StoredTask[], around: TaskSurroundings) {
  return (await deps.tasks.open(page)).map((task) => shownRow(deps, task, around));
}

type DueOrder = 'earliest first' | 'latest first';

/** In which direction a list goes by due date; undefined where it has another order. */
function orderByDue({ ordering }: TasksQuery): DueOrder | undefined {
  const [only, ...others] = ordering;
  if (only?.key !== 'due_date' || others.length > 0) return undefined;
  return only.descending ? 'latest first' : 'earliest first';
}

interface CountedList {
  readonly viewer: TaskViewer;
  readonly filter: CountedFilter;
  readonly order: DueOrder;
}

/** A page of a list by due date whose length the counts know: read from the index no further than the page goes. */
async function pageByDue(
  deps: TaskDeps,
  query: TasksQuery,
  { viewer, filter, order }: CountedList,
): Promise<NumberedPage<TaskRow>> {
  // How many there are of all comes along with the names, if nothing asks for it before.
  const known = isWhole(filter) && query.page !== 'last' ? undefined : await countFitting(deps, viewer, filter);
  const { offset, size } = known === undefined ? askedWindow(query) : pageWindow(query, known.count);
  const isEmpty = offset < 0 || known?.count === 0;
  const asked = { offset, size, filter, share: known?.share ?? 1, descending: order === 'latest first' };
  const page = isEmpty ? [] : await deps.tasks.listPageByDue(asked);
  const around = await deps.tasks.findSurroundings(page, deps.now);
  const count = known?.count ?? around.count;
  const window = pageWindow(query, count);
  return numberedPage(await shownRows(deps, page, around), count, window);
}

/** @returns `share` of the company's tasks, 0 to 1 */
async function countFitting({ counts }: TaskDeps, viewer: TaskViewer, filter: CountedFilter) {
  const all = await counts.seenBy(viewer);
  const count = totalOf(countsOf(all, filter));
  return { count, share: count === 0 ? 0 : count / totalOf(all) };
}

/** Where a page that may not exist would lie. */
function askedWindow({ page, page_size: size }: TasksQuery): { readonly offset: number; readonly size: number } {
  return { offset: (Number(page) - 1) * size, size };
}

function inOrder<T extends ListedTask>(
  found: readonly T[],
  { ordering }: TasksQuery,
  titles: ReadonlyMap<number, string> = new Map(),
): readonly T[] {
  return orderRows(found, ordering, (task, key) => sortValue(task, key, titles));
}

function sortValue(task: ListedTask, key: TaskOrder, titles: ReadonlyMap<number, string>): Sortable {
  if (key === 'title') return titles.get(task.id);
  return key === 'priority' ? TASK_PRIORITIES.indexOf(task.priority) : task[key];
}

import { type ListedTask, type StoredTask, TASK_PRIORITIES } from '../../../shared/domain/task/task.ts';
import { maySeeTask, seesAllTasks, type TaskViewer } from '../../../shared/domain/task/task-access.ts';
import { type CountedFilter, countsOf, totalOf } from '../../../shared/domain/task/task-counts.ts';
import { isWhole } from '../../../shared/domain/task/task-list.ts';
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
  const found = await foundInOrder(deps, query, asked);
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

/** All that fit, in the order that was asked for; texts are read only where they decide. */
async function foundInOrder(deps: TaskDeps, query: TasksQuery, asked: AskedTasks): Promise<readonly ListedTask[]> {
  const byTitle = query.ordering.some(({ key }) => key === 'title');
  return byTitle
    ? inOrderOfTexts(deps, await findTasks(deps, asked), query)
    : inOrder(await findOutlines(deps, asked), query);
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
  const rows = (await deps.tasks.open(page)).map((task) => shownRow(deps, task, around));
  return numberedPage(rows, count, window);
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

/** Titles are sealed: they are opened only for an order by title. */
async function inOrderOfTexts(
  { tasks }: TaskDeps,
  found: readonly StoredTask[],
  query: TasksQuery,
): Promise<readonly StoredTask[]> {
  const titles = new Map((await tasks.open(found)).map(({ id, title }) => [id, title]));
  return inOrder(found, query, titles);
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

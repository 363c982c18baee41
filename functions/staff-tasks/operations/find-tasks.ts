import type { ListedTask, StoredTask } from '../../../shared/domain/task/task.ts';
import type { TaskViewer } from '../../../shared/domain/task/task-access.ts';
import { type CountedFilter, countedFilter, type TaskFilter } from '../../../shared/domain/task/task-filter.ts';
import { listFitting, listFittingOutlines } from '../../../shared/domain/task/task-list.ts';
import { viewerOf } from '../../../shared/domain/task/task-viewer.ts';
import { toUtcIso } from '../../../shared/platform/clock/clock.ts';
import type { CountQuery } from '../schemas.ts';
import { readFilter } from './read-filter.ts';
import type { TaskDeps } from './task-deps.ts';

/** Which tasks somebody asks for, to list or to count them. */
export interface AskedTasks {
  readonly viewer: TaskViewer;
  readonly filter: TaskFilter;
  readonly search: string | undefined;
  /** UTC, whole seconds. */
  readonly now: string;
}

export async function readAsked(deps: TaskDeps, query: CountQuery): Promise<AskedTasks> {
  const [viewer, filter] = await Promise.all([viewerOf(deps), readFilter(deps, query)]);
  return { viewer, filter, search: query.search ?? query.q, now: toUtcIso(deps.now) };
}

/** What is asked for as one of what the counts tell apart; undefined where it is more. */
export function countedPart({ filter, search }: AskedTasks): CountedFilter | undefined {
  return search === undefined ? countedFilter(filter) : undefined;
}

/** The tasks that are asked for, in no order, with no more of each than lists look at. */
export async function findOutlines(deps: TaskDeps, asked: AskedTasks): Promise<readonly ListedTask[]> {
  const { viewer, filter, search, now } = asked;
  return search === undefined ? listFittingOutlines(deps.tasks, viewer, filter, now) : findTasks(deps, asked);
}

/** The tasks that are asked for, in no order and their texts sealed. */
export async function findTasks(
  deps: TaskDeps,
  { viewer, filter, search, now }: AskedTasks,
): Promise<readonly StoredTask[]> {
  const fitting = await listFitting(deps.tasks, viewer, filter, now);
  return search === undefined ? fitting : searched(deps, fitting, search);
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

import { countSeen, type SeenCounts } from '../../../shared/domain/task/count-seen.ts';
import { isOverdue, type ListedTask, TASK_STATUSES } from '../../../shared/domain/task/task.ts';
import { byStatus, CountSheet } from '../../../shared/domain/task/task-counts.ts';
import type { StatusCounts } from '../answers.ts';
import type { CountQuery } from '../schemas.ts';
import { countedPart, findOutlines, readAsked } from './find-tasks.ts';
import type { TaskDeps } from './task-deps.ts';

/** How many of the tasks that fit have which status (C15): from the counts kept, where these tell them apart. */
export async function countByStatus(deps: TaskDeps, query: CountQuery): Promise<StatusCounts> {
  const asked = await readAsked(deps, query);
  const counted = countedPart(asked);
  const { counts, overdue } =
    counted === undefined
      ? countEach(await findOutlines(deps, asked), asked.now)
      : await countSeen(deps, asked.viewer, asked.now, counted);
  const { total, ...of } = byStatus(counts);
  const present = TASK_STATUSES.map((status) => [status, of[status]] as const).filter(([, count]) => count > 0);
  return {
    total,
    by_status: Object.fromEntries(present),
    overdue,
    pending: of.pending,
    in_progress: of['in-progress'],
    completed: of.completed,
  };
}

function countEach(tasks: readonly ListedTask[], now: string): SeenCounts {
  const sheet = new CountSheet();
  for (const task of tasks) sheet.add(task, 1);
  return { counts: sheet.rows().get('ALL') ?? {}, overdue: tasks.filter((task) => isOverdue(task, now)).length };
}

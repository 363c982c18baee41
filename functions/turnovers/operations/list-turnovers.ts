import type { StoredTask } from '../../../shared/domain/task/task.ts';
import {
  type TemplateTask,
  type Turnover,
  taskNamed,
  unitOfTask,
  wasGone,
} from '../../../shared/domain/turnover/turnover.ts';
import { type NumberedPage, orderRows, pageOf } from '../../../shared/platform/http/numbered-list.ts';
import type { TurnoverRow, TurnoversQuery } from '../schemas.ts';

/** What lists of check-outs read. */
export interface TurnoverDeps {
  readonly turnovers: { list(): Promise<readonly Turnover[]> };
  readonly tasks: { listAll(): Promise<readonly StoredTask[]> };
}

/** What became of check-outs (ordered by check-out). @throws AppError `not_found` for a page that does not exist */
export async function listTurnovers(deps: TurnoverDeps, asked: TurnoversQuery): Promise<NumberedPage<TurnoverRow>> {
  const [turnovers, tasks] = await Promise.all([deps.turnovers.list(), deps.tasks.listAll()]);
  const byId = new Map(tasks.map((task) => [task.id, task]));
  const rows = turnovers
    .map((turnover) => shown(turnover, byId))
    .filter((row) => asked.flagged === undefined || asked.flagged === isFlagged(row));
  return pageOf(
    orderRows(rows, asked.ordering, (row, key) => row[key]),
    asked,
  );
}

function isFlagged({ flag, template_tasks }: TurnoverRow): boolean {
  return flag !== null || template_tasks.some((each) => each.flag !== null);
}

function shown(turnover: Turnover, tasks: ReadonlyMap<number, StoredTask>): TurnoverRow {
  const task = taskNamed(tasks, turnover.task_id, turnover.booking_id);
  const { booking_id: booking, property_id: property, check_out_date, task_id } = turnover;
  const isInUnit = unitOfTask(turnover) === turnover.unit_id;
  // What a person does to a task does not touch the turnover: the task itself tells.
  const isTaken = task_id !== null && !turnover.withdrawn && (task === undefined || task.status === 'canceled');
  return {
    ...{ id: booking, booking, property, check_out_date },
    task: task?.id ?? null,
    task_status: task?.status ?? null,
    task_due_date: task?.due_date ?? null,
    reason: turnover.reason ?? (isTaken ? 'dismissed' : null),
    flag: flagOf(turnover.flag, task, isInUnit && isPlaced(turnover, task, check_out_date)),
    template_tasks: turnover.template_tasks.flatMap((entry) =>
      shownTemplateTask(entry, turnover, taskNamed(tasks, entry.task_id, booking)),
    ),
  };
}

/** A task that a person has put where and when its booking asks for it needs no look, nor does one that is done away with. */
function flagOf(flag: TurnoverRow['flag'], task: StoredTask | undefined, isPlaced: boolean): TurnoverRow['flag'] {
  return task === undefined || task.status === 'canceled' || isPlaced ? null : flag;
}

/** @param due_date when the booking asks for the task; null: at any time */
function isPlaced(turnover: Turnover, task: StoredTask | undefined, due_date: string | null): boolean {
  const isInTime = due_date === null || task?.due_date === due_date;
  return isInTime && task?.property_id === turnover.property_id && !wasGone(turnover);
}

function shownTemplateTask(
  entry: TemplateTask,
  turnover: Turnover,
  task: StoredTask | undefined,
): TurnoverRow['template_tasks'] {
  if (task === undefined) return [];
  const { status: task_status, due_date: task_due_date } = task;
  const flag = flagOf(entry.flag, task, isPlaced(turnover, task, entry.due_date));
  return [{ template: entry.template_id, task: task.id, task_status, task_due_date, flag }];
}

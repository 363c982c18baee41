import type { StoredTask } from '../../../shared/domain/task/task.ts';
import type { Turnover } from '../../../shared/domain/turnover/turnover.ts';
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
    .map((turnover) => shown(turnover, byId.get(turnover.task_id ?? 0)))
    .filter(({ flag }) => asked.flagged === undefined || asked.flagged === (flag !== null));
  return pageOf(
    orderRows(rows, asked.ordering, (row, key) => row[key]),
    asked,
  );
}

function shown(turnover: Turnover, task: StoredTask | undefined): TurnoverRow {
  const { booking_id: booking, property_id: property, check_out_date, task_id } = turnover;
  // What a person does to a task does not touch the turnover: the task itself tells.
  const isTaken = task_id !== null && !turnover.withdrawn && (task === undefined || task.status === 'canceled');
  const isSettled = task === undefined || task.status === 'canceled';
  return {
    ...{ id: booking, booking, property, check_out_date },
    task: task?.id ?? null,
    task_status: task?.status ?? null,
    task_due_date: task?.due_date ?? null,
    reason: turnover.reason ?? (isTaken ? 'dismissed' : null),
    flag: isSettled ? null : turnover.flag,
  };
}

import * as z from 'zod';
import { TASK_STATUSES } from '../../shared/domain/task/task.ts';
import { NO_TURNOVER, TURNOVER_FLAGS } from '../../shared/domain/turnover/turnover.ts';
import { TURNOVER_BREACHES } from '../../shared/domain/turnover/turnover-gap.ts';
import { booleanField, filter } from '../../shared/platform/http/aristay-fields.ts';
import { listQuery } from '../../shared/platform/http/numbered-list.ts';

const ORDER = { allowed: ['check_out_date'], byDefault: 'check_out_date' } as const;

const id = z.int().positive();
const checkOut = {
  id,
  booking: id,
  property: id,
  check_out_date: z.string(),
  task: id.nullable(),
};

/** The check-out of a booking; its id is the booking's. */
export const turnoverRow = z.object({
  ...checkOut,
  task_status: z.enum(TASK_STATUSES).nullable(),
  task_due_date: z.string().nullable(),
  reason: z.enum(NO_TURNOVER).nullable(),
  flag: z.enum(TURNOVER_FLAGS).nullable(),
  /** Those that automatic templates made of the booking and nobody has deleted. */
  template_tasks: z.array(
    z.object({
      template: id,
      task: id,
      task_status: z.enum(TASK_STATUSES),
      task_due_date: z.string().nullable(),
      flag: z.enum(TURNOVER_FLAGS).nullable(),
    }),
  ),
});
export type TurnoverRow = z.output<typeof turnoverRow>;

export const turnoversQuery = listQuery({ flagged: filter(booleanField()) }, ORDER);
export type TurnoversQuery = z.output<typeof turnoversQuery>;

/** A check-out that has neither exactly one live task nor a reason for none. */
export const gapRow = z.object({ ...checkOut, breach: z.enum(TURNOVER_BREACHES) });
export type GapRow = z.output<typeof gapRow>;

export const gapsQuery = listQuery({}, ORDER);
export type GapsQuery = z.output<typeof gapsQuery>;

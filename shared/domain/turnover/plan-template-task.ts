import { dueOf, type TaskTiming } from '../auto-task/auto-task-template.ts';
import type { Booking } from '../booking/booking.ts';
import { type HeldTask, planTask, type TaskStep } from './plan-task.ts';
import { goneBecause, type TemplateTask, type Turnover, wasGone } from './turnover.ts';

/** What of a booking its template's tasks follow. */
export type BookingOfTemplates = Pick<
  Booking,
  'property_id' | 'check_in_date' | 'check_out_date' | 'status' | 'deleted_at'
>;

/** What there is of a task that a template made of a booking, or is to make. */
export interface TemplateTaskFacts {
  readonly booking: BookingOfTemplates;
  readonly timing: TaskTiming;
  /** The property's. */
  readonly zone: string;
  /** The booking's row and the task's entry in it; undefined for one that is to be made. */
  readonly seen: { readonly row: Pick<Turnover, 'property_id' | 'reason'>; readonly entry: TemplateTask } | undefined;
  readonly task: HeldTask | undefined;
  /** UTC, whole seconds. */
  readonly now: string;
}

/** What becomes of such a task. */
export interface TemplateTaskPlan {
  readonly due_date: string | null;
  readonly withdrawn: boolean;
  readonly flag: TemplateTask['flag'];
  readonly step?: TaskStep;
}

/**
 * What a booking asks of a task that an automatic template made of it: the rule of turnovers, with the template's due
 * date. A stay that is over gets no task that would be due by now.
 */
export function planTemplateTask({ booking, timing, zone, seen, task, now }: TemplateTaskFacts): TemplateTaskPlan {
  const due_date = dueOf(timing, booking, zone);
  // Without a due date of the template's own, whatever a person gave it stays.
  const isDueThen = due_date === null || task?.due_date === due_date;
  const hasMoved =
    seen === undefined ||
    seen.row.property_id !== booking.property_id ||
    seen.entry.due_date !== due_date ||
    wasGone(seen.row);
  const { none: _, ...plan } = planTask(
    {
      isGone: goneBecause(booking) !== undefined,
      isTooLate: booking.check_out_date <= now && (due_date === null || due_date <= now),
      fits: isDueThen && task?.property_id === booking.property_id,
      hasMoved,
    },
    {
      isMade: seen !== undefined,
      task,
      withdrawn: seen?.entry.withdrawn ?? false,
      flag: seen?.entry.flag ?? null,
    },
  );
  return { due_date, ...plan };
}

import { type HeldTask, planTask, type TaskStep } from './plan-task.ts';
import { type FollowedBooking, goneBecause, isUpToDate, type Turnover, unitOfTask } from './turnover.ts';

/** What there is of a check-out. */
export interface TurnoverFacts {
  readonly booking: FollowedBooking;
  readonly seen: Turnover | undefined;
  /** The task that `seen` names; undefined when there is none or a person has deleted it. */
  readonly task: HeldTask | undefined;
  /** UTC, whole seconds. */
  readonly now: string;
}

/** What a row says of the check-out itself. */
export type CheckOut = Omit<Turnover, 'version' | 'templates_asked' | 'template_tasks'>;

/** What becomes of a check-out; the number of a task to be made is set by what writes it. */
export interface TurnoverPlan {
  readonly next: CheckOut;
  readonly step?: TaskStep;
}

/**
 * What a booking, as it stands after a change, asks of its turnover. It looks at what is there and not at what
 * happened, so that a repeat changes nothing and whatever was missed is made up for by the next change.
 */
export function planTurnover({ booking, seen, task, now }: TurnoverFacts): TurnoverPlan {
  const gone = goneBecause(booking);
  const { property_id, unit_id, check_out_date } = booking;
  const seenUnit = seen === undefined ? unit_id : unitOfTask(seen);
  const isPlaced = task?.due_date === check_out_date && task.property_id === property_id;
  const { none, withdrawn, flag, step } = planTask(
    {
      isGone: gone !== undefined,
      isTooLate: check_out_date <= now,
      fits: isPlaced && seenUnit === unit_id,
      hasMoved: seen === undefined || !isUpToDate(seen, booking) || seen.reason !== null,
    },
    {
      isMade: seen !== undefined && seen.task_id !== null,
      task,
      withdrawn: seen?.withdrawn ?? false,
      flag: seen?.flag ?? null,
    },
  );
  const isMoved = step !== undefined && step !== 'withdraw';
  const task_unit_id = isMoved ? unit_id : seenUnit;
  const common = { booking_id: booking.id, property_id, unit_id, check_out_date, task_id: seen?.task_id ?? null };
  const next = { ...common, task_unit_id, reason: gone ?? none, withdrawn, flag };
  return step === undefined ? { next } : { next, step };
}

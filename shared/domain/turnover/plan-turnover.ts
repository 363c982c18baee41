import type { Task } from '../task/task.ts';
import { type FollowedBooking, goneBecause, isUpToDate, type Turnover, type TurnoverFlag } from './turnover.ts';

/** What of a task decides whether the platform may change it by itself. */
export type HeldTask = Pick<Task, 'status' | 'is_locked_by_user' | 'due_date' | 'property_id'>;

/** What there is of a check-out. */
export interface TurnoverFacts {
  readonly booking: FollowedBooking;
  readonly seen: Turnover | undefined;
  /** The task that `seen` names; undefined when there is none or a person has deleted it. */
  readonly task: HeldTask | undefined;
  /** UTC, whole seconds. */
  readonly now: string;
}

/** What becomes of the task: made, canceled, moved to the booking's property and check-out, or back to be done there. */
export type TurnoverStep = 'make' | 'withdraw' | 'move' | 'restore';

/** What becomes of a check-out; its version and the number of a task to be made are set by what writes it. */
export interface TurnoverPlan {
  readonly next: Omit<Turnover, 'version'>;
  readonly step?: TurnoverStep;
}

/**
 * What a booking, as it stands after a change, asks of its turnover. It looks at what is there and not at what
 * happened, so that a repeat changes nothing and whatever was missed is made up for by the next change.
 */
export function planTurnover(facts: TurnoverFacts): TurnoverPlan {
  const { booking, seen } = facts;
  const reason = goneBecause(booking);
  const { property_id, unit_id, check_out_date } = booking;
  const common = { booking_id: booking.id, property_id, unit_id, check_out_date, task_id: seen?.task_id ?? null };
  const next = { ...common, reason: reason ?? null, withdrawn: false, flag: null };
  return reason === undefined ? planForLive(facts, next) : planForGone(facts, next);
}

function planForGone({ seen, task }: TurnoverFacts, next: TurnoverPlan['next']): TurnoverPlan {
  if (task === undefined || task.status === 'completed') return { next };
  if (task.status === 'canceled') return { next: { ...next, withdrawn: seen?.withdrawn ?? false } };
  const flag = holdOn(task);
  return flag === null ? { next: { ...next, withdrawn: true }, step: 'withdraw' } : { next: { ...next, flag } };
}

function planForLive(facts: TurnoverFacts, next: TurnoverPlan['next']): TurnoverPlan {
  const { booking, seen, task, now } = facts;
  const hasLeft = booking.check_out_date <= now;
  if (seen === undefined || seen.task_id === null) {
    return hasLeft ? { next: { ...next, reason: 'left_already' } } : { next, step: 'make' };
  }
  if (task === undefined) return { next: { ...next, reason: 'dismissed' } };
  if (task.status === 'canceled') {
    if (!seen.withdrawn) return { next: { ...next, reason: 'dismissed' } };
    // It stays withdrawn, so that it comes back when the booking moves on.
    return hasLeft ? { next: { ...next, reason: 'left_already', withdrawn: true } } : { next, step: 'restore' };
  }
  if (fits(task, booking) && seen.unit_id === booking.unit_id) return { next };
  // The booking has not moved: a person has given the task a time of its own, or it was flagged before.
  if (isUpToDate(seen, booking) && seen.reason === null) return { next: { ...next, flag: seen.flag } };
  const flag = holdOn(task);
  return flag === null ? { next, step: 'move' } : { next: { ...next, flag } };
}

/** Whether a task is where and when its booking asks for it. */
function fits(task: HeldTask, booking: Pick<FollowedBooking, 'property_id' | 'check_out_date'>): boolean {
  return task.due_date === booking.check_out_date && task.property_id === booking.property_id;
}

/** What keeps the platform from changing a task by itself. */
function holdOn({ is_locked_by_user, status }: HeldTask): TurnoverFlag | null {
  if (is_locked_by_user) return 'locked';
  return status === 'in-progress' || status === 'completed' ? 'begun' : null;
}

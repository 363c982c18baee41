import type { Task } from '../task/task.ts';
import type { TurnoverFlag } from './turnover.ts';

/** What of a task decides whether the platform may change it by itself. */
export type HeldTask = Pick<Task, 'status' | 'is_locked_by_user' | 'due_date' | 'property_id'>;

/** What becomes of the task: made, canceled, moved to where and when its booking asks for it, or back to be done there. */
export type TaskStep = 'make' | 'withdraw' | 'move' | 'restore';

/** What a booking asks of a task that follows it. */
export interface AskedTask {
  /** The booking is cancelled or deleted. */
  readonly isGone: boolean;
  /** It would not be of use to anybody any more. */
  readonly isTooLate: boolean;
  /** The task is where and when the booking asks for it. */
  readonly fits: boolean;
  /** The booking asks for something else than when it was followed last. */
  readonly hasMoved: boolean;
}

/** What there is of a task that follows a booking. */
export interface StandingTask {
  /** Whether there has ever been one. */
  readonly isMade: boolean;
  /** Undefined when there is none or a person has deleted it. */
  readonly task: HeldTask | undefined;
  /** The platform has canceled it because the booking went. */
  readonly withdrawn: boolean;
  readonly flag: TurnoverFlag | null;
}

/** What becomes of a task that follows a booking. */
export interface TaskPlan {
  /** Why there is no live task of a live booking. */
  readonly none: 'left_already' | 'dismissed' | null;
  readonly withdrawn: boolean;
  readonly flag: TurnoverFlag | null;
  readonly step?: TaskStep;
}

const AS_IT_IS: TaskPlan = { none: null, withdrawn: false, flag: null };

/** The one rule of all tasks that follow a booking. A task that a person holds is left as it is, and flagged. */
export function planTask(asked: AskedTask, standing: StandingTask): TaskPlan {
  return asked.isGone ? planForGone(standing) : planForLive(asked, standing);
}

function planForGone({ task, withdrawn }: StandingTask): TaskPlan {
  if (task === undefined || task.status === 'completed') return AS_IT_IS;
  if (task.status === 'canceled') return { ...AS_IT_IS, withdrawn };
  const flag = holdOn(task);
  return flag === null ? { ...AS_IT_IS, withdrawn: true, step: 'withdraw' } : { ...AS_IT_IS, flag };
}

function planForLive({ isTooLate, fits, hasMoved }: AskedTask, standing: StandingTask): TaskPlan {
  const { isMade, task, withdrawn } = standing;
  if (!isMade) return isTooLate ? { ...AS_IT_IS, none: 'left_already' } : { ...AS_IT_IS, step: 'make' };
  if (task === undefined) return { ...AS_IT_IS, none: 'dismissed' };
  if (task.status === 'canceled') {
    if (!withdrawn) return { ...AS_IT_IS, none: 'dismissed' };
    // It stays withdrawn, so that it comes back when the booking moves on.
    return isTooLate ? { ...AS_IT_IS, none: 'left_already', withdrawn: true } : { ...AS_IT_IS, step: 'restore' };
  }
  if (fits) return AS_IT_IS;
  // The booking has not moved: a person has given the task a time of its own, or it was flagged before.
  if (!hasMoved) return { ...AS_IT_IS, flag: standing.flag };
  const flag = holdOn(task);
  return flag === null ? { ...AS_IT_IS, step: 'move' } : { ...AS_IT_IS, flag };
}

/** What keeps the platform from changing a task by itself. */
export function holdOn({
  is_locked_by_user,
  status,
}: Pick<HeldTask, 'is_locked_by_user' | 'status'>): TurnoverFlag | null {
  if (is_locked_by_user) return 'locked';
  return status === 'in-progress' || status === 'completed' ? 'begun' : null;
}

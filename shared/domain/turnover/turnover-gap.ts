import type { HeldTask } from './plan-task.ts';
import { type FollowedBooking, goneBecause, isUpToDate, type Turnover } from './turnover.ts';

/**
 * What is wrong with a check-out. `missing`: it has neither a live task nor a reason for none; `not_followed`: the
 * booking has moved on; `not_withdrawn`: a task stands although its booking is gone.
 */
export const TURNOVER_BREACHES = ['missing', 'not_followed', 'not_withdrawn'] as const;
export type TurnoverBreach = (typeof TURNOVER_BREACHES)[number];

/**
 * What is wrong with one check-out; undefined when nothing is.
 * @param booking undefined when it was deleted or its time is over
 * @param task undefined when there is none or a person has deleted it
 */
export function breachOf(
  booking: Omit<FollowedBooking, 'deleted_at'> | undefined,
  turnover: Turnover | undefined,
  task: HeldTask | undefined,
): TurnoverBreach | undefined {
  if (booking === undefined) return undefined;
  if (turnover === undefined) return 'missing';
  if (!isUpToDate(turnover, booking)) return 'not_followed';
  if (goneBecause({ ...booking, deleted_at: null }) !== undefined) return breachOfGone(turnover, task);
  if (turnover.reason === 'left_already' || turnover.reason === 'dismissed') return undefined;
  if (turnover.reason !== null) return 'not_followed';
  // Without a task that the platform took back, it was a person who deleted or canceled it: a reason for none.
  const isTaken = task === undefined || task.status === 'canceled';
  return turnover.task_id === null || (isTaken && turnover.withdrawn) ? 'missing' : undefined;
}

function breachOfGone(turnover: Turnover, task: HeldTask | undefined): TurnoverBreach | undefined {
  if (turnover.reason !== 'booking_cancelled') return 'not_withdrawn';
  // One that was withdrawn and stands again was put back by a person.
  if (turnover.withdrawn || turnover.flag !== null || task === undefined) return undefined;
  return task.status === 'pending' || task.status === 'waiting_dependency' ? 'not_withdrawn' : undefined;
}

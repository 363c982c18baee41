import * as z from 'zod';
import { taskTiming } from '../auto-task/auto-task-template.ts';
import type { BookingOutline } from '../booking/booking.ts';

const id = z.int().positive();

/**
 * Why a check-out has no live task. `left_already`: the guest had left when the booking came; `dismissed`: a person has
 * deleted or canceled the task, or taken it away from the booking.
 */
export const NO_TURNOVER = ['left_already', 'dismissed', 'booking_cancelled', 'booking_deleted'] as const;
export type NoTurnover = (typeof NO_TURNOVER)[number];

/** Why a task was left as it is although its booking has changed: a person holds it, or has begun it or ended it. */
export const TURNOVER_FLAGS = ['locked', 'begun'] as const;
export type TurnoverFlag = (typeof TURNOVER_FLAGS)[number];

/** A task that an automatic template made of a booking. */
export const templateTask = taskTiming.extend({
  template_id: id,
  task_id: id,
  /** When it was due by the booking as it was followed last. */
  due_date: z.iso.datetime().nullable(),
  withdrawn: z.boolean(),
  flag: z.enum(TURNOVER_FLAGS).nullable(),
});
export type TemplateTask = z.infer<typeof templateTask>;

/**
 * What became of the check-out of one booking, and of the tasks that automatic templates made of it. There is one row
 * for each booking and it names one task for each purpose: a second task for the same check-out, or of the same
 * template, has nowhere to stand.
 */
export const turnover = z.object({
  booking_id: id,
  /** Where and when the guest leaves, as the booking said when it was followed last. */
  property_id: id,
  unit_id: id.nullable(),
  /** UTC, whole seconds. */
  check_out_date: z.iso.datetime(),
  /** Null while it has never had one. */
  task_id: id.nullable(),
  /** The unit that the task names: another than the booking's while it is flagged for that. Without it, `unit_id`. */
  task_unit_id: id.nullable().optional(),
  reason: z.enum(NO_TURNOVER).nullable(),
  /** The platform has canceled the task because the booking went: it comes back with it. */
  withdrawn: z.boolean(),
  flag: z.enum(TURNOVER_FLAGS).nullable(),
  /** Whether automatic templates have been asked for their tasks: once, when the booking first stands. */
  templates_asked: z.boolean().default(false),
  /** A task that a person has deleted stays named here, so that it is not made again. */
  template_tasks: z.array(templateTask).default([]),
  /** Raised by every change. */
  version: id,
});
export type Turnover = z.infer<typeof turnover>;

/** The task that a row of a booking names; undefined when a person has deleted it or taken it away from the booking. */
export function taskNamed<T extends { readonly booking_id: number | null }>(
  tasks: ReadonlyMap<number, T>,
  taskId: number | null | undefined,
  bookingId: number,
): T | undefined {
  const task = tasks.get(taskId ?? 0);
  return task?.booking_id === bookingId ? task : undefined;
}

/** The unit that the task of a check-out names. */
export function unitOfTask({ unit_id, task_unit_id }: Pick<Turnover, 'unit_id' | 'task_unit_id'>): number | null {
  return task_unit_id === undefined ? unit_id : task_unit_id;
}

/** What a turnover follows of a booking. */
export type FollowedBooking = Pick<BookingOutline, 'id' | 'property_id' | 'unit_id' | 'check_out_date' | 'status'> & {
  readonly deleted_at: string | null;
};

/** Whether the turnover has seen the booking as it is. */
export function isUpToDate(
  turnover: Pick<Turnover, 'property_id' | 'unit_id' | 'check_out_date'>,
  booking: Pick<FollowedBooking, 'property_id' | 'unit_id' | 'check_out_date'>,
): boolean {
  return (
    turnover.property_id === booking.property_id &&
    turnover.unit_id === booking.unit_id &&
    turnover.check_out_date === booking.check_out_date
  );
}

/** Why a booking asks for no turnover; undefined for a live one, an owner's stay included (ruling 7). */
export function goneBecause({
  deleted_at,
  status,
}: Pick<FollowedBooking, 'deleted_at' | 'status'>): NoTurnover | undefined {
  if (deleted_at !== null) return 'booking_deleted';
  return status === 'cancelled' ? 'booking_cancelled' : undefined;
}

/** Whether the booking was gone when it was followed last. */
export function wasGone({ reason }: Pick<Turnover, 'reason'>): boolean {
  return reason === 'booking_cancelled' || reason === 'booking_deleted';
}

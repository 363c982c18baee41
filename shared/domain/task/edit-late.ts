import { toUtcIso } from '../../platform/clock/clock.ts';
import { type LateChange, lateStamp, type Stamp } from './stamp.ts';
import { type LateOutcome, movedLate } from './status-log.ts';
import type { TaskWithChecklist } from './task.repository.ts';
import type { Task, TaskStatus } from './task.ts';
import { isManaging, mayEditTask, type TaskViewer } from './task-access.ts';
import { type EditRefusal, editedTask, type TaskEdit } from './task-edit.ts';
import { mayEverMoveTo } from './task-transitions.ts';

/** Fields that a device tells late; the status is a matter of its own. */
export type LateEdit = Omit<TaskEdit, 'status'>;

/** Those fields of a late edit that nobody has set since. */
export function standingFields(seen: Task, edit: LateEdit, stamp: Stamp): LateEdit {
  return Object.fromEntries(Object.entries(edit).filter(([field]) => (seen.stamps[field] ?? '') < stamp));
}

/**
 * The task with fields that a device set earlier.
 * @param asked those that the device named; `edit` also holds what follows from them
 */
export function editedLate(
  seen: Task,
  { asked, edit }: { readonly asked: LateEdit; readonly edit: LateEdit },
  { late, now }: { readonly late: LateChange; readonly now: Date },
): Task {
  if (Object.keys(asked).length === 0) return seen;
  const edited = editedTask(seen, edit, { by: late.by, now });
  const stamps = Object.fromEntries(Object.keys(asked).map((field) => [field, lateStamp(late)]));
  return { ...edited, stamps: { ...edited.stamps, ...stamps } };
}

/** What stands against a late move whatever came before it; what else does is a matter of its place among the others. */
export function refusalOfLateMove(viewer: TaskViewer, seen: Task, to: TaskStatus): EditRefusal | undefined {
  const may = mayEditTask(viewer, seen) && mayEverMoveTo(to, { managing: isManaging(viewer) });
  return may ? undefined : 'forbidden';
}

/** The task with a move that a device made earlier, in its place among the others. */
export function withLateMove(
  { task, checklist }: TaskWithChecklist,
  to: TaskStatus,
  { late, now, managing }: { readonly late: LateChange; readonly now: Date; readonly managing: boolean },
): { readonly task: Task; readonly outcome: LateOutcome } {
  const move = { to, stamp: lateStamp(late), mover: managing ? 'manager' : 'editor' } as const;
  const { task: standing, outcome } = movedLate(task, checklist, move);
  const touched = standing.status === task.status ? {} : { updated_at: toUtcIso(now), modified_by: late.by };
  return { task: { ...task, ...standing, ...touched }, outcome };
}

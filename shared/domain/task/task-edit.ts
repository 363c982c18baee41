import { toUtcIso } from '../../platform/clock/clock.ts';
import { directStamp } from './stamp.ts';
import { moved } from './status-log.ts';
import type { Task } from './task.ts';
import { isManaging, mayEditTask, mayReassign, maySeeTask, type TaskViewer } from './task-access.ts';
import { refusalOfMove } from './task-transitions.ts';

/** What people change of a task (`aristay.md` S8); who does it comes with the user name. */
export type TaskEdit = Partial<
  Pick<
    Task,
    | 'title'
    | 'description'
    | 'status'
    | 'task_type'
    | 'priority'
    | 'notes'
    | 'due_date'
    | 'property_id'
    | 'booking_id'
    | 'depends_on'
    | 'is_locked_by_user'
    | 'assigned_to'
    | 'assigned_to_username'
  >
>;

export const BLOCKED = 'Complete the blocking items of the checklist first.';

/** Whether a change completes a task that the checklist which it gets holds back. */
export function completesBlocked({ seen, task }: { readonly seen?: Task; readonly task: Task }): boolean {
  return task.status === 'completed' && seen?.status !== 'completed' && (task.checklist?.blocking ?? 0) > 0;
}

/** Fields that every editor may change; `status` and `assigned_to` have rules of their own. */
const OF_EDITORS: readonly (keyof TaskEdit)[] = [
  'status',
  'notes',
  'description',
  'assigned_to',
  'assigned_to_username',
];

/** Why an edit is refused: not allowed at all, or a field that cannot be so. */
export type EditRefusal = 'forbidden' | { readonly field: keyof TaskEdit; readonly message: string };

/** The fields of an edit that would change something: clients may echo whole tasks. */
export function differing(seen: Task, edit: TaskEdit): readonly (keyof TaskEdit)[] {
  return (Object.keys(edit) as (keyof TaskEdit)[]).filter((field) => {
    const [before, after] = [seen[field], edit[field]];
    return after !== undefined && JSON.stringify(before) !== JSON.stringify(after);
  });
}

/**
 * What stands against an edit (`aristay.md` §2.4, §7.1, S8); undefined when nothing does.
 * @param now UTC, whole seconds
 */
export function refusalOfEdit(viewer: TaskViewer, seen: Task, edit: TaskEdit, now: string): EditRefusal | undefined {
  const fields = differing(seen, edit);
  const { assigned_to: assignee = seen.assigned_to } = edit;
  const reassigns = assignee !== seen.assigned_to;
  if (reassigns && !mayReassign(viewer, seen, assignee)) return 'forbidden';
  const claims = reassigns && fields.every((field) => field.startsWith('assigned_to'));
  if (!maySeeTask(viewer, seen) || !(mayEditTask(viewer, seen) || claims)) return 'forbidden';
  const managing = isManaging(viewer);
  if (!managing && fields.some((field) => !OF_EDITORS.includes(field))) return 'forbidden';
  const late = fields.includes('due_date') && edit.due_date && edit.due_date < now;
  if (late) return { field: 'due_date', message: 'The due date may not be in the past.' };
  return edit.status === undefined ? undefined : refusedMove(seen, edit.status, managing);
}

function refusedMove(seen: Task, to: Task['status'], managing: boolean): EditRefusal | undefined {
  const blocked = seen.checklist !== null && seen.checklist.blocking > 0;
  switch (refusalOfMove(seen.status, to, { managing, blocked })) {
    case undefined:
      return undefined;
    case 'managers_only':
      return 'forbidden';
    case 'blocked':
      return { field: 'status', message: BLOCKED };
    case 'no_such_move':
      return { field: 'status', message: `A task cannot go from "${seen.status}" to "${to}".` };
  }
}

/**
 * The task after an edit that nothing stands against; the same object when nothing differs.
 * @param by the author's integer, null for the platform
 */
export function editedTask(seen: Task, edit: TaskEdit, { by, now }: { by: number | null; now: Date }): Task {
  const fields = differing(seen, edit);
  if (fields.length === 0) return seen;
  const given = Object.fromEntries(Object.entries(edit).filter(([, value]) => value !== undefined));
  const status = edit.status === undefined ? {} : moved(seen, edit.status, now);
  const stamps = Object.fromEntries(
    fields.filter((field) => field !== 'status').map((field) => [field, directStamp(now, seen.stamps[field])]),
  );
  const times = { updated_at: toUtcIso(now), modified_by: by };
  // Taken to another booking it is that person's task, and no longer the one that a template made of the first.
  const origin = fields.includes('booking_id') ? { created_by_template: null } : {};
  return { ...seen, ...given, ...status, ...origin, ...times, stamps: { ...seen.stamps, ...stamps } };
}

import type { Role } from '../../platform/auth/actor.ts';
import type { PermissionOverride, Profile, TaskGroup } from '../identity/profile.ts';
import { TASK_TYPES, type Task, type TaskType } from './task.ts';

/** Somebody who looks at tasks: the integer by which Aristay knows the person, the role and the profile's switches. */
export interface TaskViewer extends Pick<Profile, 'task_group' | 'can_view_team_tasks' | 'can_view_other_teams'> {
  readonly number: number;
  readonly role: Role;
  readonly permission_overrides: readonly PermissionOverride[];
}

type Concerned = Pick<Task, 'assigned_to' | 'created_by' | 'task_type' | 'status'>;

/** The types of task that a crew does (`aristay.md` §2.2). */
const TYPES_OF: Readonly<Record<TaskGroup, readonly TaskType[]>> = {
  general: TASK_TYPES,
  cleaning: ['cleaning'],
  maintenance: ['maintenance'],
  laundry: ['laundry'],
  lawn_pool: ['lawn_pool'],
  none: [],
};

/** Managers and admins run the tasks of everybody. */
export function isManaging({ role }: Pick<TaskViewer, 'role'>): boolean {
  return role === 'admin' || role === 'manager';
}

/** Whether the person sees every task of the company, so that a list or a count need not look at each. */
export function seesAllTasks(viewer: TaskViewer): boolean {
  return isManaging(viewer) || viewer.role === 'viewer' || viewer.permission_overrides.includes('view_all_tasks');
}

/** The types of task that a member sees beside the own, because the crew does them; none without the right. */
export function teamTypes(viewer: TaskViewer): readonly TaskType[] {
  return viewer.can_view_team_tasks ? TYPES_OF[viewer.task_group] : [];
}

/** `aristay.md` §2.4: own and created tasks, and those of the own crew where the profile says so. */
export function maySeeTask(viewer: TaskViewer, task: Concerned): boolean {
  if (seesAllTasks(viewer) || isInvolved(viewer, task)) return true;
  return teamTypes(viewer).includes(task.task_type);
}

/** `aristay.md` §2.4: managers any task; members those that they do or have made; viewers none. */
export function mayEditTask(viewer: TaskViewer, task: Concerned): boolean {
  return isManaging(viewer) || (viewer.role === 'member' && isInvolved(viewer, task));
}

export function mayCreateTasks(viewer: TaskViewer): boolean {
  return isManaging(viewer) || (viewer.role === 'member' && viewer.permission_overrides.includes('add_tasks'));
}

/** Members take back what they have made, as long as nobody has begun it. */
export function mayDeleteTask(viewer: TaskViewer, task: Concerned): boolean {
  if (isManaging(viewer)) return true;
  return viewer.role === 'member' && task.created_by === viewer.number && task.status === 'pending';
}

/** Managers give a task to anybody; a member takes a free one that is in sight, or gives up the own. */
export function mayReassign(viewer: TaskViewer, task: Concerned, to: number | null): boolean {
  if (to === task.assigned_to || isManaging(viewer)) return true;
  if (viewer.role !== 'member') return false;
  if (viewer.permission_overrides.includes('assign_tasks')) return mayEditTask(viewer, task);
  if (task.assigned_to === null) return to === viewer.number && maySeeTask(viewer, task);
  return task.assigned_to === viewer.number && to === null;
}

export function mayReviewPhotos(viewer: TaskViewer): boolean {
  return isManaging(viewer) || (viewer.role === 'member' && viewer.permission_overrides.includes('manage_files'));
}

function isInvolved({ number }: TaskViewer, { assigned_to, created_by }: Concerned): boolean {
  return assigned_to === number || created_by === number;
}

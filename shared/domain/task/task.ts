import * as z from 'zod';
import { stamp } from './stamp.ts';

/** Statuses of a task (`aristay.md` §3.5): mind the hyphen and the single l. */
export const TASK_STATUSES = ['pending', 'waiting_dependency', 'in-progress', 'completed', 'canceled'] as const;
export type TaskStatus = (typeof TASK_STATUSES)[number];
/** Those in which a task is overdue once its due date is over (`aristay.md` §7.7). */
export const OVERDUE_STATUSES: readonly TaskStatus[] = ['pending', 'in-progress'];

export const TASK_TYPES = [
  'cleaning',
  'maintenance',
  'laundry',
  'lawn_pool',
  'administration',
  'inspection',
  'preparation',
  'other',
] as const;
export type TaskType = (typeof TASK_TYPES)[number];

/** From the least to the most pressing: lists order by it. */
export const TASK_PRIORITIES = ['low', 'medium', 'high', 'urgent'] as const;

const instant = z.iso.datetime();
const id = z.int().positive();

/** What people write into a task, or a booking's template for them: it may name a guest, and rests sealed (ruling 8). */
export const taskTexts = z.object({
  title: z.string().min(1).max(200),
  description: z.string(),
  notes: z.string().max(5_000),
});

/** How far the task's checklist is, kept with the task: a list shows it, and a status asks for it. */
export const checklistStanding = z.object({
  /** The template's name when it was attached. */
  template: z.string(),
  completed: z.int().nonnegative(),
  total: z.int().nonnegative(),
  /** Required blocking items that are open: the task may not be completed before they are done. */
  blocking: z.int().nonnegative(),
});
export type ChecklistStanding = z.infer<typeof checklistStanding>;

/** Statuses and the times that go with them. */
const statusStanding = z.object({
  status: z.enum(TASK_STATUSES),
  started_at: instant.nullable(),
  completed_at: instant.nullable(),
});
export type StatusStanding = z.infer<typeof statusStanding>;

/** One move of the status. Who told it late is judged again whenever an earlier one turns up; `direct` ones are facts. */
const statusMove = z.object({
  to: z.enum(TASK_STATUSES),
  stamp,
  mover: z.enum(['direct', 'editor', 'manager']),
});
export type StatusMove = z.infer<typeof statusMove>;

/** The last moves of a status in the order in which they were made, whatever the order in which they arrived. */
const statusLog = z.object({ from: statusStanding, moves: z.array(statusMove) });
export type StatusLog = z.infer<typeof statusLog>;

/** How a task came to be as it is, for changes that devices tell late; lists look at none of it. */
const taskCourse = z.object({
  /** Null until the status moves for the first time. */
  status_log: statusLog.nullable().default(null),
  /** When each field was set; a field that nobody changed has none. */
  stamps: z.record(z.string(), stamp).default({}),
});

/** What of a task rests sealed in one text. */
export const sealedPart = taskTexts.extend(taskCourse.shape);

/** A task (`aristay.md` §3.5). People are known by the integer of their profile. */
export const task = z.object({
  id,
  ...taskTexts.shape,
  status: z.enum(TASK_STATUSES),
  task_type: z.enum(TASK_TYPES),
  priority: z.enum(TASK_PRIORITIES),
  assigned_to: id.nullable(),
  /** User names never change, so a list need not look them up. */
  assigned_to_username: z.string().nullable(),
  property_id: id.nullable(),
  booking_id: id.nullable(),
  /** UTC, whole seconds. */
  due_date: instant.nullable(),
  /** Tasks of the same company; informational. */
  depends_on: z.array(id),
  /** A person has taken it in hand: neither imports nor turnovers change it by themselves. */
  is_locked_by_user: z.boolean(),
  /** The automatic template that made it; one live task for each booking and template. */
  created_by_template: id.nullable(),
  /** People who hear nothing of it. */
  muted_by: z.array(id),
  /** Null while the task has none; its id is the task's. */
  checklist: checklistStanding.nullable(),
  photo_count: z.int().nonnegative(),
  started_at: instant.nullable(),
  completed_at: instant.nullable(),
  created_at: instant,
  updated_at: instant,
  /** Null for the platform itself. */
  created_by: id.nullable(),
  modified_by: id.nullable(),
  deleted_at: instant.nullable(),
  ...taskCourse.shape,
  /** Raised by every change: a change holds only for the task as it was read. */
  version: z.int().positive(),
});
export type Task = z.infer<typeof task>;

/** A task as it rests: what may name a guest is sealed under the company's key. */
export const storedTask = task
  .omit({ title: true, description: true, notes: true, status_log: true, stamps: true })
  .extend({ sealed: z.string() });
export type StoredTask = z.infer<typeof storedTask>;
/** What lists filter, order and count tasks by. */
export const listedTask = storedTask.pick({
  id: true,
  status: true,
  task_type: true,
  priority: true,
  assigned_to: true,
  property_id: true,
  booking_id: true,
  due_date: true,
  created_at: true,
  updated_at: true,
  created_by: true,
  modified_by: true,
  deleted_at: true,
});
export type ListedTask = z.infer<typeof listedTask>;

const DEFAULTS = {
  description: '',
  status: 'pending',
  task_type: 'cleaning',
  priority: 'medium',
  assigned_to: null,
  assigned_to_username: null,
  property_id: null,
  booking_id: null,
  due_date: null,
  notes: '',
  depends_on: [],
  is_locked_by_user: false,
  created_by_template: null,
  muted_by: [],
  checklist: null,
  photo_count: 0,
  started_at: null,
  completed_at: null,
  deleted_at: null,
  status_log: null,
  stamps: {},
  version: 1,
} as const satisfies Partial<Task>;

/** What a task must be told; the rest has a default. */
export type TaskFacts = Omit<Task, keyof typeof DEFAULTS> & Partial<Task>;

/** A task from what is known of it. */
export function createTask(facts: TaskFacts): Task {
  return { ...DEFAULTS, depends_on: [], muted_by: [], stamps: {}, ...facts };
}

/** Still to be done, and its time is over (`aristay.md` §7.7). @param now UTC, whole seconds */
export function isOverdue({ status, due_date }: Pick<Task, 'status' | 'due_date'>, now: string): boolean {
  return due_date !== null && due_date < now && OVERDUE_STATUSES.includes(status);
}

/** Whether the task is there: deleted ones stay as rows and stand in no list. */
export function isLive(subject: Pick<Task, 'deleted_at'> | undefined): boolean {
  return subject !== undefined && subject.deleted_at === null;
}

/** Whether something of it is still to be done or waited for. */
export function isOpen({ status }: Pick<Task, 'status'>): boolean {
  return status !== 'completed' && status !== 'canceled';
}

/** A status as people read it (`aristay.md` §7.6). @example statusLabel('in-progress') // 'In Progress' */
export function statusLabel(status: TaskStatus): string {
  return status.replace(/[-_]/g, ' ').replace(/\b[a-z]/g, (letter) => letter.toUpperCase());
}

import * as z from 'zod';
import { ITEM_TYPES } from '../../shared/domain/checklist/checklist.ts';
import { historyLine } from '../../shared/domain/task/task-history.ts';

const nullableId = z.int().nullable();
const nullableText = z.string().nullable();

/** How far a checklist is (S9). */
export const progressAnswer = z.object({
  percentage: z.int(),
  completed: z.int(),
  total: z.int(),
  remaining: z.int(),
});

const common = {
  id: z.int(),
  title: z.string(),
  description: z.string(),
  status: z.string(),
  task_type: z.string(),
  priority: z.string(),
  assigned_to: nullableId,
  assigned_to_username: nullableText,
  property: nullableId,
  property_name: nullableText,
  due_date: nullableText,
  created_at: z.string(),
  checklist_progress: progressAnswer,
  updated_at: z.string(),
  notes: z.string(),
  booking: nullableId,
  /** First and last day of the booking: `2025-10-01 → 2025-10-04`. */
  booking_window: nullableText,
  is_overdue: z.boolean(),
  is_muted: z.boolean(),
  created_by: nullableId,
  photo_count: z.int(),
};

/** A row of S6. */
export const taskRow = z.object({ ...common, checklist_id: nullableId, checklist_template: nullableText });
export type TaskRow = z.input<typeof taskRow>;

const itemAnswer = z.object({
  /** The response's id: by it the item is ticked. */
  id: z.int(),
  text: z.string(),
  completed: z.boolean(),
  completed_at: nullableText,
  item_type: z.enum(ITEM_TYPES),
  is_required: z.boolean(),
  room_type: z.string(),
  description: z.string(),
  text_response: z.string(),
  number_response: nullableText,
  notes: z.string(),
  completed_by: nullableId,
});

/** A photo as a task shows it (S7). */
export const imageAnswer = z.object({
  id: z.int(),
  image: z.string(),
  photo_type: z.string(),
  uploaded_at: z.string(),
});
export type ImageAnswer = z.input<typeof imageAnswer>;

/** A task with everything about it (S7). */
export const taskDetail = z.object({
  ...common,
  checklist: z.object({ id: z.int(), template: z.string(), items: z.array(itemAnswer) }).nullable(),
  images: z.array(imageAnswer),
  depends_on: z.array(z.int()),
  is_locked_by_user: z.boolean(),
  started_at: nullableText,
  completed_at: nullableText,
  has_blocking_items: z.boolean(),
  history: z.array(historyLine),
});
export type TaskDetail = z.input<typeof taskDetail>;

/** The four keys of S8, with those fields that were sent. */
export const changedTask = z.object({
  id: z.int(),
  status: z.string(),
  notes: z.string(),
  updated_at: z.string(),
  title: z.string().optional(),
  description: z.string().optional(),
  task_type: z.string().optional(),
  priority: z.string().optional(),
  due_date: nullableText.optional(),
  assigned_to: nullableId.optional(),
  property: nullableId.optional(),
  booking: nullableId.optional(),
  depends_on: z.array(z.int()).optional(),
  is_locked_by_user: z.boolean().optional(),
});
export type ChangedTask = z.input<typeof changedTask>;

/** C15. */
export const statusCounts = z.object({
  total: z.int(),
  by_status: z.record(z.string(), z.int()),
  overdue: z.int(),
  pending: z.int(),
  in_progress: z.int(),
  completed: z.int(),
});
export type StatusCounts = z.input<typeof statusCounts>;

/** C16: `assigned_to` is the user name here, and the rest is S7's. */
export const claimedTask = taskDetail.extend({ assigned_to: nullableText });
export const statusAnswer = z.object({ status: z.string() });
export const mutedAnswer = z.object({ muted: z.boolean() });
export const notifiedAnswer = z.object({ notified: z.int() });
/** C21. */
export const statusShortcutAnswer = z.object({
  success: z.literal(true),
  status: z.string(),
  status_display: z.string(),
});

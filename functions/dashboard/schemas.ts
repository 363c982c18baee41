import * as z from 'zod';
import { TASK_STATUSES } from '../../shared/domain/task/task.ts';

const count = z.int().nonnegative();

/** How many tasks the caller sees (`aristay.md` S13); `total` has those of every status. */
export const taskCounts = z.object({
  total: count,
  pending: count,
  in_progress: count,
  completed: count,
  overdue: count,
});
export type TaskCountsAnswer = z.output<typeof taskCounts>;

/** What a person sees first (`aristay.md` S12). */
export const dashboardAnswer = z.object({
  task_counts: taskCounts,
  recent_tasks: z.array(
    z.object({
      id: z.int().positive(),
      title: z.string(),
      status: z.enum(TASK_STATUSES),
      due_date: z.string().nullable(),
    }),
  ),
  notifications: z.array(
    z.object({
      id: z.int().positive(),
      message: z.string(),
      created_at: z.string(),
      is_read: z.boolean(),
    }),
  ),
  unread_notifications: count,
  server_time: z.string(),
});
export type DashboardAnswer = z.output<typeof dashboardAnswer>;

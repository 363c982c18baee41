import * as z from 'zod';
import type { Task } from './task.ts';

/** One line of a task's history (`aristay.md` §3.5): when, who, what became of what. */
export const historyLine = z.object({
  /** UTC, whole seconds. */
  at: z.string(),
  /** Null for the platform itself. */
  username: z.string().nullable(),
  change: z.enum([
    'created',
    'deleted',
    'status',
    'assigned_to',
    'title',
    'description',
    'due_date',
    'photo_added',
    'photo_deleted',
    'photo_status',
  ]),
  from: z.string().nullable(),
  to: z.string().nullable(),
});
export type HistoryLine = z.infer<typeof historyLine>;

/** What a line tells beside who and when. */
export type ToldChange = Pick<HistoryLine, 'change' | 'from' | 'to'>;

/** What differs between two states of a task, one line for each (`aristay.md` §3.5). */
export function toldChanges(seen: Task | undefined, task: Task): readonly ToldChange[] {
  if (seen === undefined) return [{ change: 'created', from: null, to: task.status }];
  const compared: readonly ToldChange[] = [
    { change: 'status', from: seen.status, to: task.status },
    { change: 'assigned_to', from: seen.assigned_to_username, to: task.assigned_to_username },
    { change: 'title', from: seen.title, to: task.title },
    { change: 'description', from: seen.description, to: task.description },
    { change: 'due_date', from: seen.due_date, to: task.due_date },
  ];
  const changed = compared.filter(({ from, to }) => from !== to);
  return task.deleted_at === seen.deleted_at ? changed : [...changed, { change: 'deleted', from: null, to: null }];
}

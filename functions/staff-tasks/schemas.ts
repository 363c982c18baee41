import * as z from 'zod';
import { TASK_PRIORITIES, TASK_STATUSES, TASK_TYPES, type TaskStatus } from '../../shared/domain/task/task.ts';
import { spelledStatus } from '../../shared/domain/task/task-transitions.ts';
import {
  booleanField,
  choiceField,
  filter,
  idParam,
  integerField,
  requiredText,
  textField,
} from '../../shared/platform/http/aristay-fields.ts';
import { listQuery } from '../../shared/platform/http/numbered-list.ts';
import { timestampField } from '../../shared/platform/http/timestamp-field.ts';

export const taskParams = z.object({ id: idParam });

/** Texts longer than this are no descriptions: a task fits its row many times over. */
const LONGEST_DESCRIPTION = 20_000;
const MOST_DEPENDENCIES = 50;

const status = z.string().transform((text, context): TaskStatus => {
  const known = TASK_STATUSES.find((name) => name === spelledStatus(text));
  if (known !== undefined) return known;
  context.addIssue({ code: 'custom', message: `"${text.trim()}" is not a valid choice.` });
  return z.NEVER;
});

/** One status, or several with commas between; nothing but commas filters nothing. */
const statusList = z.string().transform((text, context): readonly TaskStatus[] | undefined => {
  const asked = text.split(',').flatMap((part) => part.trim() || []);
  if (asked.length === 0) return undefined;
  const statuses = asked.map((part) => {
    const known = TASK_STATUSES.find((name) => name === spelledStatus(part));
    if (known === undefined) context.addIssue({ code: 'custom', message: `"${part}" is not a valid choice.` });
    return known ?? 'pending';
  });
  return [...new Set(statuses)];
});

const id = integerField({ min: 1 });

/** A user's integer, the caller, or nobody. */
const assignee = z.union([z.literal('me'), z.literal('unassigned'), id], { error: 'A valid integer is required.' });

/** What orders a list of tasks. */
export const TASK_ORDER = ['due_date', 'created_at', 'updated_at', 'status', 'title', 'priority', 'id'] as const;
export type TaskOrder = (typeof TASK_ORDER)[number];

const filters = {
  status: filter(statusList),
  task_type: filter(choiceField(TASK_TYPES)),
  type: filter(choiceField(TASK_TYPES)),
  assigned_to: filter(assignee),
  property: filter(id),
  property_ref: filter(id),
  property_id: filter(id),
  priority: filter(choiceField(TASK_PRIORITIES)),
  booking: filter(id),
  overdue: filter(booleanField()),
  created_by: filter(id),
  modified_by: filter(id),
  due_date__gte: filter(timestampField()),
  due_date__lte: filter(timestampField()),
  created_at__gte: filter(timestampField()),
  created_at__lte: filter(timestampField()),
  modified_at__gte: filter(timestampField()),
  modified_at__lte: filter(timestampField()),
  search: filter(textField(200)),
  q: filter(textField(200)),
};

/** `GET /api/staff/tasks/` (S6). */
export const tasksQuery = listQuery(filters, { allowed: TASK_ORDER, byDefault: '-due_date' });
export type TasksQuery = z.output<typeof tasksQuery>;
/** `GET /api/tasks/` (C10). */
export const plainTasksQuery = listQuery(filters, { allowed: TASK_ORDER, byDefault: 'due_date' });
/** `GET /api/tasks/count-by-status/` (C15). */
export const countQuery = z.object(filters);
export type CountQuery = z.output<typeof countQuery>;

const editable = z
  .object({
    title: requiredText(200),
    description: textField(LONGEST_DESCRIPTION),
    status,
    task_type: choiceField(TASK_TYPES),
    priority: choiceField(TASK_PRIORITIES),
    assigned_to: id.nullable(),
    property: id.nullable(),
    booking: id.nullable(),
    due_date: timestampField().nullable(),
    notes: textField(5_000),
    depends_on: z.array(id).max(MOST_DEPENDENCIES),
    /** Neither imports nor turnovers change the task by themselves. */
    is_locked_by_user: booleanField(),
  })
  .partial();

/** `PATCH /api/staff/tasks/{id}/` (S8). */
export const changeBody = editable;
export type ChangeBody = z.output<typeof changeBody>;

/** `POST /api/tasks/` (C11). */
export const creationBody = editable.extend({
  title: requiredText(200),
  property_ref: id.nullable().optional(),
  property_id: id.nullable().optional(),
  checklist_template: id.nullable().optional(),
});
export type CreationBody = z.output<typeof creationBody>;

/** `POST /api/tasks/{id}/set_status/` (C17). */
export const statusBody = z.object({ status });
/** `POST /api/staff/tasks/{id}/status/` (C21). */
export const statusShortcutBody = z.object({
  status: status.optional(),
  description: textField(LONGEST_DESCRIPTION).optional(),
});
export type StatusShortcutBody = z.output<typeof statusShortcutBody>;

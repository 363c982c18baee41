import * as z from 'zod';
import { stamp } from '../task/stamp.ts';
import { TASK_TYPES } from '../task/task.ts';

/** Kinds of items (`aristay.md` §3.6). `blocking` ones must be done before their task may be completed. */
export const ITEM_TYPES = [
  'check',
  'photo_required',
  'photo_optional',
  'text_input',
  'number_input',
  'blocking',
] as const;
export type ItemType = (typeof ITEM_TYPES)[number];

const instant = z.iso.datetime();
const id = z.int().positive();

/** One line of a template. */
export const checklistItem = z.object({
  id,
  title: z.string().min(1).max(200),
  description: z.string(),
  item_type: z.enum(ITEM_TYPES),
  is_required: z.boolean(),
  order: z.int(),
  /** e.g. `bathroom`; blank shows as "General". */
  room_type: z.string().max(50),
});
export type ChecklistItem = z.infer<typeof checklistItem>;

/** What is to be done for a type of task. Items in their order. */
export const checklistTemplate = z.object({
  id,
  name: z.string().min(1).max(200),
  task_type: z.enum(TASK_TYPES),
  description: z.string(),
  is_active: z.boolean(),
  items: z.array(checklistItem),
  created_by: id.nullable(),
  created_at: instant,
});
export type ChecklistTemplate = z.infer<typeof checklistTemplate>;

/** Somebody ticked an item, or undid it. */
const tick = z.object({ completed: z.boolean(), stamp, by: id.nullable() });
export type Tick = z.infer<typeof tick>;

/** What people write to an item. */
export const ANSWER_FIELDS = ['text_response', 'number_response', 'notes'] as const;

/** The answer to one item of a task's checklist; carries its item, so that a template may change without it. */
export const checklistResponse = z.object({
  /** The id by which clients tick it. */
  id,
  item: checklistItem,
  is_completed: z.boolean(),
  text_response: z.string(),
  /** Decimal with at most two places, e.g. `12.50`. */
  number_response: z.string().nullable(),
  notes: z.string(),
  /** Photos that show it; `photo_required` items need one. */
  photo_ids: z.array(id),
  completed_at: instant.nullable(),
  completed_by: id.nullable(),
  /** The last tick last; of blocking items those before it too, because they tell whether the task could be completed. */
  ticks: z.array(tick).default([]),
  /** When each of the texts was written. */
  stamps: z.partialRecord(z.enum(ANSWER_FIELDS), stamp).default({}),
});
export type ChecklistResponse = z.infer<typeof checklistResponse>;

/** The checklist of one task; its id is the task's. */
export const taskChecklist = z.object({
  id,
  template_id: id,
  /** The template's name when it was attached. */
  template: z.string(),
  started_at: instant.nullable(),
  completed_at: instant.nullable(),
  completed_by: id.nullable(),
});
export type TaskChecklist = z.infer<typeof taskChecklist>;

/** The checklist of a task as it rests, in one row with all of its responses, in the order of their items. */
export const storedChecklist = taskChecklist.extend({
  responses: z.array(checklistResponse),
  /** Raised by every change: a change holds only for the checklist as it was read. */
  version: z.int().positive(),
});
export type StoredChecklist = z.infer<typeof storedChecklist>;

/** Items of one template at most. */
export const MOST_ITEMS = 200;
/** Responses of one checklist have consecutive ids from here on. */
const RESPONSES_OF_A_TASK = 1_000;

/** The task whose checklist a response belongs to: the id of a response says it. */
export function taskOfResponse(responseId: number): number {
  return Math.floor(responseId / RESPONSES_OF_A_TASK);
}

/**
 * A fresh checklist of a task, one response for each item of the template.
 * @param before the checklist that it replaces: the ids of its responses are not given again
 * @returns undefined when the task has no ids left for so many items
 */
export function checklistFrom(
  template: ChecklistTemplate,
  taskId: number,
  before?: StoredChecklist,
): StoredChecklist | undefined {
  const base = taskId * RESPONSES_OF_A_TASK;
  const last = Math.max(base, ...(before?.responses ?? []).map(({ id }) => id));
  if (last + template.items.length >= base + RESPONSES_OF_A_TASK) return undefined;
  const responses = [...template.items].sort(inItemOrder).map((item, at) => unanswered(last + at + 1, item));
  const times = { started_at: null, completed_at: null, completed_by: null };
  const version = before?.version ?? 1;
  return { id: taskId, template_id: template.id, template: template.name, ...times, responses, version };
}

function unanswered(id: number, item: ChecklistItem): ChecklistResponse {
  const answer = { is_completed: false, text_response: '', number_response: null, notes: '', photo_ids: [] };
  return { id, item, ...answer, completed_at: null, completed_by: null, ticks: [], stamps: {} };
}

/** The newest active template for a type of task that has an item (`aristay.md` §3.6). */
export function templateFor(
  templates: readonly ChecklistTemplate[],
  taskType: ChecklistTemplate['task_type'],
): ChecklistTemplate | undefined {
  return templates
    .filter(({ is_active, items, task_type }) => is_active && items.length > 0 && task_type === taskType)
    .sort((a, b) => b.created_at.localeCompare(a.created_at) || b.id - a.id)[0];
}

/** By `order`, then by room, then as they were made. */
export function inItemOrder(a: ChecklistItem, b: ChecklistItem): number {
  return a.order - b.order || a.room_type.localeCompare(b.room_type) || a.id - b.id;
}

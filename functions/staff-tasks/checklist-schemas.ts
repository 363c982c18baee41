import * as z from 'zod';
import { ITEM_TYPES, MOST_ITEMS } from '../../shared/domain/checklist/checklist.ts';
import { TASK_TYPES } from '../../shared/domain/task/task.ts';
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

export const responseParams = z.object({ response_id: idParam });
export const assignmentParams = z.object({ task_id: idParam });

const id = integerField({ min: 1 });
const LONGEST_ANSWER = 5_000;
/** Tasks that one call gives a checklist. */
const MOST_TASKS = 100;

/** C23. */
export const tickBody = z.object({ completed: booleanField() });
export const tickAnswer = z.object({
  success: z.literal(true),
  completed: z.boolean(),
  completed_at: z.string().nullable(),
  progress: z.object({ completed: z.int(), total: z.int(), percentage: z.int(), remaining: z.int() }),
});
export type TickAnswer = z.input<typeof tickAnswer>;

/** Decimal with up to eight digits before the point and two behind it, written as number or text. */
const decimal = z
  .preprocess((value) => (typeof value === 'number' ? String(value) : value), z.string().trim())
  .refine((text) => /^-?\d{1,8}(\.\d{1,2})?$/.test(text), { error: 'A valid number is required.' })
  .transform((text) => Number(text).toFixed(2));

/** C24. */
export const responseBody = z
  .object({
    is_completed: booleanField(),
    text_response: textField(LONGEST_ANSWER),
    number_response: decimal.nullable(),
    notes: textField(LONGEST_ANSWER),
  })
  .partial();
export type ResponseBody = z.output<typeof responseBody>;
export const responseAnswer = z.object({ success: z.literal(true), progress: z.int(), is_completed: z.boolean() });
export type ResponseAnswer = z.input<typeof responseAnswer>;

/** What orders a list of templates: type and name, unless asked otherwise. */
export const TEMPLATE_ORDER = ['task_type', 'name', 'created_at', 'id'] as const;
export type TemplateOrder = (typeof TEMPLATE_ORDER)[number];
/** C27. */
export const templatesQuery = listQuery(
  { task_type: filter(choiceField(TASK_TYPES)), is_active: filter(booleanField()) },
  { allowed: TEMPLATE_ORDER, byDefault: 'task_type' },
);
export type TemplatesQuery = z.output<typeof templatesQuery>;

export const templateRow = z.object({
  id: z.int(),
  name: z.string(),
  task_type: z.string(),
  description: z.string(),
  is_active: z.boolean(),
  created_by: z.int().nullable(),
  created_at: z.string(),
  items: z.array(
    z.object({
      id: z.int(),
      title: z.string(),
      description: z.string(),
      item_type: z.string(),
      is_required: z.boolean(),
      order: z.int(),
      room_type: z.string(),
    }),
  ),
});
export type TemplateRow = z.input<typeof templateRow>;

const item = z.object({
  title: requiredText(200),
  description: textField(2_000).default(''),
  item_type: choiceField(ITEM_TYPES).default('check'),
  is_required: booleanField().default(true),
  order: integerField({ min: -1_000_000, max: 1_000_000 }).default(0),
  room_type: textField(50).default(''),
});

/** C28. */
export const templateBody = z.object({
  name: requiredText(200),
  task_type: choiceField(TASK_TYPES),
  description: textField(2_000).default(''),
  is_active: booleanField().default(true),
  items: z.array(item).max(MOST_ITEMS).default([]),
});
export type TemplateBody = z.output<typeof templateBody>;
export const templateAnswer = z.object({ success: z.literal(true), template_id: z.int() });

/** C29. */
export const assignmentBody = z.object({ template_id: id });
export const assignmentAnswer = z.object({ success: z.literal(true), checklist_id: z.int() });
/** C30. */
export const quickAssignmentBody = z.object({ task_ids: z.array(id).min(1).max(MOST_TASKS), template_id: id });
export const quickAssignmentAnswer = z.object({ success: z.literal(true), assigned_count: z.int() });

import * as z from 'zod';
import { LONGEST_OFFSET, TIMING_TYPES } from '../../shared/domain/auto-task/auto-task-template.ts';
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
import { timeOfDayField } from '../../shared/platform/http/timestamp-field.ts';

export const templateParams = z.object({ id: idParam });

const id = integerField({ min: 1 });
/** A company with more properties than this leaves the list empty, for all. */
const MOST_PROPERTIES = 500;

/** Channels with commas between them, or as a list. */
const sources = z.preprocess((value) => (Array.isArray(value) ? value.join(',') : value), textField(500));

const fields = {
  name: requiredText(100),
  title_template: requiredText(200),
  description_template: textField(2_000),
  is_active: booleanField(),
  task_type: choiceField(TASK_TYPES),
  timing_type: choiceField(TIMING_TYPES),
  timing_offset: integerField({ min: 0, max: LONGEST_OFFSET }),
  /** On the property's clocks; null for the hour of check-in or check-out. */
  timing_hour: timeOfDayField.nullable(),
  /** Empty for all. */
  properties: z.array(id).max(MOST_PROPERTIES),
  booking_sources: sources,
  default_assignee: id.nullable(),
};

/** `POST /api/auto-task-templates/`. */
export const templateBody = z.object({
  ...fields,
  description_template: fields.description_template.default(''),
  is_active: fields.is_active.default(true),
  task_type: fields.task_type.default('cleaning'),
  timing_type: fields.timing_type.default('before_checkin'),
  timing_offset: fields.timing_offset.default(1),
  timing_hour: fields.timing_hour.default(null),
  properties: fields.properties.default([]),
  booking_sources: fields.booking_sources.default(''),
  default_assignee: fields.default_assignee.default(null),
});
export type TemplateBody = z.output<typeof templateBody>;

/** `PATCH /api/auto-task-templates/{id}/`. */
export const templateChangeBody = z.object(fields).partial();
export type TemplateChangeBody = z.output<typeof templateChangeBody>;

export const templateRow = z.object({
  id: z.int(),
  name: z.string(),
  is_active: z.boolean(),
  task_type: z.enum(TASK_TYPES),
  title_template: z.string(),
  description_template: z.string(),
  timing_type: z.enum(TIMING_TYPES),
  timing_offset: z.int(),
  timing_hour: z.string().nullable(),
  properties: z.array(z.int()),
  booking_sources: z.string(),
  default_assignee: z.int().nullable(),
  default_assignee_username: z.string().nullable(),
  created_by: z.int().nullable(),
  created_at: z.string(),
  updated_at: z.string(),
});
export type TemplateRow = z.input<typeof templateRow>;

const TEMPLATE_ORDER = ['name', 'created_at', 'id'] as const;
export const templatesQuery = listQuery(
  {
    is_active: filter(booleanField()),
    task_type: filter(choiceField(TASK_TYPES)),
    timing_type: filter(choiceField(TIMING_TYPES)),
    /** Those that make tasks of bookings of a property. */
    property: filter(id),
  },
  { allowed: TEMPLATE_ORDER, byDefault: 'name' },
);
export type TemplatesQuery = z.output<typeof templatesQuery>;

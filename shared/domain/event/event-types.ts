import * as z from 'zod';

/** An instant as Aristay shows it: `2025-10-02T15:00:00Z`. */
const instant = z.string();
const integerId = z.int().positive();

const taskOfEvent = z.object({
  id: integerId,
  title: z.string(),
  status: z.string(),
  task_type: z.string(),
  priority: z.string(),
  property: integerId.nullable(),
  property_name: z.string().nullable(),
  assigned_to: integerId.nullable(),
  due_date: instant.nullable(),
});

/** A task's status actually changed, by any path. */
const taskStatusChanged = z.object({
  task: taskOfEvent,
  previous_status: z.string(),
  new_status: z.string(),
  /** Null when the platform itself changed it. */
  changed_by: z.object({ id: integerId, username: z.string() }).nullable(),
  changed_at: instant,
});

/** All fields of `aristay.md` S17. */
const bookingOfEvent = z.object({
  id: integerId,
  external_code: z.string(),
  source: z.string(),
  guest_name: z.string(),
  check_in_date: instant,
  check_out_date: instant,
  property: integerId,
  property_name: z.string(),
  unit: z.string().nullable(),
  status: z.string(),
  total_nights: z.int().positive(),
  created_at: instant,
  guest_contact: z.string().optional(),
  external_status: z.string().optional(),
  adults: z.int().nonnegative().optional(),
  children: z.int().nonnegative().optional(),
  infants: z.int().nonnegative().optional(),
  earnings_amount: z.string().nullable().optional(),
  updated_at: instant.optional(),
});

const bookingCreated = z.object({
  booking: bookingOfEvent,
  origin: z.enum(['api', 'import', 'resolution']),
  /** Of the import that brought it. */
  import_id: z.string().optional(),
});

/** All fields of `aristay.md` S10. */
const photoOfEvent = z.object({
  id: integerId,
  image: z.string(),
  photo_type: z.string(),
  photo_type_display: z.string(),
  photo_status: z.string(),
  photo_status_display: z.string(),
  sequence_number: z.int().positive(),
  is_primary: z.boolean(),
  description: z.string(),
  uploaded_at: instant,
  uploaded_by: integerId.nullable(),
  uploaded_by_username: z.string().nullable(),
  size_bytes: z.int().nonnegative(),
  width: z.int().positive(),
  height: z.int().positive(),
  task: integerId.optional(),
  original_size_bytes: z.int().nonnegative().optional(),
  checklist_response: integerId.nullable().optional(),
});

const photoUploaded = z.object({
  photo: photoOfEvent,
  task: z.object({ id: integerId, title: z.string(), property: integerId.nullable() }),
});

/** Every type of event with what it means and what it carries (`aristay.md` §8.1). */
export const EVENT_TYPES = {
  'task.status_changed': { description: "A task's status changed, by any path.", data: taskStatusChanged },
  'booking.created': {
    description: 'A booking was created through the API, by an import or by resolving a conflict.',
    data: bookingCreated,
  },
  'photo.uploaded': { description: 'A photo of a task was stored.', data: photoUploaded },
} as const satisfies Readonly<Record<string, { readonly description: string; readonly data: z.ZodType }>>;

export type EventType = keyof typeof EVENT_TYPES;
export const EVENT_TYPE_NAMES = Object.keys(EVENT_TYPES) as [EventType, ...EventType[]];

/** An event still to be numbered: its type and the data of that type. */
export type NewEvent = {
  readonly [T in EventType]: { readonly type: T; readonly data: z.input<(typeof EVENT_TYPES)[T]['data']> };
}[EventType];

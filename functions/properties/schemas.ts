import * as z from 'zod';
import { SHOWN_UNIT_STATUSES, UNIT_STATUSES } from '../../shared/domain/property/property.ts';
import { choiceField, filter, idParam, requiredText, textField } from '../../shared/platform/http/aristay-fields.ts';
import { listQuery } from '../../shared/platform/http/numbered-list.ts';
import { timeOfDayField, zoneField } from '../../shared/platform/http/timestamp-field.ts';

export const propertyParams = z.object({ id: idParam });
export const unitParams = z.object({ id: idParam, unit_id: idParam });

/** What orders a list of properties. */
export const PROPERTY_ORDER = ['name', 'created_at', 'id'] as const;
export type PropertyOrder = (typeof PROPERTY_ORDER)[number];

/** `GET /api/properties/` (S14). */
export const propertiesQuery = listQuery(
  { search: filter(textField(200)), property_type: filter(textField(50)) },
  { allowed: PROPERTY_ORDER, byDefault: 'name' },
);
export type PropertiesQuery = z.output<typeof propertiesQuery>;

/** Pages of a search are smaller than those of other lists (C38). */
const LARGEST_SEARCH = 50;

/** `GET /api/properties/search/` (C38). */
export const searchQuery = listQuery({ q: filter(textField(200)) }, { allowed: ['name'], byDefault: 'name' }).transform(
  (query) => ({ ...query, page_size: Math.min(query.page_size, LARGEST_SEARCH) }),
);
export type SearchQuery = z.output<typeof searchQuery>;

/** The apartment that is the same dwelling, by its `id_pms` or `id_externo` (ruling 6); a blank one is none. */
const externalRef = textField(120)
  .nullable()
  .transform((text) => text || null);

const unitFields = z.object({
  unit_number: requiredText(20),
  status: choiceField(UNIT_STATUSES).optional(),
  external_ref: externalRef.optional(),
});

const propertyFields = z.object({
  name: requiredText(100),
  address: textField(500).optional(),
  property_type: textField(50)
    .transform((text) => text.toLowerCase())
    .pipe(z.string().regex(/^[a-z0-9_-]*$/, { error: 'Use letters, digits, hyphens and underscores.' }))
    .optional(),
  /** Null for the company's. */
  timezone: zoneField.nullable().optional(),
  check_in_time: timeOfDayField.optional(),
  check_out_time: timeOfDayField.optional(),
  external_ref: externalRef.optional(),
});

/** `POST /api/properties/` (C35). */
export const creationBody = propertyFields.extend({ units: z.array(unitFields).max(1_000).optional() });
export type CreationBody = z.output<typeof creationBody>;
/** `PATCH /api/properties/{id}/` (C36). */
export const changeBody = propertyFields.partial();
export type ChangeBody = z.output<typeof changeBody>;
/** `POST /api/properties/{id}/units/` (C39). */
export const unitBody = unitFields;
export type UnitBody = z.output<typeof unitBody>;
/** `PATCH /api/properties/{id}/units/{unit_id}/` (C40). */
export const unitChangeBody = unitFields.partial();
export type UnitChangeBody = z.output<typeof unitChangeBody>;

const summary = {
  id: z.int(),
  name: z.string(),
  address: z.string(),
  property_type: z.string(),
  total_units: z.int(),
  active_units: z.int(),
  check_in_time: z.string(),
  check_out_time: z.string(),
  timezone: z.string(),
  external_ref: z.string().nullable(),
  created_at: z.string(),
  updated_at: z.string(),
};

/** A row of S14. */
export const propertyRow = z.object(summary);
export type PropertyRow = z.input<typeof propertyRow>;

/** A unit with who stays in it now. */
export const unitAnswer = z.object({
  id: z.int(),
  unit_number: z.string(),
  status: z.enum(SHOWN_UNIT_STATUSES),
  current_booking: z
    .object({ id: z.int(), guest_name: z.string(), check_in: z.string(), check_out: z.string() })
    .nullable(),
  external_ref: z.string().nullable(),
});
export type UnitAnswer = z.input<typeof unitAnswer>;

/** A property with its units (S15). */
export const propertyAnswer = z.object({ ...summary, units: z.array(unitAnswer) });
export type PropertyAnswer = z.input<typeof propertyAnswer>;

export const searchAnswer = z.object({
  results: z.array(z.object({ id: z.int(), name: z.string(), display: z.string() })),
  has_more: z.boolean(),
  total: z.int(),
  page: z.int(),
  page_size: z.int(),
});
export type SearchAnswer = z.input<typeof searchAnswer>;

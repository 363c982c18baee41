import * as z from 'zod';
import { IMPORT_STATUSES, importUndo } from '../../shared/domain/booking-import/booking-import.ts';
import { importConflict } from '../../shared/domain/booking-import/import-conflict.ts';
import { finding } from '../../shared/domain/booking-import/import-row.ts';
import {
  booleanField,
  choiceField,
  filter,
  integerField,
  requiredText,
  textField,
} from '../../shared/platform/http/aristay-fields.ts';
import { listQuery } from '../../shared/platform/http/numbered-list.ts';
import { isTaken, MOST_STAGED_BYTES } from '../../shared/platform/upload/upload.ts';

/** Conflicts of one answer (S16). */
export const CONFLICTS_SHOWN = 500;
/** Errors and warnings of one answer. */
export const FINDINGS_SHOWN = 500;
/** Resolutions of one call: each is a transaction of its own. */
const MOST_RESOLUTIONS = 100;

export const importParams = z.object({ id: z.string().regex(/^imp_(\d{6}|[1-9]\d{6,11})$/) });

/** The fields beside the file (S16). */
export const importBody = z
  .object({
    property_id: filter(integerField({ min: 1 })),
    match_properties: filter(booleanField()),
    sheet_name: filter(textField(100)),
  })
  .superRefine(({ property_id, match_properties }, context) => {
    if (match_properties === true || property_id !== undefined) return;
    context.addIssue({ code: 'custom', path: ['property_id'], message: 'This field is required.' });
  });
export type ImportBody = z.output<typeof importBody>;

const importFields = {
  import_id: z.string(),
  status: z.enum(IMPORT_STATUSES),
  property_id: z.int().nullable(),
  total_rows: z.int(),
  processed_rows: z.int(),
  conflicts_found: z.int(),
  created: z.int(),
  auto_updated: z.int(),
  skipped: z.int(),
  errors_count: z.int(),
  /** Turnovers and tasks of automatic templates that came with its bookings. */
  tasks_created: z.int(),
  file_name: z.string(),
  imported_by: z.int(),
  imported_at: z.string(),
  finished_at: z.string().nullable(),
  /** What undoing the import has done so far; null while nobody has asked for it. */
  undo: importUndo.nullable(),
};

/** An import in the list. */
export const importRow = z.object(importFields);
export type ImportRow = z.input<typeof importRow>;

export const importsQuery = listQuery(
  { status: filter(choiceField(IMPORT_STATUSES)), property: filter(integerField({ min: 1 })) },
  { allowed: ['imported_at'], byDefault: '-imported_at' },
);
export type ImportsQuery = z.output<typeof importsQuery>;

/** An import with its conflicts (S16, C46). */
export const importAnswer = z.object({
  ...importFields,
  conflicts: z.array(importConflict),
  /** `conflicts_from` of the next conflicts; null after the last. */
  conflicts_next: z.int().nullable(),
  errors: z.array(finding),
  warnings: z.array(finding),
});
export type ImportAnswer = z.input<typeof importAnswer>;

/** Index of the first conflict that is shown. */
export const importQuery = z.object({ conflicts_from: filter(integerField({ min: 0, max: 1_000_000 })) });

const GROUPS = ['guest_name', 'dates', 'status', 'property'] as const;
export type ChangeGroup = (typeof GROUPS)[number];

/** `POST …/resolve/` (C47); without `apply_changes` everything but the property is taken from the row. */
export const resolveBody = z.object({
  resolutions: z
    .array(
      z.object({
        conflict_index: integerField({ min: 0, max: 1_000_000 }),
        action: choiceField(['update_existing', 'create_new', 'skip'], { auto_update: 'update_existing' }),
        apply_changes: z.array(choiceField(GROUPS)).optional(),
      }),
    )
    .min(1)
    .max(MOST_RESOLUTIONS),
});
export type Resolution = z.output<typeof resolveBody>['resolutions'][number];

export const resolveAnswer = z.object({
  success: z.literal(true),
  results: z.object({
    updated: z.int(),
    created: z.int(),
    skipped: z.int(),
    errors: z.array(z.object({ conflict_index: z.int(), message: z.string() })),
  }),
});

/** A file that is to come (ruling 17). */
export const uploadBody = z
  .object({
    file_name: requiredText(200),
    size_bytes: integerField({ min: 1, max: MOST_STAGED_BYTES }),
  })
  .refine(({ file_name }) => isTaken(file_name, 'reservas'), {
    path: ['file_name'],
    error: 'The file must be .xlsx or .csv.',
  });
export type UploadBody = z.output<typeof uploadBody>;

/** `url` and `fields` make the form: the fields first, unchanged, then the file as `file`. */
export const uploadAnswer = z.object({
  upload_id: z.string(),
  url: z.string(),
  fields: z.record(z.string(), z.string()),
  expires_at: z.string(),
});

export const templateQuery = z.object({ match_properties: filter(booleanField()) });

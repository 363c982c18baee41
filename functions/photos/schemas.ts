import * as z from 'zod';
import { PHOTO_STATUSES, PHOTO_TYPES } from '../../shared/domain/photo/photo.ts';
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

export const taskParams = z.object({ task_id: idParam });
export const photoParams = z.object({ task_id: idParam, id: idParam });

/** What orders a list of photos; what is not asked for follows in this order. */
export const PHOTO_ORDER = ['photo_type', 'sequence_number', 'uploaded_at'] as const;

/** `GET /api/tasks/{task_id}/images/` (S11). */
export const photosQuery = listQuery(
  { photo_type: filter(choiceField(PHOTO_TYPES)), photo_status: filter(choiceField(PHOTO_STATUSES)) },
  { allowed: PHOTO_ORDER, byDefault: 'photo_type' },
);
export type PhotosQuery = z.output<typeof photosQuery>;

const description = textField(2_000);

/** `PATCH /api/tasks/{task_id}/images/{id}/` (C32). */
export const editBody = z
  .object({
    photo_status: choiceField(PHOTO_STATUSES),
    photo_type: choiceField(PHOTO_TYPES),
    description,
    is_primary: booleanField(),
  })
  .partial();
export type EditBody = z.output<typeof editBody>;

/** Bytes of a photo (`aristay.md` §7.4). */
export const MOST_PHOTO_BYTES = 26_214_400;

/** `POST /api/tasks/{task_id}/images/upload-url/` (C34). Name and type are the client's: what comes is judged by its bytes. */
export const announcementBody = z.object({
  file_name: requiredText(255),
  content_type: requiredText(100),
  size_bytes: integerField({ min: 1, max: MOST_PHOTO_BYTES }),
  photo_type: choiceField(PHOTO_TYPES).optional().default('general'),
  description: description.optional().default(''),
  checklist_response: integerField({ min: 1 }).nullable().optional().default(null),
  is_primary: booleanField().optional().default(false),
});
export type AnnouncementBody = z.output<typeof announcementBody>;

export const announcementAnswer = z.object({
  upload_url: z.string(),
  fields: z.record(z.string(), z.string()),
  photo_id: z.int().positive(),
  expires_at: z.string(),
});

/** `POST /api/staff/checklist/photo/remove/` (C26). */
export const removalBody = z
  .object({
    item_id: integerField({ min: 1 }),
    photo_id: integerField({ min: 1 }).optional(),
    photo_url: textField(4_000).optional(),
  })
  .refine(({ photo_id, photo_url }) => photo_id !== undefined || photo_url !== undefined, {
    error: 'Send photo_id or photo_url.',
  });
export type RemovalBody = z.output<typeof removalBody>;

export const removalAnswer = z.object({ success: z.literal(true) });

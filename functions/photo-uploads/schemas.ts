import * as z from 'zod';
import { PHOTO_TYPES } from '../../shared/domain/photo/photo.ts';
import {
  booleanField,
  choiceField,
  idParam,
  integerField,
  textField,
} from '../../shared/platform/http/aristay-fields.ts';
import { fileField } from '../../shared/platform/http/form-fields.ts';

export const taskParams = z.object({ task_id: idParam });

/** `POST /api/tasks/{task_id}/images/create/` (S10). */
export const photoForm = z.object({
  image: fileField(),
  /** Equal to the path's, if sent. */
  task: integerField().optional(),
  photo_type: choiceField(PHOTO_TYPES).optional().default('general'),
  description: textField(2_000).optional().default(''),
  checklist_response: integerField({ min: 1 }).optional(),
  is_primary: booleanField().optional().default(false),
});
export type PhotoForm = z.output<typeof photoForm>;

/** `POST /api/staff/checklist/photo/upload/` (C25). */
export const checklistPhotoForm = z.object({ item_id: integerField({ min: 1 }), photo: fileField() });
export type ChecklistPhotoForm = z.output<typeof checklistPhotoForm>;

export const checklistPhotoAnswer = z.object({
  success: z.literal(true),
  photo_id: z.int().positive(),
  photo_url: z.string(),
});

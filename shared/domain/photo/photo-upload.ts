import * as z from 'zod';
import { photo } from './photo.ts';

/** What is known of a photo before its file is there. */
export const photoDraft = photo
  .pick({
    id: true,
    task_id: true,
    photo_type: true,
    description: true,
    name: true,
    checklist_response: true,
    uploaded_by: true,
    uploaded_by_username: true,
  })
  .extend({ as_primary: z.boolean() });
export type PhotoDraft = z.infer<typeof photoDraft>;

/** A photo that was announced and whose file comes by a form of its own; gone once it is stored. */
export const photoUpload = photoDraft.omit({ description: true }).extend({
  sealed: z.string(),
  /** Why the file that came was not taken; null while none came. */
  refusal: z.string().nullable(),
  /** TTL, seconds since 1970. */
  expires_at: z.int(),
});
export type PhotoUpload = z.infer<typeof photoUpload>;

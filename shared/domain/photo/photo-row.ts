import * as z from 'zod';
import { PHOTO_STATUSES, PHOTO_TYPES, type Photo, photoStatusLabel, typeLabel } from './photo.ts';
import { isPrimary, type PhotoAlbum } from './photo-album.ts';
import { objectKeys } from './photo-objects.ts';

const id = z.int().positive();

/** A photo as Aristay shows it (`aristay.md` S10). */
export const photoRow = z.object({
  id,
  /** Signed, and good for an hour at least. */
  image: z.string(),
  /** The same, of at most 400 pixels. */
  thumbnail: z.string(),
  photo_type: z.enum(PHOTO_TYPES),
  photo_type_display: z.string(),
  photo_status: z.enum(PHOTO_STATUSES),
  photo_status_display: z.string(),
  sequence_number: id,
  is_primary: z.boolean(),
  description: z.string(),
  uploaded_at: z.string(),
  uploaded_by: id,
  uploaded_by_username: z.string(),
  size_bytes: id,
  width: id,
  height: id,
  task: id,
  original_size_bytes: id,
  checklist_response: id.nullable(),
});
export type PhotoRow = z.infer<typeof photoRow>;

/** The photos of one company as they are looked at. */
export interface PhotoView {
  readonly empresaId: string;
  /** A signed address of an object. */
  readonly addressOf: (key: string) => Promise<string>;
}

export async function shownPhoto(
  { empresaId, addressOf }: PhotoView,
  photo: Photo,
  album: PhotoAlbum,
): Promise<PhotoRow> {
  const { task_id, name: _name, format: _format, ...fields } = photo;
  const [imageAt, thumbnailAt] = objectKeys(empresaId, photo);
  const [image, thumbnail] = await Promise.all([addressOf(imageAt), addressOf(thumbnailAt)]);
  return {
    ...fields,
    task: task_id,
    image,
    thumbnail,
    photo_type_display: typeLabel(photo.photo_type),
    photo_status_display: photoStatusLabel(photo.photo_status),
    is_primary: isPrimary(album, photo),
  };
}

/** Viewers see what was approved, everybody else sees all (`aristay.md` S7, S11). */
export function maySeePhoto(
  { role }: { readonly role: string },
  { photo_status }: Pick<Photo, 'photo_status'>,
): boolean {
  return role !== 'viewer' || photo_status === 'approved';
}

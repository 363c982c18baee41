import { type PhotoPlace, editPhoto as savePhoto } from '../../../shared/domain/photo/edit-photo.ts';
import type { Photo } from '../../../shared/domain/photo/photo.ts';
import type { FoundTask } from '../../../shared/domain/photo/photo-access.ts';
import { isPrimary, type PhotoAlbum } from '../../../shared/domain/photo/photo-album.ts';
import type { PhotoRow } from '../../../shared/domain/photo/photo-row.ts';
import { mayEditTask, mayReviewPhotos } from '../../../shared/domain/task/task-access.ts';
import { AppError } from '../../../shared/platform/errors/app-error.ts';
import type { EditBody } from '../schemas.ts';
import type { PhotoDeps } from './photo-deps.ts';

/**
 * Changes what is told of a photo (C32). Reviewers move its status, whoever uploaded it or may edit the task describes
 * it, the latter alone may place it; a field that is so already is nobody's change.
 * @throws AppError `forbidden` for a field that is not the caller's to change, `not_found`, `invalid`
 */
export async function editPhoto(
  deps: PhotoDeps,
  found: FoundTask,
  place: PhotoPlace,
  body: EditBody,
): Promise<PhotoRow> {
  return savePhoto(deps, place, withoutUndefined(body), (photo, album) => {
    if (!isPermitted(found, body, { photo, album })) throw new AppError('forbidden', 'Permission denied');
  });
}

function isPermitted(
  { viewer, task }: FoundTask,
  body: EditBody,
  { photo, album }: { readonly photo: Photo; readonly album: PhotoAlbum },
): boolean {
  const changes = (field: 'photo_status' | 'photo_type' | 'description') =>
    body[field] !== undefined && body[field] !== photo[field];
  const isEditor = mayEditTask(viewer, task);
  const moves = changes('photo_type') || (body.is_primary !== undefined && body.is_primary !== isPrimary(album, photo));
  if (changes('photo_status') && !mayReviewPhotos(viewer)) return false;
  if (changes('description') && !isEditor && photo.uploaded_by !== viewer.number) return false;
  return !moves || isEditor;
}

function withoutUndefined<T extends object>(body: T): { [K in keyof T]?: Exclude<T[K], undefined> } {
  const given = Object.entries(body).filter(([, value]) => value !== undefined);
  // The same fields with the same types, less those that were not sent.
  return Object.fromEntries(given) as { [K in keyof T]?: Exclude<T[K], undefined> };
}

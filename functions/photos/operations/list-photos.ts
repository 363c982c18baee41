import { visibleTask } from '../../../shared/domain/photo/photo-access.ts';
import { maySeePhoto, type PhotoRow, shownPhoto } from '../../../shared/domain/photo/photo-row.ts';
import { type NumberedPage, numberedPage, orderRows, pageWindow } from '../../../shared/platform/http/numbered-list.ts';
import { PHOTO_ORDER, type PhotosQuery } from '../schemas.ts';
import type { PhotoDeps } from './photo-deps.ts';

/**
 * A page of a task's photos (S11), by type, number and time unless asked otherwise.
 * @throws AppError `not_found`, `forbidden` for the task, `not_found` for a page that does not exist
 */
export async function listPhotos(deps: PhotoDeps, taskId: number, query: PhotosQuery): Promise<NumberedPage<PhotoRow>> {
  const [{ viewer }, { album, photos }] = await Promise.all([
    visibleTask(deps, taskId),
    deps.photos.listOfTask(taskId),
  ]);
  const fitting = photos.filter(
    (photo) =>
      maySeePhoto(viewer, photo) &&
      (query.photo_type === undefined || photo.photo_type === query.photo_type) &&
      (query.photo_status === undefined || photo.photo_status === query.photo_status),
  );
  const rest = PHOTO_ORDER.filter((key) => query.ordering.every((asked) => asked.key !== key));
  const ordering = [...query.ordering, ...rest.map((key) => ({ key, descending: false }))];
  const window = pageWindow(query, fitting.length);
  const ordered = orderRows(fitting, ordering, (photo, key) => photo[key]);
  const page = ordered.slice(window.offset, window.offset + window.size);
  const rows = await Promise.all(page.map((photo) => shownPhoto(deps.view, photo, album)));
  return numberedPage(rows, fitting.length, window);
}

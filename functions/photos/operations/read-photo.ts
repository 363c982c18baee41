import type { PhotoPlace } from '../../../shared/domain/photo/edit-photo.ts';
import { notFound, visibleTask } from '../../../shared/domain/photo/photo-access.ts';
import { maySeePhoto, type PhotoRow, shownPhoto } from '../../../shared/domain/photo/photo-row.ts';
import { AppError } from '../../../shared/platform/errors/app-error.ts';
import type { PhotoDeps } from './photo-deps.ts';

/**
 * One photo (C31).
 * @throws AppError `not_found`, whose message says of an announced photo why it is not there; `forbidden` for the task
 */
export async function readPhoto(deps: PhotoDeps, { taskId, id }: PhotoPlace): Promise<PhotoRow> {
  const [{ viewer }, { album, photos }] = await Promise.all([
    visibleTask(deps, taskId),
    deps.photos.listOfTask(taskId),
  ]);
  const photo = photos.find((each) => each.id === id);
  if (photo === undefined) throw await absenceOf(deps, { taskId, id });
  if (!maySeePhoto(viewer, photo)) throw notFound();
  return shownPhoto(deps.view, photo, album);
}

async function absenceOf({ photos, actor }: PhotoDeps, { taskId, id }: PhotoPlace): Promise<AppError> {
  const upload = await photos.findUpload(id);
  if (upload?.task_id !== taskId || actor.role === 'viewer') return notFound();
  return new AppError('not_found', upload.refusal ?? 'The file of this photo has not arrived yet.');
}

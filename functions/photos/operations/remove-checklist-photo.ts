import { taskOfResponse } from '../../../shared/domain/checklist/checklist.ts';
import { deletePhoto } from '../../../shared/domain/photo/edit-photo.ts';
import { editableTask } from '../../../shared/domain/photo/photo-access.ts';
import { fileName } from '../../../shared/domain/photo/photo-objects.ts';
import type { RemovalBody } from '../schemas.ts';
import type { PhotoDeps } from './photo-deps.ts';

/**
 * Deletes a photo of a checklist item, named by its id or by the file name in its address (C26).
 * @throws AppError `not_found`, `forbidden`
 */
export async function removeChecklistPhoto(deps: PhotoDeps, body: RemovalBody): Promise<{ readonly success: true }> {
  const { item_id, photo_id, photo_url = '' } = body;
  const { task } = await editableTask(deps, taskOfResponse(item_id));
  const named = photo_url.split(/[?#]/)[0]?.split('/').at(-1);
  await deletePhoto(deps, task.id, (photo) => {
    const isMeant = photo_id === undefined ? fileName(photo) === named : photo.id === photo_id;
    return isMeant && photo.checklist_response === item_id;
  });
  return { success: true };
}

import { taskOfResponse } from '../../../shared/domain/checklist/checklist.ts';
import { editableTask, notFound } from '../../../shared/domain/photo/photo-access.ts';
import type { ChecklistPhotoForm } from '../schemas.ts';
import { storePhoto, type UploadingDeps } from './create-photo.ts';

/** Adds a photo to a checklist item (C25). @throws AppError `not_found`, `forbidden`, `invalid` for a file that is no photo */
export async function uploadChecklistPhoto(deps: UploadingDeps, { item_id, photo }: ChecklistPhotoForm) {
  const { task } = await editableTask(deps, taskOfResponse(item_id));
  const found = await deps.tasks.findWithChecklist(task.id);
  if (!found?.checklist?.responses.some(({ id }) => id === item_id)) throw notFound();
  const about = { photo_type: 'checklist', description: '', as_primary: false, field: 'photo' } as const;
  const { id, image } = await storePhoto(deps, task.id, { ...about, checklist_response: item_id, file: photo });
  return { success: true as const, photo_id: id, photo_url: image };
}

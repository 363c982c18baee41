import { type AddingDeps, addPhoto, type ReadyPicture } from '../../../shared/domain/photo/add-photo.ts';
import type { PhotoType } from '../../../shared/domain/photo/photo.ts';
import type { FoundTask, PhotoAccessDeps } from '../../../shared/domain/photo/photo-access.ts';
import { objectKeys } from '../../../shared/domain/photo/photo-objects.ts';
import type { PhotoRow } from '../../../shared/domain/photo/photo-row.ts';
import { AppError } from '../../../shared/platform/errors/app-error.ts';
import type { Ids } from '../../../shared/platform/ids/ids.ts';
import { ImageRefused } from '../../../shared/platform/image/image-refused.ts';
import { processImage } from '../../../shared/platform/image/process-image.ts';
import type { ObjectStore } from '../../../shared/platform/storage/object-store.ts';
import type { UploadedFile } from '../../../shared/platform/upload/upload.ts';
import type { PhotoForm } from '../schemas.ts';

export interface UploadingDeps extends AddingDeps, Omit<PhotoAccessDeps, 'tasks'> {
  readonly tasks: AddingDeps['tasks'] & PhotoAccessDeps['tasks'];
  readonly store: Pick<ObjectStore, 'write' | 'remove'>;
  readonly ids: Ids;
  /** Takes an integer id for a new photo. */
  readonly nextId: () => Promise<number>;
}

/** What is said of a photo beside its file. */
export interface PhotoAbout {
  readonly photo_type: PhotoType;
  readonly description: string;
  readonly checklist_response: number | null;
  readonly as_primary: boolean;
  readonly file: UploadedFile;
  /** Field of the file in the form. */
  readonly field: 'image' | 'photo';
}

/** Adds a photo to a task (S10). @throws AppError `invalid` for a file that is no photo, or what belongs to another task */
export async function createPhoto(deps: UploadingDeps, { task }: FoundTask, body: PhotoForm): Promise<PhotoRow> {
  const { image, photo_type, description, is_primary } = body;
  if (body.task !== undefined && body.task !== task.id) throw invalidField('task', 'This is not the task of the path.');
  const checklist_response = body.checklist_response ?? null;
  if (checklist_response !== null) await checkResponse(deps, task.id, checklist_response);
  const about = { photo_type, description, checklist_response, as_primary: is_primary };
  return storePhoto(deps, task.id, { ...about, file: image, field: 'image' });
}

/** Makes the picture ready and stores it; what was stored of a photo that could not be told of is removed. */
export async function storePhoto(deps: UploadingDeps, taskId: number, about: PhotoAbout): Promise<PhotoRow> {
  const { file, field, ...told } = about;
  const picture = await readyPicture(file, field);
  const name = deps.ids.uuid().replaceAll('-', '');
  const { number, username } = deps.actor;
  const by = { uploaded_by: number, uploaded_by_username: username };
  try {
    return await addPhoto(deps, { ...told, ...by, id: await deps.nextId(), task_id: taskId, name }, picture);
  } catch (thrown) {
    const keys = objectKeys(deps.view.empresaId, { task_id: taskId, name, format: picture.image.format });
    // Nobody knows their names; what cannot be removed now goes with the company.
    await Promise.allSettled(keys.map((key) => deps.store.remove(key)));
    throw thrown;
  }
}

async function readyPicture({ bytes }: UploadedFile, field: string): Promise<ReadyPicture> {
  try {
    return { ...(await processImage(bytes)), originalBytes: bytes.length };
  } catch (thrown) {
    if (thrown instanceof ImageRefused) throw invalidField(field, thrown.message);
    throw thrown;
  }
}

async function checkResponse({ tasks }: UploadingDeps, taskId: number, responseId: number): Promise<void> {
  const found = await tasks.findWithChecklist(taskId);
  if (found?.checklist?.responses.some(({ id }) => id === responseId)) return;
  throw invalidField('checklist_response', 'The task has no such checklist item.');
}

function invalidField(field: string, message: string): AppError {
  return new AppError('invalid', message, { issues: [{ field, message }] });
}

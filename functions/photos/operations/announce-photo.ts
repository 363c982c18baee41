import type { FoundTask } from '../../../shared/domain/photo/photo-access.ts';
import { stagedPhotoKey } from '../../../shared/domain/photo/photo-objects.ts';
import { toUtcIso } from '../../../shared/platform/clock/clock.ts';
import { AppError } from '../../../shared/platform/errors/app-error.ts';
import type { AnnouncementBody } from '../schemas.ts';
import type { PhotoDeps } from './photo-deps.ts';

/** Life of a form. */
const FORM_SECONDS = 3_600;
/** For so long it is known what became of an announced photo. */
const KNOWN_MS = 48 * 3_600_000;

/**
 * A form by which one photo is uploaded (C34). Its number is taken now; the photo is there once its file has come and
 * was found to be one.
 * @throws AppError `invalid` for a response of another task
 */
export async function announcePhoto(deps: PhotoDeps, { task }: FoundTask, body: AnnouncementBody) {
  const { photo_type, description, checklist_response, is_primary, size_bytes } = body;
  if (checklist_response !== null) await checkResponse(deps, task.id, checklist_response);
  const id = await deps.nextId();
  const { number, username } = deps.actor;
  const draft = { id, task_id: task.id, photo_type, description, checklist_response, as_primary: is_primary };
  const name = deps.ids.uuid().replaceAll('-', '');
  const known = new Date(deps.now.getTime() + KNOWN_MS);
  await deps.photos.announce({ ...draft, name, uploaded_by: number, uploaded_by_username: username }, known);
  const key = stagedPhotoKey(deps.view.empresaId, id);
  const { url, fields } = await deps.presign({ key, most: size_bytes, seconds: FORM_SECONDS });
  const expires_at = toUtcIso(new Date(deps.now.getTime() + FORM_SECONDS * 1000));
  return { upload_url: url, fields: { ...fields }, photo_id: id, expires_at };
}

async function checkResponse({ tasks }: PhotoDeps, taskId: number, responseId: number): Promise<void> {
  const found = await tasks.findWithChecklist(taskId);
  if (found?.checklist?.responses.some(({ id }) => id === responseId)) return;
  const message = 'The task has no such checklist item.';
  throw new AppError('invalid', message, { issues: [{ field: 'checklist_response', message }] });
}

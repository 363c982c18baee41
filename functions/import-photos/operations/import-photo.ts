import { type AddingDeps, addPhoto } from '../../../shared/domain/photo/add-photo.ts';
import type { PhotoRepository } from '../../../shared/domain/photo/photo.repository.ts';
import { stagedPhotoKey } from '../../../shared/domain/photo/photo-objects.ts';
import type { PhotoUpload } from '../../../shared/domain/photo/photo-upload.ts';
import { ConditionFailed } from '../../../shared/platform/dynamo/storage-errors.ts';
import { AppError } from '../../../shared/platform/errors/app-error.ts';
import { ImageRefused } from '../../../shared/platform/image/image-refused.ts';
import { processImage } from '../../../shared/platform/image/process-image.ts';
import type { Log } from '../../../shared/platform/log/log.ts';
import type { ObjectStore } from '../../../shared/platform/storage/object-store.ts';

/** What one company's photos are imported with. */
export interface ImportDeps extends Omit<AddingDeps, 'author'> {
  readonly photos: PhotoRepository;
  readonly store: ObjectStore;
  readonly log: Log;
}

/** No form lets more through (`aristay.md` §7.4). */
const MOST_BYTES = 26_214_400;
const TASK_GONE = 'The task of this photo was deleted before its file arrived.';

/**
 * Makes a photo of a file that came by a form (C34). Safe to repeat, whole or after a crash half way: the announcement
 * ends in the transaction that adds the photo, and the file goes last. A file that is refused leaves the reason.
 * @throws whatever a later try may mend
 */
export async function importPhoto(deps: ImportDeps, id: number): Promise<void> {
  const { photos, store, log } = deps;
  const { empresaId } = deps.view;
  const key = stagedPhotoKey(empresaId, id);
  const ids = { empresa_id: empresaId, photo_id: id };
  const upload = await photos.findUpload(id);
  if (upload === undefined || upload.refusal !== null) {
    // It was worked on before, or nobody has announced it.
    await store.remove(key);
    return log.info('PHOTO_IGNORED', ids);
  }
  const object = await store.read(key, MOST_BYTES);
  if (object?.bytes === undefined) return log.info('PHOTO_IGNORED', ids);
  const refusal = await refusalOf(() => photoOf(deps, upload, object.bytes ?? new Uint8Array()));
  if (refusal !== undefined) await noteRefusal(photos, id, refusal);
  await store.remove(key);
  log.info(refusal === undefined ? 'PHOTO_IMPORTED' : 'PHOTO_REFUSED', ids);
}

async function photoOf(deps: ImportDeps, upload: PhotoUpload, bytes: Uint8Array): Promise<void> {
  const picture = { ...(await processImage(bytes)), originalBytes: bytes.length };
  const author = { number: upload.uploaded_by, username: upload.uploaded_by_username };
  const draft = await deps.photos.draftOf(upload);
  await addPhoto({ ...deps, author }, draft, picture, [deps.photos.endingUpload(upload.id)]);
}

/** The sentence for whoever uploaded what cannot become a photo, now or later. */
async function refusalOf(work: () => Promise<void>): Promise<string | undefined> {
  try {
    await work();
    return undefined;
  } catch (thrown) {
    if (thrown instanceof ImageRefused) return thrown.message;
    if (thrown instanceof AppError && thrown.code === 'not_found') return TASK_GONE;
    throw thrown;
  }
}

async function noteRefusal(photos: PhotoRepository, id: number, refusal: string): Promise<void> {
  try {
    await photos.refuseUpload(id, refusal);
  } catch (thrown) {
    // Its time was over: nobody asks any more.
    if (!(thrown instanceof ConditionFailed)) throw thrown;
  }
}

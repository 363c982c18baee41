import type { EditingDeps } from '../../../shared/domain/photo/edit-photo.ts';
import type { PhotoRepository } from '../../../shared/domain/photo/photo.repository.ts';
import type { PhotoAccessDeps } from '../../../shared/domain/photo/photo-access.ts';
import type { Ids } from '../../../shared/platform/ids/ids.ts';
import type { ObjectStore } from '../../../shared/platform/storage/object-store.ts';
import type { FormTerms, UploadForm } from '../../../shared/platform/storage/presigned-form.ts';

/** What the operations on photos are handed. */
export interface PhotoDeps extends EditingDeps, Omit<PhotoAccessDeps, 'tasks'> {
  readonly photos: PhotoRepository;
  readonly tasks: EditingDeps['tasks'] & PhotoAccessDeps['tasks'];
  readonly store: Pick<ObjectStore, 'remove'>;
  readonly presign: (terms: FormTerms) => Promise<UploadForm>;
  readonly ids: Ids;
  /** Takes an integer id for a new photo. */
  readonly nextId: () => Promise<number>;
}

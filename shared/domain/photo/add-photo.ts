import { toUtcIso } from '../../platform/clock/clock.ts';
import type { Write } from '../../platform/dynamo/table.ts';
import type { ProcessedImage } from '../../platform/image/process-image.ts';
import type { ObjectStore } from '../../platform/storage/object-store.ts';
import { withChecklist } from '../task/task-checklist.ts';
import {
  changePhotos,
  type PhotoDecision,
  type PhotoSavingDeps,
  type PhotoScene,
  relinked,
  touched,
} from './change-photos.ts';
import { type Photo, typeLabel } from './photo.ts';
import { placed } from './photo-album.ts';
import { objectKeys } from './photo-objects.ts';
import { type PhotoRow, type PhotoView, shownPhoto } from './photo-row.ts';
import type { PhotoDraft } from './photo-upload.ts';

export interface AddingDeps extends PhotoSavingDeps {
  readonly view: PhotoView;
  readonly store: Pick<ObjectStore, 'write'>;
}

/** A picture that was made ready, with how large it came. */
export interface ReadyPicture extends ProcessedImage {
  readonly originalBytes: number;
}

/**
 * Stores a photo of a task (`aristay.md` S10): objects first, so that no photo is told of that cannot be looked at. Safe
 * to repeat for the same draft.
 * @param along what else stands in the transaction
 * @throws AppError `not_found` when the task is gone meanwhile
 */
export async function addPhoto(
  deps: AddingDeps,
  draft: PhotoDraft,
  picture: ReadyPicture,
  along: readonly Write[] = [],
): Promise<PhotoRow> {
  const { image, thumbnail } = picture;
  const [imageAt, thumbnailAt] = objectKeys(deps.view.empresaId, { ...draft, format: image.format });
  await Promise.all([
    deps.store.write(imageAt, image.bytes, `image/${image.format}`),
    deps.store.write(thumbnailAt, thumbnail.bytes, `image/${thumbnail.format}`),
  ]);
  return changePhotos(deps, draft.task_id, (scene) => decide(deps, scene, { draft, picture, along }));
}

interface Addition {
  readonly draft: PhotoDraft;
  readonly picture: ReadyPicture;
  readonly along: readonly Write[];
}

async function decide(
  deps: AddingDeps,
  scene: PhotoScene,
  { draft, picture, along }: Addition,
): Promise<PhotoDecision<PhotoRow>> {
  const { task, checklist, photos } = scene;
  const fact = {
    accion: 'foto.subir',
    entidad: 'foto',
    entidad_id: String(draft.id),
    cambios: { tarea: task.id, tipo: draft.photo_type, subida_por: draft.uploaded_by },
  };
  const known = photos.find(({ id }) => id === draft.id);
  if (known !== undefined) return { fact, answer: await shownPhoto(deps.view, known, scene.album) };
  const { album, sequence_number } = placed(scene.album, draft, { others: photos, asPrimary: draft.as_primary });
  const photo = photoFrom(deps, { draft, picture }, sequence_number);
  const row = await shownPhoto(deps.view, photo, album);
  const linked = relinked(deps, checklist, photo, true);
  const change = {
    seen: task,
    task: touched(deps, task, photos.length + 1),
    told: [{ change: 'photo_added', from: null, to: typeLabel(photo.photo_type) }] as const,
    photos: ['photo_added'] as const,
  };
  const about = { id: task.id, title: task.title, property: task.property_id };
  return {
    change: { album, put: photo },
    task: linked === undefined ? change : withChecklist(change, linked, checklist),
    events: [{ type: 'photo.uploaded', data: { photo: row, task: about } }],
    along,
    fact,
    answer: row,
  };
}

function photoFrom(
  { now }: Pick<AddingDeps, 'now'>,
  { draft: { as_primary: _primary, ...draft }, picture }: Omit<Addition, 'along'>,
  sequence_number: number,
): Photo {
  const { format, width, height, bytes } = picture.image;
  return {
    ...draft,
    photo_status: 'pending',
    sequence_number,
    format,
    width,
    height,
    size_bytes: bytes.length,
    original_size_bytes: picture.originalBytes,
    uploaded_at: toUtcIso(now),
  };
}

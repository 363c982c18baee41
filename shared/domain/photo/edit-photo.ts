import { AppError } from '../../platform/errors/app-error.ts';
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
import { mayMove, type Photo, photoStatusLabel, typeLabel } from './photo.ts';
import { isPrimary, type PhotoAlbum, placed, without, withPrimary } from './photo-album.ts';
import { objectKeys } from './photo-objects.ts';
import { type PhotoRow, type PhotoView, shownPhoto } from './photo-row.ts';

export interface EditingDeps extends PhotoSavingDeps {
  readonly view: PhotoView;
}

/** What is to be different about a photo. */
export type PhotoEdit = Partial<Pick<Photo, 'photo_status' | 'description' | 'photo_type'>> & {
  readonly is_primary?: boolean;
};

/** A photo of a task, by both their ids. */
export interface PhotoPlace {
  readonly taskId: number;
  readonly id: number;
}

/**
 * Changes what is told of a photo (`aristay.md` C32, §7.4). What is so already is neither written nor told.
 * @param permit judges the photo as it is now, and throws
 * @throws AppError `not_found`, `invalid` for a move of the review that there is not
 */
export async function editPhoto(
  deps: EditingDeps,
  { taskId, id }: PhotoPlace,
  edit: PhotoEdit,
  permit: (photo: Photo, album: PhotoAlbum) => void,
): Promise<PhotoRow> {
  return changePhotos(deps, taskId, async (scene) => {
    const seen = photoOf(scene, id);
    permit(seen, scene.album);
    const { photo, album } = edited(scene, seen, edit);
    const fact = factOf('foto.cambiar', photo, changesOf(scene, { seen, photo, album }));
    const answer = await shownPhoto(deps.view, photo, album);
    if (Object.keys(fact.cambios).length === 1) return { fact, answer };
    return { change: { album, put: photo }, ...reviewOf(deps, scene, { seen, photo }), fact, answer };
  });
}

function photoOf({ photos }: PhotoScene, id: number): Photo {
  const photo = photos.find((each) => each.id === id);
  if (photo === undefined) throw new AppError('not_found', 'Not found.');
  return photo;
}

function edited(
  scene: PhotoScene,
  seen: Photo,
  edit: PhotoEdit,
): { readonly photo: Photo; readonly album: PhotoAlbum } {
  const { photo_status = seen.photo_status, photo_type = seen.photo_type, description = seen.description } = edit;
  if (!mayMove(seen.photo_status, photo_status)) {
    const message = `A photo that is ${seen.photo_status} cannot become ${photo_status}.`;
    throw new AppError('invalid', message, { issues: [{ field: 'photo_status', message }] });
  }
  const told: Photo = { ...seen, photo_status, description };
  if (photo_type === seen.photo_type) {
    return {
      photo: told,
      album: edit.is_primary === undefined ? scene.album : withPrimary(scene.album, seen, edit.is_primary),
    };
  }
  const others = scene.photos.filter(({ id }) => id !== seen.id);
  const left = without(scene.album, seen, others);
  const { album, sequence_number } = placed(
    left,
    { id: seen.id, photo_type },
    {
      others,
      asPrimary: edit.is_primary === true,
    },
  );
  return { photo: { ...told, photo_type, sequence_number }, album };
}

function changesOf(
  { album: before }: PhotoScene,
  { seen, photo, album }: { readonly seen: Photo; readonly photo: Photo; readonly album: PhotoAlbum },
) {
  const primary = isPrimary(album, photo);
  return {
    ...(photo.photo_status !== seen.photo_status && { estado: photo.photo_status }),
    ...(photo.photo_type !== seen.photo_type && { tipo: photo.photo_type }),
    ...(primary !== isPrimary(before, seen) && { principal: primary }),
    // It may name a guest: that it changed is all that is told.
    ...(photo.description !== seen.description && { descripcion: 'cambiada' }),
  };
}

/** A review stands in the task's history, and an approval or a rejection is told to its people (`aristay.md` §7.6). */
function reviewOf(
  deps: EditingDeps,
  { task }: PhotoScene,
  { seen, photo }: { readonly seen: Photo; readonly photo: Photo },
): Pick<PhotoDecision<PhotoRow>, 'task'> {
  const { photo_status: to } = photo;
  if (to === seen.photo_status) return {};
  const verb = { approved: 'photo_approved', rejected: 'photo_rejected', pending: null, archived: null } as const;
  const told = { change: 'photo_status', from: photoStatusLabel(seen.photo_status), to: photoStatusLabel(to) } as const;
  return { task: { seen: task, task: touched(deps, task), told: [told], photos: verb[to] === null ? [] : [verb[to]] } };
}

function factOf(accion: string, photo: Photo, cambios: Record<string, string | number | boolean>) {
  return { accion, entidad: 'foto', entidad_id: String(photo.id), cambios: { tarea: photo.task_id, ...cambios } };
}

/**
 * Deletes a photo (`aristay.md` C33): objects first, because what was deleted must not be left lying about. A crash in
 * between leaves a photo without a picture, which the repeated call deletes.
 * @param which picks the photo among those of the task @throws AppError `not_found` when there is none
 */
export async function deletePhoto(
  deps: EditingDeps & { readonly store: Pick<ObjectStore, 'remove'> },
  taskId: number,
  which: (photo: Photo) => boolean,
): Promise<void> {
  return changePhotos(deps, taskId, async (scene) => {
    const { task, checklist, photos } = scene;
    const photo = photos.find(which);
    if (photo === undefined) throw new AppError('not_found', 'Not found.');
    await Promise.all(objectKeys(deps.view.empresaId, photo).map((key) => deps.store.remove(key)));
    const others = photos.filter(({ id }) => id !== photo.id);
    const unlinked = relinked(deps, checklist, photo, false);
    const change = {
      seen: task,
      task: touched(deps, task, others.length),
      told: [{ change: 'photo_deleted', from: typeLabel(photo.photo_type), to: null }] as const,
      photos: ['photo_deleted'] as const,
    };
    return {
      change: { album: without(scene.album, photo, others), remove: photo.id },
      task: unlinked === undefined ? change : withChecklist(change, unlinked, checklist),
      fact: factOf('foto.borrar', photo, { tipo: photo.photo_type }),
      answer: undefined,
    };
  });
}

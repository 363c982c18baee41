import type { Photo } from './photo.ts';

/** Below it lie stored photos, by company; also in `TENANT_PREFIXES`. */
export const PHOTOS_PREFIX = 'photos/';
/** Below it lie files that came by a form and wait to be worked on, by company; also in `TENANT_PREFIXES`. */
export const STAGED_PHOTOS_PREFIX = 'staged-photos/';

type Named = Pick<Photo, 'task_id' | 'name' | 'format'>;

/**
 * Where picture and thumbnail of a photo lie.
 * @example `photos/<empresa_id>/task_images/12/0f…c3.webp`, `photos/<empresa_id>/task_images/12/0f…c3_thumbnail.webp`
 */
export function objectKeys(empresaId: string, { task_id, name, format }: Named): readonly [string, string] {
  const folder = `${PHOTOS_PREFIX}${empresaId}/task_images/${task_id}`;
  return [`${folder}/${fileName({ name, format })}`, `${folder}/${name}_thumbnail.webp`];
}

/** @example fileName({ name: '0f…c3', format: 'jpeg' }) // '0f…c3.jpg' */
export function fileName({ name, format }: Pick<Named, 'name' | 'format'>): string {
  return `${name}.${format === 'webp' ? 'webp' : 'jpg'}`;
}

/** Where the file of an announced photo is put: `staged-photos/<empresa_id>/<photo id>`. */
export function stagedPhotoKey(empresaId: string, id: number): string {
  return `${STAGED_PHOTOS_PREFIX}${empresaId}/${id}`;
}

/** Whose photo a staged file is; undefined for a key that is none of ours. */
export function stagedPhotoOf(key: string): { readonly empresaId: string; readonly id: number } | undefined {
  const [, empresaId, id] = /^staged-photos\/([0-9a-f-]{36})\/([1-9]\d{0,14})$/.exec(key) ?? [];
  return empresaId === undefined || id === undefined ? undefined : { empresaId, id: Number(id) };
}

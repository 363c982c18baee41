import type { Key } from '../../platform/dynamo/table.ts';
import { tenantPartition } from '../../platform/tenant/tenant-partition.ts';
import { sortableId } from '../property/property.keys.ts';

/** The photos of a company: `T#<empresa_id>#PHOTO`. */
export function photoPartition(empresaId: string): string {
  return tenantPartition(empresaId, 'PHOTO');
}

/** Prefix of a task's photos and of what they share. */
export function photosOfTask(taskId: number): string {
  return `${sortableId(taskId)}#`;
}

/** One photo: `T#<empresa_id>#PHOTO` / `<task id>#<photo id>`. */
export function photoKey(empresaId: string, taskId: number, id: number): Key {
  return { pk: photoPartition(empresaId), sk: `${photosOfTask(taskId)}${sortableId(id)}` };
}

/** What the photos of a task share, behind them: `T#<empresa_id>#PHOTO` / `<task id>#ALBUM`. */
export function photoAlbumKey(empresaId: string, taskId: number): Key {
  return { pk: photoPartition(empresaId), sk: `${photosOfTask(taskId)}ALBUM` };
}

/** A photo that is to arrive by a form of its own: `T#<empresa_id>#PHOTO_UPLOAD` / `UPLOAD#<photo id>`. */
export function photoUploadKey(empresaId: string, id: number): Key {
  return { pk: tenantPartition(empresaId, 'PHOTO_UPLOAD'), sk: `UPLOAD#${sortableId(id)}` };
}

import { type DataKey, open, seal } from '../../platform/crypto/sealed.ts';
import { ABSENT, type Item, PRESENT, type Write } from '../../platform/dynamo/table.ts';
import type { TenantScope } from '../../platform/tenant/tenant-scope.ts';
import { photoAlbumKey, photoKey, photoPartition, photosOfTask, photoUploadKey } from './photo.keys.ts';
import { type Photo, storedPhoto } from './photo.ts';
import { EMPTY_ALBUM, inPhotoOrder, type PhotoAlbum, photoAlbum } from './photo-album.ts';
import { type PhotoDraft, type PhotoUpload, photoDraft, photoUpload } from './photo-upload.ts';

interface Options {
  readonly scope: TenantScope;
  /** The company's data key of purpose `guest-data`; asked for where descriptions are read or written. */
  readonly guestKey: () => Promise<DataKey>;
}

/** The photos of a task, in their order, with what they share. */
export interface PhotosOfTask {
  readonly album: PhotoAlbum;
  readonly photos: readonly Photo[];
}

/** The photos of one company. Reads are of what stands this instant. */
export class PhotoRepository {
  readonly #scope: TenantScope;
  readonly #guestKey: () => Promise<DataKey>;

  constructor({ scope, guestKey }: Options) {
    this.#scope = scope;
    this.#guestKey = guestKey;
  }

  /** All photos of a task: one query, a hundred of them weigh some 60 KB. */
  async listOfTask(taskId: number): Promise<PhotosOfTask> {
    const { empresaId, table } = this.#scope;
    const { sk: albumSk } = photoAlbumKey(empresaId, taskId);
    const rows: Item[] = [];
    let album = EMPTY_ALBUM;
    const query = { pk: photoPartition(empresaId), prefix: photosOfTask(taskId), consistent: true };
    for await (const row of table.queryAll(query)) {
      if (row.sk === albumSk) album = photoAlbum.parse(row);
      else rows.push(row);
    }
    const key = rows.length > 0 ? await this.#guestKey() : undefined;
    const photos = rows.flatMap((row) => (key === undefined ? [] : [openPhoto(key, row)]));
    return { album, photos: photos.sort(inPhotoOrder) };
  }

  /**
   * The writes of a change of photos, for a transaction of the caller's. The first one is refused when another change
   * of a photo of the task came first.
   */
  async writesOf(taskId: number, seen: PhotoAlbum, change: PhotoChange): Promise<readonly Write[]> {
    const { empresaId } = this.#scope;
    const { album, put, remove } = change;
    const unmoved = { expression: 'version = :seen', values: { ':seen': seen.version } };
    const next = { ...photoAlbumKey(empresaId, taskId), ...album, version: seen.version + 1 };
    const row = put && sealPhoto(await this.#guestKey(), put);
    return [
      { kind: 'put', item: next, condition: seen.version === 0 ? ABSENT : unmoved },
      ...(row === undefined
        ? []
        : [{ kind: 'put', item: { ...photoKey(empresaId, taskId, row.id), ...row } } as const]),
      ...(remove === undefined ? [] : [{ kind: 'delete', key: photoKey(empresaId, taskId, remove) } as const]),
    ];
  }

  /** Notes that a photo is to come. */
  async announce(draft: PhotoDraft, expiresAt: Date): Promise<void> {
    const sealed = seal(await this.#guestKey(), uploadPlace(draft.id), draft.description);
    const expires_at = Math.floor(expiresAt.getTime() / 1000);
    const row = photoUpload.parse({ ...draft, sealed, refusal: null, expires_at });
    const key = photoUploadKey(this.#scope.empresaId, draft.id);
    await this.#scope.table.write({ kind: 'put', item: { ...key, ...row }, condition: ABSENT });
  }

  /** A photo that is to come, or whose file was refused. */
  async findUpload(id: number): Promise<PhotoUpload | undefined> {
    const row = await this.#scope.table.get(photoUploadKey(this.#scope.empresaId, id), { consistent: true });
    return row === undefined ? undefined : photoUpload.parse(row);
  }

  /** What was announced of a photo. */
  async draftOf({ sealed, ...upload }: PhotoUpload): Promise<PhotoDraft> {
    return photoDraft.parse({ ...upload, description: open(await this.#guestKey(), uploadPlace(upload.id), sealed) });
  }

  /** Says why the file that came for a photo was not taken. */
  async refuseUpload(id: number, refusal: string): Promise<void> {
    await this.#scope.table.write({
      kind: 'update',
      key: photoUploadKey(this.#scope.empresaId, id),
      update: { expression: 'SET refusal = :refusal', values: { ':refusal': refusal } },
      condition: PRESENT,
    });
  }

  /** The write that ends an announcement, to stand with the photo that has come of it. */
  endingUpload(id: number): Write {
    return { kind: 'delete', key: photoUploadKey(this.#scope.empresaId, id) };
  }
}

/** What a change does to the photos of a task. */
export interface PhotoChange {
  readonly album: PhotoAlbum;
  readonly put?: Photo;
  /** Id of the photo that goes. */
  readonly remove?: number;
}

function placeOf({ task_id, id }: Pick<Photo, 'task_id' | 'id'>): string {
  return `photo/${task_id}/${id}`;
}

function uploadPlace(id: number): string {
  return `photo-upload/${id}`;
}

function sealPhoto(key: DataKey, { description, ...rest }: Photo) {
  return storedPhoto.parse({ ...rest, sealed: seal(key, placeOf(rest), description) });
}

function openPhoto(key: DataKey, row: Item): Photo {
  const { sealed, ...rest } = storedPhoto.parse(row);
  return { ...rest, description: open(key, placeOf(rest), sealed) };
}

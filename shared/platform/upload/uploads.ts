import { judgeUpload, receiveUpload } from '../http/receive-upload.ts';
import { instantOfId } from '../ids/ids.ts';
import type { ObjectStore } from '../storage/object-store.ts';
import { MOST_STAGED_BYTES, type UploadedFile, type UploadPurpose } from './upload.ts';

/** Below it lie the files that were staged, by company and purpose; also in `TENANT_PREFIXES`. */
export const STAGED_PREFIX = 'uploads/';
/** Life of a staged file, counted from the form that it came by (ruling 17). */
export const STAGED_SECONDS = 3_600;
/** Metadata field with the file's own name, percent-encoded. */
export const STAGED_NAME = 'nombre';

/** Which staged file is meant. Company and purpose are never the client's to say. */
export interface StagedFile {
  readonly empresaId: string;
  readonly proposito: UploadPurpose;
  readonly id: string;
}

/** Where a staged file lies: `uploads/<empresa_id>/<purpose>/<id>`. */
export function stagedKey({ empresaId, proposito, id }: StagedFile): string {
  return `${STAGED_PREFIX}${empresaId}/${proposito}/${id}`;
}

/** When a staged file ends; undefined for an id that is none of ours. */
export function stagedUntil(id: string): Date | undefined {
  const made = id.startsWith('sub_') ? instantOfId(id) : undefined;
  return made && new Date(made.getTime() + STAGED_SECONDS * 1000);
}

/** The files that wait in the bucket. */
export interface StagedUploads {
  /** The file; undefined when there is none, when its hour is over, or when it is another company's or for something else. */
  read(file: StagedFile, now: Date): Promise<UploadedFile | undefined>;
  remove(file: StagedFile): Promise<void>;
}

/**
 * How files reach an operation: in the form of the call, or put into the bucket before. One thing, so that only functions
 * that take files carry what reads them.
 */
export interface Uploads extends StagedUploads {
  readonly receive: typeof receiveUpload;
  readonly judge: typeof judgeUpload;
}

export function uploadsOf(store: Pick<ObjectStore, 'read' | 'remove'>): Uploads {
  return {
    receive: receiveUpload,
    judge: judgeUpload,
    async read(file, now) {
      const until = stagedUntil(file.id);
      if (until === undefined || until <= now) return undefined;
      const object = await store.read(stagedKey(file), MOST_STAGED_BYTES);
      if (object?.bytes === undefined) return undefined;
      const { bytes, contentType = 'application/octet-stream', metadata = {} } = object;
      return { name: decodeURIComponent(metadata[STAGED_NAME] ?? ''), contentType, bytes };
    },
    remove: (file) => store.remove(stagedKey(file)),
  };
}

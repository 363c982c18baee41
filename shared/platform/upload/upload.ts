/** What a staged file is for; a file staged for one purpose serves no other (ruling 17). */
export const UPLOAD_PURPOSES = ['apartamentos', 'checkins', 'heatmap', 'contactos', 'reservas'] as const;
export type UploadPurpose = (typeof UPLOAD_PURPOSES)[number];

/** Ends of the names that a purpose takes, in lower case; the content type is not looked at (`stay-sidekick.md` §2.16). */
export const UPLOAD_EXTENSIONS: Readonly<Record<UploadPurpose, readonly `.${string}`[]>> = {
  apartamentos: ['.xlsx'],
  checkins: ['.xlsx'],
  heatmap: ['.xlsx'],
  contactos: ['.xlsx'],
  reservas: ['.xlsx', '.csv'],
};

/** The file of a route: the form field that carries it, or the purpose under which it was staged before. */
export interface FileUpload {
  readonly field: string;
  readonly proposito: UploadPurpose;
  /** Another name that clients know the field by. */
  readonly alias?: string;
  /** Field of a second file that may come with the first; staged, its id stands in the id field with `_<second>` behind. */
  readonly second?: string;
  /** The other fields are judged before the files' names and content (`stay-sidekick.md` §4.7). */
  readonly fieldsFirst?: true;
}

/** A file as an operation sees it, whichever way it came. Never empty. */
export interface UploadedFile {
  /** As the client named it, without folders; only its extension may be trusted. */
  readonly name: string;
  readonly contentType: string;
  readonly bytes: Uint8Array;
}

/** Bytes of a file that comes inside the call: with Base64 and the rest of the event it stays within Lambda's 6 MB. */
export const MOST_DIRECT_BYTES = 4_400_000;
/** Bytes of a file that is staged first: as much as a spreadsheet may have (`stay-sidekick.md` §2.16). */
export const MOST_STAGED_BYTES = 10 * 1024 * 1024;

/** True when a file of that name may serve the purpose. */
export function isTaken(name: string, proposito: UploadPurpose): boolean {
  const lower = name.toLowerCase();
  return UPLOAD_EXTENSIONS[proposito].some((extension) => lower.endsWith(extension) && lower.length > extension.length);
}

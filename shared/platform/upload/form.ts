/** A file part of a form. */
export interface FilePart {
  readonly field: string;
  /** Without folders; empty when the part has none. */
  readonly name: string;
  readonly contentType: string;
  /** Absent when the part has more bytes than the caller takes. */
  readonly bytes?: Uint8Array;
}

/** A form, read whole. Files beyond the third are not kept: two are the most that anybody asks for. */
export interface MultipartForm {
  readonly files: readonly FilePart[];
  readonly fields: Readonly<Record<string, string>>;
}

/** The body is no form that could be read to its end. */
export class MalformedForm extends Error {
  override readonly name = 'MalformedForm';
}

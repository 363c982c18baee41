import { AppError } from '../errors/app-error.ts';
import { MalformedForm, type MultipartForm, readForm } from '../upload/multipart-form.ts';
import type { StagedFile, StagedUploads } from '../upload/staged-uploads.ts';
import { type FileUpload, isTaken, MOST_DIRECT_BYTES, UPLOAD_EXTENSIONS, type UploadedFile } from '../upload/upload.ts';
import { bodyBytes, type Exchange, headerOf } from './exchange.ts';
import { parseJsonObject } from './json-body.ts';
import { type Surface, surfaceOf } from './surface.ts';
import type { UploadWords } from './upload-words.ts';

/** What a call with a file brought. */
export interface ReceivedUpload {
  readonly file: UploadedFile;
  /** The other fields of the form or of the JSON object. */
  readonly fields: Record<string, unknown>;
  /** Where the file was staged, so that it goes once it has been used. */
  readonly staged?: StagedFile;
}

/**
 * Takes the file of a call: a part of a form, or one that was staged before and is named in a form or in JSON.
 * @throws AppError `bad_request` (§2.16), `too_large` above 4.4 MB, `not_found` for an id that leads to no file
 */
export async function receiveUpload(
  exchange: Exchange,
  upload: FileUpload,
  uploads: StagedUploads,
): Promise<ReceivedUpload> {
  const surface = surfaceOf(exchange.route.surface);
  const { files, fields } = await contentOf(exchange, surface, upload);
  const words = surface.upload;
  const { [words.idField]: id, ...others } = fields;
  const [part, second] = files;
  if (second !== undefined || (part !== undefined && id !== undefined)) {
    throw new AppError('bad_request', words.twoFiles);
  }
  if (part === undefined && id !== undefined) {
    return { ...(await stagedFile(exchange, { upload, uploads, id: String(id) }, words)), fields: others };
  }
  if (part === undefined || part.field !== upload.field) throw new AppError('bad_request', words.missing(upload.field));
  checkName(part.name, upload, words);
  if (part.bytes === undefined) throw new AppError('too_large', words.tooLarge);
  if (part.bytes.length === 0) throw new AppError('bad_request', words.empty);
  return { file: { name: part.name, contentType: part.contentType, bytes: part.bytes }, fields: others };
}

interface Content extends Pick<MultipartForm, 'files'> {
  readonly fields: Readonly<Record<string, unknown>>;
}

async function contentOf({ event }: Exchange, surface: Surface, { field }: FileUpload): Promise<Content> {
  const { upload: words, messages } = surface;
  const bytes = bodyBytes(event);
  const type = headerOf(event, 'content-type') ?? '';
  if (bytes === undefined) throw new AppError('bad_request', words.missing(field));
  if (/^application\/json\b/i.test(type)) return { files: [], fields: parseJsonObject(bytes, messages.bodyMalformed) };
  if (!/^multipart\/form-data\b/i.test(type)) throw new AppError('bad_request', words.missing(field));
  try {
    return await readForm(type, bytes, MOST_DIRECT_BYTES);
  } catch (cause) {
    if (cause instanceof MalformedForm) throw new AppError('bad_request', words.malformed, { cause });
    throw cause;
  }
}

interface Wanted {
  readonly upload: FileUpload;
  readonly uploads: StagedUploads;
  readonly id: string;
}

async function stagedFile({ actor, now }: Exchange, { upload, uploads, id }: Wanted, words: UploadWords) {
  const unknown = () => new AppError('not_found', words.unknownId);
  if (actor === undefined) throw unknown();
  const staged = { empresaId: actor.empresaId, proposito: upload.proposito, id };
  const file = await uploads.read(staged, now);
  if (file === undefined) throw unknown();
  checkName(file.name, upload, words);
  return { file, staged };
}

function checkName(name: string, { proposito }: FileUpload, words: UploadWords): void {
  if (isTaken(name, proposito)) return;
  throw new AppError('bad_request', words.wrongExtension(UPLOAD_EXTENSIONS[proposito]));
}

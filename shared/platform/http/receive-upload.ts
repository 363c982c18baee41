import { AppError } from '../errors/app-error.ts';
import { type FilePart, MalformedForm, type MultipartForm } from '../upload/form.ts';
import { readForm } from '../upload/multipart-form.ts';
import { type FileUpload, isTaken, MOST_DIRECT_BYTES, UPLOAD_EXTENSIONS, type UploadedFile } from '../upload/upload.ts';
import type { StagedFile, StagedUploads } from '../upload/uploads.ts';
import { bodyBytes, type Exchange, headerOf } from './exchange.ts';
import { parseJsonObject } from './json-body.ts';
import { surfaceOf } from './surface.ts';
import { UPLOAD_WORDS, type UploadWords } from './upload-words.ts';

/** What a call with a file brought. */
export interface ReceivedUpload {
  readonly file: UploadedFile;
  /** The second file of a route that takes two. */
  readonly second?: UploadedFile;
  /** The other fields of the form or of the JSON object. */
  readonly fields: Record<string, unknown>;
  /** Where files were staged, so that they go once they have been used. */
  readonly staged: readonly StagedFile[];
}

/** One file that a route takes, by the field of the form and by that of a staged one's id. */
interface Slot {
  readonly fields: readonly string[];
  readonly idField: string;
}

function refusal({ namesField }: UploadWords, field: string, message: string): AppError {
  return new AppError('bad_request', message, namesField ? { issues: [{ field, message }] } : {});
}

/**
 * Takes the file of a call: a part of a form, or one that was staged before and is named in a form or in JSON.
 * @throws AppError `bad_request` for a file that is missing or too many, `too_large` above 4.4 MB, `not_found` for an
 * id that leads to no file
 */
export async function receiveUpload(
  exchange: Exchange,
  upload: FileUpload,
  uploads: StagedUploads,
): Promise<ReceivedUpload> {
  const words = UPLOAD_WORDS[exchange.route.surface];
  const content = await contentOf(exchange, upload);
  // A browser sends a part without a name for a file that nobody chose.
  const files = content.files.filter(({ field, name }) => field !== upload.second || name !== '');
  const slots = slotsOf(upload, words);
  const sent = slots.map((slot) => ({
    parts: files.filter(({ field }) => slot.fields.includes(field)),
    ...idIn(content, slot),
  }));
  const strays = files.length - sent.reduce((sum, { parts }) => sum + parts.length, 0);
  const tooMany = sent.some(({ parts, id }) => parts.length + (id === undefined ? 0 : 1) > 1);
  const none = sent[0]?.parts.length === 0 && sent[0].id === undefined;
  if (tooMany || (strays > 0 && !(none && files.length === 1))) throw refusal(words, upload.field, words.twoFiles);
  if (none) throw refusal(words, upload.field, words.missing(upload.field));
  const taken = await Promise.all(
    sent.map(({ parts: [part], id }) => {
      if (part !== undefined) return { file: fileOf(part, words) };
      return id === undefined ? undefined : stagedFile(exchange, { upload, uploads, id: String(id) }, words);
    }),
  );
  const [first, second] = taken;
  if (first === undefined) throw refusal(words, upload.field, words.missing(upload.field));
  const ids = slots.map(({ idField }) => idField);
  return {
    file: first.file,
    ...(second && { second: second.file }),
    fields: Object.fromEntries(Object.entries(content.fields).filter(([name]) => !ids.includes(name))),
    staged: taken.flatMap((each) => (each !== undefined && 'staged' in each ? [each.staged] : [])),
  };
}

/**
 * Of two files the one at fault is named.
 * @throws AppError `bad_request` for a file with another extension, or without content (§2.16)
 */
export function judgeUpload({ route }: Exchange, { file, second }: ReceivedUpload, upload: FileUpload): void {
  const { proposito, field } = upload;
  const words = UPLOAD_WORDS[route.surface];
  const taken = [{ field, file }, ...(second === undefined ? [] : [{ field: upload.second ?? field, file: second }])];
  for (const {
    field: sentAs,
    file: { name, bytes },
  } of taken) {
    const refused = (message: string) =>
      refusal(words, sentAs, upload.second === undefined ? message : `${sentAs}: ${message}`);
    if (!isTaken(name, proposito)) {
      const isOld = name.toLowerCase().endsWith('.xls');
      throw refused(isOld ? words.oldFormat : words.wrongExtension(UPLOAD_EXTENSIONS[proposito]));
    }
    if (bytes.length === 0) throw refused(words.empty);
  }
}

function slotsOf({ field, alias, second }: FileUpload, { idField }: UploadWords): readonly Slot[] {
  const first = { fields: [field, ...(alias === undefined ? [] : [alias])], idField };
  return [first, ...(second === undefined ? [] : [{ fields: [second], idField: `${idField}_${second}` }])];
}

function idIn({ fields }: Content, { idField }: Slot): { readonly id: unknown } {
  return { id: fields[idField] };
}

function fileOf({ name, contentType, bytes }: FilePart, words: UploadWords): UploadedFile {
  if (bytes === undefined) throw new AppError('too_large', words.tooLarge);
  return { name, contentType, bytes };
}

interface Content extends Pick<MultipartForm, 'files'> {
  readonly fields: Readonly<Record<string, unknown>>;
}

async function contentOf({ event, route }: Exchange, { field }: FileUpload): Promise<Content> {
  const words = UPLOAD_WORDS[route.surface];
  const bytes = bodyBytes(event);
  const type = headerOf(event, 'content-type') ?? '';
  if (bytes === undefined) throw refusal(words, field, words.missing(field));
  if (/^application\/json\b/i.test(type))
    return { files: [], fields: parseJsonObject(bytes, surfaceOf(route.surface).messages.bodyMalformed) };
  if (!/^multipart\/form-data\b/i.test(type)) throw refusal(words, field, words.missing(field));
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
  return { file, staged };
}

import { AppError } from '../errors/app-error.ts';
import { type FilePart, MalformedForm } from '../upload/form.ts';
import { readForm } from '../upload/multipart-form.ts';
import { MOST_DIRECT_BYTES, type UploadedFile } from '../upload/upload.ts';
import { bodyBytes, type Exchange, headerOf } from './exchange.ts';
import { surfaceOf } from './surface.ts';
import { UPLOAD_WORDS } from './upload-words.ts';

/**
 * The fields of a form, its files among them as {@link UploadedFile}. Without a body there are none, so that the
 * required ones are told one by one.
 * @throws AppError `unsupported_media` for another content type, `bad_request` for a form that is cut short, `invalid`
 * for two files of one name, `too_large` for a file above 4.4 MB
 */
export async function receiveForm({ event, route }: Exchange): Promise<Record<string, unknown>> {
  const bytes = bodyBytes(event);
  if (bytes === undefined) return {};
  const words = UPLOAD_WORDS[route.surface];
  const type = headerOf(event, 'content-type') ?? '';
  if (!/^multipart\/form-data\b/i.test(type)) {
    throw new AppError('unsupported_media', `Unsupported media type "${type}" in request.`);
  }
  try {
    const { files, fields } = await readForm(type, bytes, MOST_DIRECT_BYTES);
    const names = new Set(files.map(({ field }) => field));
    const [twice] = [...names].filter((name) => files.filter(({ field }) => field === name).length > 1);
    if (twice !== undefined) {
      throw new AppError('invalid', words.twoFiles, { issues: [{ field: twice, message: words.twoFiles }] });
    }
    return { ...fields, ...Object.fromEntries(files.map((file) => [file.field, fileOf(file, route.surface)])) };
  } catch (cause) {
    if (cause instanceof MalformedForm) throw new AppError('bad_request', words.malformed, { cause });
    throw cause;
  }
}

function fileOf({ name, contentType, bytes }: FilePart, surface: Exchange['route']['surface']): UploadedFile {
  if (bytes === undefined) throw new AppError('too_large', surfaceOf(surface).messages.tooLarge);
  return { name, contentType, bytes };
}

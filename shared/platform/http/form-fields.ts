import * as z from 'zod';
import type { UploadedFile } from '../upload/upload.ts';

/** A file of a form, never empty. */
export function fileField() {
  return z
    .custom<UploadedFile>((value) => typeof value === 'object' && value !== null && 'bytes' in value, {
      error: ({ input }) => (input === undefined ? 'No file was submitted.' : 'The submitted data was not a file.'),
    })
    .refine(({ bytes }) => bytes.length > 0, { error: 'The submitted file is empty.' })
    .meta({ type: 'string', format: 'binary' });
}

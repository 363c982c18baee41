import * as z from 'zod';
import type { UploadedFile } from '../upload/upload.ts';

function isFile(value: unknown): value is UploadedFile {
  return typeof value === 'object' && value !== null && 'bytes' in value;
}

/** What is wrong with what stands in the place of a file. */
function sentenceFor(input: unknown): string {
  if (input === undefined) return 'No file was submitted.';
  return isFile(input) ? 'The submitted file is empty.' : 'The submitted data was not a file.';
}

/** A file of a form, never empty. */
export function fileField() {
  return z
    .custom<UploadedFile>((value) => isFile(value) && value.bytes.length > 0, {
      error: ({ input }) => sentenceFor(input),
    })
    .meta({ type: 'string', format: 'binary' });
}

import * as z from 'zod';

/** Names of models as a variable holds them: comma-separated, the first one preferred. */
export const modelNames = z
  .string()
  .transform((text) => text.split(',').flatMap((name) => name.trim() || []))
  .pipe(z.array(z.string()).min(1));

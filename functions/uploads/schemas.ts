import * as z from 'zod';
import {
  isTaken,
  MOST_STAGED_BYTES,
  UPLOAD_EXTENSIONS,
  UPLOAD_PURPOSES,
  type UploadPurpose,
} from '../../shared/platform/upload/upload.ts';

/** S3 takes 2 KB of metadata, in which the name stands percent-encoded: nine characters for each of the longest. */
const LONGEST_NAME = 200;

/** A file that is to come. */
export const subidaBody = z
  .strictObject({
    proposito: z.enum(UPLOAD_PURPOSES),
    nombre: z.string().trim().min(1).max(LONGEST_NAME),
    bytes: z.int().min(1).max(MOST_STAGED_BYTES),
  })
  .refine(({ nombre, proposito }) => isTaken(nombre, proposito), {
    path: ['nombre'],
    error: ({ input }) =>
      `El fichero debe ser ${UPLOAD_EXTENSIONS[(input as { proposito: UploadPurpose }).proposito].join(' o ')}.`,
  });
export type SubidaBody = z.output<typeof subidaBody>;

/** `url` and `campos` make the form: the fields first, unchanged, then the file as `file`. */
export const subidaAnswer = z.object({
  ok: z.literal(true),
  subida: z.object({
    id: z.string(),
    url: z.string(),
    campos: z.record(z.string(), z.string()),
    caduca: z.string(),
  }),
});

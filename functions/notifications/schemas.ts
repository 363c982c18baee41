import * as z from 'zod';
import { arrivalImport } from '../../shared/domain/arrival-import/arrival-import.ts';
import { lateRun } from '../../shared/domain/late-run/late-run.ts';

/** `siguiente` is the cursor of the next page, null on the last. */
const siguiente = z.string().nullable();

export const importacionesAnswer = z.object({ ok: z.literal(true), importaciones: z.array(arrivalImport), siguiente });

export const ejecucionesAnswer = z.object({ ok: z.literal(true), ejecuciones: z.array(lateRun), siguiente });

import * as z from 'zod';
import { arrivalImport } from '../../shared/domain/arrival-import/arrival-import.ts';
import { lateRun } from '../../shared/domain/late-run/late-run.ts';
import { notificationVerb } from '../../shared/domain/notification/notification.ts';
import { pageQuery } from '../../shared/platform/http/answers.ts';

/** `siguiente` is the cursor of the next page, null on the last. */
const siguiente = z.string().nullable();
const sinLeer = z.int().nonnegative();

export const importacionesAnswer = z.object({ ok: z.literal(true), importaciones: z.array(arrivalImport), siguiente });

export const ejecucionesAnswer = z.object({ ok: z.literal(true), ejecuciones: z.array(lateRun), siguiente });

/** A line in the caller's own list, as Stay Sidekick shows it. */
const notificacion = z.object({
  id: z.int().positive(),
  tipo: notificationVerb,
  mensaje: z.string(),
  /** Number of the task that it is about. */
  tarea: z.int().positive().nullable(),
  leida: z.boolean(),
  leida_en: z.string().nullable(),
  creada: z.string(),
});
export type Notificacion = z.output<typeof notificacion>;

export const notificacionesQuery = pageQuery.extend({
  /** `true`: only the unread ones. */
  sin_leer: z.enum(['true', 'false']).default('false'),
});
export type NotificacionesQuery = z.output<typeof notificacionesQuery>;

export const notificacionesAnswer = z.object({
  ok: z.literal(true),
  notificaciones: z.array(notificacion),
  /** All unread ones, whatever the page. */
  sin_leer: sinLeer,
  siguiente,
});

export const sinLeerAnswer = z.object({ ok: z.literal(true), sin_leer: sinLeer });

/** A number that is none is a 404, like the number of somebody else's. */
export const notificacionParams = z.object({ id: z.coerce.number().int().positive() });

export const leidaAnswer = z.object({ ok: z.literal(true), leida_en: z.string() });

export const leidasAnswer = z.object({ ok: z.literal(true), marcadas: z.int().nonnegative() });

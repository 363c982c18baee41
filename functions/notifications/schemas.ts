import * as z from 'zod';
import { arrivalImport } from '../../shared/domain/arrival-import/arrival-import.ts';
import { CHANNELS, lateRun } from '../../shared/domain/late-run/late-run.ts';
import { notificationVerb } from '../../shared/domain/notification/notification.ts';
import { outboxEntry } from '../../shared/domain/outbox/outbox-entry.ts';
import { pageQuery } from '../../shared/platform/http/answers.ts';

/** `siguiente` is the cursor of the next page, null on the last. */
const siguiente = z.string().nullable();
const sinLeer = z.int().nonnegative();

export const importacionesAnswer = z.object({ ok: z.literal(true), importaciones: z.array(arrivalImport), siguiente });

/** What has become of a run's news in one channel. */
const entrega = z.object({
  /** By which a failed one is tried again; null in the app, where nothing can fail after the run. */
  id: z.string().nullable(),
  canal: z.enum(CHANNELS),
  estado: outboxEntry.shape.estado,
  intentos: z.int().nonnegative(),
  /** When it was delivered or refused. */
  terminada: z.string().nullable(),
});
export type Entrega = z.output<typeof entrega>;

const ejecucion = lateRun.extend({ entregas: z.array(entrega) });

export const ejecucionesAnswer = z.object({ ok: z.literal(true), ejecuciones: z.array(ejecucion), siguiente });

/** Any other text is a 404, like the id of somebody else's. */
export const entregaParams = z.object({ id: z.string().min(1).max(100) });

export const entregaAnswer = z.object({ ok: z.literal(true), entrega });

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

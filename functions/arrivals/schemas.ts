import * as z from 'zod';
import { arrivalMessage } from '../../shared/domain/arrival/arrival-message.ts';
import { arrivalView } from '../../shared/domain/arrival/arrival-view.ts';
import { feedName } from '../../shared/domain/arrival-feed/arrival-feed.ts';
import { feedView } from '../../shared/domain/arrival-feed/feed-age.ts';
import { LONGEST_TEMPLATE } from '../../shared/domain/template/template.ts';

/** A text of the late check-in tool. */
const plantilla = z.object({ id: z.uuid(), nombre: z.string(), contenido: z.string() });

export const plantillasAnswer = z.object({ ok: z.literal(true), plantillas: z.array(plantilla) });
export const plantillaAnswer = z.object({ ok: z.literal(true), plantilla });

/** Unknown keys are ignored (`stay-sidekick.md` §2.4). */
export const plantillaBody = z.object({
  nombre: z.string().trim().min(1).max(200),
  contenido: z.string().trim().min(1).max(LONGEST_TEMPLATE),
});
export type PlantillaBody = z.output<typeof plantillaBody>;

export const plantillaParams = z.object({ id: z.uuid() });

const llegada = arrivalView.extend({ mensaje: arrivalMessage });

/** A date that is missing or none is silently today's (`stay-sidekick.md` §4.8). */
export const statusQuery = z.object({
  fecha: z.string().optional(),
  /** Text to fill in; the oldest one when absent. */
  plantilla: z.string().optional(),
});
export type StatusQuery = z.output<typeof statusQuery>;

export const statusAnswer = z.object({
  ok: z.literal(true),
  fecha: z.string(),
  gmail_configurado: z.boolean(),
  pms_configurado: z.boolean(),
  pms_error: z.string().nullable(),
  hora_corte: z.string(),
  apartamentos: z.array(z.object({ id: z.uuid(), nombre: z.string(), ciudad: z.string().nullable() })),
  /** What the PMS alone knows. */
  reservas_pms: z.array(llegada),
  /** What all sources know together, each stay once. */
  llegadas: z.array(llegada.extend({ fuentes: z.array(feedName) })),
  fuentes: z.array(feedView),
});

export const checkinsAnswer = z.object({
  ok: z.literal(true),
  checkins: z.array(llegada),
  desconocidas: z.array(llegada),
  warnings: z.array(z.string()).optional(),
});

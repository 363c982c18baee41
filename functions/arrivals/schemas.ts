import * as z from 'zod';
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

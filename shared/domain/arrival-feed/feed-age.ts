import * as z from 'zod';
import { type FeedReading, feedName } from './arrival-feed.ts';

/** One source as people see it: how it answered, and how old what it says is. */
export const feedView = z.object({
  fuente: feedName,
  estado: z.enum(['leida', 'sin_conectar', 'fallida']),
  /** Instant of what is known, ISO 8601; of the last good reading where this one failed. */
  actualizada: z.string().nullable(),
  edad_minutos: z.int().nonnegative().nullable(),
  /** Reservations that it told of, before any rule looked at them. */
  reservas: z.int().nonnegative(),
  error: z.string().nullable(),
});
export type FeedView = z.output<typeof feedView>;

const MINUTE_MS = 60_000;
const MINUTES_OF_HOUR = 60;

/** @param lastGood when a source that failed was last read well */
export function viewOfReading(reading: FeedReading, now: Date, lastGood: Date | undefined): FeedView {
  const observed = reading.estado === 'leida' ? reading.answer.observedAt : (lastGood ?? null);
  return {
    fuente: reading.fuente,
    estado: reading.estado,
    actualizada: observed === null ? null : `${observed.toISOString().slice(0, 19)}+00:00`,
    edad_minutos: observed === null ? null : minutesSince(observed, now),
    reservas: reading.estado === 'leida' ? reading.answer.reservations.length : 0,
    error: reading.estado === 'fallida' ? reading.error : null,
  };
}

/** @example ageSentence(135) // 'Lo último que se leyó es de hace 2 h 15 min.' */
export function ageSentence(minutes: number | null): string {
  if (minutes === null) return 'Todavía no se ha podido leer ninguna vez.';
  const [hours, rest] = [Math.floor(minutes / MINUTES_OF_HOUR), minutes % MINUTES_OF_HOUR];
  const spoken = [...(hours > 0 ? [`${hours} h`] : []), ...(rest > 0 || hours === 0 ? [`${rest} min`] : [])].join(' ');
  return `Lo último que se leyó es de hace ${spoken}.`;
}

function minutesSince(instant: Date, now: Date): number {
  return Math.max(0, Math.floor((now.getTime() - instant.getTime()) / MINUTE_MS));
}

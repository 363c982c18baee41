import * as z from 'zod';
import { isCalendarDate } from '../../platform/calendar/calendar-date.ts';

/** Ids are numbers with one provider and texts with another; ours are texts. */
export const wireId = z.union([z.string().min(1), z.int()]).transform(String);

/** Ids that a row may lack. */
export const optionalId = z
  .unknown()
  .optional()
  .transform((value) => (typeof value === 'string' || typeof value === 'number' ? String(value) : ''))
  .transform((value) => value || null);

/** A calendar date that a row has to have: without it we have misread the row. */
export const wireDate = z.string().refine(isCalendarDate);

/** Free text that may be absent, empty or of another type; whatever it is, the row counts. */
export const wireText = z
  .unknown()
  .optional()
  .transform((value) => (typeof value === 'string' || typeof value === 'number' ? String(value).trim() : ''))
  .transform((value) => value || null);

/** A head count as number or numeric text; anything else is unknown. */
export const wireCount = z
  .unknown()
  .optional()
  .transform((value) => {
    const count = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
    return typeof count === 'number' && Number.isInteger(count) && count >= 0 ? count : null;
  });

/** First language of a tag, e.g. `es` of `es-ES` and `es_ES`; null for what is none. */
export function languageOf(tag: string | null): string | null {
  return /^([a-z]{2})(?:[-_]|$)/i.exec(tag ?? '')?.[1]?.toLowerCase() ?? null;
}

/** E.164 of a number that names its country, `(+34) 600 111 222` included; another text as it is. */
export function phoneOf(text: string | null): string | null {
  const bare = text?.replace(/[\s().\-/]/g, '').replace(/^00/, '+');
  return bare !== undefined && /^\+\d{7,15}$/.test(bare) ? bare : text;
}

/** The parts that are there, one after another. */
export function joined(separator: string, ...parts: readonly (string | null)[]): string | null {
  return parts.filter((part) => part !== null).join(separator) || null;
}

/** Guest-visible remarks first, host notes after a blank line (`integrations.md` §0.1). */
export function notesOf(...remarks: readonly (string | null)[]): string | null {
  return joined('\n\n', ...remarks);
}

import * as z from 'zod';
import { contactColumns, contactPreferences } from '../../shared/domain/contact/preferences.ts';
import { isCalendarDate } from '../../shared/platform/calendar/calendar-date.ts';

export const preferencesAnswer = z.object({ ok: z.literal(true), preferencias: contactPreferences });

/** Only what is sent changes; the columns are replaced as a whole (`stay-sidekick.md` §4.9). */
export const preferencesBody = contactPreferences.partial().extend({ xlsx_reservas: contactColumns.optional() });
export type PreferencesBody = z.output<typeof preferencesBody>;

const date = z.string().refine(isCalendarDate, { error: 'Debe ser una fecha AAAA-MM-DD.' }).optional();

/** Check-in dates, both included; a year from today where absent. Other fields are ignored. */
export const syncBody = z.object({ desde: date, hasta: date });
export const exportBody = z.strictObject({ desde: date, hasta: date });
export type DatesBody = z.output<typeof syncBody>;

const counts = {
  /** Reservations of the PMS, contacts of a workbook; null until they have been read. */
  total: z.int().nullable(),
  nuevos: z.int(),
  actualizados: z.int(),
  advertencias: z.array(z.string()).optional(),
};

/** A sync as it stands: readable while it runs. */
const syncView = z.object({
  id: z.string(),
  origen: z.enum(['pms', 'xlsx']),
  estado: z.enum(['en_curso', 'exito', 'parcial', 'error']),
  inicio: z.string(),
  fin: z.string().nullable(),
  /** Different numbers, each a contact. */
  contactos: z.int().nullable(),
  ...counts,
  error: z.string().nullable(),
});
export type SyncView = z.input<typeof syncView>;

/** With status 202 the sync goes on by itself, and `resultado` is what has been done so far. */
export const syncAnswer = z.object({
  ok: z.literal(true),
  resultado: z.object({ ...counts, total: z.int() }),
  warnings: z.array(z.string()).optional(),
  sincronizacion: syncView,
});

export const syncReadAnswer = z.object({ ok: z.literal(true), sincronizacion: syncView });
export const syncListAnswer = z.object({
  ok: z.literal(true),
  sincronizaciones: z.array(syncView),
  siguiente: z.string().nullable(),
});

export const syncParams = z.object({ id: z.string().regex(/^syn_[0-9a-z]{29}$/) });

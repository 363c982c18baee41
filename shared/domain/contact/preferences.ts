import * as z from 'zod';

/** How a date is written in a contact's name (`stay-sidekick.md` §6.5). */
export const DATE_FORMATS = ['YYMMDD', 'YYYYMMDD', 'DD/MM/YYYY', 'DD/MM/YY', 'MM/DD/YYYY', 'DD-MM-YYYY'] as const;
export type DateFormat = (typeof DATE_FORMATS)[number];

/** One-based column, A = 1 to ZZ = 702; 0 is found by its header. */
const column = z.int().min(0).max(702).default(0);

/** Where a workbook of reservations keeps its fields (`stay-sidekick.md` §5.4). */
export const contactColumns = z.strictObject({
  col_checkin: column,
  col_nombre: column,
  col_tipologia: column,
  col_telefono: column,
});
export type ContactColumns = z.output<typeof contactColumns>;

/** How contacts are named and read (`stay-sidekick.md` §4.9). */
export const contactPreferences = z.strictObject({
  /** Of `{FECHA}`, `{APT}` and `{NOMBRE}`. */
  plantilla: z.string().max(500),
  separador_apt: z.string().max(20),
  formato_fecha_salida: z.enum(DATE_FORMATS),
  xlsx_reservas: contactColumns,
});
export type ContactPreferences = z.output<typeof contactPreferences>;

export const DEFAULT_CONTACT_PREFERENCES: ContactPreferences = {
  plantilla: '{FECHA} - {APT} - {NOMBRE}',
  separador_apt: ', ',
  formato_fecha_salida: 'YYMMDD',
  xlsx_reservas: { col_checkin: 0, col_nombre: 0, col_tipologia: 0, col_telefono: 0 },
};

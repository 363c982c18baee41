import * as z from 'zod';
import { DEFAULT_CUTOFF } from '../arrival/arrival.ts';
import { contactPreferences } from '../contact/preferences.ts';
import { heatmapColumns, heatmapThresholds, staffMinutes } from '../heatmap/heatmap-settings.ts';

const column = z.int().min(0).max(200);

/** Where an apartments workbook keeps its fields: zero-based columns, A = 0 (`stay-sidekick.md` §5.2). */
export const xlsxApartamentos = z.strictObject({
  col_id_externo: column,
  col_nombre: column,
  col_direccion: column.default(0),
  col_ciudad: column.default(0),
});

const letters = z
  .string()
  .regex(/^[A-Za-z]{0,2}$/, { error: 'Debe ser una columna de una o dos letras, o vacío.' })
  .default('');

/** Cutoff and columns of the late check-in tool (`stay-sidekick.md` §4.3); `""` means found by its header. */
export const notificacionesTardias = z.strictObject({
  hora_corte: z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, { error: 'Debe ser una hora HH:MM entre 00:00 y 23:59.' }),
  col_nombre: letters,
  col_checkin: letters,
  col_hora_llegada: letters,
  col_telefono: letters,
  col_apartamento: letters,
});
export type NotificacionesTardias = z.infer<typeof notificacionesTardias>;

export const DEFAULT_NOTIFICACIONES_TARDIAS: NotificacionesTardias = {
  hora_corte: DEFAULT_CUTOFF,
  col_nombre: '',
  col_checkin: '',
  col_hora_llegada: '',
  col_telefono: '',
  col_apartamento: '',
};

/** Every kind of settings that a company keeps, by the name of its row. */
export const SETTINGS = {
  xlsx_apartamentos: xlsxApartamentos,
  notificaciones_tardias: notificacionesTardias,
  heatmap_umbrales: heatmapThresholds,
  heatmap_columnas: heatmapColumns,
  heatmap_minutos: staffMinutes,
  contactos: contactPreferences,
} as const;
export type SettingsName = keyof typeof SETTINGS;
/** Settings of plain values, which an audit entry can tell as they are. */
export type PlainSettingsName = Exclude<SettingsName, 'contactos'>;
export type SettingsOf<N extends SettingsName> = z.infer<(typeof SETTINGS)[N]>;

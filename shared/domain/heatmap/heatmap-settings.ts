import * as z from 'zod';

const threshold = z.int().min(1).max(9_999);

/** Counts up to which a day is of level 25, 50 and 75 (`stay-sidekick.md` §6.1). */
export const heatmapThresholds = z
  .strictObject({ nivel1: threshold, nivel2: threshold, nivel3: threshold })
  .refine(({ nivel1, nivel2, nivel3 }) => nivel1 < nivel2 && nivel2 < nivel3, {
    error: 'Los niveles deben ir de menor a mayor: nivel1 < nivel2 < nivel3.',
  });
export type HeatmapThresholds = z.output<typeof heatmapThresholds>;

export const DEFAULT_THRESHOLDS: HeatmapThresholds = { nivel1: 10, nivel2: 20, nivel3: 30 };

const WRONG_LETTERS = 'Debe ser una columna de una a tres letras, de la A a la Z.';
const letters = z
  .string()
  .transform((text) => text.trim().toUpperCase())
  .pipe(z.string().regex(/^[A-Z]{1,3}$/, { error: WRONG_LETTERS }));
const lettersOrNone = z
  .string()
  .transform((text) => text.trim().toUpperCase() || null)
  .pipe(
    z
      .string()
      .regex(/^[A-Z]{1,3}$/, { error: WRONG_LETTERS })
      .nullable(),
  );

/** Which column of each file holds the dates; stored as upper-case letters, null is not configured. */
export const heatmapColumns = z.strictObject({
  col_fecha_checkin: letters,
  col_fecha_checkout: lettersOrNone.nullable().default(null),
});
export type HeatmapColumns = z.output<typeof heatmapColumns>;

const MINUTES_OF_DAY = 1_440;
const minutes = z.int().min(0).max(MINUTES_OF_DAY);

/** Minutes of work that one arrival and one departure take. */
export const staffMinutes = z.strictObject({ minutos_checkin: minutes, minutos_checkout: minutes });
export type StaffMinutes = z.output<typeof staffMinutes>;

/** How busy a day is: 0 is nothing, 100 is above the last threshold. */
export type HeatmapLevel = 0 | 25 | 50 | 75 | 100;

export function levelOf(count: number, { nivel1, nivel2, nivel3 }: HeatmapThresholds): HeatmapLevel {
  if (count <= 0) return 0;
  if (count <= nivel1) return 25;
  if (count <= nivel2) return 50;
  return count <= nivel3 ? 75 : 100;
}

import * as z from 'zod';
import { type RangeProblem, rangeOf } from '../../shared/domain/heatmap/heatmap-range.ts';
import { heatmapThresholds, staffMinutes } from '../../shared/domain/heatmap/heatmap-settings.ts';

const SENTENCES: Readonly<Record<RangeProblem['problem'], string>> = {
  missing: 'Es obligatorio.',
  no_date: 'Debe ser una fecha AAAA-MM-DD.',
  reversed: 'Debe ser anterior o igual a hasta.',
  too_long: 'El periodo puede tener 366 días como mucho. Divídelo en varios.',
  out_of_calendar: 'El periodo se sale del calendario (años 0001 a 9999).',
};

/** Looked at one after the other, one error at a time (`stay-sidekick.md` §4.7). */
function checkRange(input: { desde?: string | undefined; hasta?: string | undefined }, context: z.RefinementCtx): void {
  const range = rangeOf(input.desde, input.hasta);
  if (!('problem' in range)) return;
  context.addIssue({ code: 'custom', path: [range.field], message: SENTENCES[range.problem] });
}

const range = {
  desde: z.string().optional().describe('Primer día, `AAAA-MM-DD`; hace falta.'),
  hasta: z.string().optional().describe('Último día, `AAAA-MM-DD`; hace falta.'),
};

/** Where the numbers come from: the connected PMS, or the platform's own bookings. */
export const heatmapSource = z.enum(['pms', 'reservas']);
export type HeatmapSource = z.output<typeof heatmapSource>;

export const heatmapQuery = z.object({ ...range, fuente: heatmapSource.default('pms') }).superRefine(checkRange);
export const rangeBody = z.object(range).superRefine(checkRange);

const dia = z.object({
  fecha: z.string(),
  checkins: z.int().nonnegative(),
  checkouts: z.int().nonnegative(),
  mesAdyacente: z.boolean(),
  /** Minutes of work; absent where the company has set none. */
  minutos: z.int().nonnegative().optional(),
});

export const diasAnswer = z.object({ ok: z.literal(true), dias: z.array(dia) });
export const diasXlsxAnswer = diasAnswer.extend({ warnings: z.array(z.string()).optional() });

export const umbralesAnswer = z.object({ ok: z.literal(true), umbrales: heatmapThresholds });

export const columnasAnswer = z.object({
  ok: z.literal(true),
  config: z.object({ col_fecha_checkin: z.string().nullable(), col_fecha_checkout: z.string().nullable() }),
});

export const minutosAnswer = z.object({ ok: z.literal(true), minutos: staffMinutes.nullable() });

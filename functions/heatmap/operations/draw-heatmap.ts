import type { CompanyRepository, CompanyWithSettings } from '../../../shared/domain/company/company.repository.ts';
import { busyDays, type HeatmapDay, heatmapDays, type Movements } from '../../../shared/domain/heatmap/heatmap-days.ts';
import { heatmapPicture } from '../../../shared/domain/heatmap/heatmap-picture.ts';
import { type HeatmapRange, rangeOf } from '../../../shared/domain/heatmap/heatmap-range.ts';
import { DEFAULT_THRESHOLDS } from '../../../shared/domain/heatmap/heatmap-settings.ts';
import type { SyncLogEntry, SyncOrigin } from '../../../shared/domain/sync-log/sync-log.ts';
import type { Actor } from '../../../shared/platform/auth/actor.ts';
import { type Clock, toOffsetIso } from '../../../shared/platform/clock/clock.ts';
import { AppError } from '../../../shared/platform/errors/app-error.ts';
import { type Reply, reply } from '../../../shared/platform/http/route.ts';
import type { Ids } from '../../../shared/platform/ids/ids.ts';

export interface DrawDeps {
  readonly companies: Pick<CompanyRepository, 'findWithSettings'>;
  readonly syncLog: { add(entry: SyncLogEntry): Promise<void> };
  readonly actor: Actor;
  readonly clock: Clock;
  readonly ids: Ids;
}

type HeatmapSettings = 'heatmap_umbrales' | 'heatmap_columnas' | 'heatmap_minutos';
/** The company with everything that it has set for the heat map. */
export type DrawingCompany = CompanyWithSettings<HeatmapSettings>;

/** Counted movements, with what is to be said of where they come from. */
export interface CountedMovements {
  readonly movements: Movements;
  readonly warnings: readonly string[];
  /** As the picture names it. */
  readonly source: string;
  /** Under which the sync log keeps it; null: not at all. */
  readonly origin: SyncOrigin | null;
  readonly proveedor: string | null;
}

/** A range as a call asks for it; its schema has looked at it. */
export interface WantedRange {
  readonly desde?: string | undefined;
  readonly hasta?: string | undefined;
}

/** A heat map with what its picture needs. */
export interface Heatmap {
  readonly company: DrawingCompany;
  readonly range: HeatmapRange;
  readonly days: readonly HeatmapDay[];
  readonly counted: CountedMovements;
}

/**
 * Counts, lays out and logs: on success alone, as `stay-sidekick.md` §4.7 has it.
 * @param count counts the movements of a range; what it throws is the answer
 */
export async function drawHeatmap(
  { companies, syncLog, actor, clock, ids }: DrawDeps,
  wanted: WantedRange,
  count: (range: HeatmapRange, company: DrawingCompany) => Promise<CountedMovements>,
): Promise<Heatmap> {
  const range = rangeOf(wanted.desde, wanted.hasta);
  if ('problem' in range) throw new Error('The range was not validated');
  const startedAt = clock.now();
  const company = await companies.findWithSettings('heatmap_umbrales', 'heatmap_columnas', 'heatmap_minutos');
  if (company === undefined) throw new AppError('not_found', 'Tu empresa ya no existe.');
  const counted = await count(range, company);
  const days = heatmapDays(range, counted.movements, company.settings.heatmap_minutos);
  const heatmap = { company, range, days, counted };
  if (counted.origin !== null) await syncLog.add(lineOf(heatmap, counted.origin, { actor, ids, clock, startedAt }));
  return heatmap;
}

function lineOf(
  { range, days, counted }: Heatmap,
  origen: SyncOrigin,
  { actor, ids, clock, startedAt }: Pick<DrawDeps, 'actor' | 'ids' | 'clock'> & { readonly startedAt: Date },
): SyncLogEntry {
  const now = clock.now();
  return {
    id: ids.next('sync', now),
    origen,
    estado: 'exito',
    proveedor: counted.proveedor,
    num_registros: busyDays(days),
    recuentos: {},
    duracion_ms: Math.max(0, now.getTime() - startedAt.getTime()),
    usuario_id: actor.userId,
    detalle: `Mapa de calor del ${range.desde} al ${range.hasta}.`,
    created_at: toOffsetIso(now),
  };
}

/** The heat map as an SVG file. */
export function pictureOf({ company, range, days, counted }: Heatmap): Reply<string> {
  const { settings } = company;
  const picture = heatmapPicture({
    company: company.company.nombre,
    source: counted.source,
    range,
    days,
    thresholds: settings.heatmap_umbrales ?? DEFAULT_THRESHOLDS,
  });
  const name = `mapa-de-calor-${range.desde}-${range.hasta}.svg`;
  return reply(picture, { headers: { 'Content-Disposition': `inline; filename="${name}"` } });
}

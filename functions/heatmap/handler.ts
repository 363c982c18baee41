import { CompanyRepository } from '../../shared/domain/company/company.repository.ts';
import { DEFAULT_THRESHOLDS } from '../../shared/domain/heatmap/heatmap-settings.ts';
import { SyncLogRepository } from '../../shared/domain/sync-log/sync-log.repository.ts';
import type { Actor } from '../../shared/platform/auth/actor.ts';
import { readEnvironment } from '../../shared/platform/config/environment.ts';
import { ok } from '../../shared/platform/http/answers.ts';
import { httpDeps } from '../../shared/platform/http/http-deps.ts';
import { defineHttpFunction } from '../../shared/platform/http/http-function.ts';
import type { Origin } from '../../shared/platform/http/route.ts';
import { randomIds } from '../../shared/platform/ids/ids.ts';
import { objectStore } from '../../shared/platform/storage/object-store.ts';
import { TenantScope } from '../../shared/platform/tenant/tenant-scope.ts';

import type { UploadedFile } from '../../shared/platform/upload/upload.ts';
import { uploadsOf } from '../../shared/platform/upload/uploads.ts';
import { heatmapEnvironment } from './env.ts';
import { drawHeatmap, type Heatmap, pictureOf, type WantedRange } from './operations/draw-heatmap.ts';
import { saveSettings } from './operations/save-settings.ts';
import { workbookMovements } from './operations/workbook-movements.ts';
import { heatmapRoutes } from './routes.ts';

const env = readEnvironment(heatmapEnvironment);
const http = { ...httpDeps(env), uploads: uploadsOf(objectStore(env.EXPORTS_BUCKET)) };
const NO_COLUMNS = { col_fecha_checkin: null, col_fecha_checkout: null };

const scopeOf = (actor: Actor) => new TenantScope(http.table, actor.empresaId);
const companyOf = (actor: Actor) => new CompanyRepository(scopeOf(actor));
const saving = ({ actor, origin }: { actor: Actor; origin: Origin }) => {
  return { scope: scopeOf(actor), clock: http.clock, actor, address: origin.address };
};
const drawing = (actor: Actor) => ({
  companies: companyOf(actor),
  syncLog: new SyncLogRepository(scopeOf(actor)),
  actor,
  clock: http.clock,
  ids: randomIds,
});

interface WorkbooksCall {
  readonly actor: Actor;
  readonly upload: UploadedFile;
  readonly second: UploadedFile | undefined;
  readonly body: WantedRange;
}
const fromWorkbooks = ({ actor, upload, second, body }: WorkbooksCall): Promise<Heatmap> =>
  drawHeatmap(drawing(actor), body, async (_, { settings }) => {
    const read = await workbookMovements({ checkins: upload, checkouts: second }, settings.heatmap_columnas);
    return { ...read, source: 'Ficheros XLSX', origin: 'xlsx', proveedor: null };
  });

export const handler = defineHttpFunction(
  heatmapRoutes,
  {
    mapaCalorXlsx: async (call) => {
      const { days, counted } = await fromWorkbooks(call);
      return ok({ dias: [...days], ...(counted.warnings.length > 0 && { warnings: [...counted.warnings] }) });
    },
    mapaCalorXlsxImagen: async (call) => pictureOf(await fromWorkbooks(call)),
    leerUmbrales: async ({ actor }) =>
      ok({ umbrales: (await companyOf(actor).settings('heatmap_umbrales')) ?? DEFAULT_THRESHOLDS }),
    guardarUmbrales: async (call) => ok({ umbrales: await saveSettings(saving(call), 'heatmap_umbrales', call.body) }),
    leerColumnasMapa: async ({ actor }) =>
      ok({ config: (await companyOf(actor).settings('heatmap_columnas')) ?? NO_COLUMNS }),
    guardarColumnasMapa: async (call) =>
      ok({ config: await saveSettings(saving(call), 'heatmap_columnas', call.body) }),
    leerMinutosMapa: async ({ actor }) => ok({ minutos: (await companyOf(actor).settings('heatmap_minutos')) ?? null }),
    guardarMinutosMapa: async (call) => ok({ minutos: await saveSettings(saving(call), 'heatmap_minutos', call.body) }),
  },
  http,
);

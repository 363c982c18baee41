import { BookingRepository } from '../../shared/domain/booking/booking.repository.ts';
import { CompanyRepository } from '../../shared/domain/company/company.repository.ts';
import { DEFAULT_THRESHOLDS } from '../../shared/domain/heatmap/heatmap-settings.ts';
import { pmsAddresses } from '../../shared/domain/integration/pms-addresses.ts';
import { connectedPms } from '../../shared/domain/pms/connected-pms.ts';
import { PropertyRepository } from '../../shared/domain/property/property.repository.ts';
import { SyncLogRepository } from '../../shared/domain/sync-log/sync-log.repository.ts';
import type { Actor } from '../../shared/platform/auth/actor.ts';
import { readEnvironment } from '../../shared/platform/config/environment.ts';
import { ok } from '../../shared/platform/http/answers.ts';
import { httpDeps } from '../../shared/platform/http/http-deps.ts';
import { defineHttpFunction } from '../../shared/platform/http/http-function.ts';
import type { Origin } from '../../shared/platform/http/route.ts';
import { randomIds } from '../../shared/platform/ids/ids.ts';
import { callOut } from '../../shared/platform/outbound/outbound-call.ts';
import { objectStore } from '../../shared/platform/storage/object-store.ts';
import { TenantScope } from '../../shared/platform/tenant/tenant-scope.ts';

import type { UploadedFile } from '../../shared/platform/upload/upload.ts';
import { uploadsOf } from '../../shared/platform/upload/uploads.ts';
import { heatmapEnvironment } from './env.ts';
import { bookingMovements } from './operations/booking-movements.ts';
import { drawHeatmap, type Heatmap, pictureOf, type WantedRange } from './operations/draw-heatmap.ts';
import { pmsMovements } from './operations/pms-movements.ts';
import { saveSettings } from './operations/save-settings.ts';
import { workbookMovements } from './operations/workbook-movements.ts';
import { heatmapRoutes } from './routes.ts';
import type { HeatmapSource } from './schemas.ts';

const env = readEnvironment(heatmapEnvironment);
const http = { ...httpDeps(env), uploads: uploadsOf(objectStore(env.EXPORTS_BUCKET)) };
/** Two questions to a PMS have this long together; then there is time left to answer. */
const PMS_BUDGET_MS = 22_000;
const connectPms = connectedPms({
  addresses: pmsAddresses(env),
  hosts: env.PARTNER_HOSTS,
  keys: http.tenantKeys,
  callOut,
  clock: http.clock,
  ids: randomIds,
  budgetMs: PMS_BUDGET_MS,
});
/** No origin of the sync log fits the platform's own bookings, which nobody has to fetch. */
const OWN_BOOKINGS = { warnings: [], source: 'Reservas propias', origin: null, proveedor: null } as const;
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

interface SourcesCall {
  readonly actor: Actor;
  readonly query: WantedRange & { readonly fuente: HeatmapSource };
}
const fromSource = ({ actor, query }: SourcesCall): Promise<Heatmap> =>
  drawHeatmap(drawing(actor), query, async (range, { company }) => {
    const scope = scopeOf(actor);
    if (query.fuente === 'pms') return pmsMovements(() => connectPms(scope), range);
    const guestKey = () => http.tenantKeys.dataKey(scope, 'guest-data');
    const bookings = new BookingRepository({ scope, guestKey, now: http.clock.now() });
    const deps = { bookings, properties: new PropertyRepository(scope), zone: company.zona_horaria };
    return { ...OWN_BOOKINGS, movements: await bookingMovements(deps, range) };
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
    mapaCalor: async (call) => ok({ dias: [...(await fromSource(call)).days] }),
    mapaCalorImagen: async (call) => pictureOf(await fromSource(call)),
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

import { ApartmentRepository } from '../../shared/domain/apartment/apartment.repository.ts';
import { connectedPms } from '../../shared/domain/pms/connected-pms.ts';
import { PmsConnectionRepository } from '../../shared/domain/pms/pms-connection.repository.ts';
import { pmsBases } from '../../shared/domain/pms/pms-endpoint.ts';
import { SyncLogRepository } from '../../shared/domain/sync-log/sync-log.repository.ts';
import type { Actor } from '../../shared/platform/auth/actor.ts';
import { readEnvironment } from '../../shared/platform/config/environment.ts';
import { httpDeps } from '../../shared/platform/http/http-deps.ts';
import { defineHttpFunction } from '../../shared/platform/http/http-function.ts';
import { randomIds } from '../../shared/platform/ids/ids.ts';
import { callOut } from '../../shared/platform/outbound/outbound-call.ts';
import { TenantScope } from '../../shared/platform/tenant/tenant-scope.ts';
import { apartmentSyncEnvironment } from './env.ts';
import { listSyncs } from './operations/list-syncs.ts';
import { syncApartments } from './operations/sync-apartments.ts';
import { apartmentSyncRoutes } from './routes.ts';

/** Leaves the function time to write the catalogue before the gateway gives up. */
const PMS_BUDGET_MS = 20_000;

const env = readEnvironment(apartmentSyncEnvironment);
const http = httpDeps(env);
const { clock, tenantKeys: keys } = http;
const connect = connectedPms({ ...pmsBases(env), keys, callOut, clock, ids: randomIds, budgetMs: PMS_BUDGET_MS });

function depsOf({ empresaId, userId }: Actor) {
  const scope = new TenantScope(http.table, empresaId);
  return {
    empresaId,
    userId,
    connect: () => connect(scope),
    apartments: new ApartmentRepository(scope),
    connections: new PmsConnectionRepository(scope),
    log: new SyncLogRepository(scope),
    clock,
    ids: randomIds,
    now: clock.now(),
  };
}

export const handler = defineHttpFunction(
  apartmentSyncRoutes,
  {
    sincronizarSmoobu: ({ actor }) => syncApartments(depsOf(actor), 'smoobu'),
    sincronizarBeds24: ({ actor }) => syncApartments(depsOf(actor), 'beds24'),
    sincronizarHostaway: ({ actor }) => syncApartments(depsOf(actor), 'hostaway'),
    sincronizarCloudbeds: ({ actor }) => syncApartments(depsOf(actor), 'cloudbeds'),
    sincronizaciones: ({ actor, query }) => listSyncs(depsOf(actor), query),
  },
  http,
);

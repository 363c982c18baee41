import { ApartmentRepository } from '../../shared/domain/apartment/apartment.repository.ts';
import type { AuditFact } from '../../shared/domain/audit/audit-entry.ts';
import { AuditTrail } from '../../shared/domain/audit/audit-trail.ts';
import { connectedPms } from '../../shared/domain/pms/connected-pms.ts';
import { PmsConnectionRepository } from '../../shared/domain/pms/pms-connection.repository.ts';
import { pmsBases } from '../../shared/domain/pms/pms-endpoint.ts';
import { SyncLogRepository } from '../../shared/domain/sync-log/sync-log.repository.ts';
import type { Actor } from '../../shared/platform/auth/actor.ts';
import { readEnvironment } from '../../shared/platform/config/environment.ts';
import type { Write } from '../../shared/platform/dynamo/table.ts';
import { httpDeps } from '../../shared/platform/http/http-deps.ts';
import { defineHttpFunction } from '../../shared/platform/http/http-function.ts';
import type { Origin } from '../../shared/platform/http/route.ts';
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

function depsOf({ actor, origin }: { readonly actor: Actor; readonly origin: Origin }) {
  const { empresaId, userId } = actor;
  const scope = new TenantScope(http.table, empresaId);
  const by = () => ({ actor, address: origin.address, now: clock.now() });
  return {
    empresaId,
    userId,
    connect: () => connect(scope),
    apartments: new ApartmentRepository(scope),
    connections: new PmsConnectionRepository(scope),
    log: new SyncLogRepository(scope),
    commit: (fact: AuditFact, writes: readonly Write[]) => new AuditTrail(scope).commit(by(), fact, writes),
    clock,
    ids: randomIds,
    now: clock.now(),
  };
}

export const handler = defineHttpFunction(
  apartmentSyncRoutes,
  {
    sincronizarSmoobu: (request) => syncApartments(depsOf(request), 'smoobu'),
    sincronizarBeds24: (request) => syncApartments(depsOf(request), 'beds24'),
    sincronizarHostaway: (request) => syncApartments(depsOf(request), 'hostaway'),
    sincronizarCloudbeds: (request) => syncApartments(depsOf(request), 'cloudbeds'),
    sincronizaciones: (request) => listSyncs(depsOf(request), request.query),
  },
  http,
);

import { BookingRepository } from '../../shared/domain/booking/booking.repository.ts';
import { TaskRepository } from '../../shared/domain/task/task.repository.ts';
import { TurnoverRepository } from '../../shared/domain/turnover/turnover.repository.ts';
import type { Actor } from '../../shared/platform/auth/actor.ts';
import { readEnvironment } from '../../shared/platform/config/environment.ts';
import { httpDeps } from '../../shared/platform/http/http-deps.ts';
import { defineHttpFunction } from '../../shared/platform/http/http-function.ts';
import { TenantScope } from '../../shared/platform/tenant/tenant-scope.ts';
import { turnoversEnvironment } from './env.ts';
import { listGaps } from './operations/list-gaps.ts';
import { listTurnovers } from './operations/list-turnovers.ts';
import { turnoversRoutes } from './routes.ts';

const http = httpDeps(readEnvironment(turnoversEnvironment));

function depsOf(actor: Actor) {
  const scope = new TenantScope(http.table, actor.empresaId);
  const guestKey = () => http.tenantKeys.dataKey(scope, 'guest-data');
  return {
    bookings: new BookingRepository({ scope, guestKey, now: http.clock.now() }),
    turnovers: new TurnoverRepository(scope),
    tasks: new TaskRepository({ scope, guestKey }),
  };
}

export const handler = defineHttpFunction(
  turnoversRoutes,
  {
    turnovers: ({ actor, query }) => listTurnovers(depsOf(actor), query),
    turnoverGaps: ({ actor, query }) => listGaps(depsOf(actor), query),
  },
  http,
);

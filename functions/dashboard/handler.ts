import { UserRepository } from '../../shared/domain/identity/user.repository.ts';
import { NotificationRepository } from '../../shared/domain/notification/notification.repository.ts';
import { TaskRepository } from '../../shared/domain/task/task.repository.ts';
import { TaskCountRepository } from '../../shared/domain/task/task-count.repository.ts';
import type { Actor } from '../../shared/platform/auth/actor.ts';
import { readEnvironment } from '../../shared/platform/config/environment.ts';
import { httpDeps } from '../../shared/platform/http/http-deps.ts';
import { defineHttpFunction } from '../../shared/platform/http/http-function.ts';
import { TenantScope } from '../../shared/platform/tenant/tenant-scope.ts';
import { dashboardEnvironment } from './env.ts';
import { countTasks } from './operations/count-tasks.ts';
import { showDashboard } from './operations/show-dashboard.ts';
import { dashboardRoutes } from './routes.ts';

const http = httpDeps(readEnvironment(dashboardEnvironment));

function depsOf(actor: Actor) {
  const scope = new TenantScope(http.table, actor.empresaId);
  return {
    actor,
    now: http.clock.now(),
    users: new UserRepository(scope),
    counts: new TaskCountRepository(scope),
    tasks: new TaskRepository({ scope, guestKey: () => http.tenantKeys.dataKey(scope, 'guest-data') }),
    notifications: new NotificationRepository(scope),
  };
}

export const handler = defineHttpFunction(
  dashboardRoutes,
  {
    staffDashboard: ({ actor }) => showDashboard(depsOf(actor)),
    staffTaskCounts: ({ actor }) => countTasks(depsOf(actor)),
  },
  http,
);

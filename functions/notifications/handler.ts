import { ArrivalImportRepository } from '../../shared/domain/arrival-import/arrival-import.repository.ts';
import { LateRunRepository } from '../../shared/domain/late-run/late-run.repository.ts';
import { NotificationRepository } from '../../shared/domain/notification/notification.repository.ts';
import type { Actor } from '../../shared/platform/auth/actor.ts';
import { readEnvironment } from '../../shared/platform/config/environment.ts';
import { ok } from '../../shared/platform/http/answers.ts';
import { httpDeps } from '../../shared/platform/http/http-deps.ts';
import { defineHttpFunction } from '../../shared/platform/http/http-function.ts';
import { TenantScope } from '../../shared/platform/tenant/tenant-scope.ts';
import { notificationsEnvironment } from './env.ts';
import { listNotifications } from './operations/list-notifications.ts';
import { markRead } from './operations/mark-read.ts';
import { notificationsRoutes } from './routes.ts';

const http = httpDeps(readEnvironment(notificationsEnvironment));
const scopeOf = (actor: Actor) => new TenantScope(http.table, actor.empresaId);
const depsOf = (actor: Actor) => ({ notifications: new NotificationRepository(scopeOf(actor)), clock: http.clock });

export const handler = defineHttpFunction(
  notificationsRoutes,
  {
    notificaciones: ({ actor, query }) => listNotifications(depsOf(actor), actor.userId, query),
    notificacionesSinLeer: async ({ actor }) =>
      ok({ sin_leer: await depsOf(actor).notifications.countUnread(actor.userId) }),
    marcarNotificacionLeida: ({ actor, params }) => markRead(depsOf(actor), actor.userId, params.id),
    marcarNotificacionesLeidas: async ({ actor }) =>
      ok({ marcadas: await depsOf(actor).notifications.markAllRead(actor.userId, http.clock.now()) }),
    importaciones: async ({ actor, query }) => {
      const page = await new ArrivalImportRepository(scopeOf(actor)).list(query);
      return ok({ importaciones: [...page.items], siguiente: page.cursor });
    },
    ejecuciones: async ({ actor, query }) => {
      const page = await new LateRunRepository(scopeOf(actor)).list(query);
      return ok({ ejecuciones: [...page.items], siguiente: page.cursor });
    },
  },
  http,
);

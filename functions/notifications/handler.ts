import { ArrivalImportRepository } from '../../shared/domain/arrival-import/arrival-import.repository.ts';
import type { AuditFact } from '../../shared/domain/audit/audit-entry.ts';
import { AuditTrail } from '../../shared/domain/audit/audit-trail.ts';
import { LateRunRepository } from '../../shared/domain/late-run/late-run.repository.ts';
import { DeviceRepository } from '../../shared/domain/notification/device.repository.ts';
import { NotificationRepository } from '../../shared/domain/notification/notification.repository.ts';
import { enqueueEntry } from '../../shared/domain/outbox/enqueue-entry.ts';
import { OutboxRepository } from '../../shared/domain/outbox/outbox.repository.ts';
import type { Actor } from '../../shared/platform/auth/actor.ts';
import { toOffsetIso, toUtcIso } from '../../shared/platform/clock/clock.ts';
import { readEnvironment } from '../../shared/platform/config/environment.ts';
import type { Write } from '../../shared/platform/dynamo/table.ts';
import { ok } from '../../shared/platform/http/answers.ts';
import { httpDeps } from '../../shared/platform/http/http-deps.ts';
import { defineHttpFunction } from '../../shared/platform/http/http-function.ts';
import type { Origin, SurfaceName } from '../../shared/platform/http/route.ts';
import { surfaceOf } from '../../shared/platform/http/surface.ts';
import { workQueue } from '../../shared/platform/queue/work-queue.ts';
import { TenantScope } from '../../shared/platform/tenant/tenant-scope.ts';
import { notificationsEnvironment } from './env.ts';
import { listNotifications } from './operations/list-notifications.ts';
import { listOwn } from './operations/list-own.ts';
import { listRuns } from './operations/list-runs.ts';
import { markRead } from './operations/mark-read.ts';
import { retryDelivery } from './operations/retry-delivery.ts';
import { notificationsRoutes } from './routes.ts';

const env = readEnvironment(notificationsEnvironment);
const http = httpDeps(env);
const queue = workQueue(env.WORK_QUEUE_URL);
const scopeOf = (actor: Actor) => new TenantScope(http.table, actor.empresaId);
interface Reading {
  readonly actor: Actor;
  readonly params: { readonly id: number };
}
const readOn = (surface: SurfaceName, { actor, params }: Reading) =>
  markRead({ ...depsOf(actor), unknown: surfaceOf(surface).messages.notFound }, actor.userId, params.id);
const readOnAristay = async (call: Reading) => {
  const read_at = toUtcIso(await readOn('aristay', call));
  return { success: true, read_at } as const;
};
const depsOf = (actor: Actor) => ({ notifications: new NotificationRepository(scopeOf(actor)), clock: http.clock });

function retryDepsOf(actor: Actor, { address }: Origin) {
  const scope = scopeOf(actor);
  const now = http.clock.now();
  return {
    outbox: new OutboxRepository(scope),
    commit: (fact: AuditFact, writes: readonly Write[]) =>
      new AuditTrail(scope).commit({ actor, address, now }, fact, writes),
    enqueue: (id: string) => enqueueEntry({ queue, log: http.log }, actor.empresaId, id),
    now,
  };
}

export const handler = defineHttpFunction(
  notificationsRoutes,
  {
    notificaciones: ({ actor, query }) => listNotifications(depsOf(actor), actor.userId, query),
    notificacionesSinLeer: async ({ actor }) =>
      ok({ sin_leer: await depsOf(actor).notifications.countUnread(actor.userId) }),
    marcarNotificacionLeida: async (call) => ok({ leida_en: toOffsetIso(await readOn('sidekick', call)) }),
    marcarNotificacionesLeidas: async ({ actor }) =>
      ok({ marcadas: await depsOf(actor).notifications.markAllRead(actor.userId, http.clock.now()) }),
    listNotifications: ({ actor, query }) => listOwn(depsOf(actor), actor.userId, query),
    countUnreadNotifications: async ({ actor }) => {
      const unread = await depsOf(actor).notifications.countUnread(actor.userId);
      return { unread, count: unread };
    },
    readNotification: readOnAristay,
    readNotificationByPost: readOnAristay,
    markNotificationRead: readOnAristay,
    markNotificationReadByPost: readOnAristay,
    markAllNotificationsRead: async ({ actor }) => {
      const marked_count = await depsOf(actor).notifications.markAllRead(actor.userId, http.clock.now());
      return { success: true, marked_count } as const;
    },
    registerDevice: async ({ actor, body: { token } }) => {
      const devices = new DeviceRepository(scopeOf(actor));
      const created = await devices.register({ userId: actor.userId, token }, http.clock.now());
      return { status: 'registered', token, created } as const;
    },
    importaciones: async ({ actor, query }) => {
      const page = await new ArrivalImportRepository(scopeOf(actor)).list(query);
      return ok({ importaciones: [...page.items], siguiente: page.cursor });
    },
    ejecuciones: ({ actor, query }) => {
      const scope = scopeOf(actor);
      return listRuns({ runs: new LateRunRepository(scope), outbox: new OutboxRepository(scope) }, query);
    },
    reintentarEntrega: ({ actor, origin, params }) => retryDelivery(retryDepsOf(actor, origin), params.id),
  },
  http,
);

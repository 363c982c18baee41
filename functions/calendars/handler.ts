import type { Actor } from '../../shared/platform/auth/actor.ts';
import { readEnvironment } from '../../shared/platform/config/environment.ts';
import { httpDeps } from '../../shared/platform/http/http-deps.ts';
import { defineHttpFunction } from '../../shared/platform/http/http-function.ts';
import { loading, type Origin } from '../../shared/platform/http/route.ts';
import { prefixedUlid } from '../../shared/platform/ids/ulid.ts';
import { publicTargets } from '../../shared/platform/outbound/public-target.ts';
import { workQueue } from '../../shared/platform/queue/work-queue.ts';
import { TenantScope } from '../../shared/platform/tenant/tenant-scope.ts';
import { calendarsEnvironment } from './env.ts';
import type { CalendarDeps } from './operations/calendar-deps.ts';
import { createFeed, deleteFeed, pollFeed } from './operations/change-feeds.ts';
import { foundFeed, listFeeds, listStays, readFeed } from './operations/feeds.ts';
import { createLink, deleteLink, listLinks, rotateLink } from './operations/links.ts';
import { readCalendar } from './operations/read-calendar.ts';
import { calendarsRoutes } from './routes.ts';

const env = readEnvironment(calendarsEnvironment);
const http = httpDeps(env);
const targets = publicTargets(env.PRIVATE_TARGETS);
const queue = workQueue(env.CALENDARS_QUEUE_URL);

function depsOf({ actor, origin }: { readonly actor: Actor; readonly origin: Origin }): CalendarDeps {
  const scope = new TenantScope(http.table, actor.empresaId);
  return {
    scope,
    actor,
    origin,
    now: http.clock.now(),
    targets,
    queue,
    ulid: prefixedUlid,
    log: http.log,
    publicBaseUrl: env.PUBLIC_BASE_URL,
    key: () => http.tenantKeys.dataKey(scope, 'integrations'),
    guestKey: () => http.tenantKeys.dataKey(scope, 'guest-data'),
  };
}

export const handler = defineHttpFunction(
  calendarsRoutes,
  {
    listCalendarFeeds: (request) => listFeeds(depsOf(request), request.query),
    createCalendarFeed: (request) => createFeed(depsOf(request), request.body),
    readCalendarFeed: (request) => readFeed(depsOf(request), request.params.id),
    deleteCalendarFeed: (request) => deleteFeed(depsOf(request), request.params.id),
    pollCalendarFeed: loading(async (request) => {
      const { id } = await foundFeed(depsOf(request), request.params.id);
      return ({ body }) => pollFeed(depsOf(request), id, body.accept_losses);
    }),
    listCalendarStays: (request) => listStays(depsOf(request), request.params.id, request.query),
    listCalendarLinks: (request) => listLinks(depsOf(request), request.query),
    createCalendarLink: (request) => createLink(depsOf(request), request.body),
    rotateCalendarLink: (request) => rotateLink(depsOf(request), request.params.id),
    deleteCalendarLink: (request) => deleteLink(depsOf(request), request.params.id),
    readCalendar: ({ params }) =>
      readCalendar({ table: http.table, keys: http.tenantKeys, now: http.clock.now() }, params.file),
  },
  http,
);

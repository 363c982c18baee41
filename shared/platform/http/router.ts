import { AppError } from '../errors/app-error.ts';
import type { Exchange, HttpEvent } from './exchange.ts';
import type { Method, Route, Routes, SurfaceName } from './route.ts';
import { surfaceOf, surfaceOfUnknownPath } from './surface.ts';

/** The operations that share one path, by method. */
type PathEntry = ReadonlyMap<Method, { readonly operationId: string; readonly route: Route }>;
export type Paths = ReadonlyMap<string, PathEntry>;

/** Groups routes by path: the gateway has matched the path already (`ANY /api/perfil`), only the method is left. */
export function routesByPath(routes: Routes): Paths {
  const paths = new Map<string, Map<Method, { operationId: string; route: Route }>>();
  for (const [operationId, route] of Object.entries(routes)) {
    const entry = paths.get(route.path) ?? new Map();
    paths.set(route.path, entry.set(route.method, { operationId, route }));
  }
  return paths;
}

/** `HEAD` is answered wherever `GET` is (`stay-sidekick.md` §2.1). */
function methodOf(event: HttpEvent): string {
  const { method } = event.requestContext.http;
  return method === 'HEAD' ? 'GET' : method;
}

/** Stands for the slash at the end of a path, with which no route of the gateway may end. */
const TRAILING_SLASH = '/{slash+}';

/**
 * The path as a route declares it, from the gateway's own key, e.g. `ANY /api/perfil`. Undefined when the greedy
 * segment caught more than a slash. What no route of the gateway matched stands for itself.
 */
function declaredPath({ routeKey, rawPath, pathParameters }: HttpEvent): string | undefined {
  const [, path] = routeKey.split(' ');
  if (path === undefined) return rawPath;
  if (!path.endsWith(TRAILING_SLASH)) return path;
  return pathParameters?.slash ? undefined : `${path.slice(0, -TRAILING_SLASH.length)}/`;
}

/** Aristay's paths end in a slash and are served without it too (`aristay.md` §1.1). */
function entryOf(paths: Paths, event: HttpEvent): PathEntry | undefined {
  const path = declaredPath(event);
  return path === undefined ? undefined : (paths.get(path) ?? paths.get(`${path}/`));
}

/** The surface in whose shape a call is answered, whether or not a route of it fits. */
export function surfaceOfCall(paths: Paths, event: HttpEvent): SurfaceName {
  const [first] = entryOf(paths, event)?.values() ?? [];
  return first?.route.surface ?? surfaceOfUnknownPath(event.rawPath);
}

/**
 * The call's route.
 * @throws AppError `not_found` for a path of nobody, `method_not_allowed` with `Allow` for one that has other methods
 */
export function resolveRoute(paths: Paths, event: HttpEvent, now: Date): Exchange {
  const entry = entryOf(paths, event);
  const match = entry?.get(methodOf(event) as Method);
  if (match === undefined) throw unmatched(entry, event);
  const { operationId, route } = match;
  const nothing = { actor: undefined, toolsOff: [], json: undefined, received: undefined };
  return {
    event,
    route,
    operationId,
    now,
    headers: {},
    ...nothing,
    params: undefined,
    query: undefined,
    body: undefined,
  };
}

function unmatched(entry: PathEntry | undefined, event: HttpEvent): AppError {
  const [first] = entry?.values() ?? [];
  if (entry === undefined || first === undefined) {
    return new AppError('not_found', surfaceOf(surfaceOfUnknownPath(event.rawPath)).messages.notFound);
  }
  const methods = [...entry.keys(), ...(entry.has('GET') ? ['HEAD'] : []), 'OPTIONS'].sort();
  const { method } = event.requestContext.http;
  const message =
    first.route.surface === 'aristay'
      ? `Method "${method}" not allowed.`
      : surfaceOf(first.route.surface).messages.methodNotAllowed;
  return new AppError('method_not_allowed', message, { headers: { Allow: methods.join(', ') } });
}

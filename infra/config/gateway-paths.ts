import { needsAuthorizer, type Routes } from '../../shared/platform/http/route.ts';

/** One `ANY` route of the gateway. */
export interface GatewayPath {
  readonly path: string;
  readonly authorized: boolean;
}

/** Takes the slash that stands behind the path of an operation; the gateway allows no route to end in one. */
const TRAILING_SLASH = '/{slash+}';

function pathsOf(path: string, fallback: boolean): readonly string[] {
  if (!path.endsWith('/')) return [path];
  const bare = path.slice(0, -1);
  // What falls to `$default` reaches the fallback function as it is, slash and all.
  return fallback ? [bare] : [bare, `${bare}${TRAILING_SLASH}`];
}

/**
 * The gateway's routes for one function: each path once, whatever the methods, with the authorizer as soon as one of
 * its operations looks at the caller (ADR 0001).
 */
export function gatewayPaths(routes: Routes, fallback = false): readonly GatewayPath[] {
  const authorized = new Map<string, boolean>();
  for (const route of Object.values(routes)) {
    for (const path of pathsOf(route.path, fallback)) {
      authorized.set(path, (authorized.get(path) ?? false) || needsAuthorizer(route));
    }
  }
  return [...authorized].map(([path, needed]) => ({ path, authorized: needed }));
}

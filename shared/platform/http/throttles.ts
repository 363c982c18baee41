import type { RateLimit, Route } from './route.ts';

/** The limits of the Aristay API (`aristay.md` §1.9), each counted over all routes that name it. */
export const T_AUTH = { scope: 'T-AUTH', limit: 5, window: 'minute', per: 'address', log: true } as const;
export const T_REFRESH = { scope: 'T-REFRESH', limit: 2, window: 'minute', per: 'refresh_token', log: true } as const;
export const T_PHOTO = { scope: 'T-PHOTO', limit: 15, window: 'minute', per: 'user', log: true } as const;
export const T_ANON = { scope: 'T-ANON', limit: 100, window: 'hour', per: 'address', log: true } as const;
export const T_RESET = { scope: 'T-RESET', limit: 3, window: 'hour', per: 'address', log: true } as const;
/** The one that is looked at with every call: a window's count is one request to the table, whatever the limit. */
export const T_USER = { scope: 'T-USER', limit: 1_000, window: 'hour', per: 'user' } as const;

/** Every limit of a route, its own first: what the operation says, and what its surface says of all of its routes. */
export function limitsOf(route: Route): readonly RateLimit[] {
  const { rateLimit = [] } = route;
  const own = 'limit' in rateLimit ? [rateLimit] : rateLimit;
  const signedIn = route.access !== 'public' && route.access !== 'optional';
  return route.surface === 'aristay' && signedIn ? [...own, T_USER] : own;
}

import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { gatewayPaths } from '../../infra/config/gateway-paths.ts';
import type { Access, Method, Route, Routes } from '../../shared/platform/http/route.ts';

function route(method: Method, path: string, access: Access): Route {
  const success = { status: 200, schema: z.object({}) } as const;
  return { surface: 'aristay', method, path, access, summary: 's', tag: 't', success };
}

function routes(...list: readonly Route[]): Routes {
  return Object.fromEntries(list.map((entry, at) => [`operation${at}`, entry]));
}

describe('paths of the gateway', () => {
  it('name each path once, whatever its methods', () => {
    const paths = gatewayPaths(routes(route('GET', '/api/a', 'any'), route('PUT', '/api/a', 'admin')));
    expect(paths).toEqual([{ path: '/api/a', authorized: true }]);
  });

  it('have the authorizer as soon as one method looks at the caller', () => {
    const paths = gatewayPaths(
      routes(route('GET', '/api/a', 'public'), route('POST', '/api/a', 'optional'), route('GET', '/api/b', 'public')),
    );
    expect(paths).toEqual([
      { path: '/api/a', authorized: true },
      { path: '/api/b', authorized: false },
    ]);
  });

  it('take a trailing slash as a greedy variable, because no route may end in one', () => {
    expect(gatewayPaths(routes(route('GET', '/api/bookings/{id}/', 'any')))).toEqual([
      { path: '/api/bookings/{id}', authorized: true },
      { path: '/api/bookings/{id}/{slash+}', authorized: true },
    ]);
  });

  it('leave the slash of the fallback function to $default', () => {
    const both = routes(route('GET', '/api/health', 'public'), route('GET', '/api/health/', 'public'));
    expect(gatewayPaths(both, true)).toEqual([{ path: '/api/health', authorized: false }]);
  });
});

import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import type { HttpEvent } from '../../../shared/platform/http/exchange.ts';
import { defineRoutes } from '../../../shared/platform/http/route.ts';
import { resolveRoute, routesByPath, surfaceOfCall } from '../../../shared/platform/http/router.ts';

const common = { summary: '', tag: '', access: 'public', success: { status: 200, schema: z.object({}) } } as const;
const paths = routesByPath(
  defineRoutes({
    list: { ...common, surface: 'aristay', method: 'GET', path: '/api/bookings/' },
    create: { ...common, surface: 'aristay', method: 'POST', path: '/api/bookings/' },
    one: { ...common, surface: 'sidekick', method: 'GET', path: '/api/apartamentos/{id}' },
  }),
);

function event(method: string, routeKey: string, rawPath: string, slash?: string): HttpEvent {
  const pathParameters = slash === undefined ? undefined : { slash };
  return { routeKey, rawPath, pathParameters, requestContext: { http: { method } } } as unknown as HttpEvent;
}

const operation = (...call: Parameters<typeof event>) => resolveRoute(paths, event(...call), new Date(0)).operationId;

describe('a call finds its operation', () => {
  it("by the gateway's key and the method", () => {
    expect(operation('GET', 'ANY /api/apartamentos/{id}', '/api/apartamentos/7')).toBe('one');
    expect(operation('POST', 'ANY /api/bookings', '/api/bookings')).toBe('create');
  });

  it('with a slash at the end or without, on Aristay', () => {
    expect(operation('GET', 'ANY /api/bookings', '/api/bookings')).toBe('list');
    expect(operation('GET', 'ANY /api/bookings/{slash+}', '/api/bookings/', '')).toBe('list');
    expect(operation('GET', '$default', '/api/bookings/')).toBe('list');
  });

  it('HEAD as GET', () => expect(operation('HEAD', 'ANY /api/bookings', '/api/bookings')).toBe('list'));
});

describe('a call that has none', () => {
  it('is a 404 when the greedy segment caught more than a slash', () => {
    expect(() => operation('GET', 'ANY /api/bookings/{slash+}', '/api/bookings/x/y', 'x/y')).toThrow(
      expect.objectContaining({ code: 'not_found' }),
    );
  });

  it('is a 404 on Stay Sidekick with a slash too many', () => {
    expect(() => operation('GET', '$default', '/api/apartamentos/7/')).toThrow(
      expect.objectContaining({ code: 'not_found' }),
    );
  });

  it('is a 405 with the methods of its path', () => {
    expect(() => operation('PUT', 'ANY /api/bookings', '/api/bookings')).toThrow(
      expect.objectContaining({
        code: 'method_not_allowed',
        details: { headers: { Allow: 'GET, HEAD, OPTIONS, POST' } },
      }),
    );
  });

  it('is answered in the shape of its surface', () => {
    expect(surfaceOfCall(paths, event('PUT', 'ANY /api/bookings', '/api/bookings'))).toBe('aristay');
    expect(surfaceOfCall(paths, event('PUT', 'ANY /api/apartamentos/{id}', '/api/apartamentos/7'))).toBe('sidekick');
    expect(surfaceOfCall(paths, event('GET', '$default', '/api/x/'))).toBe('aristay');
  });
});

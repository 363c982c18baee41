import { describe, expect, it } from 'vitest';
import { compileRoutes } from '../../../infra/local/host/route-map.ts';

const routes = compileRoutes(
  [
    '$default',
    'ANY /api/x/{id}',
    'GET /api/x/{id}',
    'ANY /api/x/fixed',
    'ANY /api/x/{id}/photos',
    'ANY /api/y',
    'ANY /api/y/{slash+}',
    'ANY /api/{area}/last/{id}',
    'POST /api/only-post',
  ].map((key) => ({ key })),
);
const match = (method: string, path: string) => {
  const found = routes.match(method, path);
  return [found?.route.key, found?.pathParameters];
};

describe('route precedence of an HTTP API', () => {
  it.each([
    ['GET', '/api/x/fixed', 'ANY /api/x/fixed', undefined],
    ['GET', '/api/x/7', 'GET /api/x/{id}', { id: '7' }],
    ['PUT', '/api/x/7', 'ANY /api/x/{id}', { id: '7' }],
    ['GET', '/api/x/fixed/photos', 'ANY /api/x/{id}/photos', { id: 'fixed' }],
    ['GET', '/api/y', 'ANY /api/y', undefined],
    ['GET', '/api/y/', 'ANY /api/y/{slash+}', { slash: '' }],
    ['GET', '/api/y/a/b', 'ANY /api/y/{slash+}', { slash: 'a/b' }],
    ['GET', '/api/z/last/3', 'ANY /api/{area}/last/{id}', { area: 'z', id: '3' }],
    ['GET', '/api/x/a%20b%2Fc', 'GET /api/x/{id}', { id: 'a b/c' }],
    ['GET', '/api/x/%E0%A4%A', 'GET /api/x/{id}', { id: '%E0%A4%A' }],
    ['GET', '/api/x/%66ixed', 'ANY /api/x/fixed', undefined],
  ])('%s %s → %s', (method, path, key, parameters) => {
    expect(match(method, path)).toEqual([key, parameters]);
  });

  it.each([
    ['GET', '/api/x/7/'],
    ['GET', '/api/x/'],
    ['GET', '/api/x'],
    ['GET', '/api/only-post'],
    ['GET', '/'],
    ['GET', '//'],
  ])('%s %s falls to $default: a trailing slash makes another path', (method, path) => {
    expect(match(method, path)).toEqual(['$default', undefined]);
  });

  it('without $default nothing matches', () => {
    expect(compileRoutes([{ key: 'ANY /a' }]).match('GET', '/b')).toBeUndefined();
  });
});

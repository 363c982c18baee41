import type { Context } from 'aws-lambda';
import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { comeThroughEdge } from '../../../shared/platform/http/come-through-edge.ts';
import { defineHttpFunction } from '../../../shared/platform/http/http-function.ts';
import { defineRoutes } from '../../../shared/platform/http/route.ts';
import { BARE_DEPS } from '../../support/bare-deps.ts';
import { httpEvent } from '../../support/http-event.ts';

const KEY = 'a-key-of-forty-letters-digits-or-hyphens';
const called = (headers: Record<string, string>) => httpEvent('GET', '/api/health', { headers, address: '192.0.2.9' });

describe('a call through the edge', () => {
  it('is of the address that the edge names', () => {
    const event = called({ 'x-origin-key': KEY, 'x-viewer-address': '203.0.113.7' });
    comeThroughEdge(event, KEY, 'past');
    expect(event.requestContext.http.sourceIp).toBe('203.0.113.7');
  });

  it.each([{}, { 'x-origin-key': '' }, { 'x-origin-key': KEY.slice(1) }, { 'x-origin-key': `${KEY},${KEY}` }])(
    'is refused when it shows %j',
    (headers) => {
      expect(() => comeThroughEdge(called(headers), KEY, 'past')).toThrow(
        expect.objectContaining({ code: 'forbidden', message: 'past' }),
      );
    },
  );

  it('names no address of its own where there is no edge', () => {
    const event = called({ 'x-origin-key': '', 'x-viewer-address': '203.0.113.7' });
    comeThroughEdge(event, '', 'past');
    expect(event.requestContext.http.sourceIp).toBe('192.0.2.9');
  });
});

describe('a function behind the edge', () => {
  const common = { method: 'GET', access: 'public', summary: '', tag: '' } as const;
  const success = { status: 200, schema: z.object({ address: z.string().optional() }) } as const;
  const routes = defineRoutes({
    quien: { ...common, surface: 'sidekick', path: '/api/quien', success },
    who: { ...common, surface: 'aristay', path: '/api/who/', success },
  });
  const tell = async ({ origin }: { origin: { address: string } }) => ({ address: origin.address });
  const handler = defineHttpFunction(routes, { quien: tell, who: tell }, { ...BARE_DEPS, edgeKey: KEY });
  const call = async (method: string, path: string, headers: Record<string, string>) => {
    const context = { getRemainingTimeInMillis: () => 10_000 } as Context;
    const { statusCode, body } = await handler(httpEvent(method, path, { headers }), context);
    return `${statusCode} ${body ?? ''}`;
  };

  it('answers whom the edge passes on, and knows from where the call comes', async () => {
    const headers = { 'x-origin-key': KEY, 'x-viewer-address': '203.0.113.7' };
    expect(await call('GET', '/api/quien', headers)).toBe('200 {"address":"203.0.113.7"}');
    expect(await call('GET', '/api/who/', headers)).toBe('200 {"address":"203.0.113.7"}');
  });

  it('refuses everybody else in the shape of the surface, unknown paths and preflights too', async () => {
    expect(await call('GET', '/api/quien', {})).toMatch(/^403 \{"ok":false,"errors":\["Esta dirección no se usa/);
    expect(await call('GET', '/api/who/', {})).toMatch(/^403 \{"error":"/);
    expect(await call('GET', '/api/nothing', {})).toMatch(/^403 /);
    expect(await call('OPTIONS', '/api/quien', {})).toMatch(/^403 /);
  });
});

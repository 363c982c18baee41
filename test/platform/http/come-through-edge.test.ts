import { describe, expect, it } from 'vitest';
import { comeThroughEdge } from '../../../shared/platform/http/come-through-edge.ts';
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

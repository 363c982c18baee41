import { encodeVerdict, type Verdict } from '../../shared/platform/auth/actor.ts';
import type { HttpEvent } from '../../shared/platform/http/exchange.ts';

export interface EventOptions {
  readonly query?: string;
  readonly headers?: Record<string, string>;
  readonly body?: string;
  readonly params?: Record<string, string>;
  readonly verdict?: Verdict;
  readonly address?: string;
}

/** A call as the gateway hands it to a function (payload format 2.0). */
export function httpEvent(method: string, path: string, options: EventOptions = {}): HttpEvent {
  const { query = '', headers = {}, body, params, verdict, address = '192.0.2.1' } = options;
  const event: Partial<HttpEvent> = {
    version: '2.0',
    routeKey: `ANY ${path.replace(/\/$/, '')}`,
    rawPath: path,
    rawQueryString: query,
    headers,
    ...(query !== '' && { queryStringParameters: Object.fromEntries(new URLSearchParams(query)) }),
    ...(params && { pathParameters: params }),
    ...(body !== undefined && { body }),
    isBase64Encoded: false,
  };
  const requestContext = {
    requestId: 'test',
    http: { method, path, protocol: 'HTTP/1.1', sourceIp: address, userAgent: 'test' },
    ...(verdict && { authorizer: { lambda: encodeVerdict(verdict) } }),
  };
  // A function reads no more of an event than this.
  return { ...event, requestContext } as HttpEvent;
}

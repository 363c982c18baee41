import { createHash, createHmac } from 'node:crypto';

/** What a signature speaks for; `query` and `body` exactly as they are sent. */
export interface SignedParts {
  readonly method: string;
  /** With `/api`, without host or query. */
  readonly path: string;
  readonly query?: Readonly<Record<string, string>>;
  readonly body?: string;
  readonly now: Date;
  /** A new UUID for each physical request: a repeated one is refused. */
  readonly nonce: string;
}

/** RFC 3986: what `encodeURIComponent` leaves alone although it is reserved. */
function encode(part: string): string {
  return encodeURIComponent(part).replace(/[!'()*]/g, (mark) => `%${mark.charCodeAt(0).toString(16).toUpperCase()}`);
}

/** The query string that is both signed and sent: sorted, encoded, without `?`. */
export function canonicalQuery(query: Readonly<Record<string, string>> = {}): string {
  const pairs = Object.entries(query).map(([name, value]) => [encode(name), encode(value)] as const);
  return pairs
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map((pair) => pair.join('='))
    .join('&');
}

/** UTC with seconds and `Z`, as `X-Timestamp` wants it. */
function timestampOf(now: Date): string {
  return `${now.toISOString().slice(0, 19)}Z`;
}

/**
 * The four headers of a signed Smoobu request: HMAC-SHA256 over seven lines, in base64 (`integrations.md` §1.1.2).
 * @example smoobuHeaders({ key, secret }, { method: 'GET', path: '/api/me', now, nonce: ids.uuid() })
 */
export function smoobuHeaders(
  { key, secret }: { readonly key: string; readonly secret: string },
  { method, path, query, body = '', now, nonce }: SignedParts,
): Record<string, string> {
  const timestamp = timestampOf(now);
  const digest = createHash('sha256').update(body, 'utf8').digest('hex');
  const message = [method.toUpperCase(), path, canonicalQuery(query), timestamp, nonce, digest, key].join('\n');
  return {
    'X-API-Key': key,
    'X-Timestamp': timestamp,
    'X-Nonce': nonce,
    'X-Signature': createHmac('sha256', secret).update(message, 'utf8').digest('base64'),
  };
}

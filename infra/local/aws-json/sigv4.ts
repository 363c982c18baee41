import { createHash, createHmac, createSecretKey } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';

/** One decoded name and value of a query string, in the order sent. */
export type QueryPair = readonly [name: string, value: string];

/** `<date>/<region>/<service>/aws4_request`, taken apart. */
export interface CredentialScope {
  /** `YYYYMMDD`. */
  readonly date: string;
  readonly region: string;
  readonly service: string;
}

/** The parts of a request that Signature Version 4 covers. */
export interface CanonicalParts {
  readonly method: string;
  /** Path, URI-encoded as the service wants it (S3 once, others twice). */
  readonly canonicalPath: string;
  readonly query: readonly QueryPair[];
  readonly headers: IncomingHttpHeaders;
  readonly signedHeaders: readonly string[];
  /** Hex SHA-256 of the body, or one of the literals such as `UNSIGNED-PAYLOAD`. */
  readonly payloadHash: string;
}

/** Percent-encoding of RFC 3986: everything but `A-Z a-z 0-9 - . _ ~`. */
export function uriEncode(value: string): string {
  return encodeURIComponent(value).replace(/[!'()*]/g, (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`);
}

/** Splits and decodes a query string (without `?`); a `+` is a space. Throws `URIError` on a broken escape. */
export function parseQuery(raw: string): QueryPair[] {
  if (raw === '') return [];
  return raw
    .split('&')
    .filter((part) => part !== '')
    .map((part) => {
      const split = part.indexOf('=');
      const name = split < 0 ? part : part.slice(0, split);
      const value = split < 0 ? '' : part.slice(split + 1);
      return [decodeQuery(name), decodeQuery(value)];
    });
}

function decodeQuery(text: string): string {
  return decodeURIComponent(text.replaceAll('+', '%20'));
}

/** The six-part canonical request of the Signature Version 4 documentation. */
export function canonicalRequest(parts: CanonicalParts): string {
  const query = parts.query
    .filter(([name]) => name !== 'X-Amz-Signature')
    .map(([name, value]) => [uriEncode(name), uriEncode(value)] as const)
    .sort(([a, x], [b, y]) => compare(a, b) || compare(x, y))
    .map(([name, value]) => `${name}=${value}`)
    .join('&');
  const headers = parts.signedHeaders.map((name) => `${name}:${headerValue(parts.headers[name])}\n`).join('');
  return [parts.method, parts.canonicalPath, query, headers, parts.signedHeaders.join(';'), parts.payloadHash].join(
    '\n',
  );
}

function compare(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}

function headerValue(value: string | string[] | undefined): string {
  const text = Array.isArray(value) ? value.join(',') : (value ?? '');
  return text.trim().replace(/ +/g, ' ');
}

/** `AWS4-HMAC-SHA256`, time, scope and the hash of the canonical request. */
export function stringToSign(timestamp: string, scope: CredentialScope, canonical: string): string {
  return ['AWS4-HMAC-SHA256', timestamp, scopeText(scope), sha256Hex(canonical)].join('\n');
}

export function scopeText(scope: CredentialScope): string {
  return `${scope.date}/${scope.region}/${scope.service}/aws4_request`;
}

const signingKeys = new Map<string, Buffer>();
const MAX_SIGNING_KEYS = 1_000;

/** The key of one day, region and service. Taken once: making it costs more than all else of verifying a request. */
export function signingKey(secretAccessKey: string, scope: CredentialScope): Buffer {
  const name = JSON.stringify([secretAccessKey, scope.date, scope.region, scope.service]);
  const known = signingKeys.get(name);
  if (known !== undefined) return known;
  const day = hmac(`AWS4${secretAccessKey}`, scope.date);
  const key = hmac(hmac(hmac(day, scope.region), scope.service), 'aws4_request');
  if (signingKeys.size >= MAX_SIGNING_KEYS) signingKeys.clear();
  signingKeys.set(name, key);
  return key;
}

export function hmac(key: string | Buffer, text: string): Buffer {
  // Node takes three times as long with the bytes of a key as with a key made of them.
  const prepared = typeof key === 'string' ? key : createSecretKey(key);
  return createHmac('sha256', prepared).update(text, 'utf8').digest();
}

export function sha256Hex(content: string | Buffer): string {
  return createHash('sha256').update(content).digest('hex');
}

import { parseQuery, type QueryPair, uriEncode } from '../aws-json/sigv4.ts';

/** Where a request points: in the path (`/bucket/key`) or in the host (`bucket.localhost`). */
export interface S3Address {
  readonly bucket: string | undefined;
  /** Decoded; undefined for the bucket itself. */
  readonly key: string | undefined;
  /** The path as S3 signs it: every segment encoded once, nothing normalised. */
  readonly canonicalPath: string;
  readonly query: readonly QueryPair[];
}

/** A host of which the first labels are a bucket's name. */
const VIRTUAL_HOST = /^(.+)\.(?:localhost|127\.0\.0\.1|s3(?:[.-][a-z0-9-]+)*\.amazonaws\.com)$/i;

/**
 * Takes the request target apart by hand: a URL parser would resolve `..` and `//`, which are plain characters of a key.
 * Throws `URIError` on a broken escape or on bytes that are not UTF-8.
 */
export function parseAddress(target: string, host: string | undefined): S3Address {
  const mark = target.indexOf('?');
  const path = mark < 0 ? target : target.slice(0, mark);
  const query = parseQuery(mark < 0 ? '' : target.slice(mark + 1));
  const canonicalPath = path.split('/').map(recode).join('/');
  const [, virtualBucket] = VIRTUAL_HOST.exec((host ?? '').replace(/:\d+$/, '')) ?? [];
  const rest = path.slice(1);
  if (virtualBucket !== undefined) return { bucket: virtualBucket, key: decodeKey(rest), canonicalPath, query };
  const slash = rest.indexOf('/');
  const bucket = slash < 0 ? rest : rest.slice(0, slash);
  return {
    bucket: bucket === '' ? undefined : decodeURIComponent(bucket),
    key: slash < 0 ? undefined : decodeKey(rest.slice(slash + 1)),
    canonicalPath,
    query,
  };
}

function decodeKey(text: string): string | undefined {
  return text === '' ? undefined : decodeURIComponent(text);
}

function recode(segment: string): string {
  return uriEncode(decodeURIComponent(segment));
}

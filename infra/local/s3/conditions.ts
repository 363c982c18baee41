import type { ObjectRecord } from './object-record.ts';
import { S3Error } from './s3-error.ts';

type Headers = Readonly<Record<string, string>>;

/** The outcome of the conditional headers of RFC 9110 §13 on a read. */
export type ReadVerdict = 'send' | 'not_modified';

/** Evaluates `If-Match`, `If-Unmodified-Since`, `If-None-Match`, `If-Modified-Since`. Throws `PreconditionFailed`. */
export function checkRead(headers: Headers, record: ObjectRecord): ReadVerdict {
  const modified = Date.parse(record.lastModified.replace(/\.\d+Z$/, 'Z'));
  const { 'if-match': match, 'if-none-match': noneMatch } = headers;
  if (match !== undefined) {
    if (!namesEtag(match, record.etag)) throw failed('If-Match');
  } else if (modified > instant(headers['if-unmodified-since'], Number.POSITIVE_INFINITY)) {
    throw failed('If-Unmodified-Since');
  }
  if (noneMatch !== undefined) return namesEtag(noneMatch, record.etag) ? 'not_modified' : 'send';
  return modified <= instant(headers['if-modified-since'], Number.NEGATIVE_INFINITY) ? 'not_modified' : 'send';
}

/** The source side of a copy: the same four conditions, every failure being `PreconditionFailed`. */
export function checkCopySource(headers: Headers, record: ObjectRecord): void {
  const conditions: Record<string, string> = {};
  for (const name of ['if-match', 'if-none-match', 'if-modified-since', 'if-unmodified-since']) {
    const value = headers[`x-amz-copy-source-${name}`];
    if (value !== undefined) conditions[name] = value;
  }
  if (checkRead(conditions, record) === 'not_modified') throw failed('x-amz-copy-source-If-None-Match');
}

/**
 * Conditional writes: `If-None-Match: *` (create only) and `If-Match` (replace this version only).
 * Throws `PreconditionFailed`, `NoSuchKey` for an `If-Match` on nothing, `NotImplemented` for other forms.
 */
export function checkWrite(headers: Headers, existing: ObjectRecord | undefined, key: string): void {
  const { 'if-match': match, 'if-none-match': noneMatch } = headers;
  if (noneMatch !== undefined && noneMatch !== '*') {
    throw new S3Error('NotImplemented', 'A header you provided implies functionality that is not implemented', {
      Header: 'If-None-Match',
    });
  }
  if (noneMatch === '*' && existing !== undefined) throw failed('If-None-Match');
  if (match === undefined) return;
  if (existing === undefined) throw noSuchKey(key);
  if (!namesEtag(match, existing.etag)) throw failed('If-Match');
}

export function noSuchKey(key: string): S3Error {
  return new S3Error('NoSuchKey', 'The specified key does not exist.', { Key: key });
}

function namesEtag(header: string, etag: string): boolean {
  return header.split(',').some((tag) => {
    const bare = tag.trim().replace(/^(W\/)?"?|"$/g, '');
    return bare === '*' || bare === etag;
  });
}

function instant(header: string | undefined, otherwise: number): number {
  const parsed = Date.parse(header ?? '');
  return Number.isNaN(parsed) ? otherwise : parsed;
}

function failed(condition: string): S3Error {
  return new S3Error('PreconditionFailed', 'At least one of the pre-conditions you specified did not hold', {
    Condition: condition,
  });
}

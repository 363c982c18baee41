import { bucketOf, type S3Call, type S3Context, type S3Reply } from './call.ts';
import { checksumHeaders } from './checksum.ts';
import { checkRead, noSuchKey } from './conditions.ts';
import { objectHeaders } from './object-record.ts';
import { parseRange } from './range.ts';

/** GetObject: conditions, one byte range, `response-*` overrides, checksum on request. */
export function getObject(context: S3Context, call: S3Call): S3Reply {
  return readObject(context, call, true);
}

/** HeadObject: the headers GetObject would answer. */
export function headObject(context: S3Context, call: S3Call): S3Reply {
  return readObject(context, call, false);
}

function readObject(context: S3Context, call: S3Call, withBody: boolean): S3Reply {
  const bucket = bucketOf(context, call);
  const record = bucket.find(call.key);
  if (record === undefined) throw noSuchKey(call.key);
  const described = { ...objectHeaders(record), ...overrides(call.query) };
  if (checkRead(call.headers, record) === 'not_modified') {
    return { status: 304, headers: { etag: described.etag ?? '', 'last-modified': described['last-modified'] ?? '' } };
  }
  const range = parseRange(call.headers.range, record.size);
  const length = range === undefined ? record.size : range.end - range.start + 1;
  // A checksum of the whole would not fit a part of it: S3 leaves it out, and the SDK would refuse the body.
  const wantsChecksum = call.headers['x-amz-checksum-mode']?.toUpperCase() === 'ENABLED' && range === undefined;
  const headers: Record<string, string> = {
    ...described,
    ...(wantsChecksum ? checksumHeaders(record.checksum) : {}),
    'content-length': String(length),
  };
  if (range !== undefined) headers['content-range'] = `bytes ${range.start}-${range.end}/${record.size}`;
  const status = range === undefined ? 200 : 206;
  return withBody ? { status, headers, body: bucket.blobs.read(record.blob, range) } : { status, headers };
}

function overrides(query: ReadonlyMap<string, string>): Record<string, string> {
  const headers: Record<string, string> = {};
  for (const [name, value] of query) {
    if (name.startsWith('response-')) headers[name.slice('response-'.length)] = value;
  }
  return headers;
}

import type { Checksum } from './checksum.ts';
import { S3Error } from './s3-error.ts';

/** One object as it is kept beside its bytes. */
export interface ObjectRecord {
  readonly key: string;
  /** Id of its bytes. */
  readonly blob: string;
  readonly size: number;
  /** Without quotes: MD5 in hex, or for a multipart upload `<md5 of the parts' md5s>-<parts>`. */
  readonly etag: string;
  /** ISO 8601, UTC, whole seconds count. */
  readonly lastModified: string;
  /** Orders the changes of a key; see the event record. */
  readonly sequencer: string;
  /** Stored response headers, lower-case names: `content-type`, `cache-control` … */
  readonly headers: Readonly<Record<string, string>>;
  /** User metadata, names without `x-amz-meta-`. */
  readonly metadata: Readonly<Record<string, string>>;
  readonly checksum: Checksum | undefined;
}

/** What the uploader says about an object beside its bytes. */
export type ObjectAttributes = Pick<ObjectRecord, 'headers' | 'metadata'>;

const STORED_HEADERS = [
  'cache-control',
  'content-disposition',
  'content-encoding',
  'content-language',
  'expires',
  'x-amz-server-side-encryption',
  'x-amz-server-side-encryption-aws-kms-key-id',
];
const META_PREFIX = 'x-amz-meta-';
const MAX_METADATA_BYTES = 2048;
const UNSUPPORTED =
  /^x-amz-(tagging$|object-lock-|website-redirect-location|grant-|server-side-encryption-customer-|write-offset-bytes)/;

/**
 * Reads headers (or the fields of a form) that are stored with an object. What would silently mean something else than
 * on S3 is refused: `NotImplemented`, `AccessControlListNotSupported`.
 */
export function readAttributes(fields: Readonly<Record<string, string>>): ObjectAttributes {
  refuseUnsupported(fields);
  const headers: Record<string, string> = { 'content-type': fields['content-type'] || 'binary/octet-stream' };
  for (const name of STORED_HEADERS) {
    const value = name === 'content-encoding' ? withoutTransport(fields[name]) : fields[name];
    if (value !== undefined && value !== '') headers[name] = value;
  }
  const metadata = Object.fromEntries(
    Object.entries(fields)
      .filter(([name]) => name.startsWith(META_PREFIX))
      .map(([name, value]) => [name.slice(META_PREFIX.length), value]),
  );
  const bytes = Object.entries(metadata).reduce(
    (sum, [name, value]) => sum + name.length + Buffer.byteLength(value),
    0,
  );
  if (bytes > MAX_METADATA_BYTES) {
    throw new S3Error('MetadataTooLarge', 'Your metadata headers exceed the maximum allowed metadata size');
  }
  return { headers, metadata };
}

function refuseUnsupported(fields: Readonly<Record<string, string>>): void {
  const unsupported = Object.keys(fields).find((name) => UNSUPPORTED.test(name));
  const storageClass = fields['x-amz-storage-class'] ?? 'STANDARD';
  if (unsupported !== undefined || storageClass !== 'STANDARD') {
    throw new S3Error('NotImplemented', 'A header you provided implies functionality that is not implemented', {
      Header: unsupported ?? 'x-amz-storage-class',
    });
  }
  const acl = fields['x-amz-acl'] ?? fields.acl ?? 'private';
  if (acl !== 'private' && acl !== 'bucket-owner-full-control') {
    throw new S3Error('AccessControlListNotSupported', 'The bucket does not allow ACLs');
  }
}

/** `aws-chunked` describes the way here, not the object. */
function withoutTransport(encoding: string | undefined): string | undefined {
  return encoding
    ?.split(',')
    .map((part) => part.trim())
    .filter((part) => part !== 'aws-chunked')
    .join(',');
}

/** Headers of an answer that describes an object. */
export function objectHeaders(record: ObjectRecord): Record<string, string> {
  const metadata = Object.entries(record.metadata).map(([name, value]) => [META_PREFIX + name, value]);
  return {
    ...record.headers,
    ...Object.fromEntries(metadata),
    etag: `"${record.etag}"`,
    'last-modified': new Date(record.lastModified).toUTCString(),
    'accept-ranges': 'bytes',
  };
}

const MAX_KEY_BYTES = 1024;

export function checkKey(key: string): string {
  if (Buffer.byteLength(key) > MAX_KEY_BYTES) {
    throw new S3Error('KeyTooLongError', 'Your key is too long', { MaxSizeAllowed: String(MAX_KEY_BYTES) });
  }
  return key;
}

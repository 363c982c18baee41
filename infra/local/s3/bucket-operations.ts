import { uriEncode } from '../aws-json/sigv4.ts';
import { bucketOf, type S3Call, type S3Context, type S3Reply } from './call.ts';
import { type ListQuery, listPage } from './list-objects.ts';
import type { ObjectRecord } from './object-record.ts';
import { S3Error } from './s3-error.ts';
import { element, type Markup, xmlDocument } from './xml.ts';

export function listBuckets(context: S3Context): S3Reply {
  const buckets = [...context.buckets.values()].map((bucket) =>
    element('Bucket', [element('Name', bucket.name), element('CreationDate', bucket.createdAt.toISOString())]),
  );
  const owner = element('Owner', [element('ID', 'local')]);
  return { status: 200, body: xmlDocument('ListAllMyBucketsResult', [owner, element('Buckets', buckets)]) };
}

export function headBucket(context: S3Context, call: S3Call): S3Reply {
  bucketOf(context, call);
  return { status: 200, headers: { 'x-amz-bucket-region': context.region } };
}

export function getBucketLocation(context: S3Context, call: S3Call): S3Reply {
  bucketOf(context, call);
  // The oldest region is named by its absence.
  const region = context.region === 'us-east-1' ? '' : context.region;
  return { status: 200, body: xmlDocument('LocationConstraint', [text(region)]) };
}

function text(content: string): Markup {
  return { markup: content, toString: () => content };
}

/** ListObjectsV2, with every parameter but `expected-bucket-owner`. */
export function listObjects(context: S3Context, call: S3Call): S3Reply {
  const bucket = bucketOf(context, call);
  const query = readQuery(call.query);
  const page = listPage(bucket.list(), query);
  const encode = keyEncoding(call.query.get('encoding-type'));
  const withOwner = call.query.get('fetch-owner') === 'true';
  return {
    status: 200,
    body: xmlDocument('ListBucketResult', [
      element('Name', bucket.name),
      element('Prefix', encode(query.prefix)),
      element('Delimiter', query.delimiter === undefined ? undefined : encode(query.delimiter)),
      element('StartAfter', query.startAfter === undefined ? undefined : encode(query.startAfter)),
      element('EncodingType', call.query.get('encoding-type')),
      element('ContinuationToken', query.continuationToken),
      element('NextContinuationToken', page.nextToken),
      element('MaxKeys', query.maxKeys),
      element('KeyCount', page.objects.length + page.commonPrefixes.length),
      element('IsTruncated', page.nextToken !== undefined),
      ...page.objects.map((record) => contents(record, encode, withOwner)),
      ...page.commonPrefixes.map((prefix) => element('CommonPrefixes', [element('Prefix', encode(prefix))])),
    ]),
  };
}

function contents(record: ObjectRecord, encode: (key: string) => string, withOwner: boolean): Markup {
  return element('Contents', [
    element('Key', encode(record.key)),
    element('LastModified', record.lastModified),
    element('ETag', `"${record.etag}"`),
    element('ChecksumAlgorithm', record.checksum?.algorithm),
    element('ChecksumType', record.checksum?.type),
    element('Size', record.size),
    element('StorageClass', 'STANDARD'),
    element('Owner', withOwner ? [element('ID', 'local')] : undefined),
  ]);
}

function readQuery(query: ReadonlyMap<string, string>): ListQuery {
  const maxKeys = Number(query.get('max-keys') ?? 1000);
  if (!Number.isInteger(maxKeys) || maxKeys < 0) {
    throw new S3Error('InvalidArgument', 'Provided max-keys not an integer or within integer range', {
      ArgumentName: 'max-keys',
    });
  }
  return {
    prefix: query.get('prefix') ?? '',
    delimiter: query.get('delimiter'),
    maxKeys: Math.min(maxKeys, 1000),
    startAfter: query.get('start-after'),
    continuationToken: query.get('continuation-token'),
  };
}

/** `encoding-type=url` lets keys that XML cannot carry through; slashes stay. */
function keyEncoding(type: string | undefined): (key: string) => string {
  if (type === undefined) return (key) => key;
  if (type === 'url') return (key) => key.split('/').map(uriEncode).join('/');
  throw new S3Error('InvalidArgument', 'Invalid Encoding Method specified in Request', {
    ArgumentName: 'encoding-type',
  });
}

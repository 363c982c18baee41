import { bucketOf, type S3Call, type S3Context, type S3Reply } from './call.ts';
import { checksumHeaders } from './checksum.ts';
import { commitObject } from './commit-object.ts';
import { checkCopySource, checkWrite, noSuchKey } from './conditions.ts';
import { checkKey, readAttributes } from './object-record.ts';
import { expectPayload, storePayload } from './payload.ts';
import { S3Error } from './s3-error.ts';
import { element, xmlDocument } from './xml.ts';

/** PutObject, conditional (`If-None-Match: *`, `If-Match`) or not. */
export async function putObject(context: S3Context, call: S3Call): Promise<S3Reply> {
  const bucket = bucketOf(context, call);
  if (call.signature === undefined) throw new S3Error('AccessDenied', 'Access Denied');
  checkKey(call.key);
  checkWrite(call.headers, bucket.find(call.key), call.key);
  const attributes = readAttributes(call.headers);
  const payload = await storePayload(expectPayload(call.request, call.headers, call.signature), bucket.blobs);
  const { blob, size, md5, checksum } = payload;
  const draft = { key: call.key, blob, size, etag: md5, attributes, checksum, eventName: 'ObjectCreated:Put' } as const;
  const record = commitObject(context, call, bucket, draft);
  return { status: 200, headers: { etag: `"${record.etag}"`, ...checksumHeaders(record.checksum) } };
}

/** CopyObject inside the account; metadata is copied or replaced as the directive says. */
export async function copyObject(context: S3Context, call: S3Call): Promise<S3Reply> {
  const target = bucketOf(context, call);
  const source = readCopySource(call.headers['x-amz-copy-source'] ?? '');
  const from = bucketOf(context, { ...call, bucketName: source.bucket });
  const original = from.find(source.key);
  if (original === undefined) throw noSuchKey(source.key);
  checkCopySource(call.headers, original);
  const replaces = call.headers['x-amz-metadata-directive']?.toUpperCase() === 'REPLACE';
  const asked = readAttributes(call.headers);
  if (!replaces && from === target && source.key === call.key) {
    throw new S3Error(
      'InvalidRequest',
      'This copy request is illegal because it is trying to copy an object to itself without changing its attributes.',
    );
  }
  const writer = await target.blobs.create();
  for await (const chunk of from.blobs.read(original.blob)) await writer.write(chunk as Buffer);
  const record = commitObject(context, call, target, {
    key: call.key,
    blob: await writer.finish(),
    size: original.size,
    etag: original.etag,
    attributes: replaces ? asked : original,
    checksum: original.checksum,
    eventName: 'ObjectCreated:Copy',
  });
  const children = [element('LastModified', record.lastModified), element('ETag', `"${record.etag}"`)];
  return { status: 200, body: xmlDocument('CopyObjectResult', children) };
}

/** `[/]bucket/key`, percent-encoded. */
function readCopySource(header: string): { bucket: string; key: string } {
  const [path = '', query = ''] = header.replace(/^\//, '').split('?', 2);
  const slash = path.indexOf('/');
  if (slash < 1 || slash === path.length - 1) {
    throw new S3Error('InvalidArgument', 'Copy Source must mention the source bucket and key: sourcebucket/sourcekey', {
      ArgumentName: 'x-amz-copy-source',
    });
  }
  if (query !== '') throw new S3Error('NotImplemented', 'Versions are not part of the local cloud.');
  return { bucket: decodeURIComponent(path.slice(0, slash)), key: decodeURIComponent(path.slice(slash + 1)) };
}

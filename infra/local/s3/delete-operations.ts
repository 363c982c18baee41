import { bucketOf, type S3Call, type S3Context, type S3Reply } from './call.ts';
import { declaredChecksum } from './checksum.ts';
import { checkWrite } from './conditions.ts';
import { S3Error } from './s3-error.ts';
import { readXmlBody } from './small-body.ts';
import { childText, element, xmlDocument } from './xml.ts';

const MAX_KEYS = 1000;

/** DeleteObject: 204 whether or not there was one. */
export function deleteObject(context: S3Context, call: S3Call): S3Reply {
  const bucket = bucketOf(context, call);
  const match = call.headers['if-match'];
  if (match !== undefined) checkWrite({ 'if-match': match }, bucket.find(call.key), call.key);
  bucket.remove(call.key);
  return { status: 204 };
}

/** DeleteObjects: up to 1000 keys in one document, answered one by one unless `Quiet`. */
export async function deleteObjects(context: S3Context, call: S3Call): Promise<S3Reply> {
  const bucket = bucketOf(context, call);
  if (call.headers['content-md5'] === undefined && declaredChecksum(call.headers) === undefined) {
    throw new S3Error('InvalidRequest', 'Missing required header for this request: Content-MD5 OR x-amz-checksum-*');
  }
  const document = await readXmlBody(call);
  const entries = document.children.filter((child) => child.name === 'Object');
  if (document.name !== 'Delete' || entries.length === 0 || entries.length > MAX_KEYS) {
    throw new S3Error('MalformedXML', 'The XML you provided was not well-formed or did not validate.');
  }
  const keys = entries.map((entry) => childText(entry, 'Key') ?? '');
  if (entries.some((entry) => childText(entry, 'VersionId') !== undefined)) {
    throw new S3Error('NotImplemented', 'Versions are not part of the local cloud.');
  }
  for (const key of keys) bucket.remove(key);
  const quiet = childText(document, 'Quiet') === 'true';
  const deleted = quiet ? [] : keys.map((key) => element('Deleted', [element('Key', key)]));
  return { status: 200, body: xmlDocument('DeleteResult', deleted) };
}

import { createMemoryBlobs } from './blob-store.ts';
import type { S3Call } from './call.ts';
import { expectPayload, storePayload } from './payload.ts';
import { S3Error } from './s3-error.ts';
import { parseXml, type XmlNode } from './xml.ts';

const MAX_DOCUMENT_BYTES = 2 * 1024 * 1024;

/** Reads the XML document of a request, with all that was promised about it checked. Throws `MalformedXML`. */
export async function readXmlBody(call: S3Call, headers = call.headers): Promise<XmlNode> {
  if (call.signature === undefined) throw new S3Error('AccessDenied', 'Access Denied');
  const blobs = createMemoryBlobs();
  const onProgress = (bytes: number) => {
    if (bytes > MAX_DOCUMENT_BYTES) throw new S3Error('MalformedXML', 'The document is too large.');
  };
  const expected = { ...expectPayload(call.request, headers, call.signature), onProgress };
  const { blob } = await storePayload(expected, blobs);
  const text = Buffer.concat((await blobs.read(blob).toArray()) as Buffer[]).toString('utf8');
  try {
    return parseXml(text);
  } catch {
    throw new S3Error('MalformedXML', 'The XML you provided was not well-formed or did not validate.');
  }
}

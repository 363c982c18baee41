import { createHash, randomUUID } from 'node:crypto';
import type { Bucket, MultipartUpload } from './bucket.ts';
import { bucketOf, type S3Call, type S3Context, type S3Reply } from './call.ts';
import { algorithmNamed, type Checksum, checksumHeader, type RunningChecksum, startChecksum } from './checksum.ts';
import { commitObject } from './commit-object.ts';
import { checkWrite } from './conditions.ts';
import { checkKey, readAttributes } from './object-record.ts';
import { expectPayload, type ReceivedPayload, storePayload } from './payload.ts';
import { S3Error } from './s3-error.ts';
import { readXmlBody } from './small-body.ts';
import { childText, element, type XmlNode, xmlDocument } from './xml.ts';

const MAX_PARTS = 10_000;
const MIN_PART_BYTES = 5 * 1024 * 1024;

export function createMultipartUpload(context: S3Context, call: S3Call): S3Reply {
  const bucket = bucketOf(context, call);
  const algorithm = call.headers['x-amz-checksum-algorithm'];
  const isWhole = algorithm !== undefined && algorithmNamed(algorithm) === 'CRC64NVME';
  const uploadId = randomUUID();
  bucket.uploads.set(uploadId, {
    key: checkKey(call.key),
    attributes: readAttributes(call.headers),
    checksumType: isWhole || call.headers['x-amz-checksum-type'] === 'FULL_OBJECT' ? 'FULL_OBJECT' : 'COMPOSITE',
    parts: new Map(),
  });
  const children = [element('Bucket', bucket.name), element('Key', call.key), element('UploadId', uploadId)];
  return { status: 200, body: xmlDocument('InitiateMultipartUploadResult', children) };
}

export async function uploadPart(context: S3Context, call: S3Call): Promise<S3Reply> {
  const bucket = bucketOf(context, call);
  const upload = uploadOf(bucket, call);
  const number = Number(call.query.get('partNumber'));
  if (!Number.isInteger(number) || number < 1 || number > MAX_PARTS) {
    throw new S3Error('InvalidArgument', `Part number must be an integer between 1 and ${MAX_PARTS}, inclusive`, {
      ArgumentName: 'partNumber',
    });
  }
  if (call.signature === undefined) throw new S3Error('AccessDenied', 'Access Denied');
  const part = await storePayload(expectPayload(call.request, call.headers, call.signature), bucket.blobs);
  const replaced = upload.parts.get(number);
  if (bucket.uploads.get(call.query.get('uploadId') ?? '') !== upload) {
    bucket.blobs.remove(part.blob);
    throw noSuchUpload();
  }
  upload.parts.set(number, part);
  if (replaced !== undefined) bucket.blobs.remove(replaced.blob);
  return { status: 200, headers: { etag: `"${part.md5}"`, ...partChecksumHeaders(part.checksum) } };
}

function partChecksumHeaders(checksum: Checksum | undefined): Record<string, string> {
  return checksum === undefined ? {} : { [checksumHeader(checksum.algorithm)]: checksum.value };
}

export async function completeMultipartUpload(context: S3Context, call: S3Call): Promise<S3Reply> {
  const bucket = bucketOf(context, call);
  const upload = uploadOf(bucket, call);
  // Checksum headers of this request speak of the object, not of the document in its body.
  const { own, ofObject } = splitChecksumHeaders(call.headers);
  const document = await readXmlBody(call, own);
  checkWrite(call.headers, bucket.find(call.key), call.key);
  const parts = choseParts(document, upload);
  const uploadId = call.query.get('uploadId') ?? '';
  if (!bucket.uploads.delete(uploadId)) throw noSuchUpload();
  const joined = await joinParts(bucket, upload, parts);
  if (!agrees(ofObject, joined.checksum)) {
    bucket.blobs.remove(joined.blob);
    bucket.uploads.set(uploadId, upload);
    throw new S3Error('BadDigest', 'The checksum you specified did not match the calculated checksum.');
  }
  const record = commitObject(context, call, bucket, {
    key: call.key,
    ...joined,
    attributes: upload.attributes,
    eventName: 'ObjectCreated:CompleteMultipartUpload',
  });
  for (const part of upload.parts.values()) bucket.blobs.remove(part.blob);
  return {
    status: 200,
    body: xmlDocument('CompleteMultipartUploadResult', [
      element('Location', `http://${call.request.headers.host ?? ''}/${bucket.name}/${encodeURIComponent(call.key)}`),
      element('Bucket', bucket.name),
      element('Key', call.key),
      element('ETag', `"${record.etag}"`),
      ...(record.checksum === undefined
        ? []
        : [
            element(`Checksum${record.checksum.algorithm}`, record.checksum.value),
            element('ChecksumType', record.checksum.type),
          ]),
    ]),
  };
}

export function abortMultipartUpload(context: S3Context, call: S3Call): S3Reply {
  const bucket = bucketOf(context, call);
  const upload = uploadOf(bucket, call);
  bucket.uploads.delete(call.query.get('uploadId') ?? '');
  for (const part of upload.parts.values()) bucket.blobs.remove(part.blob);
  return { status: 204 };
}

function uploadOf(bucket: Bucket, call: S3Call): MultipartUpload {
  const upload = bucket.uploads.get(call.query.get('uploadId') ?? '');
  if (upload === undefined || upload.key !== call.key) throw noSuchUpload();
  return upload;
}

function noSuchUpload(): S3Error {
  return new S3Error(
    'NoSuchUpload',
    'The specified upload does not exist. The upload ID may be invalid, or the upload may have been aborted or completed.',
  );
}

function splitChecksumHeaders(headers: Readonly<Record<string, string>>) {
  const isChecksum = (name: string) => name.startsWith('x-amz-checksum-');
  const entries = Object.entries(headers);
  return {
    own: Object.fromEntries(entries.filter(([name]) => !isChecksum(name))),
    ofObject: Object.fromEntries(entries.filter(([name]) => isChecksum(name))),
  };
}

function agrees(claimed: Readonly<Record<string, string>>, computed: Checksum | undefined): boolean {
  const claim = computed && claimed[checksumHeader(computed.algorithm)];
  return claim === undefined || claim === computed?.value;
}

/** The parts a completion names, in its order: ascending, known, each but the last of 5 MiB or more. */
function choseParts(document: XmlNode, upload: MultipartUpload): readonly ReceivedPayload[] {
  const named = document.children.filter((child) => child.name === 'Part');
  if (document.name !== 'CompleteMultipartUpload' || named.length === 0) {
    throw new S3Error('MalformedXML', 'The XML you provided was not well-formed or did not validate.');
  }
  const numbers = named.map((node) => Number(childText(node, 'PartNumber')));
  if (numbers.some((number, index) => index > 0 && number <= (numbers[index - 1] ?? 0))) {
    throw new S3Error('InvalidPartOrder', 'The list of parts was not in ascending order.');
  }
  const parts = named.map((node, index) => {
    const part = upload.parts.get(numbers[index] ?? 0);
    if (part !== undefined && matchesPart(node, part)) return part;
    throw new S3Error('InvalidPart', 'One or more of the specified parts could not be found.', {
      PartNumber: String(numbers[index]),
    });
  });
  if (parts.slice(0, -1).some((part) => part.size < MIN_PART_BYTES)) {
    throw new S3Error('EntityTooSmall', 'Your proposed upload is smaller than the minimum allowed size');
  }
  return parts;
}

function matchesPart(node: XmlNode, part: ReceivedPayload): boolean {
  const etag = childText(node, 'ETag')?.replace(/^"|"$/g, '');
  const claimed = part.checksum && childText(node, `Checksum${part.checksum.algorithm}`);
  return etag === part.md5 && (claimed === undefined || claimed === part.checksum?.value);
}

/** Copies the parts into one blob; the checksum is that of the whole, or of the parts' checksums. */
async function joinParts(bucket: Bucket, upload: MultipartUpload, parts: readonly ReceivedPayload[]) {
  const whole = upload.checksumType === 'FULL_OBJECT' ? startWhole(parts) : undefined;
  const writer = await bucket.blobs.create();
  for (const part of parts) {
    for await (const chunk of bucket.blobs.read(part.blob)) {
      whole?.running.update(chunk as Buffer);
      await writer.write(chunk as Buffer);
    }
  }
  const md5s = Buffer.concat(parts.map((part) => Buffer.from(part.md5, 'hex')));
  const checksum: Checksum | undefined = whole
    ? { algorithm: whole.algorithm, value: whole.running.digest(), type: 'FULL_OBJECT' }
    : compositeChecksum(parts);
  return {
    blob: await writer.finish(),
    size: parts.reduce((sum, part) => sum + part.size, 0),
    etag: `${createHash('md5').update(md5s).digest('hex')}-${parts.length}`,
    checksum,
  };
}

function startWhole(parts: readonly ReceivedPayload[]) {
  const algorithm = parts[0]?.checksum?.algorithm;
  if (algorithm === undefined) return undefined;
  const running: RunningChecksum = startChecksum(algorithm);
  return { algorithm, running };
}

function compositeChecksum(parts: readonly ReceivedPayload[]): Checksum | undefined {
  const algorithm = parts[0]?.checksum?.algorithm;
  if (algorithm === undefined || parts.some((part) => part.checksum?.algorithm !== algorithm)) return undefined;
  const running = startChecksum(algorithm);
  for (const part of parts) running.update(Buffer.from(part.checksum?.value ?? '', 'base64'));
  return { algorithm, value: `${running.digest()}-${parts.length}`, type: 'COMPOSITE' };
}

import type { IncomingMessage } from 'node:http';
import type { Readable } from 'node:stream';
import { Busboy } from '@fastify/busboy';
import { verifyPolicySignature } from '../aws-json/verify-signature.ts';
import { bucketOf, type S3Call, type S3Context, type S3Reply } from './call.ts';
import { declaredChecksum } from './checksum.ts';
import { commitObject } from './commit-object.ts';
import { type ObjectRecord, readAttributes } from './object-record.ts';
import { storePayload } from './payload.ts';
import { checkPolicy, type SizeBounds } from './post-policy.ts';
import { S3Error } from './s3-error.ts';
import { element, XML_DECLARATION } from './xml.ts';

/** A form up to the beginning of its file. */
interface OpenForm {
  /** Lower-case names; `${filename}` filled in. */
  readonly fields: Readonly<Record<string, string>>;
  readonly file: Readable;
}

const MAX_FIELD_BYTES = 20_480;

/**
 * A browser's form upload (S3 API, "POST Object"): the policy is verified before a byte of the file is stored, its
 * size bounds while it arrives. Fields behind the file are not looked at.
 */
export async function postObject(context: S3Context, call: S3Call): Promise<S3Reply> {
  const form = await readForm(call.request);
  try {
    const bounds = authorise(context, call, form.fields);
    const bucket = bucketOf(context, call);
    const key = form.fields.key;
    if (key === undefined || key === '') {
      throw new S3Error('InvalidArgument', "Bucket POST must contain a field named 'key'.", { ArgumentName: 'key' });
    }
    const attributes = readAttributes(form.fields);
    const { blob, size, md5, checksum } = await storePayload(
      {
        source: form.file.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>,
        md5: form.fields['content-md5'],
        checksum: declaredChecksum(form.fields),
        onProgress: (bytes) => refuseAbove(bounds, bytes),
      },
      bucket.blobs,
    );
    if (size < bounds.min) {
      bucket.blobs.remove(blob);
      throw sizeError('EntityTooSmall', 'Your proposed upload is smaller than the minimum allowed size', size, bounds);
    }
    const draft = { key, blob, size, etag: md5, attributes, checksum, eventName: 'ObjectCreated:Post' } as const;
    return reply(call, form.fields, commitObject(context, call, bucket, draft));
  } finally {
    form.file.resume();
  }
}

function authorise(context: S3Context, call: S3Call, fields: Readonly<Record<string, string>>): SizeBounds {
  const { policy } = fields;
  if (policy === undefined) throw new S3Error('AccessDenied', 'Access Denied');
  if (fields['x-amz-algorithm'] !== 'AWS4-HMAC-SHA256') {
    throw new S3Error('InvalidRequest', 'Please use AWS4-HMAC-SHA256.');
  }
  verifyPolicySignature(
    {
      policy,
      credential: fields['x-amz-credential'] ?? '',
      timestamp: fields['x-amz-date'] ?? '',
      signature: fields['x-amz-signature'] ?? '',
    },
    context.signatures,
  );
  return checkPolicy(policy, { fields, bucket: call.bucketName ?? '' }, context.signatures.clocks);
}

function refuseAbove(bounds: SizeBounds, bytes: number): void {
  if (bytes <= bounds.max) return;
  throw sizeError('EntityTooLarge', 'Your proposed upload exceeds the maximum allowed size', bytes, bounds);
}

function sizeError(code: 'EntityTooLarge' | 'EntityTooSmall', message: string, bytes: number, bounds: SizeBounds) {
  const bound = code === 'EntityTooLarge' ? { MaxSizeAllowed: bounds.max } : { MinSizeAllowed: bounds.min };
  const [[name, value]] = Object.entries(bound) as [[string, number]];
  return new S3Error(code, message, { ProposedSize: String(bytes), [name]: String(value) });
}

/** Reads the fields and stops where the file begins. Throws `MalformedPOSTRequest`, `MaxPostPreDataLengthExceeded`. */
function readForm(request: IncomingMessage): Promise<OpenForm> {
  return new Promise((resolve, reject) => {
    const fields: Record<string, string> = {};
    const parser = createParser(request);
    let file: Readable | undefined;
    // The pipe is undone first: a parser nobody reads from would hold the rest of the request back.
    const fail = (error: S3Error) => {
      request.unpipe(parser);
      file?.destroy(error);
      reject(error);
    };
    parser.on('field', (name, value, nameTruncated, valueTruncated) => {
      fields[name.toLowerCase()] = value;
      if (!nameTruncated && !valueTruncated) return;
      fail(new S3Error('MaxPostPreDataLengthExceeded', 'Your POST request fields preceding the file were too large.'));
    });
    parser.on('file', (_name, stream, filename) => {
      file = stream;
      // Whoever reads the file meets its error there; with no reader left it concerns nobody.
      stream.on('error', () => undefined);
      resolve({ fields: fillFilename(fields, filename ?? ''), file: stream });
    });
    parser.on('finish', () => reject(malformed('POST requires exactly one file upload per request.')));
    parser.on('error', () => fail(malformed('The body of your POST request is not well-formed multipart/form-data.')));
    request.once('close', () => {
      if (!request.complete) fail(new S3Error('IncompleteBody', 'The upload was cut short.'));
    });
    request.pipe(parser);
  });
}

/** S3's own placeholder in the key, filled in before the policy is looked at. */
const FILENAME_PLACEHOLDER = /\$\{filename\}/g;

function fillFilename(fields: Readonly<Record<string, string>>, filename: string): Record<string, string> {
  const { key } = fields;
  return key === undefined ? { ...fields } : { ...fields, key: key.replace(FILENAME_PLACEHOLDER, () => filename) };
}

function createParser(request: IncomingMessage) {
  try {
    return new Busboy({
      headers: { ...request.headers, 'content-type': request.headers['content-type'] ?? '' },
      isPartAFile: (name) => name === 'file',
      limits: { files: 1, fieldSize: MAX_FIELD_BYTES, fields: 100 },
    });
  } catch {
    throw malformed('The body of your POST request is not well-formed multipart/form-data.');
  }
}

function malformed(message: string): S3Error {
  return new S3Error('MalformedPOSTRequest', message);
}

/** 204 unless the form asked for 200, 201 (with a document) or a redirect. */
function reply(call: S3Call, fields: Readonly<Record<string, string>>, record: ObjectRecord): S3Reply {
  const etag = `"${record.etag}"`;
  const bucket = call.bucketName ?? '';
  const redirect = redirectTarget(fields.success_action_redirect ?? fields.redirect);
  if (redirect !== undefined) {
    for (const [name, value] of Object.entries({ bucket, key: record.key, etag })) {
      redirect.searchParams.append(name, value);
    }
    return { status: 303, headers: { location: redirect.href, etag } };
  }
  const location = `http://${call.request.headers.host ?? ''}/${bucket}/${encodeURIComponent(record.key)}`;
  const headers = { etag, location };
  if (fields.success_action_status === '200') return { status: 200, headers };
  if (fields.success_action_status !== '201') return { status: 204, headers };
  const children = [
    element('Location', location),
    element('Bucket', bucket),
    element('Key', record.key),
    element('ETag', etag),
  ];
  return { status: 201, headers, body: XML_DECLARATION + element('PostResponse', children) };
}

function redirectTarget(address: string | undefined): URL | undefined {
  const url = URL.parse(address ?? '');
  return url?.protocol === 'http:' || url?.protocol === 'https:' ? url : undefined;
}

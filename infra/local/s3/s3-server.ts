import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { pipeline } from 'node:stream/promises';
import { type AnsweredFault, type FaultError, type FaultRegister, isSilent, stayAway } from '../aws-json/faults.ts';
import { parseAddress, type S3Address } from './address.ts';
import { authenticate } from './authenticate.ts';
import { getBucketLocation, headBucket, listBuckets, listObjects } from './bucket-operations.ts';
import type { S3Call, S3Context, S3Operation, S3Reply } from './call.ts';
import { deleteObject, deleteObjects } from './delete-operations.ts';
import {
  abortMultipartUpload,
  completeMultipartUpload,
  createMultipartUpload,
  uploadPart,
} from './multipart-operations.ts';
import { postObject } from './post-object.ts';
import { getObject, headObject } from './read-operations.ts';
import { resolveOperation, type S3OperationName } from './routes.ts';
import { renderError, S3Error, toS3Error } from './s3-error.ts';
import { copyObject, putObject } from './write-operations.ts';

const OPERATIONS: Record<S3OperationName, S3Operation> = {
  ListBuckets: listBuckets,
  HeadBucket: headBucket,
  GetBucketLocation: getBucketLocation,
  ListObjectsV2: listObjects,
  DeleteObjects: deleteObjects,
  PostObject: postObject,
  GetObject: getObject,
  HeadObject: headObject,
  PutObject: putObject,
  CopyObject: copyObject,
  DeleteObject: deleteObject,
  CreateMultipartUpload: createMultipartUpload,
  UploadPart: uploadPart,
  CompleteMultipartUpload: completeMultipartUpload,
  AbortMultipartUpload: abortMultipartUpload,
};

const FAULTS: Record<AnsweredFault, () => S3Error> = {
  throttle: () => new S3Error('SlowDown', 'Please reduce your request rate.'),
  internal: () => new S3Error('InternalError', 'We encountered an internal error. Please try again.'),
  unavailable: () => new S3Error('ServiceUnavailable', 'Please reduce your request rate.'),
};

/** Answers one HTTP request of the S3 REST interface. Never rejects. */
export async function serveS3(
  context: S3Context,
  faults: FaultRegister,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const requestId = randomUUID().replaceAll('-', '').slice(0, 16).toUpperCase();
  response.setHeader('x-amz-request-id', requestId);
  response.setHeader('x-amz-id-2', requestId);
  allowBrowsers(request, response);
  try {
    if (request.method === 'OPTIONS') {
      response.writeHead(200).end();
      return;
    }
    const reply = await perform(context, faults, request, requestId);
    if (reply === 'drop' || reply === 'timeout') stayAway(request, reply);
    else await send(request, response, reply);
  } catch (error) {
    if (request.destroyed && !request.complete) return;
    await refuse(request, response, toS3Error(error), requestId);
  }
}

async function perform(
  context: S3Context,
  faults: FaultRegister,
  request: IncomingMessage,
  requestId: string,
): Promise<S3Reply | 'drop' | 'timeout'> {
  const address = parseAddress(request.url ?? '/', request.headers.host);
  const query = new Map(address.query);
  const operation = resolveOperation({
    method: request.method ?? 'GET',
    resource: resourceOf(address),
    query,
    isCopy: request.headers['x-amz-copy-source'] !== undefined || query.has('x-amz-copy-source'),
  });
  const fault = faults.meet(operation);
  if (fault !== undefined && fault.carriedOut !== true) return failAs(fault.error);
  const { headers, signature } = authenticate(context.signatures, request, address, operation);
  const { bucket: bucketName, key = '' } = address;
  const call: S3Call = { requestId, bucketName, key, query, headers, request, signature };
  const reply = await OPERATIONS[operation](context, call);
  return fault === undefined ? reply : failAs(fault.error);
}

function failAs(error: FaultError): 'drop' | 'timeout' {
  if (isSilent(error)) return error;
  throw FAULTS[error]();
}

function resourceOf(address: S3Address): 'service' | 'bucket' | 'object' {
  if (address.bucket === undefined) return 'service';
  return address.key === undefined ? 'bucket' : 'object';
}

/** Any page may post to the local bucket; what it may do is the policy's business. */
function allowBrowsers(request: IncomingMessage, response: ServerResponse): void {
  response.setHeader('access-control-allow-origin', request.headers.origin ?? '*');
  response.setHeader('access-control-expose-headers', 'ETag, Location, x-amz-request-id, x-amz-id-2');
  response.setHeader('vary', 'Origin, Access-Control-Request-Headers, Access-Control-Request-Method');
  if (request.method !== 'OPTIONS') return;
  response.setHeader('access-control-allow-methods', 'GET, HEAD, PUT, POST, DELETE');
  response.setHeader('access-control-allow-headers', request.headers['access-control-request-headers'] ?? '*');
  response.setHeader('access-control-max-age', '600');
}

async function send(request: IncomingMessage, response: ServerResponse, reply: S3Reply): Promise<void> {
  await readAway(request);
  response.writeHead(reply.status, {
    ...(typeof reply.body === 'string' ? { 'content-type': 'application/xml' } : {}),
    ...reply.headers,
  });
  if (reply.body === undefined || typeof reply.body === 'string') {
    response.end(request.method === 'HEAD' ? undefined : reply.body);
    return;
  }
  // A reader that leaves in mid-body is not an error of ours.
  await pipeline(reply.body, response).catch(() => response.destroy());
}

async function refuse(
  request: IncomingMessage,
  response: ServerResponse,
  error: S3Error,
  requestId: string,
): Promise<void> {
  const [resource = ''] = (request.url ?? '').split('?', 1);
  const body = renderError(error, resource, requestId);
  await send(request, response, { status: error.status, body });
}

/** Reads what is left of a body: an answer that overtakes it would meet a sender that only sees a broken connection. */
async function readAway(request: IncomingMessage): Promise<void> {
  if (request.readableEnded || request.destroyed) return;
  request.resume();
  await once(request, 'close').catch(() => undefined);
}

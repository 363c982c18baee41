import { S3Error } from './s3-error.ts';

export type S3OperationName =
  | 'ListBuckets'
  | 'HeadBucket'
  | 'GetBucketLocation'
  | 'ListObjectsV2'
  | 'DeleteObjects'
  | 'PostObject'
  | 'GetObject'
  | 'HeadObject'
  | 'PutObject'
  | 'CopyObject'
  | 'DeleteObject'
  | 'CreateMultipartUpload'
  | 'UploadPart'
  | 'CompleteMultipartUpload'
  | 'AbortMultipartUpload';

type Resource = 'service' | 'bucket' | 'object';

interface S3Route {
  readonly operation: S3OperationName;
  readonly method: string;
  readonly resource: Resource;
  /** Query parameters without which it is another operation. */
  readonly requires?: readonly string[];
  readonly allows?: readonly string[];
  /** Whether `x-amz-copy-source` has to be there; without it, it must not. */
  readonly copies?: boolean;
}

const LIST_QUERY = [
  'prefix',
  'delimiter',
  'max-keys',
  'continuation-token',
  'start-after',
  'encoding-type',
  'fetch-owner',
];
const RESPONSE_OVERRIDES = [
  'response-cache-control',
  'response-content-disposition',
  'response-content-encoding',
  'response-content-language',
  'response-content-type',
  'response-expires',
];

const ROUTES: readonly S3Route[] = [
  { operation: 'ListBuckets', method: 'GET', resource: 'service' },
  { operation: 'HeadBucket', method: 'HEAD', resource: 'bucket' },
  { operation: 'GetBucketLocation', method: 'GET', resource: 'bucket', requires: ['location'] },
  { operation: 'ListObjectsV2', method: 'GET', resource: 'bucket', requires: ['list-type'], allows: LIST_QUERY },
  { operation: 'DeleteObjects', method: 'POST', resource: 'bucket', requires: ['delete'] },
  { operation: 'PostObject', method: 'POST', resource: 'bucket' },
  { operation: 'GetObject', method: 'GET', resource: 'object', allows: RESPONSE_OVERRIDES },
  { operation: 'HeadObject', method: 'HEAD', resource: 'object', allows: RESPONSE_OVERRIDES },
  { operation: 'PutObject', method: 'PUT', resource: 'object' },
  { operation: 'CopyObject', method: 'PUT', resource: 'object', copies: true },
  { operation: 'DeleteObject', method: 'DELETE', resource: 'object' },
  { operation: 'CreateMultipartUpload', method: 'POST', resource: 'object', requires: ['uploads'] },
  { operation: 'UploadPart', method: 'PUT', resource: 'object', requires: ['partNumber', 'uploadId'] },
  { operation: 'CompleteMultipartUpload', method: 'POST', resource: 'object', requires: ['uploadId'] },
  { operation: 'AbortMultipartUpload', method: 'DELETE', resource: 'object', requires: ['uploadId'] },
];

export interface RouteRequest {
  readonly method: string;
  readonly resource: Resource;
  readonly query: ReadonlyMap<string, string>;
  readonly isCopy: boolean;
}

/**
 * Finds the operation a request means. A query parameter that no operation knows (`?tagging`, `?acl`, `?versionId=…`)
 * is `NotImplemented`: taking it for the plain object would corrupt or leak it.
 */
export function resolveOperation(request: RouteRequest): S3OperationName {
  const given = [...request.query.keys()].filter((name) => name !== 'x-id' && !/^x-amz-/i.test(name));
  const candidates = ROUTES.filter((route) => route.method === request.method && route.resource === request.resource);
  const match = candidates.find((route) => {
    const required = route.requires ?? [];
    const known = new Set([...required, ...(route.allows ?? [])]);
    return (
      required.every((name) => request.query.has(name)) &&
      given.every((name) => known.has(name)) &&
      (route.copies ?? false) === request.isCopy
    );
  });
  const isListV1 = match?.operation === 'ListObjectsV2' && request.query.get('list-type') !== '2';
  if (match !== undefined && !isListV1) return match.operation;
  if (candidates.length === 0) {
    throw new S3Error('MethodNotAllowed', 'The specified method is not allowed against this resource.', {
      Method: request.method,
    });
  }
  throw new S3Error('NotImplemented', 'This part of S3 is not in the local cloud.', {
    Header: given.join(',') || request.method,
  });
}

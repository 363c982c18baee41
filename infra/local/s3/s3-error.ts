import { SignatureError, type SignatureFailure } from '../aws-json/verify-signature.ts';
import { element, XML_DECLARATION } from './xml.ts';

const STATUS = {
  AccessControlListNotSupported: 400,
  AccessDenied: 403,
  AuthorizationHeaderMalformed: 400,
  AuthorizationQueryParametersError: 400,
  BadDigest: 400,
  EntityTooLarge: 400,
  EntityTooSmall: 400,
  IncompleteBody: 400,
  InternalError: 500,
  InvalidAccessKeyId: 403,
  InvalidArgument: 400,
  InvalidBucketName: 400,
  InvalidDigest: 400,
  InvalidPart: 400,
  InvalidPartOrder: 400,
  InvalidPolicyDocument: 400,
  InvalidRange: 416,
  InvalidRequest: 400,
  InvalidURI: 400,
  KeyTooLongError: 400,
  MalformedPOSTRequest: 400,
  MalformedXML: 400,
  MaxPostPreDataLengthExceeded: 400,
  MetadataTooLarge: 400,
  MethodNotAllowed: 405,
  MissingContentLength: 411,
  NoSuchBucket: 404,
  NoSuchKey: 404,
  NoSuchUpload: 404,
  NotImplemented: 501,
  PreconditionFailed: 412,
  RequestTimeTooSkewed: 403,
  ServiceUnavailable: 503,
  SignatureDoesNotMatch: 403,
  SlowDown: 503,
  XAmzContentSHA256Mismatch: 400,
} as const;

export type S3ErrorCode = keyof typeof STATUS;

/** An error of the S3 REST interface; `fields` are the extra elements some codes carry. */
export class S3Error extends Error {
  readonly code: S3ErrorCode;
  readonly fields: Readonly<Record<string, string>>;

  constructor(code: S3ErrorCode, message: string, fields: Readonly<Record<string, string>> = {}) {
    super(message);
    this.code = code;
    this.fields = fields;
  }

  get status(): number {
    return STATUS[this.code];
  }
}

const SIGNATURE_CODES: Record<SignatureFailure, S3ErrorCode> = {
  missing: 'AccessDenied',
  malformed: 'AuthorizationHeaderMalformed',
  wrong_scope: 'AuthorizationHeaderMalformed',
  unknown_key: 'InvalidAccessKeyId',
  mismatch: 'SignatureDoesNotMatch',
  expired: 'AccessDenied',
  skewed: 'RequestTimeTooSkewed',
  unsigned_header: 'AccessDenied',
};

/** Any error as S3 words it. What is not ours is logged and answered as `InternalError`. */
export function toS3Error(error: unknown): S3Error {
  if (error instanceof S3Error) return error;
  if (error instanceof SignatureError) return new S3Error(SIGNATURE_CODES[error.reason], error.message);
  if (error instanceof URIError) return new S3Error('InvalidURI', "Couldn't parse the specified URI.");
  console.error('local s3 failed', error);
  return new S3Error('InternalError', 'We encountered an internal error. Please try again.');
}

/** The XML body of an error. */
export function renderError(error: S3Error, resource: string, requestId: string): string {
  const fields = Object.entries(error.fields).map(([name, value]) => element(name, value));
  return (
    XML_DECLARATION +
    element('Error', [
      element('Code', error.code),
      element('Message', error.message),
      ...fields,
      element('Resource', resource),
      element('RequestId', requestId),
    ])
  );
}

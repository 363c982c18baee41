import type { IncomingMessage } from 'node:http';
import {
  type SignatureContext,
  SignatureError,
  type VerifiedSignature,
  verifyHeaderSignature,
  verifyQuerySignature,
} from '../aws-json/verify-signature.ts';
import type { S3Address } from './address.ts';
import type { S3OperationName } from './routes.ts';
import { S3Error } from './s3-error.ts';

/** Query parameters of a presigned address that are the signature itself. */
const SIGNATURE_PARAMETERS = new Set([
  'x-amz-algorithm',
  'x-amz-credential',
  'x-amz-date',
  'x-amz-expires',
  'x-amz-signedheaders',
  'x-amz-signature',
  'x-amz-security-token',
]);

export interface Authenticated {
  readonly headers: Readonly<Record<string, string>>;
  /** Absent for a browser form, which carries its proof in its fields. */
  readonly signature: VerifiedSignature | undefined;
}

/**
 * Verifies the signature in the header or in the query. Nothing is public: an unsigned request is `AccessDenied`.
 * `x-amz-*` parameters of a presigned address (checksums, metadata) count as headers, as they do on S3.
 */
export function authenticate(
  context: SignatureContext,
  request: IncomingMessage,
  address: S3Address,
  operation: S3OperationName,
): Authenticated {
  const headers = plainHeaders(request);
  if (operation === 'PostObject') return { headers, signature: undefined };
  const head = {
    method: request.method ?? 'GET',
    canonicalPath: address.canonicalPath,
    query: address.query,
    headers: request.headers,
  };
  const presigned = address.query.some(([name]) => name === 'X-Amz-Signature' || name === 'X-Amz-Algorithm');
  if (!presigned) {
    const payloadHash = headers['x-amz-content-sha256'];
    if (headers.authorization === undefined) throw new S3Error('AccessDenied', 'Access Denied');
    if (payloadHash === undefined) {
      throw new S3Error('InvalidRequest', 'Missing required header for this request: x-amz-content-sha256');
    }
    return { headers, signature: verifyHeaderSignature(head, payloadHash, context) };
  }
  const hoisted = Object.fromEntries(
    address.query
      .map(([name, value]) => [name.toLowerCase(), value] as const)
      .filter(([name]) => name.startsWith('x-amz-') && !SIGNATURE_PARAMETERS.has(name)),
  );
  const all = { ...hoisted, ...headers };
  return { headers: all, signature: verifyPresigned(head, all, context) };
}

function verifyPresigned(
  head: Parameters<typeof verifyQuerySignature>[0],
  headers: Readonly<Record<string, string>>,
  context: SignatureContext,
): VerifiedSignature {
  try {
    return verifyQuerySignature(head, headers['x-amz-content-sha256'] ?? 'UNSIGNED-PAYLOAD', context);
  } catch (error) {
    const broken = error instanceof SignatureError && (error.reason === 'malformed' || error.reason === 'wrong_scope');
    throw broken ? new S3Error('AuthorizationQueryParametersError', error.message) : error;
  }
}

function plainHeaders(request: IncomingMessage): Record<string, string> {
  return Object.fromEntries(
    Object.entries(request.headers).map(([name, value]) => [
      name,
      Array.isArray(value) ? value.join(',') : (value ?? ''),
    ]),
  );
}

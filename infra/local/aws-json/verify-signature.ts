import { timingSafeEqual } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';
import { type CredentialScope, canonicalRequest, hmac, type QueryPair, signingKey, stringToSign } from './sigv4.ts';

/** The one pair of keys the local cloud knows. */
export interface Credentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
}

/** Against what a signature is held. */
export interface SignatureContext {
  readonly credentials: Credentials;
  readonly region: string;
  /** Signing name: `s3`, `kms`, `sqs`, `secretsmanager`. */
  readonly service: string;
  /**
   * A signature is in time if it is so by any of these. The SDK signs with the machine's clock, a function that
   * presigns may use the platform's, which the local cloud can move: both are right.
   */
  readonly clocks: readonly (() => Date)[];
}

/** The signed part of a request; `canonicalPath` is encoded as the service wants it. */
export interface SignedHead {
  readonly method: string;
  readonly canonicalPath: string;
  readonly query: readonly QueryPair[];
  readonly headers: IncomingHttpHeaders;
}

/** A signature that holds; what is needed to verify signed chunks after it. */
export interface VerifiedSignature {
  readonly signature: string;
  readonly signingKey: Buffer;
  readonly scope: CredentialScope;
  /** `YYYYMMDDTHHMMSSZ`. */
  readonly timestamp: string;
}

export type SignatureFailure =
  | 'missing'
  | 'malformed'
  | 'wrong_scope'
  | 'unknown_key'
  | 'mismatch'
  | 'expired'
  | 'skewed'
  | 'unsigned_header';

/** Why a request is not authenticated; each service words it its own way. */
export class SignatureError extends Error {
  readonly reason: SignatureFailure;

  constructor(reason: SignatureFailure, message: string) {
    super(message);
    this.reason = reason;
  }
}

const MAX_SKEW_MS = 15 * 60_000;
const MAX_PRESIGNED_SECONDS = 7 * 24 * 3600;
const AUTHORIZATION = /^AWS4-HMAC-SHA256 Credential=([^,\s]+),\s*SignedHeaders=([^,\s]+),\s*Signature=([0-9a-f]{64})$/;

/** Verifies an `Authorization: AWS4-HMAC-SHA256 …` header. Throws {@link SignatureError}. */
export function verifyHeaderSignature(
  head: SignedHead,
  payloadHash: string,
  context: SignatureContext,
): VerifiedSignature {
  const authorization = head.headers.authorization;
  if (authorization === undefined) throw new SignatureError('missing', 'The request is not signed.');
  const [, credential = '', names = '', signature = ''] = AUTHORIZATION.exec(authorization) ?? [];
  if (signature === '') throw new SignatureError('malformed', 'The authorization header is malformed.');
  const timestamp = String(head.headers['x-amz-date'] ?? '');
  const scope = readCredential(credential, timestamp, context);
  const signedAt = readTimestamp(timestamp);
  if (!context.clocks.some((clock) => Math.abs(clock().getTime() - signedAt) <= MAX_SKEW_MS)) {
    throw new SignatureError('skewed', 'The difference between the request time and the current time is too large.');
  }
  return verify(head, { payloadHash, signature, timestamp, scope, signedHeaders: names.split(';') }, context);
}

/** Verifies a presigned address (`X-Amz-Signature` in the query) and its life span. Throws {@link SignatureError}. */
export function verifyQuerySignature(
  head: SignedHead,
  payloadHash: string,
  context: SignatureContext,
): VerifiedSignature {
  const query = new Map(head.query);
  const timestamp = query.get('X-Amz-Date') ?? '';
  const signature = query.get('X-Amz-Signature') ?? '';
  const seconds = Number(query.get('X-Amz-Expires') ?? Number.NaN);
  const sound =
    query.get('X-Amz-Algorithm') === 'AWS4-HMAC-SHA256' &&
    /^[0-9a-f]{64}$/.test(signature) &&
    Number.isInteger(seconds) &&
    seconds > 0 &&
    seconds <= MAX_PRESIGNED_SECONDS;
  if (!sound) throw new SignatureError('malformed', 'The query parameters of the signature are malformed.');
  const scope = readCredential(query.get('X-Amz-Credential') ?? '', timestamp, context);
  const signedAt = readTimestamp(timestamp);
  const alive = context.clocks.some((clock) => {
    const age = clock().getTime() - signedAt;
    return age >= -MAX_SKEW_MS && age <= seconds * 1000;
  });
  if (!alive) throw new SignatureError('expired', 'Request has expired');
  const signedHeaders = (query.get('X-Amz-SignedHeaders') ?? '').split(';');
  return verify(head, { payloadHash, signature, timestamp, scope, signedHeaders }, context);
}

/** What a browser form carries to prove that its policy is ours. */
export interface SignedPolicy {
  /** The policy document in Base64, exactly as sent. */
  readonly policy: string;
  readonly credential: string;
  readonly timestamp: string;
  readonly signature: string;
}

/** Verifies the signature over a POST policy; its expiry is the policy's own. Throws {@link SignatureError}. */
export function verifyPolicySignature(form: SignedPolicy, context: SignatureContext): void {
  const scope = readCredential(form.credential, form.timestamp, context);
  const expected = hmac(signingKey(context.credentials.secretAccessKey, scope), form.policy).toString('hex');
  if (!sameText(expected, form.signature)) throw mismatch();
}

function verify(
  head: SignedHead,
  given: {
    payloadHash: string;
    signature: string;
    timestamp: string;
    scope: CredentialScope;
    signedHeaders: readonly string[];
  },
  context: SignatureContext,
): VerifiedSignature {
  const covered = new Set(given.signedHeaders);
  const open = Object.keys(head.headers).find((name) => mustBeSigned(name) && !covered.has(name));
  if (open !== undefined) {
    throw new SignatureError(
      'unsigned_header',
      `There were headers present in the request which were not signed: ${open}`,
    );
  }
  const key = signingKey(context.credentials.secretAccessKey, given.scope);
  const canonical = canonicalRequest({ ...head, signedHeaders: given.signedHeaders, payloadHash: given.payloadHash });
  const expected = hmac(key, stringToSign(given.timestamp, given.scope, canonical)).toString('hex');
  if (!sameText(expected, given.signature)) throw mismatch();
  return { signature: given.signature, signingKey: key, scope: given.scope, timestamp: given.timestamp };
}

function mustBeSigned(header: string): boolean {
  return header === 'host' || header.startsWith('x-amz-');
}

function mismatch(): SignatureError {
  return new SignatureError('mismatch', 'The request signature we calculated does not match the signature provided.');
}

/** Reads `<key>/<date>/<region>/<service>/aws4_request` and holds each part against what we are. */
function readCredential(credential: string, timestamp: string, context: SignatureContext): CredentialScope {
  const parts = credential.split('/');
  const [accessKeyId, date = '', region = '', service = '', terminator] = parts;
  if (parts.length !== 5 || terminator !== 'aws4_request' || !/^\d{8}T\d{6}Z$/.test(timestamp)) {
    throw new SignatureError('malformed', 'The credential or the date of the signature is malformed.');
  }
  if (accessKeyId !== context.credentials.accessKeyId) {
    throw new SignatureError('unknown_key', 'The access key id you provided does not exist in our records.');
  }
  if (region !== context.region || service !== context.service || !timestamp.startsWith(date)) {
    throw new SignatureError('wrong_scope', `The signature has to be for ${context.service} in ${context.region}.`);
  }
  return { date, region, service };
}

function readTimestamp(timestamp: string): number {
  const iso = timestamp.replace(/^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/, '$1-$2-$3T$4:$5:$6Z');
  return Date.parse(iso);
}

/** Constant-time comparison of two texts. */
export function sameText(a: string, b: string): boolean {
  const left = Buffer.from(a);
  const right = Buffer.from(b);
  return left.length === right.length && timingSafeEqual(left, right);
}

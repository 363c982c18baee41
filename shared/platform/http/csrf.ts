import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';

/** Life of a CSRF value and of its cookie, in seconds (`stay-sidekick.md` §2.7). */
export const CSRF_MAX_AGE_S = 3_600;
export const CSRF_COOKIE = 'csrf_token';

const ISSUED_BYTES = 4;
const RANDOM_BYTES = 12;
const SIGNED_BYTES = ISSUED_BYTES + RANDOM_BYTES;
const SIGNATURE_BYTES = 16;

function sign(key: Uint8Array, payload: Uint8Array): Buffer {
  return createHmac('sha256', key).update(payload).digest().subarray(0, SIGNATURE_BYTES);
}

/**
 * A new CSRF value: 32 bytes as 43 characters of URL-safe base64: seconds of issue (4), random (12), HMAC-SHA256 of
 * both (first 16). Signed, so that a sibling subdomain that plants a cookie of its own gains nothing (D-19); the
 * length is the contract's.
 */
export function issueCsrfValue(key: Uint8Array, now: Date): string {
  const payload = Buffer.alloc(SIGNED_BYTES);
  payload.writeUInt32BE(Math.floor(now.getTime() / 1000), 0);
  randomBytes(RANDOM_BYTES).copy(payload, ISSUED_BYTES);
  return Buffer.concat([payload, sign(key, payload)]).toString('base64url');
}

/** True for a value of ours that is not older than an hour. */
export function isGenuineCsrfValue(key: Uint8Array, value: string, now: Date): boolean {
  const bytes = Buffer.from(value, 'base64url');
  if (bytes.length !== SIGNED_BYTES + SIGNATURE_BYTES) return false;
  const payload = bytes.subarray(0, SIGNED_BYTES);
  if (!timingSafeEqual(bytes.subarray(SIGNED_BYTES), sign(key, payload))) return false;
  const age = now.getTime() / 1000 - payload.readUInt32BE(0);
  return age >= -1 && age <= CSRF_MAX_AGE_S;
}

/** Constant-time comparison of texts; texts of another length differ. */
export function sameText(a: string, b: string): boolean {
  const [left, right] = [Buffer.from(a), Buffer.from(b)];
  return left.length === right.length && timingSafeEqual(left, right);
}

/** The `Set-Cookie` value; readable by script because the client repeats it in a header. */
export function csrfCookie(value: string, options: { secure: boolean }): string {
  const secure = options.secure ? '; Secure' : '';
  return `${CSRF_COOKIE}=${value}; Path=/; Max-Age=${CSRF_MAX_AGE_S}; SameSite=Strict${secure}`;
}

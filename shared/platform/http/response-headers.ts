import { type HttpEvent, headerOf } from './exchange.ts';

const CAPTCHA = 'https://challenges.cloudflare.com';

/** Edge headers of every answer (`stay-sidekick.md` §2.10). */
export const SECURITY_HEADERS: Readonly<Record<string, string>> = {
  'X-Frame-Options': 'SAMEORIGIN',
  'X-Content-Type-Options': 'nosniff',
  'Referrer-Policy': 'strict-origin-when-cross-origin',
  'Content-Security-Policy': `default-src 'self'; script-src 'self' ${CAPTCHA}; frame-src 'self' ${CAPTCHA}; connect-src 'self' ${CAPTCHA}`,
  'Strict-Transport-Security': 'max-age=31536000; includeSubDomains',
  'Cache-Control': 'no-store',
};

const EXPOSED = 'RateLimit, RateLimit-Policy, Retry-After, X-Request-Id, Idempotent-Replay, ETag';

/** CORS fields for an origin on the list; nothing but `Vary` for any other. */
export function corsHeaders(event: HttpEvent, allowedOrigins: readonly string[]): Record<string, string> {
  const origin = headerOf(event, 'origin');
  if (origin === undefined || !allowedOrigins.includes(origin)) return { Vary: 'Origin' };
  return {
    Vary: 'Origin',
    'Access-Control-Allow-Origin': origin,
    'Access-Control-Allow-Credentials': 'true',
    'Access-Control-Expose-Headers': EXPOSED,
  };
}

/** What a preflight adds: the methods of the contract and whatever headers the browser asked for. */
export function preflightHeaders(event: HttpEvent): Record<string, string> {
  return {
    'Access-Control-Allow-Methods': 'DELETE, GET, HEAD, OPTIONS, PATCH, POST, PUT',
    'Access-Control-Allow-Headers': headerOf(event, 'access-control-request-headers') ?? '',
    'Access-Control-Max-Age': '600',
  };
}

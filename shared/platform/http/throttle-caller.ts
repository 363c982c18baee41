import { createHash } from 'node:crypto';
import { decodeJwt } from 'jose';
import { bodyBytes, type Exchange } from './exchange.ts';
import { looseFields } from './read-body.ts';
import type { RateLimit } from './route.ts';

/** Whom a limit counts a call for; undefined where there is nobody to count. */
export function throttledCaller(exchange: Exchange, { per }: RateLimit): string | undefined {
  switch (per) {
    case 'user':
      return exchange.actor?.userId ?? 'nobody';
    case 'refresh_token':
      return presentedToken(exchange);
    default:
      return exchange.event.requestContext.http.sourceIp;
  }
}

/**
 * The `jti` of the refresh token in the body, or the digest of a text that is none (`aristay.md` §1.9). The body is
 * only looked at: whether it is well formed is told later, and so is a body without a token.
 */
function presentedToken({ event }: Exchange): string | undefined {
  const bytes = bodyBytes(event);
  const fields = bytes === undefined ? {} : looseFields(bytes);
  const token = fields.refresh ?? fields.refresh_token;
  if (typeof token !== 'string' || token === '') return undefined;
  return createHash('sha256').update(jtiOf(token)).digest('hex').slice(0, 32);
}

function jtiOf(token: string): string {
  try {
    return decodeJwt(token).jti ?? token;
  } catch {
    return token;
  }
}

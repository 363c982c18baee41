import { createHash, createHmac } from 'node:crypto';
import type { Partner, PartnerAnswer, PartnerRequest } from './partner.ts';

/** The one account of the stand-in. */
export const SMOOBU_ACCOUNT = { key: 'usr_live_demo01', secret: 's3cr3t-demo', id: 55012 } as const;

const CLOCK_TOLERANCE_MS = 5 * 60_000;

const UNAUTHORIZED: PartnerAnswer = {
  status: 401,
  body: { title: 'Unauthorized', detail: 'The API key or the signature is not valid.' },
};

/** Smoobu's connection test (`integrations.md` §1.1): signed requests of one account, and none with the old header. */
export function smoobu({ now }: { readonly now: () => Date }): Partner {
  const nonces = new Set<string>();
  return {
    name: 'smoobu',
    addressVariable: 'SMOOBU_BASE_URL',
    faults: {
      down: { status: 503, body: { title: 'Service Unavailable', detail: 'Try again later.' } },
      '401': UNAUTHORIZED,
      '429': {
        status: 429,
        headers: { 'x-ratelimit-limit': '700', 'x-ratelimit-remaining': '0', 'x-ratelimit-retry-after': '60' },
        body: { title: 'Too Many Requests', detail: 'The rate limit is exceeded.' },
      },
    },
    answer(request) {
      if (!isSigned(request, now())) return UNAUTHORIZED;
      const nonce = String(request.headers['x-nonce']);
      if (nonces.has(nonce)) return UNAUTHORIZED;
      nonces.add(nonce);
      if (request.path !== '/api/me') return { status: 404, body: { title: 'Not Found', detail: 'No such resource.' } };
      if (request.method !== 'GET') return { status: 405, body: { title: 'Method Not Allowed', detail: 'Use GET.' } };
      const person = { firstName: 'Ada', lastName: 'Serra', email: 'ada@example.com' };
      return { status: 200, body: { id: SMOOBU_ACCOUNT.id, ...person } };
    },
    reset: () => nonces.clear(),
  };
}

/** The signature worked out anew from what has arrived; the query as it came, sorted. */
function isSigned({ method, path, query, headers, body }: PartnerRequest, now: Date): boolean {
  const { 'x-api-key': key, 'x-timestamp': timestamp, 'x-nonce': nonce, 'x-signature': signature } = headers;
  const distance = Math.abs(now.getTime() - Date.parse(String(timestamp)));
  if (headers['api-key'] !== undefined || key !== SMOOBU_ACCOUNT.key || !(distance <= CLOCK_TOLERANCE_MS)) return false;
  const digest = createHash('sha256').update(body).digest('hex');
  const sorted = new URLSearchParams([...query].sort()).toString().replaceAll('+', '%20');
  const message = [method, path, sorted, timestamp, nonce, digest, key].join('\n');
  return signature === createHmac('sha256', SMOOBU_ACCOUNT.secret).update(message).digest('base64');
}

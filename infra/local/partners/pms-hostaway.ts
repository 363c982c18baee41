import type { Partner, PartnerAnswer } from './partner.ts';

/** The one account of the stand-in. */
export const HOSTAWAY_ACCOUNT = { account: '61234', secret: 'demo-hostaway-secret' } as const;

const LIFE_S = 15_897_600;

function failure(status: number, text: string): PartnerAnswer {
  return { status, body: { status: 'fail', result: text } };
}

/** Hostaway's token call (`integrations.md` §1.3.1). */
export function hostaway(): Partner {
  return {
    name: 'hostaway',
    addressVariable: 'HOSTAWAY_BASE_URL',
    faults: {
      down: failure(503, 'Service unavailable'),
      '401': failure(401, 'Client authentication failed'),
      '429': { status: 429, body: { status: 'fail', message: 'Rate limit exceeded' } },
    },
    answer({ method, path, headers, body }) {
      if (path.replace(/^\/v1/, '') !== '/accessTokens') return failure(404, 'Not found');
      if (method !== 'POST') return failure(405, 'Method not allowed');
      if (headers['content-type']?.startsWith('application/x-www-form-urlencoded') !== true) {
        return failure(400, 'The body must be a form');
      }
      const form = new URLSearchParams(body.toString('utf8'));
      if (form.get('grant_type') !== 'client_credentials' || form.get('scope') !== 'general') {
        return failure(400, 'Unsupported grant or scope');
      }
      const known =
        form.get('client_id') === HOSTAWAY_ACCOUNT.account && form.get('client_secret') === HOSTAWAY_ACCOUNT.secret;
      if (!known) return failure(401, 'Client authentication failed');
      return { status: 200, body: { token_type: 'Bearer', expires_in: LIFE_S, access_token: 'demo-hostaway-token' } };
    },
    reset: () => undefined,
  };
}
